/** Random ONNX graphs in which convolutions, products, reductions, elementwise operators and views follow each other in any order. */

import { type Attributes, type GraphParts, nodeProto, onnxFile, tensorProto, valueProto } from "./onnx.ts";
import type { Random } from "./random.ts";

type Fields = Readonly<Record<string, unknown>>;

interface Item {
  readonly name: string;
  readonly dims: readonly number[];
}

const size = (dims: readonly number[]): number => dims.reduce((product, dim) => product * dim, 1);

class GraphMaker {
  readonly #random: Random;
  readonly #nodes: Fields[] = [];
  readonly #initializers: Fields[] = [];
  readonly #items: Item[];
  #count = 0;

  constructor(random: Random) {
    this.#random = random;
    const dims = [random.integer(1, 2), random.integer(1, 4), random.integer(3, 6), random.integer(3, 6)];
    this.#items = [{ name: "x", dims }];
  }

  make(length: number): Uint8Array {
    for (let tries = 0; this.#nodes.length < length && tries < 20 * length; tries++) this.#step();
    const outputs = [this.#items.at(-1)!];
    if (this.#random.chance(0.4)) outputs.push(this.#random.pick(this.#items.slice(1)));
    const graph: GraphParts = {
      nodes: this.#nodes,
      inputs: [valueProto("x", "float32", this.#items[0]!.dims)],
      outputs: [...new Set(outputs.map(({ name }) => name))].map((name) => [name, "float32"] as const),
      initializers: this.#initializers,
    };
    return onnxFile(graph, 13);
  }

  #step(): void {
    // Mostly the newest tensors, so that graphs are deep.
    const item = this.#random.chance(0.7) ? this.#items.at(-1)! : this.#random.pick(this.#items);
    const steps = [this.#unary, this.#binary, this.#permute, this.#reshape, this.#slice, this.#concat];
    const more = [this.#pad, this.#reduce, this.#product, this.#spatial, this.#softmax, this.#gather];
    this.#random.pick([...steps, ...more]).call(this, item);
  }

  #add(
    operator: string,
    inputs: readonly string[],
    dims: readonly number[],
    attributes: Attributes = {},
  ): void {
    if (size(dims) > 2000 || dims.length > 6) return;
    const name = `t${this.#count++}`;
    this.#nodes.push(nodeProto(operator, inputs, [name], attributes, `${operator}_${name}`));
    this.#items.push({ name, dims });
  }

  #floats(dims: readonly number[]): string {
    const name = `c${this.#count++}`;
    const values = Array.from({ length: size(dims) }, () => this.#random.integer(-100, 100) / 100);
    this.#initializers.push(tensorProto(name, "float32", dims, values));
    return name;
  }

  #ints(...values: readonly number[]): string {
    const name = `c${this.#count++}`;
    this.#initializers.push(tensorProto(name, "int64", [values.length], values));
    return name;
  }

  #unary({ name, dims }: Item): void {
    this.#add(
      this.#random.pick(["Relu", "Sigmoid", "Tanh", "Neg", "Abs", "HardSigmoid", "LeakyRelu", "Erf"]),
      [name],
      dims,
    );
  }

  #binary({ name, dims }: Item): void {
    const operator = this.#random.pick(["Add", "Sub", "Mul", "Max"]);
    const alike = this.#items.filter((other) => other.dims.join() === dims.join());
    if (this.#random.chance(0.6)) {
      this.#add(operator, [name, this.#random.pick(alike).name], dims);
      return;
    }
    const shape = dims
      .map((dim) => (this.#random.chance(0.5) ? dim : 1))
      .slice(this.#random.integer(0, dims.length));
    this.#add(operator, [name, this.#floats(shape)], dims);
  }

  #permute({ name, dims }: Item): void {
    const perm = dims.map((_, d) => d).sort(() => this.#random.integer(-1, 1));
    if (dims.length > 1)
      this.#add(
        "Transpose",
        [name],
        perm.map((d) => dims[d]!),
        { perm },
      );
  }

  #reshape({ name, dims }: Item): void {
    let rest = size(dims);
    const shape: number[] = [];
    while (rest > 1 && shape.length < 4) {
      const divisors = Array.from({ length: rest }, (_, i) => i + 1).filter(
        (divisor) => rest % divisor === 0,
      );
      const next = shape.length === 3 ? rest : this.#random.pick(divisors);
      shape.push(next);
      rest /= next;
    }
    this.#add("Reshape", [name, this.#ints(...shape)], shape);
  }

  #slice({ name, dims }: Item): void {
    const axis = this.#random.integer(0, dims.length - 1);
    const extent = dims[axis];
    if (extent === undefined) return;
    const start = this.#random.integer(0, extent - 1);
    const end = this.#random.integer(start + 1, extent);
    const step = this.#random.integer(1, 2);
    const isBackwards = this.#random.chance(0.3);
    const bounds = isBackwards
      ? [end - 1, start - 1 - (start === 0 ? extent : 0), -step]
      : [start, end, step];
    const count = Math.ceil((end - start) / step);
    const inputs = [
      name,
      this.#ints(bounds[0]!),
      this.#ints(bounds[1]!),
      this.#ints(axis),
      this.#ints(bounds[2]!),
    ];
    this.#add(
      "Slice",
      inputs,
      dims.map((dim, d) => (d === axis ? count : dim)),
    );
  }

  #concat({ name, dims }: Item): void {
    if (dims.length === 0) return;
    const axis = this.#random.integer(0, dims.length - 1);
    const alike = this.#items.filter((other) => other.dims.join() === dims.join());
    const other = this.#random.chance(0.5) ? this.#random.pick(alike).name : this.#floats(dims);
    this.#add("Concat", [name, other, name].slice(0, this.#random.integer(2, 3)), [], { axis });
    const added = this.#items.at(-1)!;
    if (added.dims.length === 0 && this.#nodes.at(-1)!.opType === "Concat") {
      const parts = (this.#nodes.at(-1)!.input as readonly string[]).length;
      this.#items[this.#items.length - 1] = {
        ...added,
        dims: dims.map((dim, d) => (d === axis ? dim * parts : dim)),
      };
    }
  }

  #pad({ name, dims }: Item): void {
    const before = dims.map(() => this.#random.integer(0, 2));
    const after = dims.map(() => this.#random.integer(0, 1));
    const padded = dims.map((dim, d) => dim + before[d]! + after[d]!);
    if (dims.length > 0) this.#add("Pad", [name, this.#ints(...before, ...after), this.#floats([])], padded);
  }

  #reduce({ name, dims }: Item): void {
    if (dims.length === 0) return;
    const axis = this.#random.integer(0, dims.length - 1);
    const keepdims = this.#random.integer(0, 1);
    const kept =
      keepdims === 1 ? dims.map((dim, d) => (d === axis ? 1 : dim)) : dims.filter((_, d) => d !== axis);
    this.#add(this.#random.pick(["ReduceMean", "ReduceMax", "ReduceL1"]), [name], kept, {
      axes: [axis],
      keepdims,
    });
  }

  #product({ name, dims }: Item): void {
    const inner = dims.at(-1);
    if (dims.length < 2 || inner === undefined) return;
    const columns = this.#random.integer(1, 5);
    const fitting = this.#items.filter(({ dims: other }) => other.length === 2 && other[0] === inner);
    const right = fitting.length > 0 && this.#random.chance(0.5) ? this.#random.pick(fitting) : undefined;
    const other = right ?? { name: this.#floats([inner, columns]), dims: [inner, columns] };
    this.#add("MatMul", [name, other.name], [...dims.slice(0, -1), other.dims[1]!]);
  }

  #spatial({ name, dims }: Item): void {
    const [batch, channels, height, width] = dims;
    if (dims.length !== 4 || channels === undefined || height! < 3 || width! < 3) return;
    if (this.#random.chance(0.3)) {
      const pooled = [batch!, channels, Math.floor(height! / 2), Math.floor(width! / 2)];
      this.#add(this.#random.pick(["MaxPool", "AveragePool"]), [name], pooled, {
        kernel_shape: [2, 2],
        strides: [2, 2],
      });
      return;
    }
    const outputs = this.#random.integer(1, 5);
    const inputs = [name, this.#floats([outputs, channels, 3, 3]), this.#floats([outputs])];
    this.#add("Conv", inputs, [batch!, outputs, height!, width!], { pads: [1, 1, 1, 1] });
  }

  #softmax({ name, dims }: Item): void {
    if (dims.length > 0)
      this.#add("Softmax", [name], dims, { axis: this.#random.integer(0, dims.length - 1) });
  }

  #gather({ name, dims }: Item): void {
    if (dims.length === 0) return;
    const axis = this.#random.integer(0, dims.length - 1);
    const picks = Array.from({ length: this.#random.integer(1, 4) }, () =>
      this.#random.integer(0, dims[axis]! - 1),
    );
    this.#add(
      "Gather",
      [name, this.#ints(...picks)],
      dims.map((dim, d) => (d === axis ? picks.length : dim)),
      { axis },
    );
  }
}

/** The bytes of a random model with the input `x`. */
export function randomGraph(random: Random, length: number): Uint8Array {
  return new GraphMaker(random).make(length);
}
