/** Between elements and the 32 bits of registers. */

import { CANONICAL_NAN, ELEMENT_SIZE } from "../../machine/opcodes.ts";
import { type CompilerErrorOptions, OnnxUnsupportedTypeError, OnnxValueRangeError } from "../errors.ts";
import {
  allocate,
  DATA_TYPES,
  type DataType,
  ELEMENT_TYPE_OF,
  type HostData,
  type HostTensor,
  isDataType,
  isFloat,
} from "./tensor.ts";

const INFINITY_BITS = 0x7f80_0000;

/** The registers that the elements load as. NaN becomes the canonical NaN, since JavaScript does not keep the others reliably. */
export function toRegisters(tensor: HostTensor, options: CompilerErrorOptions = {}): Uint32Array {
  const { type, data } = tensor;
  if (!isDataType(type)) throw new OnnxUnsupportedTypeError("A constant", type, DATA_TYPES, options);
  if (data instanceof Float32Array) return canonicalBits(data);
  if (data instanceof BigInt64Array) {
    return Uint32Array.from(data, (value) => {
      if (BigInt.asIntN(32, value) !== value) throw new OnnxValueRangeError("A constant", value, options);
      return Number(BigInt.asUintN(32, value));
    });
  }
  if (data instanceof BigUint64Array) {
    return Uint32Array.from(data, (value) => {
      if (BigInt.asUintN(32, value) !== value) throw new OnnxValueRangeError("A constant", value, options);
      return Number(value);
    });
  }
  return Uint32Array.from(data as Int32Array, (value) => value >>> 0);
}

function canonicalBits(numbers: Float32Array): Uint32Array {
  const bits = new Uint32Array(numbers.slice().buffer);
  for (let i = 0; i < bits.length; i++) if ((bits[i]! & 0x7fff_ffff) > INFINITY_BITS) bits[i] = CANONICAL_NAN;
  return bits;
}

/** The elements that registers store as. */
export function fromRegisters(type: DataType, registers: Uint32Array): HostData {
  if (isFloat(type)) return new Float32Array(registers.slice().buffer);
  if (type === "uint64") return BigUint64Array.from(registers, BigInt);
  if (type === "int64") return BigInt64Array.from(registers, (bits) => BigInt(bits | 0));
  const data = allocate(type, registers.length);
  for (const [i, bits] of registers.entries()) data[i] = bits | 0;
  return data;
}

/** The elements as the machine stores them. */
export function toBytes(tensor: HostTensor, options: CompilerErrorOptions = {}): Uint8Array {
  const registers = toRegisters(tensor, options);
  const isWide = ELEMENT_SIZE[ELEMENT_TYPE_OF[tensor.type as DataType]] === 4;
  return isWide ? new Uint8Array(registers.buffer) : Uint8Array.from(registers);
}
