/** Random messages of the ONNX schema: well-formed protobuf in which every field may be anything. */

import { create, type DescField, type DescMessage, toBinary } from "@bufbuild/protobuf";
import { messageSchema } from "../../../sdk/src/compiler/onnx/schema.ts";
import { OPERATORS } from "../../../sdk/src/compiler/operators/registry.ts";
import type { Random } from "../random.ts";

const MOST_DEPTH = 9;
const INTEGERS = [0, 1, 2, 3, 6, 7, 13, 21, -1, 2 ** 31 - 1, -(2 ** 31)];
const LONGS = [0n, 1n, 2n, 3n, 13n, -1n, 2n ** 31n, 2n ** 62n, -(2n ** 63n)];
/** So few that they often meet. */
const TEXTS = ["", "x", "y", "t", "axis", "body", ...Object.keys(OPERATORS).slice(0, 12)];

/** The bytes of a random model. */
export function randomMessage(random: Random): Uint8Array {
  const schema = messageSchema("ModelProto");
  const fields = message(schema, random, 0);
  const model = random.chance(0.9) ? { ...fields, opsetImport: [{ domain: "", version: 13n }] } : fields;
  return toBinary(schema, create(schema, model as never));
}

function message(schema: DescMessage, random: Random, depth: number): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const field of schema.fields) {
    if (!random.chance(depth < 3 ? 0.8 : 0.4)) continue;
    const item = (): unknown => value(field, random, depth);
    if (field.oneof !== undefined) fields[field.oneof.localName] = { case: field.localName, value: item() };
    else if (field.fieldKind === "list")
      fields[field.localName] = Array.from({ length: random.integer(0, 4) }, item).filter(
        (each) => each !== undefined,
      );
    else fields[field.localName] = item();
  }
  return fields;
}

function value(field: DescField, random: Random, depth: number): unknown {
  if (field.message !== undefined)
    return depth < MOST_DEPTH ? message(field.message, random, depth + 1) : undefined;
  switch (field.proto.type) {
    case 1:
    case 2:
      return random.pick([0, 1, -1, 0.5]);
    case 3:
      return random.pick(LONGS);
    case 4:
      return random.pick(LONGS.filter((each) => each >= 0n));
    case 9:
      return random.pick(TEXTS);
    case 12:
      return random.bytes(random.integer(0, 16));
    default:
      return random.pick(INTEGERS);
  }
}
