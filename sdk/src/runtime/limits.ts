/** What running a model can take at most, known before anything is run: a hostile model is refused, not met half-way. */

import { AssayError } from "../core/errors.ts";
import { count } from "../machine/budget.ts";
import { decodeStep } from "../machine/decode.ts";
import { tensorBytes, WORD_BYTES } from "../machine/memory.ts";
import type { MachineModel } from "../machine/model.ts";
import { ELEMENT_SIZE } from "../machine/opcodes.ts";
import type { Operand, Step } from "../machine/types.ts";
import { isExecutable } from "../machine/validity.ts";

/** What a run may take at most. */
export interface RunLimits {
  /** Bytes of all tensors that are held at one time, of the input and of the outputs. Default 2 GiB. */
  readonly memoryBytes: number;
  /** Loads, guards and instructions of the whole run. Default 2^42, hours of work. */
  readonly operations: number;
  /** Steps of the program. Default 2^20, the most that can be registered. */
  readonly steps: number;
}

/** What a run may take where nothing else is said. */
export const DEFAULT_LIMITS: RunLimits = { memoryBytes: 2 ** 31, operations: 2 ** 42, steps: 2 ** 20 };

/** What a run takes. */
export interface Workload {
  /** Bytes of memory. */
  readonly memoryBytes: number;
  /** Scalar operations. */
  readonly operations: number;
}

/** `all` holds every tensor to the end, `last` only while it is still read. */
export type Keep = "all" | "last";

/** For every step the number of the last step that reads its tensor; its own if none does. */
export function lastReaders(program: readonly Uint8Array[]): number[] {
  const readers = program.map((_, index) => index);
  for (const [index, encoding] of program.entries()) {
    const step = decodeStep(encoding);
    if (step === undefined) continue;
    for (const operand of [...step.bodyOperands, ...step.outerOperands]) {
      if (operand.space === "step" && operand.step < index) readers[operand.step] = index;
    }
  }
  return readers;
}

type Limited = Pick<MachineModel, "record" | "program" | "outputs">;

/** A small model runs in less time than its steps take to decode. */
const workloads = new WeakMap<Limited, Map<Keep, Workload>>();

/** What a model takes, without running it. */
export function workload(model: Limited, keep: Keep): Workload {
  const known = workloads.get(model) ?? new Map<Keep, Workload>();
  workloads.set(model, known);
  const found = known.get(keep) ?? addUp(model, keep);
  known.set(keep, found);
  return found;
}

/** Decodes one step at a time, since decoded programs are much larger than their bytes. */
function addUp(model: Limited, keep: Keep): Workload {
  const { record, program } = model;
  const readers = lastReaders(program);
  const freedAfter = new Float64Array(program.length);
  let held = 0;
  let most = 0;
  let operations = 0;
  for (const [index, encoding] of program.entries()) {
    const step = decodeStep(encoding);
    if (isExecutable(step, encoding.length, record)) {
      const bytes = tensorBytes(step, record);
      operations += (bytes / ELEMENT_SIZE[step.type]) * elementOperations(step);
      const padded = Math.ceil(bytes / WORD_BYTES) * WORD_BYTES;
      held += padded;
      const last = readers[index] ?? index;
      freedAfter[last] = (freedAfter[last] ?? 0) + padded;
    }
    most = Math.max(most, held);
    if (keep === "last") held -= freedAfter[index] ?? 0;
  }
  // A tensor of int64 takes twice its bytes in the machine.
  const outputs = model.outputs.reduce((sum, { byteLength }) => sum + 2 * byteLength, 0);
  return { memoryBytes: most + record.inputBytes + record.outputBytes + outputs, operations };
}

/**
 * Refuses a model that takes more than the limits.
 *
 * @throws {LimitError} naming the limit
 */
export function checkLimits(model: Limited, keep: Keep, given: Partial<RunLimits> = {}): void {
  const limits = { ...DEFAULT_LIMITS, ...given };
  if (model.program.length > limits.steps) throw new LimitError("steps", model.program.length, limits.steps);
  const taken = workload(model, keep);
  if (!(taken.memoryBytes <= limits.memoryBytes))
    throw new LimitError("memoryBytes", taken.memoryBytes, limits.memoryBytes);
  if (!(taken.operations <= limits.operations))
    throw new LimitError("operations", taken.operations, limits.operations);
}

function elementOperations(step: Step): number {
  const loads = (operands: readonly Operand[]): number =>
    operands.reduce((sum, { guards }) => sum + 1 + guards.length, 0);
  const iteration = loads(step.bodyOperands) + step.body.length + 1;
  return (
    loads(step.outerOperands) +
    step.epilogue.length +
    1 +
    (step.fold === "none" ? 0 : count(step.reduction) * iteration)
  );
}

/** A model takes more than this run allows. */
export class LimitError extends AssayError {
  override readonly name = "LimitError";

  constructor(limit: keyof RunLimits, actual: number, most: number) {
    super("LIMIT_EXCEEDED", `The model takes ${actual} ${limit}; the limit is ${most}.`, {
      context: { limit, actual, most },
      recovery: `Do not run models that you do not trust; otherwise raise the limit "${limit}".`,
    });
  }
}
