/** Binds the open dimensions of a model's inputs. */

import {
  OnnxDimensionOptionError,
  OnnxLimitError,
  OnnxMalformedError,
  OnnxUnboundDimensionError,
  OnnxUnsupportedTypeError,
} from "./errors.ts";
import { DATA_TYPES, type DataType, elementCount, isDataType } from "./host/tensor.ts";
import { LIMITS } from "./limits.ts";
import type { OnnxGraph, OnnxValue } from "./onnx/model.ts";

export interface BoundInput {
  readonly name: string;
  readonly type: DataType;
  readonly dims: readonly number[];
}

/**
 * Gives every dimension of every input a size.
 *
 * @param sizes - by the dimension's name in the file; a dimension without a name, or of size 0, is called `input:axis`, as every open dimension also may be
 * @throws {OnnxUnboundDimensionError} for a dimension that stays open
 * @throws {OnnxDimensionOptionError} for a size that is none, or that no open dimension takes
 */
export function bindInputs(graph: OnnxGraph, sizes: Readonly<Record<string, number>>): readonly BoundInput[] {
  const open = new Set(graph.inputs.flatMap((input) => openDimensions(input).flat()));
  for (const [name, size] of Object.entries(sizes)) {
    const isSize = Number.isInteger(size) && size >= 1 && size <= LIMITS.elements;
    if (!isSize || !open.has(name)) throw new OnnxDimensionOptionError(name, size, [...open]);
  }
  return graph.inputs.map((input) => bindInput(input, sizes));
}

/** For every open dimension of an input the names by which it can be bound. */
function openDimensions({ name, dims = [] }: OnnxValue): readonly (readonly string[])[] {
  return dims.flatMap((dim, axis) => {
    if (isFixed(dim)) return [];
    return [typeof dim === "string" ? [dim, `${name}:${axis}`] : [`${name}:${axis}`]];
  });
}

function isFixed(dim: number | string | undefined): dim is number {
  return typeof dim === "number" && dim > 0;
}

function bindInput({ name, type, dims }: OnnxValue, sizes: Readonly<Record<string, number>>): BoundInput {
  if (type === undefined || dims === undefined) {
    throw new OnnxMalformedError(`input "${name}" has no ${type === undefined ? "type" : "shape"}`);
  }
  if (!isDataType(type)) throw new OnnxUnsupportedTypeError(`Input "${name}"`, type, DATA_TYPES);
  const bound = dims.map((dim, axis) => {
    if (isFixed(dim)) return dim;
    if (typeof dim === "number" && dim < 0 && dim !== -1)
      throw new OnnxMalformedError(`input "${name}" has a dimension of ${dim}`);
    const place = `${name}:${axis}`;
    const own = typeof dim === "string" ? dim : place;
    const size = Object.hasOwn(sizes, place)
      ? sizes[place]
      : Object.hasOwn(sizes, own)
        ? sizes[own]
        : undefined;
    if (size === undefined) throw new OnnxUnboundDimensionError(name, axis, own);
    return size;
  });
  const count = elementCount(bound);
  if (count > LIMITS.elements)
    throw new OnnxLimitError(`Elements of input "${name}"`, count, LIMITS.elements);
  return { name, type, dims: bound };
}
