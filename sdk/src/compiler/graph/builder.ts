/** Builds the graph of loop nests, and computes at once whatever is known while compiling. */

import {
  type NodeContext,
  OnnxLimitError,
  OnnxShapeMismatchError,
  OnnxUnsupportedTypeError,
} from "../errors.ts";
import { toBytes } from "../host/bits.ts";
import { foldNest, foldPointwise, type KnownNest } from "../host/fold.ts";
import {
  allocate,
  DATA_TYPES,
  type DataType,
  elementCount,
  type HostTensor,
  type HostType,
  hostTensor,
  isDataType,
} from "../host/tensor.ts";
import { LIMITS } from "../limits.ts";
import { foldView } from "./fold-view.ts";
import type { IrNode, NestForm, NestNode, PointwiseNode, Value, View } from "./ir.ts";
import { IDENTITY, type Rule } from "./rule.ts";

/** A nest before its operands are nodes. */
export interface NestSpec extends Pick<NestNode, "dims" | "reduction" | "body" | "fold"> {
  readonly type: DataType;
  readonly operands: readonly {
    readonly source: Value;
    readonly coordinates: readonly NestForm[];
    readonly pad?: number;
  }[];
  readonly init: number | Value;
  readonly storage?: readonly number[];
}

type Draft<T> = T extends IrNode ? Omit<T, "id" | "at"> : never;

export class GraphBuilder {
  /** The ONNX node that is being translated. */
  at: NodeContext | undefined;
  readonly #constants = new Map<HostTensor, IrNode>();
  readonly #retyped = new WeakMap<HostTensor, HostTensor>();
  #count = 0;
  #work = 0;
  #unrolled = 0;

  input(name: string, type: DataType, dims: readonly number[]): IrNode {
    return this.#add({ kind: "input", name, type, dims });
  }

  /** The node that a value is, or that holds it. */
  node(value: Value): IrNode {
    if (value.kind !== "host") return value;
    const known = this.#constants.get(value) ?? this.#constant(value);
    this.#constants.set(value, known);
    return known;
  }

  /** The same registers under the name of another type that is stored in the same way. */
  retyped(value: Value, type: DataType): Value {
    if (value.type === type) return value;
    if (value.kind !== "host") {
      const order = value.dims.map((_, d) => d);
      return this.#add({
        kind: "view",
        type,
        dims: value.dims,
        source: value,
        view: { kind: "permute", order },
      });
    }
    const known = this.#retyped.get(value) ?? hostTensor(type, value.dims, value.data);
    // Of one tensor, one: so that its constant stands in the model once.
    this.#retyped.set(value, known);
    return known.type === type ? known : hostTensor(type, value.dims, value.data);
  }

  /** Row-major places as int32. */
  iota(dims: readonly number[]): IrNode {
    return this.#add({ kind: "iota", type: "int32", dims });
  }

  /** Other places of the same elements. */
  view(source: Value, dims: readonly number[], view: View): Value {
    this.checkSize(dims);
    if (elementCount(dims) === 0) return hostTensor(source.type, dims, allocate(source.type, 0));
    if (source.kind === "host" && this.canFold(elementCount(dims), elementCount(source.dims))) {
      const folded = foldView(source, dims, view);
      if (folded !== undefined) return folded;
    }
    const node = this.node(source);
    return this.#add({ kind: "view", type: node.type, dims, source: node, view });
  }

  /**
   * Computes elements from elements at the same places, broadcasting as numpy does.
   *
   * @param type - of the result
   */
  pointwise(rule: Rule, inputs: readonly Value[], type: HostType): Value {
    const dims = this.broadcast(inputs.map((input) => input.dims));
    const count = elementCount(dims);
    if (count === 0) return hostTensor(type, dims, allocate(type, 0));
    const hosts = inputs.filter((input) => input.kind === "host");
    if (hosts.length === inputs.length) {
      const read = hosts.reduce((sum, host) => sum + elementCount(host.dims), 0);
      if (this.canFold(count, read)) {
        const folded = foldPointwise(rule, hosts, dims, type);
        if (folded !== undefined) return folded;
      }
    }
    if (!isDataType(type)) throw this.unsupportedType("The result", type);
    const types = inputs.map((input) => input.type);
    const nodes = inputs.map((input) => this.node(this.withRank(input, dims.length)));
    const emit: PointwiseNode["emit"] = (tape, args) => rule.emit(tape, args, types);
    return this.#add({ kind: "pointwise", type, dims, inputs: nodes, emit });
  }

  /** A tensor of its own with the elements of a view, so that nobody reads through the view. */
  copy(value: Value): Value {
    return value.kind === "host" ? value : this.pointwise(IDENTITY, [value], value.type);
  }

  nest(spec: NestSpec): Value {
    const { type, dims, reduction, body, fold, operands, init, storage = dims.map((_, d) => d) } = spec;
    this.checkSize(dims);
    const work = elementCount(dims) * Math.max(1, elementCount(reduction));
    const known = knownNest(spec);
    if (known !== undefined && work <= LIMITS.foldedWork && this.#spend(work)) return foldNest(known);
    if (elementCount(reduction) === 0) throw this.mismatch("a reduction over no elements");
    if (elementCount(dims) === 0) return hostTensor(type, dims, allocate(type, 0));
    return this.#add({
      kind: "nest",
      ...{ type, dims, reduction, body, fold, storage },
      operands: operands.map(({ source, coordinates, pad = 0 }) => ({
        source: this.node(source),
        coordinates,
        pad: pad >>> 0,
      })),
      init: typeof init === "number" ? init >>> 0 : this.node(this.withRank(init, dims.length)),
    });
  }

  /** Dimensions of 1 in front until there are `rank`. */
  withRank(value: Value, rank: number): Value {
    if (value.dims.length >= rank) return value;
    const dims = [...new Array<number>(rank - value.dims.length).fill(1), ...value.dims];
    return this.view(value, dims, { kind: "reshape" });
  }

  broadcast(shapes: readonly (readonly number[])[]): number[] {
    const rank = Math.max(0, ...shapes.map((dims) => dims.length));
    const result = new Array<number>(rank).fill(1);
    for (const dims of shapes) {
      for (const [j, dim] of dims.entries()) {
        const d = rank - dims.length + j;
        if (dim !== 1 && result[d] !== 1 && result[d] !== dim) {
          throw this.mismatch(
            `${shapes.map((shape) => `[${shape.join(", ")}]`).join(" and ")} cannot be broadcast together`,
          );
        }
        if (dim !== 1) result[d] = dim;
      }
    }
    this.checkSize(result);
    return result;
  }

  mismatch(problem: string): OnnxShapeMismatchError {
    return new OnnxShapeMismatchError(problem, { at: this.at });
  }

  unsupportedType(
    what: string,
    type: string,
    supported: readonly string[] = DATA_TYPES,
  ): OnnxUnsupportedTypeError {
    return new OnnxUnsupportedTypeError(what, type, supported, { at: this.at });
  }

  /** Bounds the product of the dimensions that are not 0, so that none alone is enormous either. */
  checkSize(dims: readonly number[]): void {
    if (dims.length > LIMITS.rank) {
      throw new OnnxLimitError("Dimensions of a tensor", dims.length, LIMITS.rank, { at: this.at });
    }
    const count = elementCount(dims.filter((dim) => dim !== 0));
    if (!(count <= LIMITS.elements)) {
      throw new OnnxLimitError("Elements of a tensor", count, LIMITS.elements, { at: this.at });
    }
  }

  /** Refuses to make a list of numbers that is too long. */
  checkList(count: number): void {
    if (!(count <= LIMITS.listed)) {
      throw new OnnxLimitError("Numbers listed while compiling", count, LIMITS.listed, { at: this.at });
    }
  }

  /** Accounts for iterations that become nodes one by one, however many elements they compute. */
  unroll(iterations: number): void {
    this.#unrolled += iterations;
    if (this.#unrolled <= LIMITS.unrolledIterations) return;
    throw new OnnxLimitError("Unrolled iterations", this.#unrolled, LIMITS.unrolledIterations, {
      at: this.at,
    });
  }

  /** Accounts for computing a constant that cannot be anything else. */
  charge(work: number): void {
    if (this.#spend(work)) return;
    throw new OnnxLimitError("Work spent on constants", this.#work + work, LIMITS.totalFoldedWork, {
      at: this.at,
    });
  }

  #constant(value: HostTensor): IrNode {
    const { type, dims } = value;
    if (!isDataType(type)) throw this.unsupportedType("A constant", type);
    if (elementCount(dims) === 0)
      throw this.mismatch(`a tensor of shape [${dims.join(", ")}] has no elements to compute with`);
    return this.#add({ kind: "constant", type, dims, bytes: toBytes(value, { at: this.at }) });
  }

  /**
   * Whether to compute a constant of `count` elements from `read` others, which is then accounted for. Otherwise it stays a view or an expression,
   * since the elements would take much more memory than that.
   */
  canFold(count: number, read: number): boolean {
    return count <= Math.max(read, LIMITS.foldedGrowth) && this.#spend(count);
  }

  #spend(work: number): boolean {
    if (this.#work + work > LIMITS.totalFoldedWork) return false;
    this.#work += work;
    return true;
  }

  #add(draft: Draft<IrNode>): IrNode {
    const node = { ...draft, id: this.#count, at: this.at } as IrNode;
    this.#count++;
    return node;
  }
}

function knownNest(spec: NestSpec): KnownNest | undefined {
  const operands = spec.operands.flatMap(({ source, coordinates, pad = 0 }) =>
    source.kind === "host" ? [{ source, coordinates, pad }] : [],
  );
  const { init } = spec;
  if (operands.length < spec.operands.length || (typeof init !== "number" && init.kind !== "host"))
    return undefined;
  if (!operands.every(({ source }) => isDataType(source.type))) return undefined;
  return { ...spec, operands, init: typeof init === "number" ? init >>> 0 : init };
}
