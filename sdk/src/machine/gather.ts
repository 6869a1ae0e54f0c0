/** Loads an operand into the lanes of a register, for a block of elements and one point of the reduction. */

import { BLOCK_LANES, type FormLanes, fillForm, formLanes, type Nest } from "./forms.ts";
import type { RegisterFile } from "./lanes.ts";
import { type Memory, spaceElements } from "./memory.ts";
import { ELEMENT_SIZE } from "./opcodes.ts";
import type { Operand } from "./types.ts";

/** An operand with all that its loads need. */
export interface OperandLoader {
  readonly operand: Operand;
  readonly address: FormLanes;
  readonly guards: readonly FormLanes[];
  /** The space, cut off where nothing was written or its tree ends: beyond it everything reads as 0. Empty for `index`. */
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
  /** First lane of the register that it is loaded into, and of the one that indexes it. */
  readonly out: number;
  readonly indexedBy: number;
  /** 1 where all guards hold. */
  readonly mask: Uint8Array;
  readonly scratch: Int32Array | Float64Array;
  isStale: boolean;
  isMaskStale: boolean;
}

const NO_WORDS = new Int32Array();
const NO_BYTES = new Uint8Array();

/** @param slots - first lanes of the registers of the operand's list, its own included */
export function operandLoader(
  operand: Operand,
  place: number,
  slots: readonly number[],
  nest: Nest,
  outerExtents: readonly number[],
  stepIndex: number,
  memory: Memory,
): OperandLoader {
  const reach = operand.index === undefined ? 0 : Math.abs(operand.index.stride) * (operand.index.bound - 1);
  const address = formLanes(operand.address, outerExtents, nest, reach);
  const source = operand.space === "index" ? NO_BYTES : spaceBytes(operand, stepIndex, memory);
  const isNarrow = ELEMENT_SIZE[operand.type] === 1;
  return {
    operand,
    address,
    guards: operand.guards.map(({ affine }) => formLanes(affine, outerExtents, nest)),
    words: isNarrow ? NO_WORDS : asWords(source),
    bytes: isNarrow ? source : NO_BYTES,
    out: slots[place] ?? 0,
    indexedBy: operand.index === undefined ? 0 : (slots[operand.index.operand] ?? 0),
    mask: new Uint8Array(operand.guards.length > 0 ? BLOCK_LANES : 0),
    scratch: operand.index === undefined ? NO_WORDS : address.values.slice(),
    isStale: true,
    isMaskStale: true,
  };
}

function spaceBytes({ space, type, step }: Operand, stepIndex: number, memory: Memory): Uint8Array {
  if (space === "index" || (space === "step" && step >= stepIndex)) return NO_BYTES;
  const all = { input: memory.input, const: memory.constants, step: memory.steps[step] }[space] ?? NO_BYTES;
  const room = spaceElements(space, type, memory.depths) * ELEMENT_SIZE[type];
  return all.length <= room ? all : all.subarray(0, room);
}

/** Copies only if the bytes do not lie on a boundary of 4, or end within an element. */
function asWords(bytes: Uint8Array): Int32Array {
  if (bytes.byteOffset % 4 === 0 && bytes.length % 4 === 0)
    return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const copy = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  copy.set(bytes);
  return new Int32Array(copy.buffer);
}

/** Takes a loader to a block of elements and to the start of the reduction. */
export function startBlock(loader: OperandLoader, nest: Nest, first: number, count: number): void {
  fillForm(loader.address, nest.extents, first, count);
  for (const guard of loader.guards) fillForm(guard, nest.extents, first, count);
  loader.isStale = true;
  loader.isMaskStale = true;
}

/** Takes a loader to the next point of the reduction, at which dimension j advances. */
export function advance(loader: OperandLoader, j: number): void {
  const step = loader.address.advances[j] ?? 0;
  if (step !== 0) {
    loader.address.offset += step;
    loader.isStale = true;
  }
  for (const guard of loader.guards) {
    const guardStep = guard.advances[j] ?? 0;
    if (guardStep === 0) continue;
    guard.offset += guardStep;
    loader.isStale = true;
    loader.isMaskStale = true;
  }
}

/** Loads the operand, unless its register still holds what it would load. */
export function load(loader: OperandLoader, { integers }: RegisterFile, count: number): void {
  const { operand, address, words, bytes, out } = loader;
  if (!loader.isStale && operand.index === undefined) return;
  loader.isStale = false;

  const verdict = judgeGuards(loader);
  if (verdict === "fail") {
    integers.fill(operand.pad, out, out + count);
    return;
  }
  const isMixed = verdict === "mixed";
  if (isMixed && loader.isMaskStale) fillMask(loader, count);
  if (operand.index !== undefined) indexAddresses(loader, integers, count);
  const offset = operand.index === undefined ? address.offset : 0;
  const values = operand.index === undefined ? address.values : loader.scratch;
  if (operand.space === "index") {
    for (let l = 0; l < count; l++) integers[out + l] = (values[l] ?? 0) + offset;
    if (isMixed) applyPad(loader, integers, count);
    return;
  }

  const isNarrow = ELEMENT_SIZE[operand.type] === 1;
  const shift = operand.type === "i8" ? 24 : 0;
  const room = isNarrow ? bytes.length : words.length;
  const isInside = operand.index === undefined && address.least + offset >= 0 && address.most + offset < room;
  if (isInside && !isMixed) {
    if (address.least === address.most) {
      const at = address.least + offset;
      integers.fill(isNarrow ? ((bytes[at] ?? 0) << shift) >> shift : (words[at] ?? 0), out, out + count);
    } else if (isNarrow) gatherBytes(integers, out, bytes, values, offset, shift, count);
    else gatherWords(integers, out, words, values, offset, count);
    return;
  }
  if (isNarrow) gatherBytesInside(integers, out, bytes, values, offset, shift, count);
  else gatherWordsInside(integers, out, words, values, offset, count);
  if (isMixed) applyPad(loader, integers, count);
}

function judgeGuards({ operand, guards }: OperandLoader): "hold" | "fail" | "mixed" {
  let verdict: "hold" | "mixed" = "hold";
  for (let g = 0; g < guards.length; g++) {
    const guard = guards[g]!;
    const { bound } = operand.guards[g]!;
    const least = guard.least + guard.offset;
    const most = guard.most + guard.offset;
    if (most < 0 || least >= bound) return "fail";
    if (least < 0 || most >= bound) verdict = "mixed";
  }
  return verdict;
}

function fillMask(loader: OperandLoader, count: number): void {
  const { operand, guards, mask } = loader;
  loader.isMaskStale = false;
  mask.fill(1);
  for (let g = 0; g < guards.length; g++) {
    const { values, offset } = guards[g]!;
    const { bound } = operand.guards[g]!;
    for (let l = 0; l < count; l++) {
      const coordinate = values[l]! + offset;
      if (coordinate < 0 || coordinate >= bound) mask[l] = 0;
    }
  }
}

function applyPad({ operand, mask, out }: OperandLoader, integers: Int32Array, count: number): void {
  for (let l = 0; l < count; l++) if (mask[l] === 0) integers[out + l] = operand.pad;
}

function indexAddresses(
  { operand, address, indexedBy, scratch }: OperandLoader,
  integers: Int32Array,
  count: number,
): void {
  const { values, offset } = address;
  const { bound, stride } = operand.index ?? { bound: 1, stride: 0 };
  for (let l = 0; l < count; l++) {
    scratch[l] = values[l]! + offset + stride * Math.min(Math.max(integers[indexedBy + l]!, 0), bound - 1);
  }
}

type Addresses = Int32Array | Float64Array;

function gatherWords(
  to: Int32Array,
  out: number,
  from: Int32Array,
  values: Addresses,
  offset: number,
  count: number,
): void {
  for (let l = 0; l < count; l++) to[out + l] = from[values[l]! + offset]!;
}

function gatherBytes(
  to: Int32Array,
  out: number,
  from: Uint8Array,
  values: Addresses,
  offset: number,
  shift: number,
  count: number,
): void {
  for (let l = 0; l < count; l++) to[out + l] = (from[values[l]! + offset]! << shift) >> shift;
}

function gatherWordsInside(
  to: Int32Array,
  out: number,
  from: Int32Array,
  values: Addresses,
  offset: number,
  count: number,
): void {
  const room = from.length;
  for (let l = 0; l < count; l++) {
    const at = values[l]! + offset;
    to[out + l] = at >= 0 && at < room ? from[at]! : 0;
  }
}

function gatherBytesInside(
  to: Int32Array,
  out: number,
  from: Uint8Array,
  values: Addresses,
  offset: number,
  shift: number,
  count: number,
): void {
  const room = from.length;
  for (let l = 0; l < count; l++) {
    const at = values[l]! + offset;
    to[out + l] = at >= 0 && at < room ? (from[at]! << shift) >> shift : 0;
  }
}
