import { create, createFileRegistry, type DescMessage, type Message, toBinary } from "@bufbuild/protobuf";
import {
  FileDescriptorProtoSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from "@bufbuild/protobuf/wkt";

/** ONNX 1.8's operator set and file format: old enough for every reader. */
const OPSET_VERSION = 13n;
const IR_VERSION = 7n;

/** TensorProto.DataType.FLOAT. */
const FLOAT = 1;

/** AttributeProto.AttributeType. */
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;

/** What `create` takes: the fields of a message by their names in camel case. */
type Init = Record<string, unknown>;

export type OnnxAttributes = Readonly<Record<string, number | readonly number[]>>;

export interface OnnxNode {
  readonly name: string;
  readonly operator: string;
  readonly attributes: OnnxAttributes;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** A constant of the graph, in single precision. */
export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly value: Float32Array;
}

/** An input or output of the graph, in single precision. A named dimension is bound by the caller. */
export interface OnnxValue {
  readonly name: string;
  readonly dims: readonly (number | string)[];
}

export interface OnnxModel {
  readonly name: string;
  readonly documentation: string;
  readonly producer: string;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly constants: readonly OnnxTensor[];
  readonly nodes: readonly OnnxNode[];
}

/** Encodes a model as an ONNX file. The same model gives the same bytes. */
export function encodeOnnx(model: OnnxModel): Uint8Array {
  return encode("ModelProto", {
    irVersion: IR_VERSION,
    producerName: model.producer,
    docString: model.documentation,
    opsetImport: [{ version: OPSET_VERSION }],
    graph: {
      name: model.name,
      node: model.nodes.map(nodeInit),
      initializer: model.constants.map(tensorInit),
      input: model.inputs.map(valueInit),
      output: model.outputs.map(valueInit),
    },
  });
}

function nodeInit(node: OnnxNode): Init {
  return {
    name: node.name,
    opType: node.operator,
    input: node.inputs,
    output: node.outputs,
    attribute: Object.entries(node.attributes).map(([name, value]) =>
      typeof value === "number"
        ? { name, type: ATTRIBUTE_INT, i: BigInt(value) }
        : { name, type: ATTRIBUTE_INTS, ints: value.map(BigInt) },
    ),
  };
}

function tensorInit(tensor: OnnxTensor): Init {
  const rawData = new Uint8Array(4 * tensor.value.length);
  const view = new DataView(rawData.buffer);
  for (const [index, element] of tensor.value.entries()) view.setFloat32(4 * index, element, true);
  return { name: tensor.name, dims: tensor.dims.map(BigInt), dataType: FLOAT, rawData };
}

function valueInit(value: OnnxValue): Init {
  const dim = value.dims.map((extent) =>
    typeof extent === "number" ? { dimValue: BigInt(extent) } : { dimParam: extent },
  );
  return { name: value.name, type: { tensorType: { elemType: FLOAT, shape: { dim } } } };
}

//
// The part of ONNX's schema (onnx.proto, package onnx) that the writer uses
//

interface Field {
  readonly name: string;
  readonly number: number;
  readonly type: Type;
  readonly label?: Label;
  /** The message, when `type` is one. */
  readonly of?: string;
}

const one = (name: string, number: number, type: Type): Field => ({ name, number, type });
const many = (name: string, number: number, type: Type): Field => ({
  name,
  number,
  type,
  label: Label.REPEATED,
});
const oneMessage = (name: string, number: number, of: string): Field => ({
  name,
  number,
  type: Type.MESSAGE,
  of,
});
const manyMessages = (name: string, number: number, of: string): Field => ({
  ...oneMessage(name, number, of),
  label: Label.REPEATED,
});

const MESSAGES: Readonly<Record<string, readonly Field[]>> = {
  ModelProto: [
    one("ir_version", 1, Type.INT64),
    one("producer_name", 2, Type.STRING),
    one("doc_string", 6, Type.STRING),
    oneMessage("graph", 7, "GraphProto"),
    manyMessages("opset_import", 8, "OperatorSetIdProto"),
  ],
  OperatorSetIdProto: [one("version", 2, Type.INT64)],
  GraphProto: [
    manyMessages("node", 1, "NodeProto"),
    one("name", 2, Type.STRING),
    manyMessages("initializer", 5, "TensorProto"),
    manyMessages("input", 11, "ValueInfoProto"),
    manyMessages("output", 12, "ValueInfoProto"),
  ],
  NodeProto: [
    many("input", 1, Type.STRING),
    many("output", 2, Type.STRING),
    one("name", 3, Type.STRING),
    one("op_type", 4, Type.STRING),
    manyMessages("attribute", 5, "AttributeProto"),
  ],
  AttributeProto: [
    one("name", 1, Type.STRING),
    one("i", 3, Type.INT64),
    many("ints", 8, Type.INT64),
    // An enumeration in ONNX; its encoding is that of an int32.
    one("type", 20, Type.INT32),
  ],
  TensorProto: [
    many("dims", 1, Type.INT64),
    one("data_type", 2, Type.INT32),
    one("name", 8, Type.STRING),
    one("raw_data", 9, Type.BYTES),
  ],
  ValueInfoProto: [one("name", 1, Type.STRING), oneMessage("type", 2, "TypeProto")],
  TypeProto: [oneMessage("tensor_type", 1, "TensorTypeProto")],
  // Nested in ONNX as TypeProto.Tensor and TensorShapeProto.Dimension; names are not part of the encoding.
  TensorTypeProto: [one("elem_type", 1, Type.INT32), oneMessage("shape", 2, "TensorShapeProto")],
  TensorShapeProto: [manyMessages("dim", 1, "DimensionProto")],
  DimensionProto: [one("dim_value", 1, Type.INT64), one("dim_param", 2, Type.STRING)],
};

const registry = createFileRegistry(
  create(FileDescriptorProtoSchema, {
    name: "onnx.proto",
    package: "onnx",
    syntax: "proto2",
    messageType: Object.entries(MESSAGES).map(([name, fields]) => ({
      name,
      field: fields.map(({ of, label = Label.OPTIONAL, ...field }) => ({
        ...field,
        label,
        ...(of === undefined ? {} : { typeName: `.onnx.${of}` }),
      })),
    })),
  }),
  () => undefined,
);

function encode(messageName: string, init: Init): Uint8Array {
  const schema: DescMessage | undefined = registry.getMessage(`onnx.${messageName}`);
  if (schema === undefined) throw new Error(`No message ${messageName} in the schema.`);
  const message: Message = create(schema, init);
  return toBinary(schema, message);
}
