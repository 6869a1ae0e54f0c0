/** Liars of the toy machine: the ways in which a trace can depart from the truth. Their outputs always do, otherwise nobody would dispute them. */

import { hexlify, keccak256 } from "ethers";
import type { Random } from "../random.ts";
import type { Orphan } from "./sparse-tree.ts";
import { type Lie, type ModelRecord, ToyTrace } from "./toy-model.ts";

/**
 * `word`: one byte of the output. `suffix`: every word from some one on. `garbage`: every word there is room for. `first`, `last`: the very first leaf of the
 * trace, the very last one, where all words are zero. `poison`: behind a node without a preimage, anywhere.
 */
export const LIARS = ["word", "suffix", "garbage", "first", "last", "poison"] as const;
export type Liar = (typeof LIARS)[number];

/** What one liar claims: the same falsehood gives the same trace. */
export type Falsehood = { readonly liar: Liar; readonly lies: readonly Lie[]; readonly orphan?: Orphan };

/** Some falsehood of a kind. What an operator commits to as bytes has zeros behind its end, and a path from its output to its root. */
export function falsehood(liar: Liar, record: ModelRecord, random: Random): Falsehood {
  const last = record.stepCount - 1;
  const output = { step: last, byte: random.integer(0, record.outputBytes - 1), mask: mask(random) };
  if (liar === "word") return { liar, lies: [output] };
  if (liar === "first") return { liar, lies: [{ step: 0, byte: 0, mask: mask(random) }, output] };
  if (liar === "last") {
    const byte = 32 * 2 ** record.wordDepth - 1;
    return { liar, lies: [output, { step: 2 ** record.stepDepth - 1, byte, mask: mask(random) }] };
  }
  if (liar === "poison") {
    const lies = random.chance(0.5) ? [output] : [elsewhere(record, random), output];
    return { liar, lies, orphan: randomOrphan(record, random) };
  }
  const words = Math.ceil(record.outputBytes / 32);
  const from = liar === "garbage" ? 0 : random.integer(0, last * words);
  const lies: Lie[] = [];
  for (let place = from; place < record.stepCount * words; place++) {
    const [step, word] = [Math.floor(place / words), place % words];
    const room = Math.min(32, record.outputBytes - 32 * word);
    lies.push({ step, byte: 32 * word + random.integer(0, room - 1), mask: mask(random) });
  }
  if (liar === "suffix") return { liar, lies };
  // Where the machine writes nothing there is room too, save behind the output.
  for (let step = 0; step < 2 ** record.stepDepth; step++) {
    for (let word = step < record.stepCount ? words : 0; word < 2 ** record.wordDepth; word++) {
      if (step !== last) lies.push({ step, byte: 32 * word + random.integer(0, 31), mask: mask(random) });
    }
  }
  return { liar, lies };
}

/** The same kind of lie in the same places, with other bytes. */
export function variant({ liar, lies, orphan }: Falsehood): Falsehood {
  const others = lies.map((lie) => ({ ...lie, mask: (lie.mask % 255) + 1 }));
  if (orphan === undefined) return { liar, lies: others };
  return { liar, lies: others, orphan: { ...orphan, node: keccak256(orphan.node) } };
}

/** The trace in which one believes: the true one if there is no falsehood. */
export function believed(record: ModelRecord, inputRoot: string, claim?: Falsehood): ToyTrace {
  return new ToyTrace(record, inputRoot, claim?.lies, claim?.orphan);
}

function mask(random: Random): number {
  return random.integer(1, 255);
}

function elsewhere(record: ModelRecord, random: Random): Lie {
  return { step: random.integer(0, record.stepCount - 2), byte: random.integer(0, 127), mask: mask(random) };
}

/** A node that is neither in nor over the output. */
function randomOrphan(record: ModelRecord, random: Random): Orphan {
  const depth = record.stepDepth + record.wordDepth;
  for (;;) {
    const level = random.integer(1, depth - 1);
    const index = BigInt(random.integer(0, 2 ** level - 1));
    const [first, after] = [index, index + 1n].map((i) => i << BigInt(depth - level)) as [bigint, bigint];
    const [from, to] = [record.stepCount - 1, record.stepCount].map(
      (step) => BigInt(step) << BigInt(record.wordDepth),
    ) as [bigint, bigint];
    if (first >= to || after <= from) return { level, index, node: hexlify(random.bytes(32)) };
  }
}
