/** An ONNX model as the rest of the compiler sees it: plain, immutable, free of protobuf. */

import type { HostTensor } from "../host/tensor.ts";

export interface OnnxModel {
  /** Versions by domain; ai.onnx is the empty name. */
  readonly domains: ReadonlyMap<string, number>;
  readonly graph: OnnxGraph;
  /** By `domain:name`. */
  readonly functions: ReadonlyMap<string, OnnxFunction>;
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, HostTensor>;
  /** Without those that are initializers. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

/** A function of the model's own, which a node calls like an operator. */
export interface OnnxFunction {
  readonly name: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly defaults: ReadonlyMap<string, OnnxAttribute>;
  readonly nodes: readonly OnnxNode[];
  readonly domains: ReadonlyMap<string, number>;
}

export interface OnnxValue {
  readonly name: string;
  /** Name of the element type; `undefined` if the file does not tell, and also for what is no tensor. */
  readonly type: string | undefined;
  /** A number, the name of an open dimension, or `undefined` for one without a name. All `undefined` if even the rank is open. */
  readonly dims: readonly (number | string | undefined)[] | undefined;
}

export interface OnnxNode {
  readonly name: string;
  readonly operator: string;
  readonly domain: string;
  /** An empty name is an input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

export type OnnxAttribute =
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "int"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "tensor"; readonly value: HostTensor }
  | { readonly kind: "graph"; readonly value: OnnxGraph }
  | { readonly kind: "floats"; readonly value: readonly number[] }
  | { readonly kind: "ints"; readonly value: readonly number[] }
  | { readonly kind: "strings"; readonly value: readonly string[] }
  /** Takes the value of the attribute of that name of the node that calls the function. */
  | { readonly kind: "reference"; readonly value: string }
  /** Of a kind that no operator here takes. */
  | { readonly kind: "other"; readonly value: string };
