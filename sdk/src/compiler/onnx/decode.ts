/** Bytes of an ONNX file to an {@link OnnxModel}. */

import { fromBinary } from "@bufbuild/protobuf";
import { OnnxLimitError, OnnxMalformedError, OnnxUnsupportedOpsetError } from "../errors.ts";
import { type HostTensor, typeName } from "../host/tensor.ts";
import { LIMITS } from "../limits.ts";
import { takeCensus } from "./census.ts";
import type { OnnxAttribute, OnnxFunction, OnnxGraph, OnnxModel, OnnxNode, OnnxValue } from "./model.ts";
import {
  type AttributeProto,
  type FunctionProto,
  type GraphProto,
  type ModelProto,
  messageSchema,
  type NodeProto,
  type OperatorSetIdProto,
  type TensorTypeProto,
  type ValueInfoProto,
} from "./schema.ts";
import { readTensor } from "./tensor.ts";

/** Opsets of ai.onnx that the operators are written for; before opset 7 only some of them are. */
export const OPSETS = { least: 1, most: 21 } as const;

/**
 * Decodes a file.
 *
 * @throws {OnnxMalformedError} if the bytes are no model
 * @throws {OnnxLimitError} if the file is too large or too deeply nested
 * @throws {OnnxUnsupportedOpsetError} if it was made for operators of another age
 */
export function decodeModel(bytes: Uint8Array): OnnxModel {
  if (bytes.length > LIMITS.fileBytes)
    throw new OnnxLimitError("Bytes of the file", bytes.length, LIMITS.fileBytes);
  // Of Node's subclass of Uint8Array even `slice` shares its memory.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  takeCensus(messageSchema("ModelProto"), plain);
  const proto = decodeMessage(plain);
  if (proto.graph === undefined) throw new OnnxMalformedError("it has no graph");
  const domains = readDomains(proto.opsetImport);
  const opset = domains.get("");
  if (opset !== undefined && (opset < OPSETS.least || opset > OPSETS.most)) {
    throw new OnnxUnsupportedOpsetError("", opset, OPSETS.least, OPSETS.most);
  }
  const functions = proto.functions.map(readFunction);
  return {
    domains,
    graph: readGraph(proto.graph, 0),
    functions: new Map(functions.map((item) => [`${item.domain}:${item.name}`, item])),
  };
}

function decodeMessage(bytes: Uint8Array): ModelProto {
  try {
    return fromBinary(messageSchema("ModelProto"), bytes, {
      readUnknownFields: false,
    }) as unknown as ModelProto;
  } catch (cause) {
    throw new OnnxMalformedError("its bytes are not protobuf messages of the ONNX schema", { cause });
  }
}

/** `ai.onnx` is another name of the default domain. */
function domainName(domain: string): string {
  return domain === "ai.onnx" ? "" : domain;
}

function readDomains(imports: readonly OperatorSetIdProto[]): Map<string, number> {
  const domains = new Map<string, number>();
  for (const { domain, version } of imports) {
    const name = domainName(domain);
    // Of several versions, nodes bind to the highest.
    domains.set(name, Math.max(domains.get(name) ?? 0, Number(version)));
  }
  return domains;
}

function readGraph(proto: GraphProto, depth: number): OnnxGraph {
  if (depth > LIMITS.graphDepth) throw new OnnxLimitError("Graphs within graphs", depth, LIMITS.graphDepth);
  const sparse = proto.sparseInitializer[0];
  if (sparse !== undefined) {
    throw new OnnxMalformedError(
      `initializer "${sparse.values?.name ?? ""}" is sparse, which is not supported`,
    );
  }
  const initializers = new Map<string, HostTensor>();
  for (const tensor of proto.initializer) {
    if (initializers.has(tensor.name))
      throw new OnnxMalformedError(`two initializers are named "${tensor.name}"`);
    initializers.set(tensor.name, readTensor(tensor));
  }
  const inputs = proto.input.map(readValue);
  const seen = new Set<string>();
  for (const { name } of inputs) {
    if (name === "" || seen.has(name))
      throw new OnnxMalformedError(`two inputs are named "${name}", or one has no name`);
    seen.add(name);
  }
  return {
    name: proto.name,
    nodes: proto.node.map((node, index) => readNode(node, index, depth)),
    initializers,
    inputs: inputs.filter(({ name }) => !initializers.has(name)),
    outputs: proto.output.map(readValue),
  };
}

/** Names of the types that are no tensors. */
const KINDS: Readonly<Record<string, string>> = {
  sequenceType: "sequence",
  mapType: "map",
  sparseTensorType: "sparse tensor",
  optionalType: "optional",
};

function readValue({ name, type }: ValueInfoProto): OnnxValue {
  if (type?.value.case === undefined) return { name, type: undefined, dims: undefined };
  if (type.value.case !== "tensorType") return { name, type: KINDS[type.value.case], dims: undefined };
  const tensor = type.value.value as TensorTypeProto;
  const dims = tensor.shape?.dim.map(({ value }) => {
    if (value.case === undefined || value.value === "") return undefined;
    return value.case === "dimParam" ? value.value : Number(value.value);
  });
  if (dims !== undefined && dims.length > LIMITS.rank) {
    throw new OnnxMalformedError(`"${name}" has ${dims.length} dimensions, the limit being ${LIMITS.rank}`);
  }
  return { name, type: typeName(tensor.elemType), dims };
}

function readNode(proto: NodeProto, index: number, depth: number): OnnxNode {
  const name = proto.name === "" ? `${proto.opType}_${index}` : proto.name;
  const attributes = new Map<string, OnnxAttribute>();
  for (const attribute of proto.attribute) {
    if (attributes.has(attribute.name)) {
      throw new OnnxMalformedError(`node "${name}" has two attributes named "${attribute.name}"`);
    }
    attributes.set(attribute.name, readAttribute(attribute, name, depth));
  }
  const domain = domainName(proto.domain);
  return { name, operator: proto.opType, domain, inputs: proto.input, outputs: proto.output, attributes };
}

/** `AttributeProto.AttributeType`. */
function readAttribute(proto: AttributeProto, node: string, depth: number): OnnxAttribute {
  if (proto.refAttrName !== "") return { kind: "reference", value: proto.refAttrName };
  const missing = (): never => {
    throw new OnnxMalformedError(`attribute ${proto.name} of node "${node}" has no value`);
  };
  switch (proto.type) {
    case 1:
      return { kind: "float", value: proto.f };
    case 2:
      return { kind: "int", value: Number(proto.i) };
    case 3:
      return { kind: "string", value: text(proto.s) };
    case 4:
      return { kind: "tensor", value: readTensor(proto.t ?? missing()) };
    case 5:
      return { kind: "graph", value: readGraph(proto.g ?? missing(), depth + 1) };
    case 6:
      return { kind: "floats", value: proto.floats };
    case 7:
      return { kind: "ints", value: proto.ints.map(Number) };
    case 8:
      return { kind: "strings", value: proto.strings.map(text) };
    default:
      return { kind: "other", value: `attribute of type ${proto.type}` };
  }
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function readFunction(proto: FunctionProto): OnnxFunction {
  const defaults = proto.attributeProto.map(
    (attribute) => [attribute.name, readAttribute(attribute, proto.name, 0)] as const,
  );
  return {
    name: proto.name,
    domain: domainName(proto.domain),
    inputs: proto.input,
    outputs: proto.output,
    defaults: new Map(defaults),
    nodes: proto.node.map((node, index) => readNode(node, index, 0)),
    domains: readDomains(proto.opsetImport),
  };
}
