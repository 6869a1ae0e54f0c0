/** Reads the byte form of a step: SPEC.md sections 4.3 and 4.4, rules 1 and 2. */

import { MAX_RANK, MAX_STEP_BYTES, NO_INDEX } from "./encode.ts";
import { ELEMENT_TYPES, FOLDS, SPACES } from "./opcodes.ts";
import type { Affine, Guard, Instruction, Operand, Step } from "./types.ts";

/**
 * Decodes any bytes.
 *
 * @returns the step, or `undefined` when the bytes break rule 1 or 2 of validity, or hold an address so large (beyond 2^53) that rule 6 is broken too:
 *   such a step writes zeros. A step that is returned can still break the other rules: ask `isExecutable`.
 */
export function decodeStep(bytes: Uint8Array): Step | undefined {
  if (bytes.length > MAX_STEP_BYTES) return undefined;
  const input = new Reader(bytes);
  const type = ELEMENT_TYPES[input.u8()];
  const fold = FOLDS[input.u8()];
  const outerRank = input.u8();
  const reductionRank = input.u8();
  const bodyOperandCount = input.u8();
  const outerOperandCount = input.u8();
  const immediateCount = input.u8();
  const init = input.u8();
  const bodyLength = input.u16();
  const epilogueLength = input.u16();
  if (type === undefined || fold === undefined || outerRank > MAX_RANK || reductionRank > MAX_RANK)
    return undefined;

  const extents = input.list(outerRank, () => input.u32());
  const reduction = input.list(reductionRank, () => input.u32());
  const bodyOperands = input.list(bodyOperandCount, (place) =>
    readOperand(input, place, outerRank + reductionRank),
  );
  const outerOperands = input.list(outerOperandCount, (place) => readOperand(input, place, outerRank));
  const immediates = input.list(immediateCount, () => input.u32());
  const body = input.list(bodyLength, () => readInstruction(input));
  const epilogue = input.list(epilogueLength, () => readInstruction(input));
  if (!input.isConsumedExactly) return undefined;
  return { type, fold, extents, reduction, bodyOperands, outerOperands, immediates, init, body, epilogue };
}

function readOperand(input: Reader, place: number, indices: number): Operand {
  const space = SPACES[input.u8()];
  const type = ELEMENT_TYPES[input.u8()];
  const guardCount = input.u8();
  const indexed = input.u8();
  const hasIndex = indexed !== NO_INDEX;
  if (space === undefined || type === undefined || guardCount > MAX_RANK || (hasIndex && indexed >= place))
    return input.fail(NOTHING);

  const step = input.u32();
  const address = readAffine(input, indices);
  const index = hasIndex ? { index: { operand: indexed, bound: input.u32(), stride: input.i32() } } : {};
  const pad = guardCount > 0 ? input.u32() : 0;
  const guards: Guard[] = input.list(guardCount, () => ({
    bound: input.u32(),
    affine: readAffine(input, indices),
  }));
  return { space, type, step, address, ...index, guards, pad };
}

function readAffine(input: Reader, indices: number): Affine {
  const base = input.i32() * 0x1_0000_0000 + input.u32();
  if (!Number.isSafeInteger(base)) input.fail(undefined);
  return { base, strides: input.list(indices, () => input.i32()) };
}

function readInstruction(input: Reader): Instruction {
  return { op: input.u8(), a: input.u8(), b: input.u8(), c: input.u8() };
}

const NOTHING: Operand = {
  space: "index",
  type: "i32",
  step: 0,
  address: { base: 0, strides: [] },
  guards: [],
  pad: 0,
};

/** Reads zeros past the end and after a failure, and remembers that it did. */
class Reader {
  readonly #view: DataView;
  #offset = 0;
  #hasFailed = false;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isConsumedExactly(): boolean {
    return !this.#hasFailed && this.#offset === this.#view.byteLength;
  }

  fail<T>(value: T): T {
    this.#hasFailed = true;
    return value;
  }

  u8(): number {
    return this.#has(1) ? this.#view.getUint8(this.#offset - 1) : 0;
  }

  u16(): number {
    return this.#has(2) ? this.#view.getUint16(this.#offset - 2) : 0;
  }

  u32(): number {
    return this.#has(4) ? this.#view.getUint32(this.#offset - 4) : 0;
  }

  i32(): number {
    return this.u32() | 0;
  }

  /** Reads `count` items; stops early once anything has failed. */
  list<T>(count: number, read: (place: number) => T): T[] {
    const items: T[] = [];
    for (let place = 0; place < count && !this.#hasFailed; place++) items.push(read(place));
    return items;
  }

  #has(length: number): boolean {
    if (this.#hasFailed || this.#offset + length > this.#view.byteLength) return this.fail(false);
    this.#offset += length;
    return true;
  }
}
