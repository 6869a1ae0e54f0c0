/** Builds what the referee needs to compute one element: SPEC.md section 6. */

import { concatBytes, fromHex, uintBytes } from "../core/bytes.ts";
import { AssayError, type AssayErrorOptions } from "../core/errors.ts";
import { openWords } from "../core/opening.ts";
import { checkNode, pathOf, type Tree, WordTree } from "../core/tree.ts";
import { decodeStep } from "../machine/decode.ts";
import { touchedWords } from "../machine/element.ts";
import type { MachineModel } from "../machine/model.ts";
import { ELEMENT_SIZE } from "../machine/opcodes.ts";
import { programTree } from "../machine/record.ts";
import type { Depths, Step } from "../machine/types.ts";
import { isExecutable } from "../machine/validity.ts";
import type { Trace } from "./trace.ts";

const MAX_ENCODING_BYTES = 0xffff;

interface ModelTrees {
  readonly program: WordTree;
  readonly constants: WordTree;
}

/** Trees over a model's parts, kept as long as the model: a dispute asks for them more than once. */
const treesOfModels = new WeakMap<MachineModel, ModelTrees>();

/**
 * The proof with which the referee computes the element of a step that contains a byte.
 *
 * @param inputBytes - the request's bytes
 * @param trace - the trace that both sides agree on as far as the step reads it
 * @param stepIndex - number of the step
 * @param byteOffset - position in the step's tensor
 * @param openedTree - whose root the proof leads to, if not the trace's own: another one with the same words wherever the step reads
 * @throws {ModelRootMismatchError} if the model's parts do not hash to its record
 */
export function proveElement(
  model: MachineModel,
  inputBytes: Uint8Array,
  trace: Pick<Trace, "tree">,
  stepIndex: number,
  byteOffset: number,
  openedTree: Tree = trace.tree,
): Uint8Array {
  const { record } = model;
  checkNode(record.stepDepth, 0, stepIndex);
  const trees = modelTrees(model);
  const encoding = model.program[stepIndex] ?? new Uint8Array(0);
  if (encoding.length > MAX_ENCODING_BYTES) throw new StepUnprovableError(stepIndex, encoding.length);

  const step = decodeStep(encoding);
  const element = Math.floor(byteOffset / elementSize(step, encoding.length, record));
  const steps: Uint8Array[] = [];
  for (const read of readSteps(step, stepIndex)) steps[read] = trace.tree.tensor(read);
  const memory = { input: inputBytes, constants: model.constants, steps, depths: record };
  const touched = touchedWords(step, stepIndex, element, memory);
  return concatBytes(
    uintBytes(encoding.length, 2),
    encoding,
    ...pathOf(trees.program, 0, stepIndex).map(fromHex),
    touched.input.length === 0
      ? NOTHING_OPENED
      : openWords(new WordTree(inputBytes, record.inputDepth), touched.input),
    openWords(trees.constants, touched.const),
    openWords(openedTree, touched.trace),
  );
}

/** Bytes of an element of a step's tensor; a step that is not executed counts as one of 4-byte zeros. */
export function elementSize(step: Step | undefined, encodedLength: number, depths: Depths): 1 | 4 {
  return isExecutable(step, encodedLength, depths) ? ELEMENT_SIZE[step.type] : 4;
}

/** Earlier steps whose tensors a step reads. */
function readSteps(step: Step | undefined, stepIndex: number): number[] {
  return [...(step?.bodyOperands ?? []), ...(step?.outerOperands ?? [])]
    .filter((operand) => operand.space === "step" && operand.step < stepIndex)
    .map((operand) => operand.step);
}

const NOTHING_OPENED = new Uint8Array(2);

function modelTrees(model: MachineModel): ModelTrees {
  const known = treesOfModels.get(model);
  if (known !== undefined) return known;
  const { record } = model;
  const program = programTree(model.program, record.stepDepth);
  const constants = new WordTree(model.constants, record.constantsDepth);
  const check = (field: string, actual: string, expected: string): void => {
    if (actual !== expected.toLowerCase()) throw new ModelRootMismatchError(field, actual, expected);
  };
  check("programRoot", program.root, record.programRoot);
  check("constantsRoot", constants.root, record.constantsRoot);
  const trees = { program, constants };
  treesOfModels.set(model, trees);
  return trees;
}

/** The parts of a model are not those that its record names. */
export class ModelRootMismatchError extends AssayError {
  override readonly name = "ModelRootMismatchError";

  constructor(field: string, actual: string, expected: string, options: AssayErrorOptions = {}) {
    super("MODEL_ROOT_MISMATCH", `The model hashes to ${field} ${actual}, and its record says ${expected}.`, {
      recovery: "Compile the model again, or fetch it from another mirror.",
      ...options,
      context: { field, actual, expected },
    });
  }
}

/** The encoding of a step is so long that no proof can carry it. No compiler emits such a step. */
export class StepUnprovableError extends AssayError {
  override readonly name = "StepUnprovableError";

  constructor(stepIndex: number, bytes: number, options: AssayErrorOptions = {}) {
    super(
      "STEP_UNPROVABLE",
      `The encoding of step ${stepIndex} has ${bytes} bytes; a proof carries ${MAX_ENCODING_BYTES}.`,
      {
        recovery: "Do not accept requests for this model: a dispute about it cannot be decided.",
        ...options,
        context: { stepIndex, bytes, maximum: MAX_ENCODING_BYTES },
      },
    );
  }
}
