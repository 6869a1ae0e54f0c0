/** What an operator sees of the node that it translates. */

import {
  type NodeContext,
  OnnxDataDependentError,
  OnnxMalformedError,
  OnnxShapeMismatchError,
  OnnxUnsupportedAttributeError,
} from "../errors.ts";
import type { GraphBuilder } from "../graph/builder.ts";
import { type Item, inputsOf, type Value } from "../graph/ir.ts";
import { type HostTensor, isFloat, toNumbers } from "../host/tensor.ts";
import type { OnnxAttribute, OnnxGraph, OnnxNode } from "../onnx/model.ts";

/** How one operator of ai.onnx is translated. */
export interface Operator {
  /** First opset that has it; by default 7, but see early.ts. */
  readonly since?: number;
  /** Last opset that has it. */
  readonly until?: number;
  /** Attributes that are understood; any other is refused. */
  readonly attributes?: readonly string[];
  /** More attributes that it had before opset 7. */
  readonly earlyAttributes?: readonly string[];
  readonly translate: (ctx: OperatorContext) => Item | readonly (Item | undefined)[];
}

export type OperatorTable = Readonly<Record<string, Operator>>;

/** What the translator lends to operators that contain graphs. */
export interface GraphTranslator {
  /** Values of a subgraph's outputs, given those of its inputs. */
  translate(graph: OnnxGraph, inputs: readonly Item[]): readonly Item[];
}

export class OperatorContext {
  readonly graph: GraphBuilder;
  readonly at: NodeContext;
  readonly opset: number;
  /** Left-out inputs are `undefined`. */
  readonly inputs: readonly (Item | undefined)[];
  readonly node: OnnxNode;
  readonly subgraphs: GraphTranslator;
  /** Whether anything reads the reduction's result more than once, so that it cannot be changed in place: see BatchNormalization. */
  readonly isOnlyReader: (input: number) => boolean;

  constructor(
    fields: Pick<
      OperatorContext,
      "graph" | "at" | "opset" | "inputs" | "node" | "subgraphs" | "isOnlyReader"
    >,
  ) {
    this.graph = fields.graph;
    this.at = fields.at;
    this.opset = fields.opset;
    this.inputs = fields.inputs;
    this.node = fields.node;
    this.subgraphs = fields.subgraphs;
    this.isOnlyReader = fields.isOnlyReader;
  }

  input(index: number): Value {
    const value = this.optional(index);
    if (value === undefined) throw this.malformed(`input ${index} is missing`);
    return value;
  }

  optional(index: number): Value | undefined {
    const item = this.inputs[index];
    return item === undefined ? undefined : this.tensorOf(item, `input ${index}`);
  }

  /** An input that may be a sequence. */
  item(index: number): Item {
    const item = this.inputs[index];
    if (item === undefined) throw this.malformed(`input ${index} is missing`);
    return item;
  }

  /** The tensors of an input that is a sequence. */
  sequence(index: number): readonly Value[] {
    const item = this.item(index);
    if (item.kind !== "sequence") throw this.malformed(`input ${index} is a tensor, not a sequence`);
    return item.items;
  }

  tensorOf(item: Item, what: string): Value {
    if (item.kind === "sequence") throw this.malformed(`${what} is a sequence, not a tensor`);
    return item;
  }

  /** All inputs, none of which may be left out. */
  all(): readonly Value[] {
    return this.inputs.map((_, index) => this.input(index));
  }

  /** An input that must be known while compiling. */
  known(index: number, what: string): HostTensor {
    const value = this.input(index);
    if (value.kind !== "host") throw this.dataDependent(what, value);
    return value;
  }

  /** The integers, or truth values, of an input that must be known while compiling. */
  numbers(index: number, what: string): readonly number[] {
    const tensor = this.known(index, what);
    if (isFloat(tensor.type)) throw this.malformed(`its ${what} is of type ${tensor.type}`);
    return toNumbers(tensor);
  }

  /** The same for numbers that may have fractions. */
  optionalFractions(index: number, what: string): readonly number[] | undefined {
    return this.inputs[index] === undefined ? undefined : toNumbers(this.known(index, what));
  }

  optionalNumbers(index: number, what: string): readonly number[] | undefined {
    return this.inputs[index] === undefined ? undefined : this.numbers(index, what);
  }

  has(name: string): boolean {
    return this.node.attributes.has(name);
  }

  int(name: string, fallback: number): number;
  int(name: string): number | undefined;
  int(name: string, fallback?: number): number | undefined {
    return this.#attribute(name, "int") ?? fallback;
  }

  flag(name: string, fallback: boolean): boolean {
    return this.int(name, Number(fallback)) !== 0;
  }

  float(name: string, fallback: number): number {
    return this.#attribute(name, "float") ?? fallback;
  }

  optionalFloat(name: string): number | undefined {
    return this.#attribute(name, "float");
  }

  string(name: string, fallback: string): string {
    return this.#attribute(name, "string") ?? fallback;
  }

  ints(name: string): readonly number[] | undefined {
    return this.#attribute(name, "ints");
  }

  floats(name: string): readonly number[] | undefined {
    return this.#attribute(name, "floats");
  }

  strings(name: string): readonly string[] | undefined {
    return this.#attribute(name, "strings");
  }

  tensor(name: string): HostTensor | undefined {
    return this.#attribute(name, "tensor");
  }

  subgraph(name: string): OnnxGraph {
    const graph = this.#attribute(name, "graph");
    if (graph === undefined) throw this.malformed(`attribute ${name} is missing`);
    return graph;
  }

  /** An axis counted from the front; negative ones count from the end. */
  axis(axis: number, rank: number): number {
    if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
      throw this.mismatch(`axis ${axis} does not exist in ${rank} dimensions`);
    }
    return axis < 0 ? axis + rank : axis;
  }

  axes(axes: readonly number[], rank: number): readonly number[] {
    const result = axes.map((axis) => this.axis(axis, rank));
    if (new Set(result).size < result.length)
      throw this.mismatch(`axes [${axes.join(", ")}] name one axis twice`);
    return result;
  }

  mismatch(problem: string): OnnxShapeMismatchError {
    return new OnnxShapeMismatchError(problem, { at: this.at });
  }

  malformed(problem: string): OnnxMalformedError {
    return new OnnxMalformedError(`${problem}`, { at: this.at });
  }

  dataDependent(what: string, value: Value, cause?: Error): OnnxDataDependentError {
    return new OnnxDataDependentError(`Its ${what}`, inputsOf(value), { at: this.at, cause });
  }

  unsupported(attribute: string, value: unknown, supported: string): OnnxUnsupportedAttributeError {
    return new OnnxUnsupportedAttributeError(this.at, attribute, value, supported);
  }

  #attribute<K extends OnnxAttribute["kind"]>(name: string, kind: K): AttributeValue<K> | undefined {
    const attribute = this.node.attributes.get(name);
    if (attribute === undefined) return undefined;
    if (!isKind(attribute, kind))
      throw this.malformed(`attribute ${name} is of kind ${attribute.kind}, not ${kind}`);
    return attribute.value;
  }
}

type AttributeOf<K> = Extract<OnnxAttribute, { readonly kind: K }>;
type AttributeValue<K> = AttributeOf<K> extends { readonly value: infer V } ? V : never;

function isKind<K extends OnnxAttribute["kind"]>(
  attribute: OnnxAttribute,
  kind: K,
): attribute is OnnxAttribute & { readonly kind: K; readonly value: AttributeValue<K> } {
  return attribute.kind === kind;
}

/** What a table has under a name that the file chose: nothing for names that every object inherits. */
export function named<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** An input that holds coordinates. */
export function indicesOf(ctx: OperatorContext, input: number): Value {
  const index = ctx.input(input);
  if (index.type !== "int32" && index.type !== "int64") throw ctx.malformed(`its indices are ${index.type}`);
  return index;
}
