/** Takes one operator test through the compiler and the machine. */

import { type CompiledModel, CompilerError, compileOnnx } from "../../../sdk/src/compiler/index.ts";
import { decodeModel } from "../../../sdk/src/compiler/onnx/decode.ts";
import { equalBytes } from "../../../sdk/src/core/bytes.ts";
import { AssayError } from "../../../sdk/src/core/errors.ts";
import type { Tensor } from "../../../sdk/src/machine/model.ts";
import { BUDGET } from "../../../sdk/src/machine/weights.ts";
import { run } from "../../../sdk/src/runtime/index.ts";
import type { ConformanceCase } from "./archive.ts";
import { toleranceOf } from "./tolerance.ts";
import { asTensor, fault, readValue } from "./values.ts";

/** What became of a case. There is no third result: a wrong output, a crash, or an unprovable step is thrown. */
export type Outcome = Passed | Unsupported;

export interface Passed {
  readonly result: "pass";
  /** Inputs that had to be known while compiling, if any. */
  readonly initializers?: readonly string[];
  /** Set if no input was left for the request, so that all outputs are constants. */
  readonly isConstant?: true;
}

export interface Unsupported {
  readonly result: "unsupported";
  /** The code and the words of the error that the compiler threw. */
  readonly code: string;
  readonly message: string;
}

/** A case that neither passes nor is refused. */
export class ConformanceError extends Error {
  constructor(name: string, problem: string, options?: ErrorOptions) {
    super(`${name}: ${problem}`, options);
  }
}

export async function runCase(item: ConformanceCase): Promise<Outcome> {
  try {
    return await compileAndRun(item);
  } catch (error) {
    if (error instanceof ConformanceError) throw error;
    // Some tests come with values of another shape than their own model states.
    const isRefusal = AssayError.is(error) && (error instanceof CompilerError || error.code === "INPUT_DIMS");
    if (!isRefusal) throw new ConformanceError(item.name, "crashed", { cause: error });
    return { result: "unsupported", code: error.code, message: error.shortMessage };
  }
}

/** A case that compiles: its model, and the tensors that are left for the request. */
export interface PreparedCase {
  readonly model: CompiledModel;
  readonly request: Readonly<Record<string, Tensor>>;
  /** Inputs that had to be known while compiling. */
  readonly initializers: readonly string[];
}

/**
 * Compiles a case.
 *
 * @throws an error of the compiler if it is not supported
 */
export function prepareCase({ name, model: bytes, inputs }: ConformanceCase): PreparedCase {
  const { graph } = decodeModel(bytes);
  if (inputs.length !== graph.inputs.length)
    throw new ConformanceError(name, `${inputs.length} values for ${graph.inputs.length} inputs`);
  const tensors = new Map(
    graph.inputs.map((input, i) => [input.name, () => asTensor(readValue(inputs[i]!, input.type))]),
  );
  const { model, initializers } = compileKnowing(bytes, tensors);
  const request = Object.fromEntries(model.inputs.map((slot) => [slot.name, tensors.get(slot.name)!()]));
  return { model, request, initializers: [...initializers].sort() };
}

async function compileAndRun(item: ConformanceCase): Promise<Outcome> {
  const { model, request, initializers } = prepareCase(item);
  const fail = (problem: string): never => {
    throw new ConformanceError(item.name, problem);
  };
  const { gas, bytes: opened } = model.report.worstStep;
  if (gas > BUDGET.gas || opened > BUDGET.bytes) fail(`a step takes ${gas} gas and ${opened} bytes`);

  const results = await run(model, request);
  const slow = await run(model, request, { engine: "reference" });
  for (const { name } of model.outputs)
    if (!equalBytes(bytesOf(results[name]), bytesOf(slow[name])))
      fail(`output "${name}": the engines differ`);
  const { graph } = decodeModel(item.model);
  const tolerance = toleranceOf(graph);
  for (const [i, { name: output, type }] of graph.outputs.entries()) {
    const problem = fault(results[output], readValue(item.outputs[i]!, type), tolerance);
    if (problem !== undefined) fail(`output "${output}": ${problem}`);
  }
  return {
    result: "pass",
    ...(initializers.length === 0 ? {} : { initializers }),
    ...(model.inputs.length === 0 ? { isConstant: true } : {}),
  };
}

/**
 * Compiles with as few inputs known as possible: at first those without elements, which no request can carry, then those that the compiler says it
 * must know.
 */
function compileKnowing(
  bytes: Uint8Array,
  tensors: ReadonlyMap<string, () => Tensor>,
): { model: CompiledModel; initializers: readonly string[] } {
  const { graph } = decodeModel(bytes);
  const initializers: Record<string, Tensor> = {};
  const dims: Record<string, number> = {};
  for (const { name, dims: stated } of graph.inputs) {
    if (stated === undefined) continue;
    const isOpen = stated.some((dim) => typeof dim !== "number" || dim <= 0);
    if (!isOpen) continue;
    const tensor = tensors.get(name)!();
    if (tensor.data.length === 0) initializers[name] = tensor;
    else
      for (const [axis, dim] of tensor.dims.entries())
        if (isOpenAt(stated[axis])) dims[`${name}:${axis}`] = dim;
  }
  for (;;) {
    try {
      return { model: compileOnnx(bytes, { dims, initializers }), initializers: Object.keys(initializers) };
    } catch (error) {
      if (!AssayError.is(error) || error.code !== "ONNX_DATA_DEPENDENT") throw error;
      const wanted = (error.context?.inputs ?? []) as readonly string[];
      if (wanted.length === 0) throw error;
      for (const name of wanted) {
        initializers[name] = tensors.get(name)!();
        for (const key of Object.keys(dims)) if (key.startsWith(`${name}:`)) delete dims[key];
      }
    }
  }
}

function bytesOf(tensor: Tensor | undefined): Uint8Array {
  if (tensor === undefined) return new Uint8Array();
  const { buffer, byteOffset, byteLength } = tensor.data;
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function isOpenAt(dim: number | string | undefined): boolean {
  return typeof dim !== "number" || dim <= 0;
}
