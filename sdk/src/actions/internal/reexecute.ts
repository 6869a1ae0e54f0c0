/** What checks a result again: the machine, and the roots that its parts must have. */

import type { Hex } from "viem";
import { rootOfBytes } from "../../core/tree.ts";
import { RootMismatchError } from "../../errors/protocol.ts";
import type { MachineModel, Tensor } from "../../machine/model.ts";
import { constantsRoot, modelId as modelIdOf, programRoot } from "../../machine/record.ts";
import { assertSelfTest } from "../../runtime/engine-selftest.ts";
import { executeModel } from "../../runtime/execute.ts";
import type { RunLimits } from "../../runtime/limits.ts";
import { unpackOutputs } from "../../runtime/tensors.ts";

/** What is to be executed again. */
export interface ExecutionJob {
  /** The model, with its constants. */
  readonly model: MachineModel;
  /** The id that the model must have. */
  readonly modelId: Hex;
  /** The request's bytes, of the model's input length. */
  readonly input: Uint8Array;
  /** The root that the input must have. */
  readonly inputRoot: Hex;
  /** What a run may take at most. Default: `DEFAULT_LIMITS`. */
  readonly limits?: Partial<RunLimits>;
}

/** An answer of this computer. */
export interface Reexecution {
  /** The output's bytes, as they are committed to. */
  readonly output: Uint8Array;
  /** Tensors by the names of the model's outputs. */
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** Root of the tree over the words of the output, 32 bytes. */
  readonly outputRoot: Hex;
}

/** Runs a model on a request's bytes, after it has made sure of both. */
export function reexecute({ model, modelId, input, inputRoot, limits }: ExecutionJob): Reexecution {
  checkModel(model, modelId);
  checkInput(input, model, inputRoot);
  assertSelfTest();
  const { output } = executeModel(model, input, limits === undefined ? {} : { limits });
  return {
    output,
    outputs: unpackOutputs(model, output),
    outputRoot: rootOfBytes(output, model.record.wordDepth),
  };
}

/** Another model gives another result, which would say nothing about this one. */
export function checkModel({ record, program, constants }: MachineModel, expected: Hex): void {
  const checks = [
    ["model", modelIdOf(record), expected],
    ["program", programRoot(program, record.stepDepth), record.programRoot],
    ["constants", constantsRoot(constants, record.constantsDepth), record.constantsRoot],
  ] as const;
  for (const [what, actual, root] of checks) {
    if (actual !== root.toLowerCase()) throw new RootMismatchError(what, actual, root);
  }
}

/** The input as it was given, if it is the request's. */
export function checkInput(input: Uint8Array, { record }: MachineModel, expected: Hex): Uint8Array {
  const actual = rootOfBytes(input, record.inputDepth);
  if (actual !== expected) throw new RootMismatchError("input", actual, expected);
  return input;
}
