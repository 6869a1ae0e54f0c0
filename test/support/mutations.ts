/** Damages files in the ways that bad disks, bad exporters and bad people do. */

import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { messageSchema } from "../../sdk/src/compiler/onnx/schema.ts";
import type { Random } from "./random.ts";

/** A changed copy: some bytes overwritten, removed, inserted or moved, or the end cut off. */
export function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  let result = bytes;
  for (let changes = random.integer(1, 4); changes > 0; changes--) {
    const at = random.integer(0, result.length - 1);
    const length = random.integer(1, 8);
    const kinds = [
      (): Uint8Array =>
        replaced(result, at, 1, Uint8Array.of((result[at] ?? 0) ^ (1 << random.integer(0, 7)))),
      (): Uint8Array => replaced(result, at, length, random.bytes(length)),
      (): Uint8Array => replaced(result, at, length, new Uint8Array(0)),
      (): Uint8Array => replaced(result, at, 0, random.bytes(length)),
      (): Uint8Array => replaced(result, at, length, new Uint8Array(length).fill(0xff)),
      (): Uint8Array => replaced(result, at, 0, result.slice(at, at + 200)),
      (): Uint8Array => result.slice(0, at),
    ];
    result = random.pick(kinds)();
    if (result.length === 0) return result;
  }
  return result;
}

function replaced(bytes: Uint8Array, at: number, length: number, by: Uint8Array): Uint8Array {
  const rest = bytes.subarray(Math.min(bytes.length, at + length));
  const result = new Uint8Array(at + by.length + rest.length);
  result.set(bytes.subarray(0, at));
  result.set(by, at);
  result.set(rest, at + by.length);
  return result;
}

type Fields = Record<string, unknown>;

const INTEGERS = [
  0n,
  1n,
  -1n,
  2n,
  3n,
  7n,
  255n,
  4096n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 40n,
  2n ** 62n,
  -(2n ** 63n),
];
const NUMBERS = [0, 1, -1, 0.5, 2, 6, 7, 9, 1e30, -1e30, Number.NaN, Number.POSITIVE_INFINITY];
const NAMES = [
  "Conv",
  "Reshape",
  "Gather",
  "Concat",
  "Softmax",
  "Resize",
  "Loop",
  "If",
  "Pad",
  "Tile",
  "Expand",
  "Split",
];

/** A model whose bytes are well-formed but whose numbers, names and lists are not what they were. */
export function mutatedModel(bytes: Uint8Array, random: Random): Uint8Array {
  const schema = messageSchema("ModelProto");
  const model = fromBinary(schema, bytes);
  const places = collectPlaces(model as unknown as Fields);
  for (let changes = random.integer(1, 3); changes > 0; changes--)
    change(random.pick(places), places, random);
  return toBinary(schema, model);
}

interface Place {
  readonly owner: Fields | unknown[];
  readonly key: string | number;
}

/** Every field and list item, long lists of numbers by their first items only. */
function collectPlaces(root: Fields): readonly Place[] {
  const places: Place[] = [];
  const visit = (owner: Fields | unknown[], key: string | number): void => {
    const value = (owner as Fields)[key];
    if (key === "$typeName" || key === "$unknown" || value === undefined) return;
    places.push({ owner, key });
    if (Array.isArray(value)) for (const i of value.slice(0, 50).keys()) visit(value, i);
    else if (typeof value === "object" && value !== null && !(value instanceof Uint8Array)) {
      for (const name of Object.keys(value)) visit(value as Fields, name);
    }
  };
  for (const name of Object.keys(root)) visit(root, name);
  return places;
}

function change({ owner, key }: Place, places: readonly Place[], random: Random): void {
  const fields = owner as Fields;
  const value = fields[key];
  if (key === "case") return;
  if (Array.isArray(value)) {
    const at = random.integer(0, Math.max(0, value.length - 1));
    if (random.chance(0.4)) value.splice(at, 1);
    else if (value.length > 0) value.splice(at, 0, value[random.integer(0, value.length - 1)]);
  } else if (typeof value === "bigint") fields[key] = random.pick(INTEGERS);
  else if (key === "dataType" || key === "elemType" || key === "type")
    fields[key] = typeof value === "number" ? random.integer(0, 20) : value;
  else if (typeof value === "number")
    fields[key] = random.pick(
      NUMBERS.filter((number) => Number.isInteger(value) === Number.isInteger(number)),
    );
  else if (typeof value === "string") {
    const others = places
      .map((place) => (place.owner as Fields)[place.key])
      .filter((other) => typeof other === "string");
    fields[key] = random.chance(0.3) ? random.pick(NAMES) : random.pick(others);
  } else if (value instanceof Uint8Array) fields[key] = value.subarray(0, random.integer(0, value.length));
}
