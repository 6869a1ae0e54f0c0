/** Random steps that are, or nearly are, sums of products of bytes, as integer matrix products and convolutions have them. */

import { ELEMENT_TYPES, type ElementType, Op, type Space } from "../../sdk/src/machine/opcodes.ts";
import type { Affine, Depths, Guard, Instruction, Operand, Step } from "../../sdk/src/machine/types.ts";
import { affine, instruction, makeOperand, makeStep } from "./builders.ts";
import { randomData, randomPattern } from "./patterns.ts";
import { createRandom, type Random } from "./random.ts";

/** What a step has that makes it no plain sum of products of bytes. */
export type Deviation =
  | "none"
  | "words for bytes"
  | "another stride"
  | "another fold"
  | "another last instruction"
  | "another inner instruction"
  | "a zero point that varies"
  | "an operand more"
  | "an operand that data chooses"
  | "addresses as factors"
  | "a guarded zero point"
  | "a register that is not there";

export const DEVIATIONS: readonly Deviation[] = [
  "words for bytes",
  "another stride",
  "another fold",
  "another last instruction",
  "another inner instruction",
  "a zero point that varies",
  "an operand more",
  "an operand that data chooses",
  "addresses as factors",
  "a guarded zero point",
  "a register that is not there",
];

export interface ByteProduct {
  readonly deviation: Deviation;
  readonly step: Step;
}

/** Depths of the memory that the steps read. */
export const BYTE_DEPTHS: Depths = { inputDepth: 5, constantsDepth: 6, stepDepth: 2, wordDepth: 5 };
const SPACES: readonly Space[] = ["input", "const", "step"];
const ROOM: Readonly<Record<Space, number>> = { input: 1024, const: 2048, step: 1024, index: 64 };

/** Bytes of every kind for each space; some of the room is not written. */
export function byteMemory(random: Random) {
  const data = (room: number): Uint8Array =>
    random.chance(0.5) ? random.bytes(room - random.integer(0, 40)) : randomData(random, room);
  return {
    input: data(ROOM.input),
    constants: data(ROOM.const),
    steps: [data(ROOM.step), data(ROOM.step)],
    depths: BYTE_DEPTHS,
  };
}

/** Endless; the same seed gives the same steps. */
export function* byteProducts(seed: number): Generator<ByteProduct, never> {
  const random = createRandom(seed);
  for (;;) {
    const deviation = random.chance(0.65) ? "none" : random.pick(DEVIATIONS);
    yield { deviation, step: productOf(random, deviation) };
  }
}

function productOf(random: Random, deviation: Deviation): Step {
  const extents = Array.from({ length: random.integer(0, 2) }, () => random.integer(1, 4));
  const reduction = randomReduction(random);
  const all = [...extents, ...reduction];
  const inner = extents.length + reduction.findLastIndex((extent) => extent !== 1);
  const bodyOperands: Operand[] = [];
  const body: Instruction[] = [];
  const put = (operand: Operand): number => bodyOperands.push(operand) - 1;

  const streams = [0, 1].map(() => {
    const type: ElementType =
      deviation === "words for bytes" ? random.pick(ELEMENT_TYPES) : random.pick(["i8", "u8"]);
    const stride = deviation === "another stride" ? random.pick([0, 2, -1, 3]) : 1;
    const space = deviation === "addresses as factors" && random.chance(0.7) ? "index" : random.pick(SPACES);
    return put(stream(random, { space, type, stride, all, inner }));
  });
  if (deviation === "an operand that data chooses") {
    const index = { operand: 0, bound: random.integer(1, 9), stride: random.integer(-2, 2) };
    bodyOperands[1] = { ...bodyOperands[1]!, index };
  }
  if (random.chance(0.05)) streams[1] = streams[0]!; // squares; then the other operand is one too many
  if (random.chance(0.03)) bodyOperands.pop(); // and then it is not, if nothing else uses it

  const zeroed = streams.map((register) => ({
    register,
    kind: random.pick(["none", "immediate", "operand"] as const),
  }));
  const zeros = zeroed.map(({ kind }) => {
    if (kind !== "operand") return undefined;
    const strides = all.map((_, j) =>
      j < extents.length || deviation === "a zero point that varies" ? random.integer(0, 2) : 0,
    );
    const isAddress = random.chance(0.1);
    return put({
      ...makeOperand(
        isAddress ? "index" : random.pick(SPACES),
        random.pick(ELEMENT_TYPES),
        affine(0, ...strides),
      ),
      address: affine(random.integer(-2, random.chance(0.1) ? 5000 : 120), ...strides),
      guards: deviation === "a guarded zero point" ? [randomGuard(random, all, inner)] : [],
      pad: deviation === "a guarded zero point" ? randomPattern(random) : 0,
    });
  });
  if (deviation === "an operand more")
    put(stream(random, { space: "const", type: "u8", stride: 1, all, inner }));

  const immediates = [randomPattern(random), random.integer(-128, 255) >>> 0];
  const loaded = bodyOperands.length + immediates.length;
  if (random.chance(0.1)) body.push(instruction(random.pick([Op.f32Add, Op.i32Mul, 0x77]), 0, 1));
  const factors = zeroed.map(({ register, kind }, side) => {
    if (kind === "none") return register;
    const zero = zeros[side] ?? bodyOperands.length + 1;
    const op =
      deviation === "another inner instruction" ? random.pick([Op.i32Add, Op.i32Xor, Op.f32Sub]) : Op.i32Sub;
    const isSwapped = deviation === "another inner instruction" && random.chance(0.3);
    body.push(isSwapped ? instruction(Op.i32Sub, zero, register) : instruction(op, register, zero));
    return loaded + body.length - 1;
  });
  if (deviation === "a register that is not there")
    factors[random.integer(0, 1)] = random.integer(loaded + body.length, 255);
  if (random.chance(0.3)) factors.reverse();
  const last =
    deviation === "another last instruction" ? random.pick([Op.i32Add, Op.f32Mul, Op.i32And]) : Op.i32Mul;
  body.push(instruction(last, factors[0], factors[1], random.integer(0, 3)));
  const fold =
    deviation === "another fold" ? random.pick(["i32.mul", "i32.max_s", "f32.add"] as const) : "i32.add";
  return makeStep({
    ...{ type: random.pick(["i32", "i32", "u8", "i8"] as const), fold, extents, reduction },
    ...{ bodyOperands, immediates, body, init: random.integer(0, 3) },
    epilogue: random.chance(0.3) ? [instruction(Op.i32ShrS, 2, 1)] : [],
  });
}

/** One long row, some short ones, and now and then coordinates that go nowhere. */
function randomReduction(random: Random): number[] {
  if (random.chance(0.3)) return [random.pick([1, 31, 32, 33, 64, random.integer(1, 700)])];
  const rows = Array.from({ length: random.integer(1, 2) }, () => random.integer(1, 5));
  const row = random.chance(0.5) ? random.integer(1, 4) : random.integer(5, 70);
  return [...rows, row, ...(random.chance(0.2) ? [1] : [])];
}

interface StreamShape {
  readonly space: Space;
  readonly type: ElementType;
  readonly stride: number;
  readonly all: readonly number[];
  readonly inner: number;
}

/** Bytes that are neighbours along the row, mostly inside of their space, at any alignment. */
function stream(random: Random, { space, type, stride, all, inner }: StreamShape): Operand {
  const strides = all.map((_, j) =>
    j === inner ? stride : random.chance(0.3) ? 0 : random.integer(-40, 90),
  );
  const address: Affine = affine(randomBase(random, ROOM[space]), ...strides);
  const guards = Array.from({ length: random.chance(0.4) ? random.integer(1, 3) : 0 }, () =>
    randomGuard(random, all, inner),
  );
  return makeOperand(space, type, address, {
    step: space === "step" ? random.integer(0, random.chance(0.05) ? 3 : 1) : 0,
    guards,
    pad: guards.length === 0 ? 0 : randomPattern(random),
  });
}

function randomBase(random: Random, room: number): number {
  if (random.chance(0.1)) return random.integer(-80, 8);
  if (random.chance(0.1)) return random.integer(room - 80, room + 8);
  if (random.chance(0.02)) return random.pick([-(2 ** 46), 2 ** 46]);
  return random.integer(0, Math.floor(room / 2));
}

/** Some of its stretches hold, some do not, and some do in the middle. */
function randomGuard(random: Random, all: readonly number[], inner: number): Guard {
  const strides = all.map((_, j) => (j === inner ? random.pick([0, 0, 1, 1, -1, 2]) : random.integer(-1, 1)));
  return { bound: random.integer(1, 60), affine: affine(random.integer(-6, 8), ...strides) };
}
