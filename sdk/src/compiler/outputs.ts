/** Puts the outputs of a model into the tensor of its last step. */

import { WORD_BYTES } from "../machine/memory.ts";
import type { TensorSlot } from "../machine/model.ts";
import { ELEMENT_SIZE, type ElementType, Op } from "../machine/opcodes.ts";
import type { GraphBuilder } from "./graph/builder.ts";
import type { IrNode, Value } from "./graph/ir.ts";
import { IDENTITY } from "./graph/rule.ts";
import { type DataType, ELEMENT_TYPE_OF, elementCount } from "./host/tensor.ts";
import type { Buffer } from "./lower/buffer.ts";
import type { LoopNest, LoopOperand } from "./lower/loops.ts";
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
  return slots.reduce((end, { byteOffset, byteLength }) => Math.max(end, byteOffset + byteLength), 0);
}

/** A node that holds exactly the elements of a value, and that no other node reads. */
export function outputNode(g: GraphBuilder, value: Value): IrNode {
  const node = g.node(value);
  return g.node(g.pointwise(IDENTITY, [node], node.type));
}

/**
 * The step that copies several row-major tensors to their slots. Every element reads as zero outside of its own tensor, so that "or" joins them;
 * tensors of different element sizes are copied byte by byte.
 */
export function packingLoops(slots: readonly TensorSlot[], buffers: readonly Buffer[]): LoopNest {
  const types = new Set(slots.map(({ elementType }) => elementType));
  const isWide = [...types].every((type) => ELEMENT_SIZE[type] === 4);
  const type: ElementType = types.size === 1 ? [...types][0]! : isWide ? "i32" : "u8";
  const size = ELEMENT_SIZE[type];
  const operands = slots.map(({ byteOffset, byteLength }, j): LoopOperand => {
    const line = { base: -byteOffset / size, strides: [1] };
    const guards = [{ bound: byteLength / size, line }];
    const { space, step } = buffers[j]!;
    return { space, type, step, address: line, guards, pad: 0, index: undefined, constant: undefined };
  });
  const tape = new Tape();
  const result = operands.map((_, slot) => tape.operand(slot)).reduce((all, part) => tape.op(Op.i32Or, all, part));
  const extent = slotBytes(slots) / size;
  return {
    type,
    extents: [extent],
    reduction: [],
    outer: { tape, result, operands },
    fold: undefined,
    dims: [[{ extent, stride: 1 }]],
  };
}
