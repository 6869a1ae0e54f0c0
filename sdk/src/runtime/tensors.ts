/** Between named tensors and the machine's bytes. Elements move as bytes, so that no bit of a NaN is lost. */

import { AssayError, type ErrorContext } from "../core/errors.ts";
import { brainToNumber, halfToNumber, numberToBrain, numberToHalf } from "../core/half.ts";
import type { MachineModel, Tensor, TensorDataMap, TensorSlot, TensorType } from "../machine/model.ts";
import { ELEMENT_SIZE, type ElementType } from "../machine/opcodes.ts";

type SlotsOf<Side extends "inputs" | "outputs"> = Pick<MachineModel, Side | "record">;

/** How each type of tensor stands in the machine. */
export const STORED_AS: Readonly<Record<TensorType, ElementType>> = {
  ...{ float32: "f32", float16: "f32", bfloat16: "f32" },
  ...{ int64: "i32", int32: "i32", int16: "i32", int8: "i8" },
  ...{ uint64: "i32", uint32: "i32", uint16: "i32", uint8: "u8", bool: "u8" },
};

const ARRAYS: { readonly [T in TensorType]: new (buffer: ArrayBuffer) => TensorDataMap[T] } = {
  ...{ float32: Float32Array, float16: Uint16Array, bfloat16: Uint16Array },
  ...{ int64: BigInt64Array, int32: Int32Array, int16: Int16Array, int8: Int8Array },
  ...{
    uint64: BigUint64Array,
    uint32: Uint32Array,
    uint16: Uint16Array,
    uint8: Uint8Array,
    bool: Uint8Array,
  },
};

/** Number of elements of a shape. */
export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/**
 * Lays the inputs of a model out as the bytes that a request carries.
 *
 * @param model - its `inputs` say where each tensor stands
 * @param inputs - one tensor for every input, by name
 * @returns exactly `record.inputBytes` bytes, zeros between and after the tensors
 * @throws {TensorError} if a tensor is missing, unknown, of another type, shape or length, or holds a value that the machine has no place for
 */
export function packInputs(model: SlotsOf<"inputs">, inputs: Readonly<Record<string, Tensor>>): Uint8Array {
  const names = model.inputs.map(({ name }) => name);
  for (const name of Object.keys(inputs)) {
    if (!names.includes(name))
      throw new TensorError("INPUT_UNKNOWN", `The model has no input "${name}".`, { name, expected: names });
  }
  const bytes = new Uint8Array(model.record.inputBytes);
  for (const slot of model.inputs) {
    checkSlot(slot, bytes.length);
    const tensor = Object.hasOwn(inputs, slot.name) ? inputs[slot.name] : undefined;
    if (tensor === undefined)
      throw new TensorError("INPUT_MISSING", `The input "${slot.name}" is missing.`, {
        name: slot.name,
        expected: names,
      });
    checkTensor(slot, tensor);
    bytes.set(storedBytes(slot, tensor), slot.byteOffset);
  }
  return bytes;
}

/**
 * Reads the named outputs from an answer.
 *
 * @param bytes - at least `record.outputBytes` bytes: the answer, or the last step's tensor
 * @throws {TensorError} if the bytes are too few
 */
export function unpackOutputs(model: SlotsOf<"outputs">, bytes: Uint8Array): Record<string, Tensor> {
  const { outputBytes } = model.record;
  if (bytes.length < outputBytes) {
    throw new TensorError(
      "OUTPUT_LENGTH",
      `The answer has ${bytes.length} bytes; the model gives ${outputBytes}.`,
      {
        actual: bytes.length,
        expected: outputBytes,
      },
    );
  }
  return Object.fromEntries(
    model.outputs.map((slot) => {
      checkSlot(slot, outputBytes);
      return [slot.name, readTensor(slot, bytes.slice(slot.byteOffset, slot.byteOffset + slot.byteLength))];
    }),
  );
}

function checkSlot(slot: TensorSlot, available: number): void {
  const { name, type, elementType, dims, byteOffset, byteLength } = slot;
  const isPlaced =
    Number.isInteger(byteOffset) &&
    byteOffset >= 0 &&
    byteOffset % 32 === 0 &&
    byteOffset + byteLength <= available;
  const isSized =
    dims.every((dim) => Number.isInteger(dim) && dim >= 0) &&
    byteLength === elementCount(dims) * ELEMENT_SIZE[elementType];
  if (isPlaced && isSized && STORED_AS[type] === elementType) return;
  throw new TensorError("SLOT_INVALID", `The model's tensor "${name}" does not fit its bytes.`, {
    ...{ name, type, elementType, dims, byteOffset, byteLength, available },
  });
}

function checkTensor({ name, type, dims }: TensorSlot, tensor: Tensor): void {
  if (typeof tensor !== "object" || tensor === null || !Array.isArray(tensor.dims)) {
    const expected = "{ type, dims, data }";
    throw new TensorError("INPUT_DATA", `The input "${name}" is no tensor, which is ${expected}.`, {
      name,
      expected,
    });
  }
  if (tensor.type !== type) {
    throw new TensorError("INPUT_TYPE", `The input "${name}" is ${tensor.type}; it must be ${type}.`, {
      name,
      actual: tensor.type,
      expected: type,
    });
  }
  if (tensor.dims.length !== dims.length || tensor.dims.some((dim, j) => dim !== dims[j])) {
    throw new TensorError(
      "INPUT_DIMS",
      `The input "${name}" has the shape [${tensor.dims}]; it must be [${dims}].`,
      {
        ...{ name, actual: tensor.dims, expected: dims },
      },
    );
  }
  // By name, since typed arrays of another realm are as good.
  const actual = Object.prototype.toString.call(tensor.data).slice(8, -1);
  if (actual !== ARRAYS[type].name) {
    throw new TensorError("INPUT_DATA", `The data of the input "${name}" is not a ${ARRAYS[type].name}.`, {
      name,
      actual,
      expected: ARRAYS[type].name,
    });
  }
  const expected = elementCount(dims);
  if (tensor.data.length !== expected) {
    throw new TensorError(
      "INPUT_LENGTH",
      `The input "${name}" has ${tensor.data.length} elements; its shape has ${expected}.`,
      {
        ...{ name, actual: tensor.data.length, expected },
      },
    );
  }
}

function storedBytes({ name, type }: TensorSlot, tensor: Tensor): Uint8Array {
  const stored = storedData(name, tensor);
  const bytes = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
  if (type === "bool") {
    const at = bytes.findIndex((value) => value > 1);
    if (at >= 0)
      throw new TensorError(
        "INPUT_VALUE",
        `The input "${name}" holds ${bytes[at]} at ${at}; a bool is 0 or 1.`,
        { name, at, value: bytes[at] },
      );
  }
  return bytes;
}

/** The elements as the machine holds them. */
function storedData(name: string, { type, data }: Tensor): ArrayBufferView {
  switch (type) {
    case "float16":
      return Float32Array.from(data as Uint16Array, halfToNumber);
    case "bfloat16":
      return Float32Array.from(data as Uint16Array, brainToNumber);
    case "int16":
    case "uint16":
      return Int32Array.from(data as Int16Array);
    case "int64":
    case "uint64":
      return narrowed(name, data as BigInt64Array | BigUint64Array);
    default:
      return data;
  }
}

function narrowed(name: string, data: BigInt64Array | BigUint64Array): Int32Array | Uint32Array {
  const isSigned =
    data instanceof BigInt64Array || Object.prototype.toString.call(data) === "[object BigInt64Array]";
  const fits = isSigned ? BigInt.asIntN : BigInt.asUintN;
  const narrow = (value: bigint, at: number): number => {
    if (fits(32, value) === value) return Number(value);
    throw new TensorError(
      "INPUT_VALUE",
      `The input "${name}" holds ${value} at ${at}; the machine's integers have 32 bits.`,
      { name, at, value },
    );
  };
  const values = Array.from(data as Iterable<bigint>, narrow);
  return isSigned ? Int32Array.from(values) : Uint32Array.from(values);
}

/** @param bytes - a copy that nobody else holds, so that its buffer starts on a boundary of every element size */
function readTensor({ type, dims }: TensorSlot, { buffer }: Uint8Array<ArrayBuffer>): Tensor {
  switch (type) {
    case "float16":
      return { type, dims, data: Uint16Array.from(new Float32Array(buffer), numberToHalf) };
    case "bfloat16":
      return { type, dims, data: Uint16Array.from(new Float32Array(buffer), numberToBrain) };
    case "int64":
      return { type, dims, data: BigInt64Array.from(new Int32Array(buffer), BigInt) };
    case "uint64":
      return { type, dims, data: BigUint64Array.from(new Uint32Array(buffer), BigInt) };
    case "int16":
      return { type, dims, data: Int16Array.from(new Int32Array(buffer)) };
    case "uint16":
      return { type, dims, data: Uint16Array.from(new Int32Array(buffer)) };
    default:
      return { type, dims, data: new ARRAYS[type](buffer) };
  }
}

/** Codes of {@link TensorError}. */
export type TensorErrorCode =
  | "INPUT_MISSING"
  | "INPUT_UNKNOWN"
  | "INPUT_TYPE"
  | "INPUT_DIMS"
  | "INPUT_DATA"
  | "INPUT_LENGTH"
  | "INPUT_VALUE"
  | "OUTPUT_LENGTH"
  | "SLOT_INVALID";

/** A tensor does not fit the model. */
export class TensorError extends AssayError {
  override readonly name = "TensorError";

  constructor(code: TensorErrorCode, message: string, context: ErrorContext) {
    super(code, message, {
      context,
      recovery: "Compare the tensors with the model's list of inputs and outputs.",
    });
  }
}
