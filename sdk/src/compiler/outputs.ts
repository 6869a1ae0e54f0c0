/** Puts the outputs of a model into the tensor of its last step. */

import { WORD_BYTES } from "../machine/memory.ts";
import type { TensorSlot } from "../machine/model.ts";
import { ELEMENT_SIZE, type ElementType, Op } from "../machine/opcodes.ts";
import { OnnxLimitError } from "./errors.ts";
import type { GraphBuilder } from "./graph/builder.ts";
import type { IrNode, Value } from "./graph/ir.ts";
import { IDENTITY } from "./graph/rule.ts";
import { range } from "./host/movement.ts";
import { type DataType, ELEMENT_TYPE_OF, elementCount } from "./host/tensor.ts";
import { LIMITS } from "./limits.ts";
import type { LoopNest, LoopOperand } from "./lower/loops.ts";
import type { Placement } from "./lower/placement.ts";
import { Tape } from "./tape/tape.ts";

/** Where tensors stand one after another, each beginning on a word. */
export function slotsOf(
  tensors: readonly { readonly name: string; readonly type: DataType; readonly dims: readonly number[] }[],
): readonly TensorSlot[] {
  let end = 0;
  return tensors.map(({ name, type, dims }) => {
    const elementType = ELEMENT_TYPE_OF[type];
    const byteOffset = Math.ceil(end / WORD_BYTES) * WORD_BYTES;
    const byteLength = elementCount(dims) * ELEMENT_SIZE[elementType];
    end = byteOffset + byteLength;
    return { name, type, elementType, dims, byteOffset, byteLength };
  });
}

/** Bytes that slots take, without the padding of the last word. */
export function slotBytes(slots: readonly TensorSlot[]): number {
  const bytes = slots.reduce((end, { byteOffset, byteLength }) => Math.max(end, byteOffset + byteLength), 0);
  if (bytes > LIMITS.slotBytes)
    throw new OnnxLimitError("Bytes of all inputs, or of all outputs", bytes, LIMITS.slotBytes);
  return bytes;
}

/** A node that holds exactly the elements of a value, and that no other node reads. */
export function outputNode(g: GraphBuilder, value: Value): IrNode {
  const node = g.node(value);
  return g.node(g.pointwise(IDENTITY, [node], node.type));
}

/** Tensors that one packing step reads; more would not fit into its encoding. */
const MOST_PARTS = 32;

/**
 * Copies row-major tensors to their slots, by one step, or by several whose results a last one joins.
 *
 * @param emit - appends a step
 */
export function packOutputs(
  slots: readonly TensorSlot[],
  placements: readonly Placement[],
  emit: (nest: LoopNest) => Placement,
): void {
  const types = new Set(slots.map(({ elementType }) => elementType));
  const isWide = [...types].every((type) => ELEMENT_SIZE[type] === 4);
  // Tensors of different element sizes are copied byte by byte.
  const type: ElementType = types.size === 1 ? [...types][0]! : isWide ? "i32" : "u8";
  let parts: readonly Part[] = slots.map(({ byteOffset, byteLength }, j) => ({
    ...{ start: byteOffset, end: byteOffset + byteLength },
    placement: placements[j]!,
  }));
  while (parts.length > MOST_PARTS) {
    const groups = range(Math.ceil(parts.length / MOST_PARTS)).map((i) =>
      parts.slice(i * MOST_PARTS, (i + 1) * MOST_PARTS),
    );
    parts = groups.map((group) => {
      const [start, end] = [group[0]!.start, group.at(-1)!.end];
      return { start, end, placement: emit(packingLoops(group, start, type)) };
    });
  }
  emit(packingLoops(parts, 0, type));
}

/** Bytes `start .. end` of the packed tensor. */
interface Part {
  readonly start: number;
  readonly end: number;
  readonly placement: Placement;
}

/** Every element reads as zero outside of its own part, so that "or" joins them. */
function packingLoops(parts: readonly Part[], origin: number, type: ElementType): LoopNest {
  const size = ELEMENT_SIZE[type];
  const operands = parts.map(({ start, end, placement: { space, step } }): LoopOperand => {
    const line = { base: (origin - start) / size, strides: [1] };
    const guards = [{ bound: (end - start) / size, line }];
    return { space, type, step, address: line, guards, pad: 0, index: undefined, constant: undefined };
  });
  const tape = new Tape();
  const loads = operands.map((_, slot) => tape.operand(slot));
  const result = loads.reduce((all, part) => tape.op(Op.i32Or, all, part));
  const extent = (parts.at(-1)!.end - origin) / size;
  return {
    ...{ type, extents: [extent], reduction: [] },
    outer: { tape, result, operands },
    fold: undefined,
    dims: [[{ extent, stride: 1 }]],
  };
}
