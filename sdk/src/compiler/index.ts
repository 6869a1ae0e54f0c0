/** `@assay/sdk/compiler`: ONNX models to models of the tensor machine. */

export { type CompiledModel, type CompileOptions, compileOnnx } from "./compile.ts";
export {
  CompilerError,
  type NodeContext,
  OnnxDataDependentError,
  OnnxDimensionOptionError,
  OnnxEmptyOutputError,
  OnnxExternalDataError,
  OnnxInitializerOptionError,
  OnnxLimitError,
  OnnxMalformedError,
  OnnxShapeMismatchError,
  OnnxUnboundDimensionError,
  OnnxUnprovableStepError,
  OnnxUnsupportedAttributeError,
  OnnxUnsupportedOperatorError,
  OnnxUnsupportedOpsetError,
  OnnxUnsupportedTypeError,
  OnnxValueRangeError,
} from "./errors.ts";
export { LIMITS } from "./limits.ts";
export type { CompileReport, StepReport } from "./report.ts";
