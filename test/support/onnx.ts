/** Builds small ONNX files. */

import { create, toBinary } from "@bufbuild/protobuf";
import { messageSchema } from "../../sdk/src/compiler/onnx/schema.ts";
import { createRandom, type Random } from "./random.ts";

/** Codes of `TensorProto.DataType`. */
const TYPE_CODES = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
} as const;

export type OnnxType = keyof typeof TYPE_CODES;

type Fields = Readonly<Record<string, unknown>>;

/** A TensorProto; 64-bit integers may be given as numbers, floats of 16 bits as their patterns. */
export function tensorProto(
  name: string,
  type: OnnxType,
  dims: readonly number[],
  values: readonly number[],
): Fields {
  const fields: Fields = { name, dataType: TYPE_CODES[type], dims: dims.map(BigInt) };
  if (type === "float32") return { ...fields, floatData: values };
  if (type === "float64") return { ...fields, doubleData: values };
  if (type === "int64") return { ...fields, int64Data: values.map(BigInt) };
  if (type === "uint32" || type === "uint64") return { ...fields, uint64Data: values.map(BigInt) };
  return { ...fields, int32Data: values };
}

export type AttributeValue =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly strings: readonly string[] }
  | { readonly tensor: Fields }
  | { readonly graph: Fields };

/** Plain numbers are integers; others say what they are. */
function attributeProto(name: string, value: AttributeValue): Fields {
  if (typeof value === "number") return { name, type: 2, i: BigInt(value) };
  if (typeof value === "string") return { name, type: 3, s: new TextEncoder().encode(value) };
  if ("float" in value) return { name, type: 1, f: value.float };
  if ("floats" in value) return { name, type: 6, floats: value.floats };
  if ("strings" in value) {
    const strings = value.strings.map((item) => new TextEncoder().encode(item));
    return { name, type: 8, strings };
  }
  if ("tensor" in value) return { name, type: 4, t: value.tensor };
  if ("graph" in value) return { name, type: 5, g: value.graph };
  return { name, type: 7, ints: value.map(BigInt) };
}

export type Attributes = Readonly<Record<string, AttributeValue>>;

export function nodeProto(
  opType: string,
  input: readonly string[],
  output: readonly string[],
  attributes: Attributes = {},
  name = "",
): Fields {
  const attribute = Object.entries(attributes).map(([key, value]) => attributeProto(key, value));
  return { opType, input, output, name, attribute };
}

export type Dimension = number | string | undefined;

export function valueProto(name: string, type: OnnxType, dims: readonly Dimension[]): Fields {
  const dim = dims.map((size) => {
    if (size === undefined) return {};
    return {
      value:
        typeof size === "string"
          ? { case: "dimParam", value: size }
          : { case: "dimValue", value: BigInt(size) },
    };
  });
  const tensor = { elemType: TYPE_CODES[type], shape: { dim } };
  return { name, type: { value: { case: "tensorType", value: tensor } } };
}

export interface GraphParts {
  readonly nodes: readonly Fields[];
  readonly inputs: readonly Fields[];
  /** Outputs need no shapes. */
  readonly outputs: readonly (readonly [name: string, type: OnnxType])[];
  readonly initializers?: readonly Fields[];
}

export function graphProto({ nodes, inputs, outputs, initializers = [] }: GraphParts): Fields {
  const output = outputs.map(([name, type]) => ({
    name,
    type: { value: { case: "tensorType", value: { elemType: TYPE_CODES[type] } } },
  }));
  return { name: "test", node: nodes, input: inputs, output, initializer: initializers };
}

/** The versions of operators by domain. */
export function versions(byDomain: Readonly<Record<string, number>>): readonly Fields[] {
  return Object.entries(byDomain).map(([domain, version]) => ({ domain, version: BigInt(version) }));
}

/** The bytes of a model with one graph. */
export function onnxFile(graph: GraphParts, opset = 13, extra: Fields = {}): Uint8Array {
  return encodeModel({
    irVersion: 8n,
    opsetImport: [{ domain: "", version: BigInt(opset) }],
    graph: graphProto(graph),
    ...extra,
  });
}

export function encodeModel(fields: Fields): Uint8Array {
  const schema = messageSchema("ModelProto");
  return toBinary(schema, create(schema, fields as never));
}

/** An input of a node: a tensor of the request, or one that is known while compiling. */
export interface Operand {
  readonly type: OnnxType;
  readonly dims: readonly number[];
  /** Known while compiling. Without values, the test makes some up for the request. */
  readonly values?: readonly number[];
  /** Numbers that are made up lie between these. */
  readonly between?: readonly [number, number];
}

export const floats = (dims: readonly number[], between?: readonly [number, number]): Operand => ({
  type: "float32",
  dims,
  ...(between === undefined ? {} : { between }),
});
export const ints = (
  type: Exclude<OnnxType, "float32" | "float64" | "float16" | "bfloat16">,
  dims: readonly number[],
  between: readonly [number, number] = [0, 1],
): Operand => ({ type, dims, between });
/** A vector of int64 that is known while compiling. */
export const known = (...values: readonly number[]): Operand => ({
  type: "int64",
  dims: [values.length],
  values,
});
/** Floats that are known while compiling, made up from a seed. */
export function weights(dims: readonly number[], seed = 1): Operand {
  const random = createRandom(seed);
  const count = dims.reduce((product, dim) => product * dim, 1);
  return { type: "float32", dims, values: Array.from({ length: count }, () => unit(random, -1, 1)) };
}

export function unit(random: Random, least: number, most: number): number {
  return Math.fround(least + (random.bits() / 2 ** 32) * (most - least));
}

export interface SingleNode {
  readonly operator: string;
  /** `undefined` leaves an input out. */
  readonly inputs: readonly (Operand | undefined)[];
  readonly attributes?: Attributes;
  readonly opset?: number;
  /** Of the operator; its version is then `opset`, and that of ai.onnx 13. */
  readonly domain?: string;
  readonly outputs?: readonly OnnxType[];
}

/** A model of one node. */
export function singleNode({
  operator,
  inputs,
  attributes = {},
  opset = 13,
  domain = "",
  outputs = ["float32"],
}: SingleNode): Uint8Array {
  const names = inputs.map((input, i) => (input === undefined ? "" : `x${i}`));
  const given = inputs.flatMap((input, i) => (input === undefined ? [] : [{ ...input, name: names[i]! }]));
  const outputNames = outputs.map((_, i) => `y${i}`);
  return onnxFile(
    {
      nodes: [{ ...nodeProto(operator, names, outputNames, attributes, "tested"), domain }],
      inputs: given.flatMap(({ name, type, dims, values }) =>
        values === undefined ? [valueProto(name, type, dims)] : [],
      ),
      outputs: outputs.map((type, i) => [outputNames[i]!, type] as const),
      initializers: given.flatMap(({ name, type, dims, values }) =>
        values === undefined ? [] : [tensorProto(name, type, dims, values)],
      ),
    },
    domain === "" ? opset : 13,
    domain === "" ? {} : { opsetImport: versions({ "": 13, [domain]: opset }) },
  );
}
