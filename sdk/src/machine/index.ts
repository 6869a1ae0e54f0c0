/** `@assay/sdk/machine`: the tensor machine as SPEC.md defines it. */

export { FOLD_OPS, type StepCost, stepCost } from "./budget.ts";
export { decodeStep } from "./decode.ts";
export { evaluateElement, type ReadHook, type TouchedWords, touchedWords } from "./element.ts";
export { encodedLength, encodeStep, MAX_RANK, MAX_STEP_BYTES, StepEncodingError } from "./encode.ts";
export { executeStep } from "./execute.ts";
export { type Memory, spaceElements, type TreeSpace, tensorBytes, WORD_BYTES } from "./memory.ts";
export type { MachineModel, StepInfo, Tensor, TensorDataMap, TensorSlot, TensorType } from "./model.ts";
export {
  CANONICAL_NAN,
  ELEMENT_SIZE,
  ELEMENT_TYPES,
  type ElementType,
  FOLDS,
  type Fold,
  MACHINE_VERSION,
  Op,
  SPACES,
  type Space,
} from "./opcodes.ts";
export {
  constantsRoot,
  depthForBytes,
  depthForCount,
  leastDepths,
  makeRecord,
  modelId,
  programRoot,
  programTree,
  RECORD_LIMITS,
  RecordInvalidError,
  type RecordParameters,
  validateRecord,
} from "./record.ts";
export { applyOp, OPERATIONS } from "./scalar.ts";
export type {
  Affine,
  Depths,
  Guard,
  Instruction,
  ModelRecord,
  Operand,
  OperandIndex,
  Step,
} from "./types.ts";
export { brokenRule, isExecutable } from "./validity.ts";
export { BUDGET, opWeight, WEIGHTS } from "./weights.ts";
