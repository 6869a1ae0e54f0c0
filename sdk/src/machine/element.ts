/** One element of one step, read from SPEC.md section 4 as plainly as possible. The oracle of the faster executor and of the referee. */

import { count, FOLD_OPS } from "./budget.ts";
import { encodedLength } from "./encode.ts";
import { type Memory, spaceElements, type TreeSpace, WORD_BYTES } from "./memory.ts";
import { ELEMENT_SIZE, type ElementType } from "./opcodes.ts";
import { applyOp } from "./scalar.ts";
import type { Affine, Instruction, Operand, Step } from "./types.ts";
import { isExecutable } from "./validity.ts";

/** Is told of every word that is read: its number in the tree of its space, which for `step` is the trace. */
export type ReadHook = (space: TreeSpace, word: number) => void;

/** Words that a proof of an element must open: ascending numbers without repetition; trace words are numbered as trace leaves. */
export interface TouchedWords {
  /** Numbers of words of the input, ascending. */
  readonly input: readonly number[];
  /** Numbers of words of the constants, ascending. */
  readonly const: readonly number[];
  /** Numbers of words of the trace, ascending. */
  readonly trace: readonly number[];
}

/**
 * Computes one element. Total: never throws, whatever the step.
 *
 * @param step - what `decodeStep` gave
 * @param stepIndex - the step's number
 * @param element - number of the element in row-major order
 * @returns the element's stored bits as an unsigned number: 32 bits for 4-byte types, 8 for 1-byte ones; 0 for steps that are not executable and
 *   elements that do not exist
 */
export function evaluateElement(
  step: Step | undefined,
  stepIndex: number,
  element: number,
  memory: Memory,
  onRead: ReadHook = () => {},
): number {
  if (step === undefined || !isExecutable(step, encodedLength(step), memory.depths)) return 0;
  if (!(Number.isInteger(element) && element >= 0 && element < count(step.extents))) return 0;
  const load = (operands: readonly Operand[], indices: readonly number[]): number[] => {
    const registers: number[] = [];
    for (const operand of operands)
      registers.push(loadOperand(operand, indices, registers, stepIndex, memory, onRead));
    return registers;
  };

  const outer = coordinates(element, step.extents);
  const outerRegisters = [...load(step.outerOperands, outer), ...step.immediates];
  let accumulator = outerRegisters[step.init] ?? 0;
  const foldOp = FOLD_OPS[step.fold];
  if (foldOp !== undefined) {
    for (let r = 0; r < count(step.reduction); r++) {
      const indices = [...outer, ...coordinates(r, step.reduction)];
      const bodyRegisters = [...load(step.bodyOperands, indices), ...step.immediates];
      runTape(step.body, bodyRegisters);
      accumulator = applyOp(foldOp, accumulator, bodyRegisters.at(-1) ?? 0, 0);
    }
  }
  outerRegisters.push(accumulator);
  runTape(step.epilogue, outerRegisters);
  const result = outerRegisters.at(-1) ?? 0;
  return ELEMENT_SIZE[step.type] === 4 ? result : result & 0xff;
}

/** The words that the evaluation of one element reads. */
export function touchedWords(
  step: Step | undefined,
  stepIndex: number,
  element: number,
  memory: Memory,
): TouchedWords {
  const touched = { input: new Set<number>(), const: new Set<number>(), step: new Set<number>() };
  evaluateElement(step, stepIndex, element, memory, (space, word) => touched[space].add(word));
  const ascending = (words: Set<number>): number[] => [...words].sort((a, b) => a - b);
  return { input: ascending(touched.input), const: ascending(touched.const), trace: ascending(touched.step) };
}

/** Row-major coordinates of an element, the last one fastest. */
function coordinates(element: number, extents: readonly number[]): number[] {
  const result: number[] = [];
  let rest = element;
  for (const extent of extents.toReversed()) {
    result.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return result;
}

function runTape(tape: readonly Instruction[], registers: number[]): void {
  for (const { op, a, b, c } of tape) {
    registers.push(applyOp(op, registers[a] ?? 0, registers[b] ?? 0, registers[c] ?? 0));
  }
}

function evaluateAffine({ base, strides }: Affine, indices: readonly number[]): number {
  return strides.reduce((sum, stride, j) => sum + stride * (indices[j] ?? 0), base);
}

function loadOperand(
  operand: Operand,
  indices: readonly number[],
  registers: readonly number[],
  stepIndex: number,
  memory: Memory,
  onRead: ReadHook,
): number {
  const { space, type, step, index } = operand;
  for (const { bound, affine } of operand.guards) {
    const coordinate = evaluateAffine(affine, indices);
    if (!(0 <= coordinate && coordinate < bound)) return operand.pad;
  }
  let address = evaluateAffine(operand.address, indices);
  if (index !== undefined) {
    const value = (registers[index.operand] ?? 0) | 0;
    address += index.stride * Math.min(Math.max(value, 0), index.bound - 1);
  }
  if (space === "index") return address >>> 0;
  if (space === "step" && step >= stepIndex) return 0;
  if (!(0 <= address && address < spaceElements(space, type, memory.depths))) return 0;

  const word = Math.floor((address * ELEMENT_SIZE[type]) / WORD_BYTES);
  onRead(space, space === "step" ? step * 2 ** memory.depths.wordDepth + word : word);
  if (space === "input") return readElement(memory.input, type, address);
  return readElement(space === "const" ? memory.constants : memory.steps[step], type, address);
}

function readElement(bytes: Uint8Array | undefined, type: ElementType, address: number): number {
  const byte = (offset: number): number => bytes?.[address * ELEMENT_SIZE[type] + offset] ?? 0;
  if (type === "u8") return byte(0);
  if (type === "i8") return ((byte(0) << 24) >> 24) >>> 0;
  return (byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24)) >>> 0;
}
