/** A step that reads words of all three trees, its memory and the proof of its element, taken apart. */

import type { Hex } from "../../sdk/src/core/bytes.ts";
import { openWords } from "../../sdk/src/core/opening.ts";
import { type Tree, WordTree } from "../../sdk/src/core/tree.ts";
import { encodeStep } from "../../sdk/src/machine/encode.ts";
import type { Memory } from "../../sdk/src/machine/memory.ts";
import { Op } from "../../sdk/src/machine/opcodes.ts";
import { TraceTree } from "../../sdk/src/trace/tree.ts";
import { affine, instruction, makeOperand, makeStep, wordBytes } from "./builders.ts";
import { refereeCall } from "./referee-calls.ts";

const numbers = (first: number, count: number): Uint8Array =>
  wordBytes(...Array.from({ length: count }, (_, i) => first + i));

const depths = { inputDepth: 3, constantsDepth: 2, stepDepth: 2, wordDepth: 2 };
const memory: Memory = {
  depths,
  input: numbers(100, 64),
  constants: numbers(200, 32),
  steps: [numbers(300, 32), numbers(400, 32)],
};
/** The sum of an element from each of the words 1, 2 and 5 of the input, 1 of the constants and 1 of step 1. */
export const encoding = encodeStep(
  makeStep({
    outerOperands: [
      ...[8, 16, 40].map((base) => makeOperand("input", "i32", affine(base, 0))),
      makeOperand("const", "i32", affine(8, 0)),
      makeOperand("step", "i32", affine(8, 0), { step: 1 }),
    ],
    epilogue: [
      ...[instruction(Op.i32Add, 0, 1), instruction(Op.i32Add, 6, 2), instruction(Op.i32Add, 7, 3)],
      instruction(Op.i32Add, 8, 4),
    ],
  }),
);
export const SUM = 108n + 116n + 140n + 208n + 408n;
export const STEP = 2;

export const { call } = refereeCall({ encoding, memory, stepIndex: STEP, element: 0 });
export const [record, inputRoot, traceRoot, , , proof] = call;

export interface TreeCase {
  readonly depth: number;
  readonly root: Hex;
  /** Words that the step reads. */
  readonly words: readonly number[];
  readonly runs: number;
  readonly tree: Tree;
  /** What the opening holds beside the words. */
  readonly siblings: number;
}

/** In the order of the proof, which is also the number of the space. */
export const TREES: readonly TreeCase[] = [
  {
    ...{ runs: 2, depth: 3, root: inputRoot, words: [1, 2, 5], siblings: 4 },
    tree: new WordTree(memory.input, 3),
  },
  {
    ...{ runs: 1, depth: 2, root: record.constantsRoot, words: [1], siblings: 2 },
    tree: new WordTree(memory.constants, 2),
  },
  {
    ...{ runs: 1, depth: 4, root: traceRoot, words: [5], siblings: 4 },
    tree: new TraceTree(memory.steps, depths),
  },
];

/** Everything in front of the openings: the encoding and its path. */
export const programEnd = 2 + encoding.length + 32 * depths.stepDepth;
export const program = proof.subarray(0, programEnd);
export const openings = TREES.map(({ tree, words }) => openWords(tree, words));

/** Every piece that the referee takes from the proof, in order. */
export const PIECES: readonly (readonly [position: number, size: number])[] = (() => {
  const sizes = [2, encoding.length, 32 * depths.stepDepth];
  for (const { runs, words, siblings } of TREES) sizes.push(2, 8 * runs, 32 * words.length, 32 * siblings);
  let position = 0;
  return sizes.map((size) => {
    position += size;
    return [position - size, size] as const;
  });
})();
