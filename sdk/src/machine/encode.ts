/** The byte form of a step: SPEC.md section 4.3. All integers are big-endian. */

import { AssayError, type AssayErrorOptions } from "../core/errors.ts";
import { ELEMENT_TYPES, FOLDS, SPACES } from "./opcodes.ts";
import type { Affine, Instruction, Operand, Step } from "./types.ts";

/** Longest encoding that a step may have. */
export const MAX_STEP_BYTES = 4096;

/** Most extents, reduction extents, and guards of an operand. */
export const MAX_RANK = 8;

/** Marks an operand without an index. */
export const NO_INDEX = 0xff;

const HEADER_BYTES = 12;

/**
 * Length of a step's encoding.
 *
 * @returns the number of bytes that {@link encodeStep} gives, or would give if the step were not too long
 */
export function encodedLength(step: Step): number {
  const operands = (list: readonly Operand[], indices: number): number =>
    list.reduce((sum, operand) => {
      const affine = 8 + 4 * indices;
      const guards = operand.guards.length === 0 ? 0 : 4 + operand.guards.length * (4 + affine);
      return sum + 8 + affine + (operand.index === undefined ? 0 : 8) + guards;
    }, 0);
  const outer = step.extents.length;
  const body = outer + step.reduction.length;
  const words = body + step.immediates.length + step.body.length + step.epilogue.length;
  return HEADER_BYTES + 4 * words + operands(step.bodyOperands, body) + operands(step.outerOperands, outer);
}

/**
 * Encodes a step. Every step that {@link decodeStep} can return encodes to the bytes that it came from, whether or not the step is executable.
 *
 * @throws {StepEncodingError} if a field does not fit its place
 */
export function encodeStep(step: Step): Uint8Array {
  const length = encodedLength(step);
  if (length > MAX_STEP_BYTES)
    throw new StepEncodingError("length", length, `at most ${MAX_STEP_BYTES} bytes`);
  const out = new Writer(length);
  const indices = step.extents.length + step.reduction.length;

  out.u8(code("type", ELEMENT_TYPES, step.type));
  out.u8(code("fold", FOLDS, step.fold));
  out.u8(integer("extents.length", step.extents.length, 0, MAX_RANK));
  out.u8(integer("reduction.length", step.reduction.length, 0, MAX_RANK));
  out.u8(integer("bodyOperands.length", step.bodyOperands.length, 0, 0xff));
  out.u8(integer("outerOperands.length", step.outerOperands.length, 0, 0xff));
  out.u8(integer("immediates.length", step.immediates.length, 0, 0xff));
  out.u8(integer("init", step.init, 0, 0xff));
  out.u16(integer("body.length", step.body.length, 0, 0xffff));
  out.u16(integer("epilogue.length", step.epilogue.length, 0, 0xffff));
  for (const [j, extent] of step.extents.entries()) out.u32(unsigned(`extents[${j}]`, extent));
  for (const [j, extent] of step.reduction.entries()) out.u32(unsigned(`reduction[${j}]`, extent));
  for (const [j, operand] of step.bodyOperands.entries())
    writeOperand(out, `bodyOperands[${j}]`, operand, j, indices);
  for (const [j, operand] of step.outerOperands.entries()) {
    writeOperand(out, `outerOperands[${j}]`, operand, j, step.extents.length);
  }
  for (const [j, immediate] of step.immediates.entries()) out.u32(unsigned(`immediates[${j}]`, immediate));
  for (const [j, instruction] of step.body.entries()) writeInstruction(out, `body[${j}]`, instruction);
  for (const [j, instruction] of step.epilogue.entries())
    writeInstruction(out, `epilogue[${j}]`, instruction);
  return out.bytes;
}

function writeOperand(out: Writer, field: string, operand: Operand, place: number, indices: number): void {
  const { guards, index } = operand;
  out.u8(code(`${field}.space`, SPACES, operand.space));
  out.u8(code(`${field}.type`, ELEMENT_TYPES, operand.type));
  out.u8(integer(`${field}.guards.length`, guards.length, 0, MAX_RANK));
  out.u8(
    index === undefined
      ? NO_INDEX
      : integer(`${field}.index.operand`, index.operand, 0, Math.min(place, NO_INDEX) - 1),
  );
  out.u32(unsigned(`${field}.step`, operand.step));
  writeAffine(out, `${field}.address`, operand.address, indices);
  if (index !== undefined) {
    out.u32(unsigned(`${field}.index.bound`, index.bound));
    out.u32(signed(`${field}.index.stride`, index.stride));
  }
  if (guards.length === 0) {
    // Without guards there is no place for a pad value.
    integer(`${field}.pad`, operand.pad, 0, 0);
    return;
  }
  out.u32(unsigned(`${field}.pad`, operand.pad));
  for (const [j, guard] of guards.entries()) {
    out.u32(unsigned(`${field}.guards[${j}].bound`, guard.bound));
    writeAffine(out, `${field}.guards[${j}].affine`, guard.affine, indices);
  }
}

function writeAffine(out: Writer, field: string, affine: Affine, indices: number): void {
  integer(`${field}.strides.length`, affine.strides.length, indices, indices);
  out.i64(integer(`${field}.base`, affine.base, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER));
  for (const [j, stride] of affine.strides.entries()) out.u32(signed(`${field}.strides[${j}]`, stride));
}

function writeInstruction(out: Writer, field: string, instruction: Instruction): void {
  out.u8(integer(`${field}.op`, instruction.op, 0, 0xff));
  out.u8(integer(`${field}.a`, instruction.a, 0, 0xff));
  out.u8(integer(`${field}.b`, instruction.b, 0, 0xff));
  out.u8(integer(`${field}.c`, instruction.c, 0, 0xff));
}

class Writer {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(length: number) {
    this.bytes = new Uint8Array(length);
    this.#view = new DataView(this.bytes.buffer);
  }

  u8(value: number): void {
    this.#view.setUint8(this.#offset, value);
    this.#offset += 1;
  }

  u16(value: number): void {
    this.#view.setUint16(this.#offset, value);
    this.#offset += 2;
  }

  /** Takes negative values too: two's complement. */
  u32(value: number): void {
    this.#view.setUint32(this.#offset, value);
    this.#offset += 4;
  }

  i64(value: number): void {
    this.u32(Math.floor(value / 0x1_0000_0000));
    this.u32(value);
  }
}

function integer(field: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new StepEncodingError(field, value, least === most ? `${most}` : `an integer in ${least} .. ${most}`);
}

function unsigned(field: string, value: number): number {
  return integer(field, value, 0, 0xffff_ffff);
}

function signed(field: string, value: number): number {
  return integer(field, value, -0x8000_0000, 0x7fff_ffff);
}

function code<T extends string>(field: string, names: readonly T[], name: T): number {
  const found = names.indexOf(name);
  if (found >= 0) return found;
  throw new StepEncodingError(field, name, `one of ${names.join(", ")}`);
}

/** A field of a step does not fit its place in the encoding. */
export class StepEncodingError extends AssayError {
  override readonly name = "StepEncodingError";

  constructor(field: string, value: unknown, expected: string, options: AssayErrorOptions = {}) {
    super("STEP_NOT_ENCODABLE", `The step's field ${field} is ${String(value)}; it must be ${expected}.`, {
      recovery: "Split the step or correct the field.",
      ...options,
      context: { field, value, expected },
    });
  }
}
