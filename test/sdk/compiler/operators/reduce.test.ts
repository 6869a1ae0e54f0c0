import { expect } from "chai";
import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
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

const NODES: Record<string, SingleNode> = {};
for (const operator of [
  "ReduceSum",
  "ReduceMean",
  "ReduceMax",
  "ReduceMin",
  "ReduceProd",
  "ReduceL1",
  "ReduceL2",
  "ReduceSumSquare",
  "ReduceLogSumExp",
]) {
  const axes =
    operator === "ReduceSum"
      ? { inputs: [floats([2, 3, 4]), known(0, -1)] }
      : { inputs: [floats([2, 3, 4])], attributes: { axes: [0, -1] } };
  NODES[`${operator} over axes`] = { operator, ...axes };
  NODES[`${operator} over everything`] = { operator, inputs: [floats([3, 5])] };
  NODES[`${operator} without keeping dimensions`] = {
    operator,
    inputs: [floats([2, 3, 4])],
    attributes: { keepdims: 0 },
  };
  NODES[`${operator} with axes as an input`] = {
    operator,
    inputs: [floats([2, 3, 4]), known(1)],
    attributes: { keepdims: 0 },
    opset: 18,
  };
  NODES[`${operator} over no axes`] = {
    operator,
    inputs: [floats([2, 3]), known()],
    attributes: { noop_with_empty_axes: 1 },
    opset: 18,
  };
}
for (const operator of ["ReduceSum", "ReduceMax", "ReduceMin"]) {
  NODES[`${operator} of int32`] = {
    operator,
    inputs: [ints("int32", [4, 5], [-9, 9])],
    attributes: { keepdims: 0 },
    outputs: ["int32"],
  };
}
for (const operator of ["ArgMax", "ArgMin"]) {
  NODES[operator] = { operator, inputs: [floats([3, 7, 2])], attributes: { axis: 1 }, outputs: ["int64"] };
  NODES[`${operator}, ties`] = {
    operator,
    inputs: [ints("int32", [6, 20], [0, 3])],
    attributes: { axis: -1, keepdims: 0 },
    outputs: ["int64"],
  };
  NODES[`${operator}, last of ties`] = {
    operator,
    inputs: [ints("int32", [6, 20], [0, 3])],
    attributes: { axis: -1, keepdims: 0, select_last_index: 1 },
    outputs: ["int64"],
  };
}
for (const operator of ["Softmax", "LogSoftmax"]) {
  NODES[operator] = { operator, inputs: [floats([2, 3, 5], [-9, 9])] };
  NODES[`${operator} over another axis`] = {
    operator,
    inputs: [floats([2, 3, 5], [-9, 9])],
    attributes: { axis: 1 },
  };
  NODES[`${operator}, opset 11, flattens`] = {
    operator,
    inputs: [floats([2, 3, 5], [-9, 9])],
    attributes: { axis: 1 },
    opset: 11,
  };
  NODES[`${operator}, opset 11, by default`] = { operator, inputs: [floats([2, 3, 5], [-9, 9])], opset: 11 };
}
const channels = [
  weights([3], 1),
  weights([3], 2),
  weights([3], 3),
  { type: "float32" as const, dims: [3], values: [0.5, 1, 2] },
];
Object.assign(NODES, {
  BatchNormalization: { operator: "BatchNormalization", inputs: [floats([2, 3, 4, 4]), ...channels] },
  "BatchNormalization of the request": {
    operator: "BatchNormalization",
    inputs: [floats([2, 3, 4]), floats([3]), floats([3]), floats([3]), floats([3], [0.5, 2])],
  },
  InstanceNormalization: {
    operator: "InstanceNormalization",
    inputs: [floats([2, 3, 4, 5]), weights([3], 1), weights([3], 2)],
  },
  LayerNormalization: {
    operator: "LayerNormalization",
    inputs: [floats([2, 3, 8]), weights([8], 1), weights([8], 2)],
    opset: 17,
  },
  "LayerNormalization over two axes": {
    operator: "LayerNormalization",
    inputs: [floats([2, 3, 8]), weights([3, 8], 1)],
    attributes: { axis: 1 },
    opset: 17,
  },
  CumSum: { operator: "CumSum", inputs: [floats([3, 6]), { type: "int64", dims: [], values: [1] }] },
  "CumSum, exclusive and reverse": {
    operator: "CumSum",
    inputs: [floats([3, 6]), { type: "int64", dims: [], values: [0] }],
    attributes: { exclusive: 1, reverse: 1 },
  },
} satisfies Record<string, SingleNode>);

describe("compileOnnx: reductions and normalizations", () => {
  for (const [title, node] of Object.entries(NODES)) {
    it(`default: ${title}`, async () => {
      await expectNodeAgreement(node);
    });
  }

  it("behavior: ArgMax takes the first NaN for the largest", async () => {
    const node: SingleNode = {
      operator: "ArgMax",
      inputs: [floats([5])],
      attributes: { axis: 0 },
      outputs: ["int64"],
    };
    const model = compileOnnx(singleNode(node));
    const data = Float32Array.of(1, 9, Number.NaN, 2, Number.NaN);
    const { y0 } = await run(model, { x0: { type: "float32", dims: [5], data } });
    expect(y0?.data[0]).to.equal(2n);
  });

  it("error: an axis that does not exist", () => {
    const node: SingleNode = { operator: "ReduceMax", inputs: [floats([2, 3])], attributes: { axes: [2] } };
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(singleNode(node)), { node: "tested" });
  });

  it("error: an axis given twice", () => {
    const node: SingleNode = {
      operator: "ReduceMax",
      inputs: [floats([2, 3])],
      attributes: { axes: [1, -1] },
    };
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(singleNode(node)));
  });

  it("error: axes that depend on the request", () => {
    const node: SingleNode = { operator: "ReduceSum", inputs: [floats([2, 3]), ints("int64", [1])] };
    expectError("ONNX_DATA_DEPENDENT", () => compileOnnx(singleNode(node)), {
      what: "Its axes",
      node: "tested",
    });
  });

  it("behavior: in training mode BatchNormalization normalizes by the batch itself, which the statistics move towards", async () => {
    const parameter = (value: number): Operand => ({ type: "float32", dims: [1], values: [value] });
    const file = singleNode({
      operator: "BatchNormalization",
      inputs: [floats([4, 1]), parameter(2), parameter(1), parameter(10), parameter(20)],
      attributes: { training_mode: 1, epsilon: { float: 0 }, momentum: { float: 0.75 } },
      ...{ opset: 15, outputs: ["float32", "float32", "float32"] },
    });
    const x0 = { type: "float32", dims: [4, 1], data: Float32Array.of(1, 1, 3, 3) } as const;
    const { y0, y1, y2 } = await run(compileOnnx(file), { x0 });
    expect([...y0!.data]).to.deep.equal([-1, -1, 3, 3]);
    expect([...y1!.data, ...y2!.data]).to.deep.equal([8, 15.25]);
  });
});
