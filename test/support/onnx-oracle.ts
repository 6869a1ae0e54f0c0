/** Compares what we compute from ONNX files with onnxruntime. */

import { expect } from "chai";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { type CompiledModel, type CompileOptions, compileOnnx } from "../../sdk/src/compiler/index.ts";
import { brainToNumber, halfToNumber, numberToBrain, numberToHalf } from "../../sdk/src/core/half.ts";
import type { Tensor, TensorType } from "../../sdk/src/machine/model.ts";
import { run } from "../../sdk/src/runtime/index.ts";
import { type SingleNode, singleNode, unit } from "./onnx.ts";
import { createRandom, type Random } from "./random.ts";

const ARRAYS = {
  ...{ float32: Float32Array, float16: Uint16Array, bfloat16: Uint16Array },
  ...{ int64: BigInt64Array, int32: Int32Array, int16: Int16Array, int8: Int8Array },
  ...{
    uint64: BigUint64Array,
    uint32: Uint32Array,
    uint16: Uint16Array,
    uint8: Uint8Array,
    bool: Uint8Array,
  },
} as const;

export interface Feeds {
  readonly random: Random;
  readonly between?: Readonly<Record<string, readonly [number, number]>>;
}

/** Made-up tensors for all inputs of a model. */
export function makeInputs(model: CompiledModel, { random, between = {} }: Feeds): Record<string, Tensor> {
  const tensors = model.inputs.map(({ name, type, dims }) => {
    const count = dims.reduce((product, dim) => product * dim, 1);
    const [least, most] = between[name] ?? [-1, 1];
    const patterns = type === "float16" ? numberToHalf : type === "bfloat16" ? numberToBrain : undefined;
    const isFloat = type === "float32" || patterns !== undefined;
    const draw = (): number =>
      isFloat
        ? unit(random, least, most)
        : random.integer(Math.max(least, type === "bool" || type.startsWith("u") ? 0 : least), most);
    const values = Array.from({ length: count }, draw);
    const elements = patterns === undefined ? values : values.map(patterns);
    const from = ARRAYS[type] as unknown as { from(list: readonly (number | bigint)[]): unknown };
    const data = from.from(type === "int64" || type === "uint64" ? values.map(BigInt) : elements);
    return [name, { type, dims, data } as Tensor] as const;
  });
  return Object.fromEntries(tensors);
}

export interface Reference {
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>;
}

/** onnxruntime, without its own optimizations, as an oracle. Only ever for files that the tests themselves wrote or name. */
export async function reference(bytes: Uint8Array): Promise<Reference> {
  const session = await InferenceSession.create(bytes, {
    graphOptimizationLevel: "disabled",
    logSeverityLevel: 4,
    intraOpNumThreads: 1,
  });
  return {
    async run(inputs) {
      const feeds = Object.entries(inputs).map(
        ([name, { type, data, dims }]) =>
          [name, new OrtTensor(type as Exclude<TensorType, "bfloat16">, data as never, dims)] as const,
      );
      const results = await session.run(Object.fromEntries(feeds));
      const tensors = Object.entries(results).map(
        ([name, { type, data, dims }]) => [name, { type, dims, data } as unknown as Tensor] as const,
      );
      return Object.fromEntries(tensors);
    },
  };
}

/** The numbers that a tensor holds. */
export function numbersOf({ type, data }: Tensor): readonly number[] {
  const numbers = Array.from(data as ArrayLike<number | bigint>, Number);
  if (type === "float16") return numbers.map(halfToNumber);
  return type === "bfloat16" ? numbers.map(brainToNumber) : numbers;
}

export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}

export const CLOSE: Tolerance = { absolute: 1e-5, relative: 1e-5 };

/** The largest difference of elements, infinite where one is NaN or the shapes differ. */
export function difference(
  actual: Tensor | undefined,
  expected: Tensor | undefined,
  { absolute, relative }: Tolerance,
): number {
  if (actual === undefined || expected === undefined) return Number.POSITIVE_INFINITY;
  if (actual.type !== expected.type || actual.dims.join() !== expected.dims.join())
    return Number.POSITIVE_INFINITY;
  let worst = 0;
  const wanted = numbersOf(expected);
  for (const [i, a] of numbersOf(actual).entries()) {
    const b = wanted[i]!;
    if (Object.is(a, b) || a === b) continue;
    const excess = Math.abs(a - b) - relative * Math.abs(b);
    worst = Math.max(
      worst,
      Number.isFinite(excess) ? Math.max(0, excess / absolute) : Number.POSITIVE_INFINITY,
    );
  }
  return worst;
}

/** Compiles a file, runs it on made-up inputs, and demands what onnxruntime gives. */
export async function expectAgreement(
  bytes: Uint8Array,
  options: CompileOptions & Partial<Feeds> & { readonly tolerance?: Tolerance; readonly times?: number } = {},
): Promise<CompiledModel> {
  const { random = createRandom(7), between = {}, tolerance = CLOSE, times = 1, ...compile } = options;
  const model = compileOnnx(bytes, compile);
  const oracle = await reference(bytes);
  for (let i = 0; i < times; i++) {
    const inputs = makeInputs(model, { random, between });
    const actual = await run(model, inputs);
    const expected = await oracle.run(inputs);
    for (const { name } of model.outputs) {
      const worst = difference(actual[name], expected[name], tolerance);
      expect(worst, describeDifference(name, actual[name], expected[name])).to.be.at.most(1);
    }
  }
  return model;
}

function describeDifference(name: string, actual: Tensor | undefined, expected: Tensor | undefined): string {
  const show = (tensor: Tensor | undefined): string =>
    tensor === undefined
      ? "nothing"
      : `${tensor.type}[${tensor.dims.join(", ")}] ${[...tensor.data.slice(0, 8)].join(" ")}`;
  return `${name}: ${show(actual)} instead of ${show(expected)}`;
}

/** The same for a single node, made-up inputs lying where its operands say. */
export function expectNodeAgreement(node: SingleNode, tolerance: Tolerance = CLOSE): Promise<CompiledModel> {
  const between = node.inputs.flatMap((input, i) =>
    input?.between === undefined ? [] : [[`x${i}`, input.between] as const],
  );
  return expectAgreement(singleNode(node), { between: Object.fromEntries(between), tolerance });
}
