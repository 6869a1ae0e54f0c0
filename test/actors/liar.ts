/** Liars: claims about a run that differ from the truth in one way each. Their outputs always differ too, otherwise nobody would dispute them. */

import { type Hex, toHex } from "../../sdk/src/core/bytes.ts";
import { checkNode, childrenOf, hashPair, pathOf } from "../../sdk/src/core/tree.ts";
import type { NarrowingTree } from "../../sdk/src/game/narrowed-tree.ts";
import type { Claim } from "../../sdk/src/game/strategy.ts";
import type { MachineModel } from "../../sdk/src/machine/model.ts";
import { traceWith } from "../../sdk/src/testing/lie.ts";
import { type Trace, traceOf } from "../../sdk/src/trace/trace.ts";
import type { TraceTree } from "../../sdk/src/trace/tree.ts";
import type { Random } from "../support/random.ts";

export interface LieContext {
  readonly model: MachineModel;
  readonly inputBytes: Uint8Array;
  readonly honest: Trace;
  readonly random: Random;
}

/** A claim with the words that the liar reads when it proves something. */
export interface Lie extends Claim {
  readonly words: Pick<Trace, "tree">;
}

export interface Liar {
  readonly name: string;
  lie(context: LieContext): Lie;
}

/** A tensor with one word changed, which may lie in its padding. */
export function changeWord(tensor: Uint8Array, word: number, random: Random): Uint8Array {
  const changed = new Uint8Array(Math.max(tensor.length, 32 * (word + 1)));
  changed.set(tensor);
  const at = 32 * word + random.integer(0, 31);
  changed[at] = (changed[at] ?? 0) ^ random.integer(1, 255);
  return changed;
}

function consistentLie(name: string, place: (context: LieContext) => { step: number; word: number }): Liar {
  return {
    name,
    lie: (context) => {
      const { model, inputBytes, honest, random } = context;
      const lie = place(context);
      const last = model.record.stepCount - 1;
      const isOutput = (step: number): boolean => step === last;
      const tampered = (alsoOutput: boolean): Trace =>
        traceWith(model, inputBytes, (step, tensor) => {
          const changed = step === lie.step ? changeWord(tensor, lie.word, random) : tensor;
          return alsoOutput && isOutput(step) ? changeWord(changed, 0, random) : changed;
        });
      const trace = tampered(false);
      return lieOf(trace.outputRoot === honest.outputRoot ? tampered(true) : trace);
    },
  };
}

function lieOf(trace: Trace): Lie {
  const { outputRoot, traceRoot, tree } = trace;
  return { outputRoot, traceRoot, tree, words: { tree } };
}

function randomWord({ model, random }: LieContext): number {
  return random.integer(0, 2 ** model.record.wordDepth - 1);
}

const outputWord = consistentLie("changes one word of the output", (context) => ({
  step: context.model.record.stepCount - 1,
  word: randomWord(context),
}));

const middleWord = consistentLie("changes a word anywhere and computes on from it", (context) => ({
  step: context.random.integer(0, context.model.record.stepCount - 1),
  word: randomWord(context),
}));

const firstLeaf = consistentLie("changes the first leaf and computes on from it", () => ({
  step: 0,
  word: 0,
}));

const lastLeaf = consistentLie("changes the last word that the output has room for", ({ model }) => ({
  step: model.record.stepCount - 1,
  word: 2 ** model.record.wordDepth - 1,
}));

/** The last leaf of the whole trace lies beyond the last step, in models whose steps are not a power of two. */
const lastLeafOfAll: Liar = {
  name: "changes the output and the last leaf of all",
  lie: ({ model, inputBytes, honest, random }) => {
    const { record } = model;
    const tensors = honest.tree.tensors.slice();
    const change = (step: number, word: number): void => {
      while (tensors.length <= step) tensors.push(new Uint8Array(0));
      tensors[step] = changeWord(tensors[step] ?? new Uint8Array(0), word, random);
    };
    change(record.stepCount - 1, 0);
    change(2 ** Math.min(record.stepDepth, 8) - 1, 2 ** record.wordDepth - 1);
    return lieOf(traceOf(record, inputBytes, tensors));
  },
};

const garbage: Liar = {
  name: "claims garbage everywhere",
  lie: ({ model, inputBytes, random }) => {
    const { record } = model;
    const words = Math.min(2 ** record.wordDepth, 8);
    const tensors = Array.from({ length: record.stepCount }, () => random.bytes(32 * words));
    return lieOf(traceOf(record, inputBytes, tensors));
  },
};

const poison: Liar = {
  name: "hides the difference behind a node without a preimage",
  lie: (context) => {
    const { model, random } = context;
    const { record } = model;
    const { words, tree } = random.pick([outputWord, middleWord]).lie(context);
    const level = random.integer(0, tree.depth);
    // Somewhere over or in the output, or anywhere.
    const lastStep = record.stepCount - 1;
    const index =
      level <= record.stepDepth
        ? Math.floor(lastStep / 2 ** (record.stepDepth - level))
        : lastStep * 2 ** (level - record.stepDepth) + random.integer(0, 2 ** (level - record.stepDepth) - 1);
    const poisoned = new PoisonedTree(tree, record.stepDepth, level, index, random.bytes(32));
    return {
      outputRoot: poisoned.node(record.stepDepth, lastStep),
      traceRoot: poisoned.node(0, 0),
      tree: poisoned,
      words,
    };
  },
};

/** A tree in which one node is not the hash of anything; what lies over it follows. */
export class PoisonedTree implements NarrowingTree {
  readonly depth: number;
  readonly #tree: NarrowingTree;
  readonly #stepDepth: number;
  readonly #level: number;
  readonly #index: number;
  readonly #poison: Uint8Array;

  constructor(tree: NarrowingTree, stepDepth: number, level: number, index: number, poison: Uint8Array) {
    checkNode(tree.depth, tree.depth - level, index);
    this.depth = tree.depth;
    this.#tree = tree;
    this.#stepDepth = stepDepth;
    this.#level = level;
    this.#index = index;
    this.#poison = poison;
  }

  node(level: number, index: number): Hex {
    return toHex(this.nodeBytes(this.depth - level, index));
  }

  children(level: number, index: number, levels: number): Hex[] {
    return childrenOf(this, this.depth - level, index, levels);
  }

  stepProof(step: number): Hex[] {
    return pathOf(this, this.depth - this.#stepDepth, step);
  }

  nodeBytes(height: number, index: number): Uint8Array {
    const level = this.depth - height;
    const above = this.#level - level;
    if (above < 0 || Math.floor(this.#index / 2 ** above) !== index)
      return this.#tree.nodeBytes(height, index);
    if (above === 0) return this.#poison;
    return hashPair(this.nodeBytes(height - 1, 2 * index), this.nodeBytes(height - 1, 2 * index + 1));
  }
}

/** One of every kind. */
export const LIARS: readonly Liar[] = [
  outputWord,
  middleWord,
  firstLeaf,
  lastLeaf,
  lastLeafOfAll,
  garbage,
  poison,
];

/** The first leaf in which two traces differ, or nothing if they are the same. */
export function firstDifference(a: TraceTree, b: TraceTree): number | undefined {
  if (a.root === b.root) return undefined;
  let index = 0;
  for (let level = 1; level <= a.depth; level++) {
    index = 2 * index + (a.node(level, 2 * index) === b.node(level, 2 * index) ? 1 : 0);
  }
  return index;
}
