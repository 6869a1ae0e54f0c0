import { expect } from "chai";
import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { halfToNumber, numberToHalf } from "../../../../sdk/src/core/half.ts";
import type { Tensor } from "../../../../sdk/src/machine/model.ts";
import { run } from "../../../../sdk/src/runtime/index.ts";
import { expectError } from "../../../support/errors.ts";
import {
  type Attributes,
  floats,
  nodeProto,
  type OnnxType,
  type Operand,
  onnxFile,
  singleNode,
  tensorProto,
  valueProto,
} from "../../../support/onnx.ts";
import { expectAgreement } from "../../../support/onnx-oracle.ts";
import { createRandom } from "../../../support/random.ts";
import { printedSeed } from "../../../support/seed.ts";

const ARRAYS = { int16: Int16Array, uint16: Uint16Array, uint32: Uint32Array } as const;
type Integer = keyof typeof ARRAYS;
const BITS: Readonly<Record<Integer, number>> = { int16: 16, uint16: 16, uint32: 32 };

type Exactly = (a: bigint, b: bigint) => bigint | boolean;
/** Operators by what they compute over whole numbers, before the result is cut to the type. */
const OPERATORS: Readonly<Record<string, readonly [Exactly, Attributes]>> = {
  Add: [(a, b) => a + b, {}],
  Sub: [(a, b) => a - b, {}],
  Mul: [(a, b) => a * b, {}],
  Div: [(a, b) => (b === 0n ? 0n : a / b), {}],
  Mod: [(a, b) => (b === 0n ? 0n : a - b * floorDivide(a, b)), {}],
  Max: [(a, b) => (a > b ? a : b), {}],
  Min: [(a, b) => (a < b ? a : b), {}],
  Less: [(a, b) => a < b, {}],
  GreaterOrEqual: [(a, b) => a >= b, {}],
  Equal: [(a, b) => a === b, {}],
  BitwiseXor: [(a, b) => a ^ b, {}],
};

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

const operand = (type: OnnxType, dims: readonly number[]): Operand => ({ type, dims });

describe("compileOnnx: integers that the machine holds as others", () => {
  const random = createRandom(printedSeed("integers"));
  for (const type of ["int16", "uint16", "uint32"] as const) {
    const isSigned = type === "int16";
    const cut = (value: bigint): bigint =>
      isSigned ? BigInt.asIntN(BITS[type], value) : BigInt.asUintN(BITS[type], value);
    const extremes = [
      0n,
      1n,
      2n,
      7n,
      -1n,
      -2n,
      1n << BigInt(BITS[type] - 1),
      (1n << BigInt(BITS[type] - 1)) - 1n,
    ];
    const some = (): bigint => (random.chance(0.5) ? random.pick(extremes) : BigInt(random.bits()));
    for (const [operator, [exactly, attributes]] of Object.entries(OPERATORS)) {
      it(`default: ${operator} of ${type}`, async () => {
        const file = singleNode({
          ...{ operator, attributes, opset: 18 },
          inputs: [operand(type, [400]), operand(type, [400])],
          outputs: [typeof exactly(1n, 1n) === "boolean" ? "bool" : type],
        });
        const [a, b] = [0, 1].map(() => Array.from({ length: 400 }, () => cut(some())));
        const tensor = (list: readonly bigint[]): Tensor =>
          ({ type, dims: [400], data: ARRAYS[type].from(list.map(Number)) }) as Tensor;
        const { y0 } = await run(compileOnnx(file), { x0: tensor(a!), x1: tensor(b!) });
        const isRange = ([x, y]: readonly [bigint, bigint]): boolean =>
          operator !== "Div" || y !== 0n || x === 0n;
        for (const [i, x] of a!.entries()) {
          if (!isRange([x, b![i]!])) continue;
          const expected = exactly(x, b![i]!);
          const wanted = typeof expected === "boolean" ? BigInt(expected) : cut(expected);
          if (operator === "Mod" && b![i] === 0n) continue;
          expect(BigInt(y0!.data[i]!), `${x} and ${b![i]}`).to.equal(wanted);
        }
      });
    }
  }

  it("behavior: shifts by as many bits as there are, or more, give 0", async () => {
    const file = singleNode({
      ...{ operator: "BitShift", attributes: { direction: "RIGHT" }, opset: 13 },
      inputs: [operand("uint32", [4]), operand("uint32", [4])],
      outputs: ["uint32"],
    });
    const tensor = (...list: readonly number[]): Tensor => ({
      type: "uint32",
      dims: [4],
      data: Uint32Array.from(list),
    });
    const inputs = { x0: tensor(0xffffffff, 0xffffffff, 0xffffffff, 8), x1: tensor(31, 32, 0x80000001, 3) };
    expect([...(await run(compileOnnx(file), inputs)).y0!.data]).to.deep.equal([1, 0, 0, 1]);
  });

  it("behavior: numbers from 2^31 on become floats, and floats become them", async () => {
    const to = (type: OnnxType, from: OnnxType, code: number): Uint8Array =>
      singleNode({
        operator: "Cast",
        attributes: { to: code },
        inputs: [operand(from, [2])],
        outputs: [type],
      });
    const counts = { type: "uint32", dims: [2], data: Uint32Array.of(0xffffff00, 5) } as const;
    const real = (await run(compileOnnx(to("float32", "uint32", 1)), { x0: counts })).y0 as Tensor;
    expect([...real.data]).to.deep.equal([0xffffff00, 5]);
    const back = (await run(compileOnnx(to("uint32", "float32", 12)), { x0: real })).y0;
    expect([...back!.data]).to.deep.equal([0xffffff00, 5]);
  });

  it("error: from 32 bits without a sign to 64 with one, which 32 bits cannot hold", () => {
    const file = singleNode({
      ...{ operator: "Cast", attributes: { to: 7 }, inputs: [operand("uint32", [2])], outputs: ["int64"] },
    });
    expectError("ONNX_UNSUPPORTED_TYPE", () => compileOnnx(file), { type: "uint32" });
  });
});

describe("compileOnnx: floats of 16 bits", () => {
  const half = (...dims: readonly number[]): Operand => operand("float16", dims);
  const known = (dims: readonly number[], seed: number): Operand => {
    const random = createRandom(seed);
    const count = dims.reduce((product, dim) => product * dim, 1);
    return {
      ...half(...dims),
      values: Array.from({ length: count }, () => numberToHalf(random.bits() / 2 ** 32 - 0.5)),
    };
  };
  const NODES: Readonly<Record<string, readonly [readonly Operand[], Attributes?]>> = {
    Add: [[half(4, 5), half(5)]],
    MatMul: [[half(3, 8), known([8, 4], 1)]],
    Conv: [[half(1, 2, 6, 6), known([3, 2, 3, 3], 2), known([3], 3)]],
    Softmax: [[half(3, 7)]],
    Exp: [[half(50)]],
    ReduceMean: [[half(4, 6)], { keepdims: 0 }],
    Transpose: [[half(3, 4)]],
    Concat: [[half(2, 3), half(2, 2)], { axis: 1 }],
  };
  for (const [operator, [inputs, attributes = {}]] of Object.entries(NODES)) {
    it(`default: ${operator}`, async () => {
      // onnxruntime does not hand halves out, so that the model converts from and to binary32 itself; inside it rounds nothing.
      const requested = inputs.flatMap(({ dims, values }, i) =>
        values === undefined ? [{ dims, name: `x${i}` }] : [],
      );
      const file = onnxFile({
        nodes: [
          ...requested.map(({ name }) => nodeProto("Cast", [`${name}:wide`], [name], { to: 10 })),
          nodeProto(
            operator,
            inputs.map((_, i) => `x${i}`),
            ["half"],
            attributes,
          ),
          nodeProto("Cast", ["half"], ["y"], { to: 1 }),
        ],
        inputs: requested.map(({ name, dims }) => valueProto(`${name}:wide`, "float32", dims)),
        outputs: [["y", "float32"]],
        initializers: inputs.flatMap(({ type, dims, values }, i) =>
          values === undefined ? [] : [tensorProto(`x${i}`, type, dims, values)],
        ),
      });
      await expectAgreement(file, { tolerance: { absolute: 1e-3, relative: 1e-3 } });
    });
  }

  it("behavior: every operator rounds once, at its end", async () => {
    const file = singleNode({ operator: "Add", inputs: [half(3), half(3)], outputs: ["float16"] });
    const patterns = (...values: readonly number[]): Tensor => ({
      ...{ type: "float16", dims: [3], data: Uint16Array.from(values, numberToHalf) },
    });
    const inputs = { x0: patterns(2048, 2050, 65504), x1: patterns(1, 1, 16) };
    const { y0 } = await run(compileOnnx(file), inputs);
    expect(Array.from(y0!.data as Uint16Array, halfToNumber)).to.deep.equal([
      2048,
      2052,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it("behavior: bfloat16 is widened, and moved as it is", async () => {
    const widened = singleNode({
      operator: "Cast",
      attributes: { to: 1 },
      inputs: [operand("bfloat16", [2])],
    });
    const x0: Tensor = { type: "bfloat16", dims: [2], data: Uint16Array.of(0x3fc0, 0xc049) };
    expect([...(await run(compileOnnx(widened), { x0 })).y0!.data]).to.deep.equal([1.5, -3.140625]);
    const moved = singleNode({
      ...{ operator: "Transpose", inputs: [operand("bfloat16", [2, 1])], outputs: ["bfloat16"] },
    });
    const column: Tensor = { ...x0, dims: [2, 1] };
    expect([...(await run(compileOnnx(moved), { x0: column })).y0!.data]).to.deep.equal([0x3fc0, 0xc049]);
  });

  it("error: computing with bfloat16", () => {
    const inputs = [operand("bfloat16", [2]), operand("bfloat16", [2])];
    const file = singleNode({ operator: "Add", inputs, outputs: ["bfloat16"] });
    expectError("ONNX_UNSUPPORTED_TYPE", () => compileOnnx(file), { type: "bfloat16" });
  });

  it("error: a double of the request", () => {
    const file = singleNode({ operator: "Relu", inputs: [{ ...floats([2]), type: "float64" }] });
    expectError("ONNX_UNSUPPORTED_TYPE", () => compileOnnx(file), { type: "float64" });
  });
});
