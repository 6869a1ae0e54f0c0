/** What the compiler throws. Every error names the node that it concerns, and says what is supported instead. */

import { AssayError, type AssayErrorOptions, type ErrorContext } from "../core/errors.ts";
import type { StepInfo } from "../machine/model.ts";

/** The node that was being compiled. */
export interface NodeContext {
  /** Name of the ONNX node; if it has none, its operator and its place, such as `Conv_3`. */
  readonly node: string;
  /** Type of the operator, such as `Conv`. */
  readonly operator: string;
  /** Domain of the operator; empty for ONNX's own. */
  readonly domain: string;
  /** Version of the domain that the file imports. */
  readonly opset: number;
}

export interface CompilerErrorOptions extends AssayErrorOptions {
  readonly at?: NodeContext | undefined;
}

/** Base of all errors of the compiler. */
export class CompilerError extends AssayError {
  override readonly name: string = "CompilerError";
  /** The node concerned, if it is about one. */
  readonly at: NodeContext | undefined;

  constructor(
    code: string,
    message: string,
    { at, context, recovery, ...options }: CompilerErrorOptions = {},
  ) {
    const where = at === undefined ? "" : ` (node "${at.node}", ${describeOperator(at)})`;
    const merged: ErrorContext = { ...at, ...context };
    super(code, shortened(`${message.replace(/\.$/, "")}${where}.`) as string, {
      ...options,
      ...(recovery === undefined ? {} : { recovery: shortened(recovery, LONGEST_RECOVERY) as string }),
      context: shortened(merged) as ErrorContext,
    });
    this.at = at;
  }
}

/** Characters of a text in an error, much of which may come from the file. */
const LONGEST_TEXT = 2_000;
/** Recoveries list what is supported. */
const LONGEST_RECOVERY = 8_000;
const LONGEST_LIST = 100;

/** The value without the middle of texts, and the end of lists, that are too long for people and logs. */
function shortened(value: unknown, most = LONGEST_TEXT): unknown {
  if (typeof value === "string") {
    const half = Math.floor(most / 2);
    return value.length <= most ? value : `${value.slice(0, half)} ... ${value.slice(-half)}`;
  }
  if (Array.isArray(value)) return value.slice(0, LONGEST_LIST).map((item) => shortened(item, most));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shortened(item, most)]));
}

function describeOperator({ operator, domain, opset }: NodeContext): string {
  return `${operator} of ${domain === "" ? "ai.onnx" : domain} opset ${opset}`;
}

/** The bytes are no ONNX model, or contradict themselves. */
export class OnnxMalformedError extends CompilerError {
  override readonly name = "OnnxMalformedError";
  constructor(problem: string, options: CompilerErrorOptions = {}) {
    super("ONNX_MALFORMED", `The model is malformed: ${problem}.`, {
      recovery: "Export the model again, and check it with the ONNX checker.",
      ...options,
    });
  }
}

/** The model is larger than the compiler accepts. */
export class OnnxLimitError extends CompilerError {
  override readonly name = "OnnxLimitError";
  constructor(what: string, actual: number, limit: number, options: CompilerErrorOptions = {}) {
    super("ONNX_LIMIT_EXCEEDED", `${what}: ${actual}, the limit being ${limit}.`, {
      ...options,
      context: { ...options.context, what, actual, limit },
    });
  }
}

/** Tensor data outside of the file. */
export class OnnxExternalDataError extends CompilerError {
  override readonly name = "OnnxExternalDataError";
  constructor(tensor: string, location: string) {
    super(
      "ONNX_EXTERNAL_DATA",
      `The data of tensor "${tensor}" lies outside of the model, at "${location}".`,
      {
        recovery:
          "Save the model as one file with the data inside: onnx.save_model(model, path, save_as_external_data=False).",
        context: { tensor, location },
      },
    );
  }
}

export class OnnxUnsupportedOpsetError extends CompilerError {
  override readonly name = "OnnxUnsupportedOpsetError";
  constructor(domain: string, version: number, least: number, most: number) {
    super(
      "ONNX_UNSUPPORTED_OPSET",
      `Opset ${version} of ${domain === "" ? "ai.onnx" : domain} is not supported.`,
      {
        recovery: `Opsets ${least} to ${most} of ai.onnx are: convert with onnx.version_converter, or export with another opset.`,
        context: { domain, version, least, most },
      },
    );
  }
}

export class OnnxUnsupportedOperatorError extends CompilerError {
  override readonly name = "OnnxUnsupportedOperatorError";
  constructor(at: NodeContext, supported: readonly string[]) {
    super("ONNX_UNSUPPORTED_OPERATOR", "The operator is not supported", {
      recovery: supportedNames(at.domain, supported),
      at,
      context: { supported },
    });
  }
}

function supportedNames(domain: string, supported: readonly string[]): string {
  if (supported.length === 0)
    return "Supported are the domains ai.onnx and ai.onnx.ml, and functions of the file's own.";
  return `Supported are ${supported.join(", ")}, all of ${domain === "" ? "ai.onnx" : domain}.`;
}

/** An attribute, or another part of a node, that asks for something that is not there. */
export class OnnxUnsupportedAttributeError extends CompilerError {
  override readonly name = "OnnxUnsupportedAttributeError";
  constructor(at: NodeContext, attribute: string, value: unknown, supported: string) {
    super("ONNX_UNSUPPORTED_ATTRIBUTE", `${attribute} = ${shown(value)} is not supported`, {
      recovery: `Supported: ${supported}.`,
      at,
      context: { attribute, value, supported },
    });
  }
}

export class OnnxUnsupportedTypeError extends CompilerError {
  override readonly name = "OnnxUnsupportedTypeError";
  constructor(what: string, type: string, supported: readonly string[], options: CompilerErrorOptions = {}) {
    super("ONNX_UNSUPPORTED_TYPE", `${what} has type ${type}, which is not supported`, {
      recovery: `Supported are ${supported.join(", ")}.`,
      ...options,
      context: { ...options.context, what, type, supported },
    });
  }
}

/** A dimension of an input that the file leaves open and the options do not bind. */
export class OnnxUnboundDimensionError extends CompilerError {
  override readonly name = "OnnxUnboundDimensionError";
  constructor(input: string, axis: number, dimension: string) {
    super("ONNX_UNBOUND_DIMENSION", `Dimension ${axis} of input "${input}" is open: "${dimension}".`, {
      recovery: `Bind it with the option dims: { "${dimension}": N }.`,
      context: { input, axis, dimension },
    });
  }
}

/** A bound dimension that is not there, or not a positive integer. */
export class OnnxDimensionOptionError extends CompilerError {
  override readonly name = "OnnxDimensionOptionError";
  constructor(dimension: string, value: unknown, open: readonly string[]) {
    const isNumber = typeof value === "number" && Number.isInteger(value) && value >= 1;
    const problem = isNumber
      ? "the model has no such open dimension"
      : "a dimension must be a positive integer";
    super("ONNX_DIMENSION_OPTION", `Cannot bind dimension "${dimension}" to ${shown(value)}: ${problem}.`, {
      recovery:
        open.length === 0 ? "The model has no open dimensions." : `Open dimensions: ${open.join(", ")}.`,
      context: { dimension, value, open },
    });
  }
}

/** A value for an input that is not there, or does not fit it. */
export class OnnxInitializerOptionError extends CompilerError {
  override readonly name = "OnnxInitializerOptionError";
  constructor(input: string, problem: string) {
    super("ONNX_INITIALIZER_OPTION", `Cannot make input "${input}" an initializer: ${problem}.`, {
      recovery: "Give it a tensor of the type and shape that the file states.",
      context: { input, problem },
    });
  }
}

export class OnnxShapeMismatchError extends CompilerError {
  override readonly name = "OnnxShapeMismatchError";
  constructor(problem: string, options: CompilerErrorOptions = {}) {
    super("ONNX_SHAPE_MISMATCH", `Shapes do not fit: ${problem}`, options);
  }
}

/** Something that must be known while compiling depends on the model's input. */
export class OnnxDataDependentError extends CompilerError {
  override readonly name = "OnnxDataDependentError";
  /** @param inputs - names of the model's inputs that it follows from */
  constructor(what: string, inputs: readonly string[], options: CompilerErrorOptions = {}) {
    super("ONNX_DATA_DEPENDENT", `${what} depends on the data of the request`, {
      recovery: `Shapes, axes, loop counts and conditions must follow from constants and shapes alone. If ${inputs.join(", ")} is always the same, give it with the option initializers.`,
      ...options,
      context: { ...options.context, what, inputs },
    });
  }
}

/** An output of a dimension of 0. */
export class OnnxEmptyOutputError extends CompilerError {
  override readonly name = "OnnxEmptyOutputError";
  constructor(output: string, dims: readonly number[]) {
    super("ONNX_EMPTY_OUTPUT", `Output "${output}" has no elements: its shape is [${dims.join(", ")}].`, {
      recovery: "Nobody could commit to it or dispute it: leave it out of the outputs, or bind other sizes.",
      context: { output, dims },
    });
  }
}

/** A constant that does not fit the 32 bits that the machine computes with. */
export class OnnxValueRangeError extends CompilerError {
  override readonly name = "OnnxValueRangeError";
  constructor(what: string, value: bigint | number, options: CompilerErrorOptions = {}) {
    super("ONNX_VALUE_OUT_OF_RANGE", `${what} is ${value}, which 32 bits cannot hold`, {
      recovery:
        "The machine computes 64-bit integers in 32 bits: keep values between -2147483648 and 2147483647.",
      ...options,
      context: { ...options.context, what, value },
    });
  }
}

/** A step that no splitting brings within the budget of the machine. The node named is the last of those that the step joins. */
export class OnnxUnprovableStepError extends CompilerError {
  override readonly name = "OnnxUnprovableStepError";
  constructor({ operator, nodes }: StepInfo, problem: string, options: CompilerErrorOptions = {}) {
    const step = nodes.length === 0 ? operator : `${operator} (${nodes.join(", ")})`;
    super("ONNX_UNPROVABLE_STEP", `The step for ${step} cannot be proven on-chain: ${problem}`, {
      recovery: "Make the layer smaller, or split it into several.",
      ...options,
      context: { ...options.context, step, nodes },
    });
  }
}

function shown(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  const text =
    JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? item.toString() : item)) ??
    String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
