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
  tensorProto,
  weights,
} from "../../../support/onnx.ts";
import { expectNodeAgreement } from "../../../support/onnx-oracle.ts";

const cube = floats([2, 3, 4]);
const image = floats([1, 2, 4, 6]);
const node = (
  operator: string,
  inputs: SingleNode["inputs"],
  attributes: SingleNode["attributes"] = {},
  opset = 13,
): SingleNode => ({
  operator,
  inputs,
  attributes,
  opset,
});
const numbers = (...values: readonly number[]): Operand => ({
  type: "float32",
  dims: [values.length],
  values,
});

const NODES: Readonly<Record<string, SingleNode>> = {
  Reshape: node("Reshape", [cube, known(4, 6)]),
  "Reshape with -1": node("Reshape", [cube, known(2, -1)]),
  "Reshape with 0": node("Reshape", [cube, known(0, -1, 0)]),
  "Reshape with allowzero": node("Reshape", [cube, known(6, 4)], { allowzero: 1 }, 14),
  Flatten: node("Flatten", [cube]),
  "Flatten at 0": node("Flatten", [cube], { axis: 0 }),
  "Flatten at the end": node("Flatten", [cube], { axis: 3 }),
  "Flatten from the back": node("Flatten", [cube], { axis: -1 }),
  Squeeze: node("Squeeze", [floats([1, 3, 1, 4])]),
  "Squeeze of axes": node("Squeeze", [floats([1, 3, 1, 4]), known(-2)]),
  "Squeeze, opset 11": node("Squeeze", [floats([1, 3, 1, 4])], { axes: [0] }, 11),
  Unsqueeze: node("Unsqueeze", [cube, known(0, -1)]),
  "Unsqueeze, opset 11": node("Unsqueeze", [cube], { axes: [1, 4] }, 11),
  Transpose: node("Transpose", [cube]),
  "Transpose by perm": node("Transpose", [cube], { perm: [1, 2, 0] }),
  Concat: node("Concat", [cube, floats([2, 2, 4]), cube], { axis: 1 }),
  "Concat from the back": node("Concat", [cube, floats([2, 3, 1])], { axis: -1 }),
  "Concat with constants": node("Concat", [cube, weights([2, 3, 4])], { axis: 0 }),
  "Concat with zeros": node(
    "Concat",
    [cube, { type: "float32", dims: [2, 1, 4], values: Array(8).fill(0) }],
    { axis: 1 },
  ),
  "Concat of forty": node(
    "Concat",
    Array.from({ length: 40 }, (_, i) => floats([1, (i % 3) + 1])),
    { axis: 1 },
  ),
  Slice: node("Slice", [cube, known(1, 0), known(3, 3), known(1, 2)]),
  "Slice with steps": node("Slice", [floats([9, 10]), known(1, 8), known(9, 0), known(0, 1), known(3, -2)]),
  "Slice backwards to the start": node("Slice", [floats([9]), known(-1), known(-100), known(0), known(-1)]),
  "Slice beyond the end": node("Slice", [cube, known(-2), known(2 ** 31), known(2)]),
  "Slice, opset 9": node("Slice", [cube], { starts: [0, 1], ends: [2, -1], axes: [1, 2] }, 9),
  Pad: node("Pad", [image, known(0, 1, 2, 0, 0, 0, 1, 3)]),
  "Pad with a value": node("Pad", [
    image,
    known(0, 0, 2, 0, 0, 0, 1, 3),
    { type: "float32", dims: [], values: [1.5] },
  ]),
  "Pad that cuts": node("Pad", [image, known(0, 0, -1, 2, 0, 0, 1, -3)]),
  "Pad, reflect": node("Pad", [image, known(0, 0, 2, 1, 0, 0, 1, 3)], { mode: "reflect" }),
  "Pad, edge": node("Pad", [image, known(0, 0, 2, 1, 0, 0, 1, 3)], { mode: "edge" }),
  "Pad, opset 10": node("Pad", [image], { pads: [0, 1, 2, 0, 0, 0, 1, 3], value: { float: -2 } }, 10),
  "Pad of axes": node("Pad", [image, known(1, 2), undefined, known(-1)], {}, 18),
  Gather: node("Gather", [cube, known(2, 0, 0, -1)], { axis: 1 }),
  "Gather of one": node("Gather", [cube, { type: "int64", dims: [], values: [-2] }], { axis: 2 }),
  "Gather of a range": node("Gather", [cube, known(2, 1, 0)], { axis: 1 }),
  "Gather by a matrix": node("Gather", [cube, { type: "int64", dims: [2, 2], values: [0, 2, 1, 1] }], {
    axis: 1,
  }),
  "Gather by the request": node("Gather", [floats([7, 3]), ints("int64", [2, 5], [-7, 6])]),
  "Gather of constants by the request": node("Gather", [weights([7, 3]), ints("int32", [6], [0, 6])]),
  GatherElements: node("GatherElements", [floats([3, 4]), ints("int64", [2, 4], [-3, 2])]),
  Expand: node("Expand", [floats([3, 1]), known(2, 1, 4)]),
  Tile: node("Tile", [floats([2, 3]), known(2, 3)]),
  Identity: node("Identity", [cube]),
  Dropout: node("Dropout", [cube]),
  DepthToSpace: node("DepthToSpace", [floats([1, 8, 2, 3])], { blocksize: 2 }),
  "DepthToSpace, CRD": node("DepthToSpace", [floats([1, 8, 2, 3])], { blocksize: 2, mode: "CRD" }),
  SpaceToDepth: node("SpaceToDepth", [floats([1, 2, 4, 6])], { blocksize: 2 }),
  Trilu: node("Trilu", [floats([2, 4, 5])], {}, 14),
  "Trilu, lower": node(
    "Trilu",
    [floats([4, 5]), { type: "int64", dims: [], values: [-1] }],
    { upper: 0 },
    14,
  ),
  "Resize, nearest": node("Resize", [image, undefined, numbers(1, 1, 2, 3)], {
    coordinate_transformation_mode: "asymmetric",
    nearest_mode: "floor",
  }),
  "Resize, nearest, other scales": node("Resize", [image, undefined, numbers(1, 1, 1.5, 0.5)]),
  "Resize to sizes": node("Resize", [image, undefined, undefined, known(1, 2, 7, 5)]),
  "Resize, linear": node("Resize", [image, undefined, numbers(1, 1, 2, 2)], { mode: "linear" }),
  "Resize, align_corners": node("Resize", [image, undefined, undefined, known(1, 2, 9, 5)], {
    mode: "linear",
    coordinate_transformation_mode: "align_corners",
  }),
  "Upsample, opset 9": node("Upsample", [image, numbers(1, 1, 2, 2)], {}, 9),
  "Cast to int32": { ...node("Cast", [floats([40], [-9, 9])], { to: 6 }), outputs: ["int32"] },
  "Cast to bool": { ...node("Cast", [ints("int32", [40], [-1, 1])], { to: 9 }), outputs: ["bool"] },
  "Cast from int64": node("Cast", [ints("int64", [40], [-99, 99])], { to: 1 }),
  "Cast from bool": { ...node("Cast", [ints("bool", [9])], { to: 7 }), outputs: ["int64"] },
  "Cast to uint8": { ...node("Cast", [ints("int32", [40], [0, 999])], { to: 2 }), outputs: ["uint8"] },
  OneHot: node("OneHot", [
    ints("int64", [3, 2], [-4, 3]),
    { type: "int64", dims: [], values: [4] },
    numbers(-1, 2),
  ]),
};

describe("compileOnnx: operators that move elements", () => {
  for (const [title, item] of Object.entries(NODES)) {
    it(`default: ${title}`, async () => {
      await expectNodeAgreement(item);
    });
  }

  it("default: Split into equal parts", async () => {
    await expectNodeAgreement({
      operator: "Split",
      inputs: [floats([2, 6])],
      attributes: { axis: 1 },
      outputs: ["float32", "float32", "float32"],
    });
  });

  it("default: Split by an attribute", async () => {
    await expectNodeAgreement({
      operator: "Split",
      inputs: [floats([6, 2])],
      attributes: { split: [1, 5] },
      opset: 11,
      outputs: ["float32", "float32"],
    });
  });

  it("default: Split by an input", async () => {
    await expectNodeAgreement({
      operator: "Split",
      inputs: [floats([6, 2]), known(2, 3, 1)],
      outputs: ["float32", "float32", "float32"],
    });
  });

  it("default: Split by a number of outputs", async () => {
    await expectNodeAgreement({
      operator: "Split",
      inputs: [floats([7, 2])],
      attributes: { num_outputs: 3 },
      opset: 18,
      outputs: ["float32", "float32", "float32"],
    });
  });

  it("behavior: a constant of float16 is widened", async () => {
    // 0x3c00 is 1 and 0xc100 is -2.5
    const value = tensorProto("v", "float16", [2], [0x3c00, 0xc100]);
    const constant = {
      operator: "Constant",
      inputs: [floats([1])],
      attributes: { value: { tensor: value } },
      outputs: ["float16" as const],
    };
    const x0 = { type: "float32", dims: [1], data: Float32Array.of(0) } as const;
    const { y0 } = await run(compileOnnx(singleNode(constant)), { x0 });
    expect([...y0!.data]).to.deep.equal([0x3c00, 0xc100]);
  });

  it("error: a shape of another number of elements", () => {
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(singleNode(node("Reshape", [cube, known(5, 5)]))), {
      node: "tested",
    });
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(singleNode(node("Reshape", [cube, known(5, -1)]))));
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(singleNode(node("Reshape", [cube, known(-1, -1)]))));
  });

  it("error: a shape that depends on the request", () => {
    const bytes = singleNode(node("Reshape", [cube, ints("int64", [2])]));
    expectError("ONNX_DATA_DEPENDENT", () => compileOnnx(bytes), { what: "Its shape", operator: "Reshape" });
  });

  it("error: a coordinate outside", () => {
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(singleNode(node("Gather", [cube, known(2)]))));
  });

  it("error: a type without a place in the machine", () => {
    const bytes = singleNode({ ...node("Cast", [cube], { to: 11 }), outputs: ["float64"] });
    expectError("ONNX_UNSUPPORTED_TYPE", () => compileOnnx(bytes), { type: "float64" });
    expect(() =>
      compileOnnx(singleNode({ ...node("Cast", [cube], { to: 99 }), outputs: ["float64"] })),
    ).to.throw("type 99");
  });

  it("error: an enormous tile", () => {
    const bytes = singleNode(node("Tile", [cube, known(2 ** 20, 2 ** 20, 2 ** 20)]));
    expectError("ONNX_LIMIT_EXCEEDED", () => compileOnnx(bytes), { what: "Elements of a tensor" });
  });

  it("error: a mode that does not exist", () => {
    const bytes = singleNode(node("Pad", [image, known(0, 1, 2, 0, 0, 0, 1, 3)], { mode: "upwards" }));
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", () => compileOnnx(bytes), {
      attribute: "mode",
      value: "upwards",
    });
  });
});
