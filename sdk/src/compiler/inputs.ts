/** Binds the open dimensions of a model's inputs, and the inputs that are known while compiling. */

import { brainToNumber, halfToNumber } from "../core/half.ts";
import type { Tensor } from "../machine/model.ts";
import {
  OnnxDimensionOptionError,
  OnnxInitializerOptionError,
  OnnxLimitError,
  OnnxMalformedError,
  OnnxUnboundDimensionError,
  OnnxUnsupportedTypeError,
} from "./errors.ts";
import {
  DATA_TYPES,
  type DataType,
  elementCount,
  type HostData,
  type HostTensor,
  hostTensor,
  isDataType,
} from "./host/tensor.ts";
import { LIMITS } from "./limits.ts";
import type { OnnxGraph, OnnxValue } from "./onnx/model.ts";

export interface BoundInput {
  readonly name: string;
  readonly type: DataType;
  readonly dims: readonly number[];
}

/** Options that bind what a file leaves open. */
export interface Bindings {
  readonly dims: Readonly<Record<string, number>>;
  readonly initializers: Readonly<Record<string, Tensor>>;
}

export interface BoundInputs {
  /** Tensors of the request. */
  readonly requested: readonly BoundInput[];
  /** Inputs that are known while compiling, by name. */
  readonly known: ReadonlyMap<string, HostTensor>;
}

/**
 * Gives every dimension of every input a size, or the input a value.
 *
 * @param dims - by the dimension's name in the file; a dimension without a name, or of size 0, is called `input:axis`, as every open dimension also may be
 * @param initializers - by the input's name
 * @throws {OnnxUnboundDimensionError} for a dimension that stays open
 * @throws {OnnxDimensionOptionError} for a size that is none, or that no open dimension takes
 * @throws {OnnxInitializerOptionError} for a value of what is no input, or is of another type or shape
 */
export function bindInputs(graph: OnnxGraph, { dims: sizes, initializers }: Bindings): BoundInputs {
  const names = graph.inputs.map(({ name }) => name);
  for (const name of Object.keys(initializers)) {
    if (!names.includes(name))
      throw new OnnxInitializerOptionError(name, `the inputs are ${names.join(", ") || "none"}`);
  }
  const open = new Set(graph.inputs.flatMap((input) => openDimensions(input).flat()));
  for (const [name, size] of Object.entries(sizes)) {
    const isSize = Number.isInteger(size) && size >= 1 && size <= LIMITS.elements;
    if (!isSize || !open.has(name)) throw new OnnxDimensionOptionError(name, size, [...open]);
  }
  const isKnown = ({ name }: OnnxValue): boolean => Object.hasOwn(initializers, name);
  const known = graph.inputs
    .filter(isKnown)
    .map((input) => [input.name, knownInput(input, initializers[input.name]!)] as const);
  return {
    requested: graph.inputs.filter((input) => !isKnown(input)).map((input) => bindInput(input, sizes)),
    known: new Map(known),
  };
}

function knownInput({ name, type, dims = [] }: OnnxValue, tensor: Tensor): HostTensor {
  if (tensor.type !== type) throw new OnnxInitializerOptionError(name, `it is ${type}, not ${tensor.type}`);
  const fits =
    tensor.dims.length === dims.length &&
    tensor.dims.every(
      (dim, d) => Number.isInteger(dim) && dim >= 0 && (!isFixed(dims[d]) || dims[d] === dim),
    );
  if (!fits) {
    const shape = dims.map((dim) => (isFixed(dim) ? dim : "?")).join(", ");
    throw new OnnxInitializerOptionError(name, `its shape is [${shape}], not [${tensor.dims.join(", ")}]`);
  }
  const expected = elementCount(tensor.dims);
  if (tensor.data.length !== expected)
    throw new OnnxInitializerOptionError(name, `it holds ${tensor.data.length} elements, not ${expected}`);
  const data =
    type === "bool"
      ? Uint8Array.from(tensor.data as Uint8Array, (item) => Math.min(item, 1))
      : tensor.data.slice();
  return hostTensor(tensor.type, tensor.dims, heldAs(tensor.type, data));
}

/** Floats of 16 bits are held as the numbers that they are. */
function heldAs(type: DataType, data: HostData): HostData {
  if (type === "float16") return Float32Array.from(data as Uint16Array, halfToNumber);
  return type === "bfloat16" ? Float32Array.from(data as Uint16Array, brainToNumber) : data;
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
  if (type === undefined) throw new OnnxMalformedError(`input "${name}" has no type`);
  if (!isDataType(type)) throw new OnnxUnsupportedTypeError(`Input "${name}"`, type, DATA_TYPES);
  if (dims === undefined) throw new OnnxMalformedError(`input "${name}" has no shape`);
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
