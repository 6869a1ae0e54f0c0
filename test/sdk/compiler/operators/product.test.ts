import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { expectError } from "../../../support/errors.ts";
import { floats, type Operand, type SingleNode, singleNode, weights } from "../../../support/onnx.ts";
import { expectNodeAgreement } from "../../../support/onnx-oracle.ts";

const matMul = (a: Operand, b: Operand): SingleNode => ({ operator: "MatMul", inputs: [a, b] });
const gemm = (
  inputs: readonly Operand[],
  attributes: NonNullable<SingleNode["attributes"]> = {},
): SingleNode => ({
  operator: "Gemm",
  inputs,
  attributes,
});

const NODES: Readonly<Record<string, SingleNode>> = {
  "MatMul of matrices": matMul(floats([3, 7]), weights([7, 5])),
  "MatMul by a matrix of the request": matMul(floats([3, 7]), floats([7, 5])),
  "MatMul of a constant": matMul(weights([3, 7]), floats([7, 5])),
  "MatMul of stacks": matMul(floats([2, 3, 4, 5]), floats([2, 3, 5, 6])),
  "MatMul of broadcast stacks": matMul(floats([2, 1, 4, 5]), floats([3, 5, 6])),
  "MatMul of a row": matMul(floats([5]), floats([2, 5, 6])),
  "MatMul by a column": matMul(floats([2, 4, 5]), floats([5])),
  "MatMul of vectors": matMul(floats([5]), floats([5])),
  Gemm: gemm([floats([3, 7]), weights([7, 5])]),
  "Gemm with a bias": gemm([floats([3, 7]), weights([7, 5]), weights([5], 2)]),
  "Gemm with a bias for every row": gemm([floats([3, 7]), weights([7, 5]), weights([3, 1], 2)]),
  "Gemm with a scalar bias": gemm([floats([3, 7]), weights([7, 5]), weights([], 2)]),
  "Gemm, transposed": gemm([floats([7, 3]), weights([5, 7]), weights([5], 2)], { transA: 1, transB: 1 }),
  "Gemm with alpha and beta": gemm([floats([3, 7]), weights([7, 5]), weights([5], 2)], {
    alpha: { float: 0.5 },
    beta: { float: 2 },
  }),
  "Gemm with alpha": gemm([floats([3, 7]), weights([7, 5])], { alpha: { float: 0.5 } }),
};

describe("compileOnnx: matrix products", () => {
  for (const [title, node] of Object.entries(NODES)) {
    it(`default: ${title}`, async () => {
      await expectNodeAgreement(node);
    });
  }

  it("error: matrices that do not fit", () => {
    expectError(
      "ONNX_SHAPE_MISMATCH",
      () => compileOnnx(singleNode(matMul(floats([3, 7]), floats([6, 5])))),
      { operator: "MatMul" },
    );
    expectError(
      "ONNX_SHAPE_MISMATCH",
      () => compileOnnx(singleNode(gemm([floats([3, 7]), floats([6, 5])]))),
      { operator: "Gemm" },
    );
  });

  it("error: a bias that does not fit", () => {
    expectError("ONNX_SHAPE_MISMATCH", () =>
      compileOnnx(singleNode(gemm([floats([3, 7]), weights([7, 5]), weights([4])]))),
    );
  });
});
