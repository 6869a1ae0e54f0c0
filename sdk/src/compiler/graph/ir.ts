/**
 * What ONNX nodes are translated into: a graph of loop nests, elementwise expressions and views, over logical dimensions.
 * How a tensor lies in memory is decided later, when steps are emitted.
 */

import type { Fold } from "../../machine/opcodes.ts";
import type { NodeContext } from "../errors.ts";
import type { DataType, HostTensor } from "../host/tensor.ts";
import type { Register, Tape } from "../tape/tape.ts";

/** A tensor that is either known while compiling or computed from the request. */
export type Value = HostTensor | IrNode;

/** A list of tensors whose length is known while compiling. */
export interface Sequence {
  readonly kind: "sequence";
  readonly items: readonly Value[];
}

/** What a name of a graph stands for. */
export type Item = Value | Sequence;

export type IrNode = InputNode | ConstantNode | IotaNode | ViewNode | PointwiseNode | NestNode;

interface IrBase {
  /** Nodes are numbered in the order of their creation, hence after what they read. */
  readonly id: number;
  readonly type: DataType;
  readonly dims: readonly number[];
  /** The ONNX node that it comes from; `undefined` for inputs. */
  readonly at: NodeContext | undefined;
}

/** An input of the model, row-major. */
export interface InputNode extends IrBase {
  readonly kind: "input";
  readonly name: string;
}

/** A constant, row-major. */
export interface ConstantNode extends IrBase {
  readonly kind: "constant";
  /** The elements as the machine stores them. */
  readonly bytes: Uint8Array;
}

/** Every element is its own place in row-major order. */
export interface IotaNode extends IrBase {
  readonly kind: "iota";
}

/** The elements of another tensor at other places. */
export interface ViewNode extends IrBase {
  readonly kind: "view";
  readonly source: IrNode;
  readonly view: View;
}

export type View =
  /** The same elements in the same row-major order. */
  | { readonly kind: "reshape" }
  /** Dimension `d` is dimension `order[d]` of the source. */
  | { readonly kind: "permute"; readonly order: readonly number[] }
  /** Coordinate c of dimension d is `starts[d] + steps[d] * c` of the source. */
  | { readonly kind: "slice"; readonly starts: readonly number[]; readonly steps: readonly number[] }
  /** Dimensions of 1 are repeated; ranks are equal. */
  | { readonly kind: "expand" }
  /** Coordinate c of dimension d is `c - before[d]` of the source, and the element has the bits `fill` where that does not exist. */
  | { readonly kind: "pad"; readonly before: readonly number[]; readonly fill: number }
  /** Coordinate c of the dimension is `floor(c / factor)` of the source. */
  | { readonly kind: "repeat"; readonly axis: number; readonly factor: number }
  /** Coordinate c of the dimension is c modulo the source's extent. */
  | { readonly kind: "tile"; readonly axis: number }
  /** Dimension `axis` of the source is replaced by the dimensions of `index`, whose elements are coordinates, clamped. */
  | { readonly kind: "gather"; readonly axis: number; readonly index: IrNode };

/** Computes each element from the elements of its inputs at the same place. */
export interface PointwiseNode extends IrBase {
  readonly kind: "pointwise";
  /** Of the node's rank; each dimension is the node's or 1. */
  readonly inputs: readonly IrNode[];
  readonly emit: (tape: Tape, args: readonly Register[]) => Register;
}

/** A reduction: `out[o] = epilogue(fold over r of body(operands at (o, r)))`. */
export interface NestNode extends IrBase {
  readonly kind: "nest";
  readonly reduction: readonly number[];
  readonly operands: readonly NestOperand[];
  readonly body: (tape: Tape, args: readonly Register[]) => Register;
  readonly fold: Exclude<Fold, "none">;
  /** What the accumulator starts from: bits, or a tensor of the node's rank, each dimension the node's or 1. */
  readonly init: number | IrNode;
  /** Order of the dimensions in memory, outermost first, if nothing else demands another. */
  readonly storage: readonly number[];
}

export interface NestOperand {
  readonly source: IrNode;
  /** One for every dimension of the source. Where it leaves the dimension, the operand reads as `pad`. */
  readonly coordinates: readonly NestForm[];
  /** 32 bits. */
  readonly pad: number;
}

/** `base + Σ factor * coordinate`, over the node's dimensions (`out`) and its reduction (`reduced`). */
export interface NestForm {
  readonly base?: number;
  readonly out?: readonly (readonly [dimension: number, factor: number])[];
  readonly reduced?: readonly (readonly [dimension: number, factor: number])[];
}

/** The nodes that a node reads. */
export function sourcesOf(node: IrNode): readonly IrNode[] {
  switch (node.kind) {
    case "view":
      return node.view.kind === "gather" ? [node.source, node.view.index] : [node.source];
    case "pointwise":
      return node.inputs;
    case "nest": {
      const sources = node.operands.map(({ source }) => source);
      return typeof node.init === "number" ? sources : [...sources, node.init];
    }
    default:
      return [];
  }
}

/** Names of the model's inputs that a value is computed from, in their order. */
export function inputsOf(value: Value): readonly string[] {
  if (value.kind === "host") return [];
  const seen = new Set<IrNode>([value]);
  for (const node of seen) for (const source of sourcesOf(node)) seen.add(source);
  const inputs = [...seen].filter((node) => node.kind === "input");
  return inputs.sort((a, b) => a.id - b.id).map(({ name }) => name);
}
