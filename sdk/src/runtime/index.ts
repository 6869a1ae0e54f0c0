/** `@assay/sdk/runtime`: runs compiled models. */

export { EngineError, type EngineName, isWasmAvailable } from "./engines.ts";
export { type ExecuteOptions, type Execution, executeModel, ModelError } from "./execute.ts";
export { DEFAULT_LIMITS, type Keep, LimitError, type RunLimits, type Workload, workload } from "./limits.ts";
export {
  type ClassesDescription,
  classesOf,
  type ImageDescription,
  type InputDescription,
  imageTensor,
  type Pixels,
  type ScoredClass,
  type TextDescription,
  textTensor,
} from "./media.ts";
export { type RunOptions, run } from "./run.ts";
export { runSelfTest, SelfTestError } from "./selftest.ts";
export {
  elementCount,
  packInputs,
  STORED_AS,
  TensorError,
  type TensorErrorCode,
  unpackOutputs,
} from "./tensors.ts";
export { type TracedRun, type TraceOptions, trace, traceBytes } from "./trace.ts";
