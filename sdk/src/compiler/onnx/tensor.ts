/** Reads the data of a TensorProto. */

import { brainToNumber, halfToNumber } from "../../core/half.ts";
import { OnnxExternalDataError, OnnxMalformedError, OnnxUnsupportedTypeError } from "../errors.ts";
import {
  allocate,
  elementCount,
  HOST_TYPES,
  type HostData,
  type HostTensor,
  type HostType,
  hostTensor,
  isHostType,
  typeName,
} from "../host/tensor.ts";
import { LIMITS } from "../limits.ts";
import type { TensorProto } from "./schema.ts";

const DATA_LOCATION_EXTERNAL = 1;

/** Bytes of an element in `raw_data`. */
const RAW_BYTES: Readonly<Record<HostType, number>> = {
  float32: 4,
  float64: 8,
  float16: 2,
  bfloat16: 2,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  bool: 1,
};

/**
 * The tensor of a message. Allocates no more than a small multiple of the message's own size.
 *
 * @throws {OnnxMalformedError} if dimensions and data disagree
 * @throws {OnnxUnsupportedTypeError} for strings, complex numbers and types of less than a byte
 * @throws {OnnxExternalDataError} if the data lies in another file
 */
export function readTensor(proto: TensorProto): HostTensor {
  const label = `tensor "${proto.name}"`;
  if (proto.dataLocation === DATA_LOCATION_EXTERNAL || proto.externalData.length > 0) {
    const location = proto.externalData.find(({ key }) => key === "location")?.value ?? "unknown";
    throw new OnnxExternalDataError(proto.name, location);
  }
  const type = typeName(proto.dataType);
  if (!isHostType(type)) throw new OnnxUnsupportedTypeError(`The ${label}`, type, HOST_TYPES);
  if (proto.segment !== undefined) throw new OnnxMalformedError(`${label} is one segment of several`);
  const dims = readDims(proto.dims, label);
  const count = elementCount(dims);
  const data = proto.rawData.length > 0 ? readRaw(type, proto.rawData) : readTyped(type, proto);
  if (data?.length !== count) {
    const held = data === undefined ? `${proto.rawData.length} bytes` : `${data.length} elements`;
    throw new OnnxMalformedError(`${label} of shape [${dims.join(", ")}] holds ${held}`, {
      context: { tensor: proto.name, dims, elements: count },
    });
  }
  return hostTensor(
    type,
    dims,
    type === "bool" ? Uint8Array.from(data as Uint8Array, (value) => Math.min(value, 1)) : data,
  );
}

/** Checked dimensions: none is negative, and their product is within limits. */
function readDims(dims: readonly bigint[], label: string): number[] {
  if (dims.length > LIMITS.rank) {
    throw new OnnxMalformedError(`${label} has ${dims.length} dimensions, the limit being ${LIMITS.rank}`);
  }
  const sizes = dims.map(Number);
  // The product of the non-zero dimensions is bounded, so that no order of multiplication can overflow.
  const product = sizes.reduce((size, dim) => size * (dim === 0 ? 1 : dim), 1);
  if (sizes.some((dim) => dim < 0) || product > LIMITS.elements) {
    throw new OnnxMalformedError(`${label} has the impossible shape [${dims.join(", ")}]`);
  }
  return sizes;
}

function readRaw(type: HostType, raw: Uint8Array): HostData | undefined {
  const size = RAW_BYTES[type];
  if (raw.length % size !== 0) return undefined;
  const length = raw.length / size;
  if (type === "float16" || type === "bfloat16") {
    const patterns = new Uint16Array(raw.slice().buffer);
    return Float32Array.from(patterns, type === "float16" ? halfToNumber : brainToNumber);
  }
  const data = allocate(type, length);
  new Uint8Array(data.buffer).set(raw);
  return data;
}

function readTyped(type: HostType, proto: TensorProto): HostData | undefined {
  switch (type) {
    case "float32":
      return Float32Array.from(proto.floatData);
    case "float64":
      return Float64Array.from(proto.doubleData);
    case "int64":
      return BigInt64Array.from(proto.int64Data);
    case "uint64":
      return BigUint64Array.from(proto.uint64Data);
    case "uint32":
      return Uint32Array.from(proto.uint64Data, Number);
    case "float16":
      return Float32Array.from(proto.int32Data, halfToNumber);
    case "bfloat16":
      return Float32Array.from(proto.int32Data, brainToNumber);
    default: {
      const data = allocate(type, proto.int32Data.length);
      for (const [i, value] of proto.int32Data.entries()) data[i] = value;
      return data;
    }
  }
}
