/** What compiling a model came to. Plain data: it survives JSON. */

import { count, stepCost } from "../machine/budget.ts";
import { encodedLength } from "../machine/encode.ts";
import { tensorBytes, WORD_BYTES } from "../machine/memory.ts";
import type { StepInfo } from "../machine/model.ts";
import { Op } from "../machine/opcodes.ts";
import type { Depths, ModelRecord, Step } from "../machine/types.ts";

/** What a compiled model costs to run and to dispute. */
export interface CompileReport {
  /** Steps of the program. */
  readonly steps: number;
  /** Words that the steps write, and that the constants take. */
  readonly traceWords: number;
  /** Words of 32 bytes of the constants. */
  readonly constantWords: number;
  /** Depths of the trees. */
  readonly depths: Depths;
  /** Products that are added up, once for every element and iteration. */
  readonly multiplyAdds: number;
  /** The step that is nearest to one of the limits of the budget. */
  readonly worstStep: StepReport;
  /** One line for every step. */
  readonly lines: readonly string[];
}

/** What one step costs to prove. */
export interface StepReport {
  /** Number of the step, from 0. */
  readonly index: number;
  /** ONNX nodes that it computes, in order. */
  readonly nodes: readonly string[];
  /** Their operators, for instance `Conv+Relu`. */
  readonly operator: string;
  /** Bounds on what proving one element takes: SPEC.md section 5. */
  readonly gas: number;
  /** Calldata of its worst proof. */
  readonly bytes: number;
}

export function reportOn(
  steps: readonly Step[],
  infos: readonly StepInfo[],
  constants: Uint8Array,
  record: ModelRecord,
  budget: { readonly gas: number; readonly bytes: number },
): CompileReport {
  const { inputDepth, constantsDepth, stepDepth, wordDepth } = record;
  const depths = { inputDepth, constantsDepth, stepDepth, wordDepth };
  const reports = steps.map((step, index): StepReport => {
    const { nodes, operator } = infos[index]!;
    return { index, nodes, operator, ...stepCost(step, depths) };
  });
  const share = ({ gas, bytes }: StepReport): number => Math.max(gas / budget.gas, bytes / budget.bytes);
  return {
    steps: steps.length,
    traceWords: steps.reduce((sum, step) => sum + Math.ceil(tensorBytes(step, depths) / WORD_BYTES), 0),
    constantWords: Math.ceil(constants.length / WORD_BYTES),
    depths,
    multiplyAdds: steps.reduce((sum, step) => sum + multiplyAdds(step), 0),
    worstStep: reports.reduce((worst, report) => (share(report) > share(worst) ? report : worst)),
    lines: steps.map((step, index) => lineOf(step, reports[index]!)),
  };
}

function multiplyAdds({ fold, extents, reduction, body }: Step): number {
  const products = body.filter(({ op }) => op === Op.f32Mul || op === Op.i32Mul).length;
  return fold === "f32.add" || fold === "i32.add" ? count(extents) * count(reduction) * products : 0;
}

function lineOf(step: Step, { index, operator, nodes, gas, bytes }: StepReport): string {
  const loops = step.fold === "none" ? "" : ` ${step.fold} over [${step.reduction.join(", ")}]`;
  const cost = `${(gas / 1e6).toFixed(2)} Mgas, ${bytes} bytes opened, ${encodedLength(step)} encoded`;
  return `${index} ${operator} -> ${step.type}[${step.extents.join(", ")}]${loops}: ${cost} (${nodes.join(", ")})`;
}
