/** ONNX bytes to a model of the tensor machine. */

import { accelerateHashing } from "../core/wasm/hasher.ts";
import { decodeStep } from "../machine/decode.ts";
import type { MachineModel, StepInfo, Tensor, TensorSlot } from "../machine/model.ts";
import { leastDepths, makeRecord, modelId, RECORD_LIMITS } from "../machine/record.ts";
import type { Depths, ModelRecord, Step } from "../machine/types.ts";
import { isExecutable } from "../machine/validity.ts";
import { BUDGET } from "../machine/weights.ts";
import {
  OnnxEmptyOutputError,
  OnnxLimitError,
  OnnxMalformedError,
  OnnxUnprovableStepError,
  OnnxUnsupportedTypeError,
} from "./errors.ts";
import { GraphBuilder } from "./graph/builder.ts";
import type { IrNode, Value } from "./graph/ir.ts";
import { Translator } from "./graph/translate.ts";
import { DATA_TYPES, type DataType, elementCount, isDataType } from "./host/tensor.ts";
import { type BoundInput, bindInputs } from "./inputs.ts";
import { type FusionPlan, planFusion } from "./lower/fusion.ts";
import { ProgramEmitter } from "./lower/program.ts";
import type { Budget } from "./lower/steps.ts";
import { decodeModel } from "./onnx/decode.ts";
import { outputNode, packOutputs, slotBytes, slotsOf } from "./outputs.ts";
import { type CompileReport, reportOn } from "./report.ts";

export interface CompileOptions {
  /** Sizes of open dimensions, by the names that they have in the file; those without a name are called `input:axis`. */
  readonly dims?: Readonly<Record<string, number>>;
  /**
   * Values for inputs, by name, as if they were initializers of the file: for shapes, axes and the like, which must be known while compiling.
   * These inputs are then no part of a request.
   */
  readonly initializers?: Readonly<Record<string, Tensor>>;
  /** Name of the model; that of the graph by default. Not part of the model's identity. */
  readonly name?: string;
}

export interface CompiledModel extends MachineModel {
  /** Name given to the compiler, or that of the ONNX graph; not part of the id. */
  readonly name: string;
  /** Sizes, and what the dearest steps would cost to prove. */
  readonly report: CompileReport;
  /** What each step is for, by its number. */
  readonly stepInfos: readonly StepInfo[];
}

/**
 * Compiles a model. A pure function: the same bytes and options give the same model id on every machine.
 *
 * @param bytes - an ONNX file, opset 7 to 21, or before where the operators meant the same, with its tensors inside
 * @throws a subclass of `CompilerError` that names what is not supported, and where
 * @example
 * const model = compileOnnx(await readFile("digits.onnx"), { dims: { batch: 1 } });
 * model.modelId; // 0x...
 */
export function compileOnnx(bytes: Uint8Array, options: CompileOptions = {}): CompiledModel {
  return compileWithin(bytes, options, BUDGET);
}

/**
 * Compiles for a budget that may be smaller than the machine's, which only cuts reductions into more steps.
 *
 * @param budget - for tests
 */
export function compileWithin(
  bytes: Uint8Array,
  { dims = {}, initializers = {}, name }: CompileOptions,
  budget: Budget,
): CompiledModel {
  accelerateHashing();
  const onnx = decodeModel(bytes);
  const { requested, known } = bindInputs(onnx.graph, { dims, initializers });
  const outputNames = onnx.graph.outputs.map((output) => output.name);
  if (outputNames.length === 0 || new Set(outputNames).size < outputNames.length) {
    throw new OnnxMalformedError("it has no outputs, or two of the same name");
  }

  const builder = new GraphBuilder();
  const inputs = requested.map((input) => builder.input(input.name, input.type, input.dims));
  const byName = new Map<string, Value>([
    ...known,
    ...inputs.map((node, i) => [requested[i]!.name, node] as const),
  ]);
  const results = new Translator(onnx, builder).model(byName);
  const typed = results.map((value, i) => typedOutput(value, outputNames[i]!));
  const graph: LoweredGraph = {
    inputs,
    inputSlots: slotsOf(requested),
    outputs: results.map((value) => outputNode(builder, value)),
    outputSlots: slotsOf(typed),
  };
  const { emitter, constants, record } = emitWithin(graph, budget);
  const { program } = emitter;
  const steps = program.map(decodeStep);
  const executable = steps.map((step, index): Step => {
    if (isExecutable(step, program[index]!.length, record)) return step;
    throw new OnnxUnprovableStepError(emitter.infos[index]!, "it breaks the rules of the machine", {
      ...{ at: emitter.originOf(index), context: { index } },
    });
  });
  return {
    name: name ?? onnx.graph.name,
    modelId: modelId(record),
    record,
    program,
    steps,
    constants,
    inputs: graph.inputSlots,
    outputs: graph.outputSlots,
    report: reportOn(executable, emitter.infos, constants, record, budget),
    stepInfos: emitter.infos,
  };
}

interface LoweredGraph {
  readonly inputs: readonly IrNode[];
  readonly inputSlots: readonly TensorSlot[];
  readonly outputs: readonly IrNode[];
  readonly outputSlots: readonly TensorSlot[];
}

function typedOutput({ type, dims }: Value, name: string): BoundInput {
  if (!isDataType(type)) throw new OnnxUnsupportedTypeError(`Output "${name}"`, type, DATA_TYPES);
  if (elementCount(dims) === 0) throw new OnnxEmptyOutputError(name, dims);
  return { name, type: type satisfies DataType, dims };
}

interface Emitted {
  readonly emitter: ProgramEmitter;
  readonly constants: Uint8Array;
  readonly record: ModelRecord;
}

/** What opening a word costs depends on the depths, and the depths on the steps: so steps are emitted until the depths that were assumed suffice. */
function emitWithin(graph: LoweredGraph, budget: Budget): Emitted {
  const plan = planFusion(graph.outputs);
  // A record has at least one byte of input, which a model without inputs never reads.
  const inputBytes = Math.max(1, slotBytes(graph.inputSlots));
  const outputBytes = slotBytes(graph.outputSlots);
  let assumed: Depths = { inputDepth: 0, constantsDepth: 0, stepDepth: 0, wordDepth: 0 };
  for (;;) {
    const emitter = emit(graph, plan, assumed, budget);
    const { program, largestTensorBytes } = emitter;
    const constants = emitter.constants();
    const parameters = { program, constants, inputBytes, outputBytes, largestTensorBytes };
    const needed = leastDepths(parameters);
    const traceDepth = needed.stepDepth + needed.wordDepth;
    if (traceDepth > RECORD_LIMITS.traceDepth) {
      throw new OnnxLimitError("Depth of the trace", traceDepth, RECORD_LIMITS.traceDepth);
    }
    if (isWithin(needed, assumed)) return { emitter, constants, record: makeRecord(parameters) };
    assumed = deeper(needed, assumed);
  }
}

function emit(graph: LoweredGraph, plan: FusionPlan, depths: Depths, budget: Budget): ProgramEmitter {
  const offsets = new Map(graph.inputs.map((node, i) => [node, graph.inputSlots[i]!.byteOffset]));
  const emitter = new ProgramEmitter(plan, offsets, { depths, budget });
  const outputs = new Set(graph.outputs);
  for (const root of plan.roots) {
    if (!outputs.has(root) && emitter.placementOf(root) === undefined) emitter.emit(root, false);
  }
  const placements = graph.outputs.map((output) => emitter.emit(output, true));
  if (placements.length > 1) {
    const info = { nodes: graph.outputSlots.map(({ name }) => name), operator: "Outputs" };
    packOutputs(graph.outputSlots, placements, (nest) => emitter.emitLoops(nest, info, undefined));
  }
  return emitter;
}

function isWithin(needed: Depths, assumed: Depths): boolean {
  return (
    needed.inputDepth <= assumed.inputDepth &&
    needed.constantsDepth <= assumed.constantsDepth &&
    needed.stepDepth <= assumed.stepDepth &&
    needed.wordDepth <= assumed.wordDepth
  );
}

function deeper(a: Depths, b: Depths): Depths {
  return {
    inputDepth: Math.max(a.inputDepth, b.inputDepth),
    constantsDepth: Math.max(a.constantsDepth, b.constantsDepth),
    stepDepth: Math.max(a.stepDepth, b.stepDepth),
    wordDepth: Math.max(a.wordDepth, b.wordDepth),
  };
}
