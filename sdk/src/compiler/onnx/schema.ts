/**
 * The messages of ONNX's published protobuf schema (onnx.proto, IR version 10) that a model for inference is made of.
 * Enumerations are declared as the int32 that they are on the wire, so that unknown values are kept and can be named in errors.
 */

import { create, createFileRegistry, type DescMessage, type Message } from "@bufbuild/protobuf";
import {
  type FieldDescriptorProto_Label,
  type FieldDescriptorProto_Type,
  FileDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";

/** `[number, type, repeated]`; a type that is no scalar names a message. */
type Field = readonly [number: number, type: string, repeated?: "repeated" | "packed" | "oneof"];

/** Numbers and types as in onnx.proto. Names of TypeProto's and TensorShapeProto's nested messages are flattened: they are not on the wire. */
const MESSAGES: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  ModelProto: {
    ir_version: [1, "int64"],
    producer_name: [2, "string"],
    producer_version: [3, "string"],
    graph: [7, "GraphProto"],
    opset_import: [8, "OperatorSetIdProto", "repeated"],
    functions: [25, "FunctionProto", "repeated"],
  },
  OperatorSetIdProto: { domain: [1, "string"], version: [2, "int64"] },
  FunctionProto: {
    name: [1, "string"],
    input: [4, "string", "repeated"],
    output: [5, "string", "repeated"],
    attribute: [6, "string", "repeated"],
    node: [7, "NodeProto", "repeated"],
    opset_import: [9, "OperatorSetIdProto", "repeated"],
    domain: [10, "string"],
    attribute_proto: [11, "AttributeProto", "repeated"],
  },
  GraphProto: {
    node: [1, "NodeProto", "repeated"],
    name: [2, "string"],
    initializer: [5, "TensorProto", "repeated"],
    input: [11, "ValueInfoProto", "repeated"],
    output: [12, "ValueInfoProto", "repeated"],
    sparse_initializer: [15, "SparseTensorProto", "repeated"],
  },
  NodeProto: {
    input: [1, "string", "repeated"],
    output: [2, "string", "repeated"],
    name: [3, "string"],
    op_type: [4, "string"],
    attribute: [5, "AttributeProto", "repeated"],
    domain: [7, "string"],
    overload: [8, "string"],
  },
  AttributeProto: {
    name: [1, "string"],
    f: [2, "float"],
    i: [3, "int64"],
    s: [4, "bytes"],
    t: [5, "TensorProto"],
    g: [6, "GraphProto"],
    floats: [7, "float", "repeated"],
    ints: [8, "int64", "repeated"],
    strings: [9, "bytes", "repeated"],
    type: [20, "int32"],
    ref_attr_name: [21, "string"],
  },
  TensorProto: {
    dims: [1, "int64", "repeated"],
    data_type: [2, "int32"],
    segment: [3, "SegmentProto"],
    float_data: [4, "float", "packed"],
    int32_data: [5, "int32", "packed"],
    string_data: [6, "bytes", "repeated"],
    int64_data: [7, "int64", "packed"],
    name: [8, "string"],
    raw_data: [9, "bytes"],
    double_data: [10, "double", "packed"],
    uint64_data: [11, "uint64", "packed"],
    external_data: [13, "StringStringEntryProto", "repeated"],
    data_location: [14, "int32"],
  },
  SegmentProto: { begin: [1, "int64"], end: [2, "int64"] },
  StringStringEntryProto: { key: [1, "string"], value: [2, "string"] },
  SparseTensorProto: { values: [1, "TensorProto"], dims: [3, "int64", "repeated"] },
  ValueInfoProto: { name: [1, "string"], type: [2, "TypeProto"] },
  TypeProto: {
    tensor_type: [1, "TensorTypeProto", "oneof"],
    sequence_type: [4, "OpaqueProto", "oneof"],
    map_type: [5, "OpaqueProto", "oneof"],
    sparse_tensor_type: [8, "OpaqueProto", "oneof"],
    optional_type: [9, "OpaqueProto", "oneof"],
  },
  TensorTypeProto: { elem_type: [1, "int32"], shape: [2, "TensorShapeProto"] },
  TensorShapeProto: { dim: [1, "DimensionProto", "repeated"] },
  DimensionProto: { dim_value: [1, "int64", "oneof"], dim_param: [2, "string", "oneof"] },
  OpaqueProto: {},
};

/** `google.protobuf.FieldDescriptorProto.Type` and `Label`. */
const TYPES: Readonly<Record<string, FieldDescriptorProto_Type>> = {
  double: 1,
  float: 2,
  int64: 3,
  uint64: 4,
  int32: 5,
  string: 9,
  bytes: 12,
};
const TYPE_MESSAGE: FieldDescriptorProto_Type = 11;
const LABEL_OPTIONAL: FieldDescriptorProto_Label = 1;
const LABEL_REPEATED: FieldDescriptorProto_Label = 3;

const file = create(FileDescriptorProtoSchema, {
  name: "onnx.proto",
  package: "onnx",
  syntax: "proto2",
  messageType: Object.entries(MESSAGES).map(([name, fields]) => ({
    name,
    oneofDecl: Object.values(fields).some(([, , rule]) => rule === "oneof") ? [{ name: "value" }] : [],
    field: Object.entries(fields).map(([fieldName, [number, type, rule]]) => ({
      name: fieldName,
      number,
      label: rule === "repeated" || rule === "packed" ? LABEL_REPEATED : LABEL_OPTIONAL,
      ...(rule === "packed" ? { options: { packed: true } } : {}),
      ...(rule === "oneof" ? { oneofIndex: 0 } : {}),
      ...(TYPES[type] === undefined
        ? { type: TYPE_MESSAGE, typeName: `.onnx.${type}` }
        : { type: TYPES[type] }),
    })),
  })),
});

const registry = createFileRegistry(file, () => undefined);

/** Describes one of the messages to the protobuf library, for decoding and encoding. */
export function messageSchema(name: string): DescMessage {
  const schema = registry.getMessage(`onnx.${name}`);
  if (schema === undefined) throw new RangeError(`onnx.proto has no message ${name}`);
  return schema;
}

// What the library gives for the messages above. Fields that are not set read as zero, empty or undefined.

export interface ModelProto extends Message {
  readonly producerName: string;
  readonly producerVersion: string;
  readonly graph?: GraphProto;
  readonly opsetImport: readonly OperatorSetIdProto[];
  readonly functions: readonly FunctionProto[];
}

export interface OperatorSetIdProto {
  readonly domain: string;
  readonly version: bigint;
}

export interface FunctionProto {
  readonly name: string;
  readonly domain: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly string[];
  readonly attributeProto: readonly AttributeProto[];
  readonly node: readonly NodeProto[];
  readonly opsetImport: readonly OperatorSetIdProto[];
}

export interface GraphProto {
  readonly name: string;
  readonly node: readonly NodeProto[];
  readonly initializer: readonly TensorProto[];
  readonly input: readonly ValueInfoProto[];
  readonly output: readonly ValueInfoProto[];
  readonly sparseInitializer: readonly { readonly values?: TensorProto }[];
}

export interface NodeProto {
  readonly name: string;
  readonly opType: string;
  readonly domain: string;
  readonly overload: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly AttributeProto[];
}

export interface AttributeProto {
  readonly name: string;
  readonly type: number;
  readonly refAttrName: string;
  readonly f: number;
  readonly i: bigint;
  readonly s: Uint8Array;
  readonly t?: TensorProto;
  readonly g?: GraphProto;
  readonly floats: readonly number[];
  readonly ints: readonly bigint[];
  readonly strings: readonly Uint8Array[];
}

export interface TensorProto {
  readonly name: string;
  readonly dims: readonly bigint[];
  readonly dataType: number;
  readonly segment?: unknown;
  readonly rawData: Uint8Array;
  readonly floatData: readonly number[];
  readonly int32Data: readonly number[];
  readonly int64Data: readonly bigint[];
  readonly uint64Data: readonly bigint[];
  readonly doubleData: readonly number[];
  readonly externalData: readonly { readonly key: string; readonly value: string }[];
  readonly dataLocation: number;
}

export interface ValueInfoProto {
  readonly name: string;
  readonly type?: TypeProto;
}

export interface TypeProto {
  readonly value:
    | { readonly case: "tensorType"; readonly value: TensorTypeProto }
    | { readonly case: string; readonly value: unknown }
    | { readonly case: undefined; readonly value?: undefined };
}

export interface TensorTypeProto {
  readonly elemType: number;
  readonly shape?: { readonly dim: readonly DimensionProto[] };
}

export interface DimensionProto {
  readonly value:
    | { readonly case: "dimValue"; readonly value: bigint }
    | { readonly case: "dimParam"; readonly value: string }
    | { readonly case: undefined; readonly value?: undefined };
}
