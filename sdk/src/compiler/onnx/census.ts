/** Bounds what decoding a file will allocate, before anything is decoded. */

import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { OnnxLimitError, OnnxMalformedError } from "../errors.ts";
import { LIMITS } from "../limits.ts";

// Estimates of the heap that the library uses, in bytes. They err upwards.
const MESSAGE_BYTES = 256;
const ITEM_BYTES = 32;

/**
 * Walks the messages of a file without keeping any.
 *
 * @throws {OnnxMalformedError} if the wire format is broken
 * @throws {OnnxLimitError} if the decoded messages would exceed the limits on memory or nesting
 */
export function takeCensus(schema: DescMessage, bytes: Uint8Array): void {
  const reader = new BinaryReader(bytes);
  const fieldsOf = new Map<DescMessage, ReadonlyMap<number, DescField>>();
  let weight = 0;

  const add = (amount: number): void => {
    weight += amount;
    if (weight > LIMITS.decodedBytes) {
      throw new OnnxLimitError("Bytes that the decoded model takes", weight, LIMITS.decodedBytes);
    }
  };
  const numbered = (message: DescMessage): ReadonlyMap<number, DescField> => {
    const known = fieldsOf.get(message) ?? new Map(message.fields.map((field) => [field.number, field]));
    fieldsOf.set(message, known);
    return known;
  };
  const walk = (message: DescMessage, end: number, depth: number): void => {
    if (depth > LIMITS.messageDepth)
      throw new OnnxLimitError("Messages within messages", depth, LIMITS.messageDepth);
    add(MESSAGE_BYTES);
    const fields = numbered(message);
    while (reader.pos < end) {
      const [number, wireType] = reader.tag();
      const field = fields.get(number);
      if (field === undefined || wireType !== WireType.LengthDelimited) {
        reader.skip(wireType, number, LIMITS.messageDepth);
        if (field !== undefined) add(ITEM_BYTES);
        continue;
      }
      const length = reader.uint32();
      if (reader.pos + length > end)
        throw new RangeError(`${message.name}.${field.name} is longer than its message`);
      if (field.message !== undefined) {
        walk(field.message, reader.pos + length, depth + 1);
        continue;
      }
      reader.pos += length;
      // A packed list has at most one item to a byte; bytes stay where they are.
      const isList =
        field.fieldKind === "list" && field.listKind === "scalar" && field.proto.type !== TYPE_BYTES;
      add(isList && field.proto.type !== TYPE_STRING ? packedBytes(field, length) : ITEM_BYTES);
      if (field.proto.type === TYPE_STRING) add(2 * length);
    }
    if (reader.pos !== end) throw new RangeError(`${message.name} does not end where it should`);
  };

  try {
    walk(schema, bytes.length, 0);
  } catch (cause) {
    if (cause instanceof OnnxLimitError) throw cause;
    throw new OnnxMalformedError("its bytes are not protobuf messages of the ONNX schema", { cause });
  }
}

/** `google.protobuf.FieldDescriptorProto.Type`. */
const TYPE_STRING = 9;
const TYPE_BYTES = 12;
const FIXED_BYTES: Readonly<Record<number, number>> = { 1: 8, 2: 4 };

function packedBytes(field: DescField, length: number): number {
  const fixed = FIXED_BYTES[field.proto.type];
  return fixed === undefined ? ITEM_BYTES * length : (16 / fixed) * length;
}
