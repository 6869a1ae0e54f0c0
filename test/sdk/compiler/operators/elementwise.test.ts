import { expect } from "chai";
import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import type { Tensor } from "../../../../sdk/src/machine/model.ts";
import { run } from "../../../../sdk/src/runtime/index.ts";
import { expectError } from "../../../support/errors.ts";
import {
  floats,
  ints,
  known,
  type Operand,
  type SingleNode,
  singleNode,
  weights,
} from "../../../support/onnx.ts";
import { expectNodeAgreement } from "../../../support/onnx-oracle.ts";

const scalar = (value: number): Operand => ({ type: "float32", dims: [], values: [value] });
const wide = floats([3, 40], [-12, 12]);
const unary = (operator: string, attributes: SingleNode["attributes"] = {}, opset = 13): SingleNode => ({
  operator,
  inputs: [wide],
  attributes,
  opset,
});

const UNARY: Readonly<Record<string, SingleNode>> = {
  Neg: unary("Neg"),
  "Neg of int32": { operator: "Neg", inputs: [ints("int32", [9], [-5, 5])], outputs: ["int32"] },
  "Neg of int8": { operator: "Neg", inputs: [ints("int8", [300], [-128, 127])], outputs: ["int8"] },
  Abs: unary("Abs"),
  "Abs of int32": { operator: "Abs", inputs: [ints("int32", [9], [-5, 5])], outputs: ["int32"] },
  Sign: unary("Sign"),
  "Sign of int64": { operator: "Sign", inputs: [ints("int64", [9], [-5, 5])], outputs: ["int64"] },
  Sqrt: { operator: "Sqrt", inputs: [floats([40], [-1, 9])] },
  Exp: unary("Exp"),
  Log: { operator: "Log", inputs: [floats([40], [-1, 9])] },
  Erf: { operator: "Erf", inputs: [floats([80], [-5, 5])] },
  Sin: unary("Sin"),
  Cos: unary("Cos"),
  Tan: unary("Tan"),
  Asin: { operator: "Asin", inputs: [floats([80], [-1.1, 1.1])] },
  Acos: { operator: "Acos", inputs: [floats([80], [-1.1, 1.1])] },
  Atan: unary("Atan"),
  Sinh: unary("Sinh", {}, 9),
  Cosh: { operator: "Cosh", inputs: [floats([80], [-3, 3])], opset: 9 },
  Asinh: unary("Asinh", {}, 9),
  Acosh: { operator: "Acosh", inputs: [floats([80], [0, 9])], opset: 9 },
  Atanh: { operator: "Atanh", inputs: [floats([80], [-1.1, 1.1])], opset: 9 },
  Sigmoid: unary("Sigmoid"),
  Tanh: unary("Tanh"),
  Relu: unary("Relu"),
  "Relu of int32": { operator: "Relu", inputs: [ints("int32", [9], [-5, 5])], outputs: ["int32"], opset: 14 },
  LeakyRelu: unary("LeakyRelu"),
  "LeakyRelu with alpha": unary("LeakyRelu", { alpha: { float: 0.2 } }),
  HardSigmoid: unary("HardSigmoid"),
  "HardSigmoid with alpha and beta": unary("HardSigmoid", { alpha: { float: 0.1 }, beta: { float: 0.3 } }),
  HardSwish: unary("HardSwish", {}, 14),
  Elu: unary("Elu", { alpha: { float: 0.7 } }),
  Celu: unary("Celu", { alpha: { float: 0.7 } }),
  Selu: unary("Selu"),
  Softplus: unary("Softplus"),
  Softsign: unary("Softsign"),
  ThresholdedRelu: unary("ThresholdedRelu", { alpha: { float: 2 } }),
  Mish: unary("Mish", {}, 18),
  Gelu: unary("Gelu", {}, 20),
  "Gelu by tanh": unary("Gelu", { approximate: "tanh" }, 20),
  Floor: unary("Floor"),
  Ceil: unary("Ceil"),
  "Round, halves to even": { operator: "Round", inputs: [{ type: "float32", dims: [7], between: [-3, 3] }] },
  Reciprocal: unary("Reciprocal"),
  Not: { operator: "Not", inputs: [ints("bool", [9])], outputs: ["bool"] },
  IsNaN: { operator: "IsNaN", inputs: [floats([9])], outputs: ["bool"] },
  IsInf: { operator: "IsInf", inputs: [floats([9])], outputs: ["bool"] },
  "Clip, opset 7": unary("Clip", { min: { float: -1 }, max: { float: 2 } }, 7),
  "Clip without limits": unary("Clip", {}, 7),
  "Clip, opset 13": { operator: "Clip", inputs: [wide, scalar(-1), scalar(2)] },
  "Clip from below": { operator: "Clip", inputs: [wide, scalar(-1)] },
  "Clip from above": { operator: "Clip", inputs: [wide, undefined, scalar(2)] },
  "Clip by the request": { operator: "Clip", inputs: [wide, floats([], [-2, -1]), floats([], [1, 2])] },
  "Clip of int32": {
    operator: "Clip",
    inputs: [
      ints("int32", [20], [-9, 9]),
      { type: "int32", dims: [], values: [-3] },
      { type: "int32", dims: [], values: [4] },
    ],
    outputs: ["int32"],
  },
};

const two = (a: Operand, b: Operand) => ({ inputs: [a, b] });
const BINARY: Readonly<Record<string, SingleNode>> = {};
const binaries = BINARY as Record<string, SingleNode>;
for (const operator of ["Add", "Sub", "Mul", "Div"]) {
  binaries[operator] = { operator, ...two(floats([2, 3, 4]), floats([2, 3, 4], [0.5, 2])) };
  binaries[`${operator}, broadcast`] = { operator, ...two(floats([2, 1, 4]), floats([3, 1], [0.5, 2])) };
  binaries[`${operator} by a constant`] = { operator, ...two(floats([2, 3, 4]), weights([3, 1])) };
  binaries[`${operator} of a constant`] = { operator, ...two(weights([3, 1]), floats([2, 3, 4], [0.5, 2])) };
  binaries[`${operator} of int32`] = {
    operator,
    ...two(ints("int32", [30], [-50, 50]), ints("int32", [30], [1, 9])),
    outputs: ["int32"],
  };
}
for (const operator of ["Min", "Max", "Sum", "Mean"]) {
  binaries[`${operator} of three`] = { operator, inputs: [floats([2, 3]), floats([3]), floats([2, 1])] };
  binaries[`${operator} of one`] = { operator, inputs: [floats([2, 3])] };
}
for (const operator of ["Equal", "Less", "Greater", "LessOrEqual", "GreaterOrEqual"]) {
  binaries[operator] = { operator, ...two(floats([3, 4]), floats([4])), outputs: ["bool"], opset: 16 };
  binaries[`${operator} of int64`] = {
    operator,
    ...two(ints("int64", [30], [-2, 2]), ints("int64", [30], [-2, 2])),
    outputs: ["bool"],
    opset: 16,
  };
}
for (const operator of ["And", "Or", "Xor"]) {
  binaries[operator] = { operator, ...two(ints("bool", [3, 4]), ints("bool", [4])), outputs: ["bool"] };
}
for (const exponent of [0, 1, 2, 3, 7, -1, -2, 0.5, -0.5, 1.7]) {
  binaries[`Pow with exponent ${exponent}`] = {
    operator: "Pow",
    ...two(floats([20], [0.1, 4]), scalar(exponent)),
  };
}

const MORE: Readonly<Record<string, SingleNode>> = {
  "Pow of the request": { operator: "Pow", ...two(floats([20], [0.1, 4]), floats([20], [-2, 2])) },
  "Pow of negative numbers": {
    operator: "Pow",
    ...two(floats([20], [-4, 4]), { type: "float32", dims: [4, 1], values: [3, -3, 4, 2] }),
  },
  "Pow of integers": {
    operator: "Pow",
    ...two(ints("int32", [9], [-4, 4]), { type: "int32", dims: [], values: [3] }),
    outputs: ["int32"],
  },
  "Pow of integers to 0": {
    operator: "Pow",
    ...two(ints("int32", [9], [-4, 4]), { type: "int32", dims: [], values: [0] }),
    outputs: ["int32"],
  },
  PRelu: { operator: "PRelu", ...two(floats([2, 3, 4, 4]), weights([3, 1, 1])) },
  Where: { operator: "Where", inputs: [ints("bool", [3, 1]), floats([4]), floats([3, 4])] },
  "Mod of int32": {
    operator: "Mod",
    ...two(ints("int32", [40], [-9, 9]), ints("int32", [40], [1, 4])),
    outputs: ["int32"],
  },
  "Mod as in C": {
    operator: "Mod",
    ...two(floats([40], [-9, 9]), floats([40], [1, 4])),
    attributes: { fmod: 1 },
  },
  "Add of bytes wraps": {
    operator: "Add",
    ...two(ints("uint8", [60], [0, 255]), ints("uint8", [60], [0, 255])),
    outputs: ["uint8"],
    opset: 14,
  },
};

describe("compileOnnx: elementwise operators", () => {
  for (const [title, node] of Object.entries({ ...UNARY, ...BINARY, ...MORE })) {
    it(`default: ${title}`, async () => {
      await expectNodeAgreement(node);
    });
  }

  it("error: shapes that cannot be broadcast", () => {
    const bytes = singleNode({ operator: "Add", ...two(floats([2, 3]), floats([2])) });
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(bytes), { node: "tested" });
  });

  it("error: inputs of different types", () => {
    const bytes = singleNode({ operator: "Add", ...two(floats([2]), ints("int32", [2])) });
    expectError("ONNX_MALFORMED", () => compileOnnx(bytes), { node: "tested" });
  });

  it("error: a transcendental function of integers", () => {
    const bytes = singleNode({ operator: "Exp", inputs: [ints("int32", [2])], outputs: ["int32"] });
    expectError("ONNX_UNSUPPORTED_TYPE", () => compileOnnx(bytes), { type: "int32", supported: ["float32"] });
  });

  it("behavior: powers of integers wrap, and negative exponents leave 1, -1 or 0", async () => {
    const bytes = singleNode({
      operator: "Pow",
      ...two(ints("int32", [8]), ints("int32", [8])),
      outputs: ["int32"],
    });
    const tensor = (...values: readonly number[]): Tensor => ({
      ...{ type: "int32", dims: [8], data: Int32Array.from(values) },
    });
    const inputs = { x0: tensor(3, -2, 5, 0, 1, -1, -1, 7), x1: tensor(4, 31, 40, 0, -3, -3, -2, -1) };
    const power = Number(BigInt.asIntN(32, 5n ** 40n));
    expect([...(await run(compileOnnx(bytes), inputs)).y0!.data]).to.deep.equal([
      ...[81, -(2 ** 31), power, 1, 1, -1, 1, 0],
    ]);
  });

  it("error: a constant beyond 32 bits", () => {
    const bytes = singleNode({
      operator: "Add",
      ...two(ints("int64", [1]), known(2 ** 40)),
      outputs: ["int64"],
    });
    expectError("ONNX_VALUE_OUT_OF_RANGE", () => compileOnnx(bytes), { node: "tested" });
  });
});
