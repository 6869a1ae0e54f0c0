import { expect } from "chai";
import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { run } from "../../../../sdk/src/runtime/index.ts";
import { expectError } from "../../../support/errors.ts";
import { floats, singleNode } from "../../../support/onnx.ts";
import { expectNodeAgreement } from "../../../support/onnx-oracle.ts";

const determinants = (dims: readonly number[]): Uint8Array =>
  singleNode({ operator: "Det", inputs: [floats(dims)], opset: 13 });

async function compute(dims: readonly number[], numbers: readonly number[]): Promise<readonly number[]> {
  const model = compileOnnx(determinants(dims));
  const outputs = await run(model, { x0: { type: "float32", dims, data: Float32Array.from(numbers) } });
  return Array.from(Object.values(outputs)[0]!.data, Number);
}

describe("compileOnnx: Det", () => {
  for (const dims of [
    [1, 1],
    [2, 2],
    [3, 3],
    [2, 3, 4, 4],
    [5, 7, 7],
    [12, 12],
  ])
    it(`default: [${dims.join(", ")}]`, async () => {
      await expectNodeAgreement({ operator: "Det", inputs: [floats(dims)], opset: 13 });
    });

  it("behavior: rows change places, whose number decides on the sign", async () => {
    expect(await compute([4, 2, 2], [0, 1, 1, 0, 2, 0, 0, 3, 1, 1, 2, 4, 2, 4, 1, 1])).to.deep.equal([
      -1, 6, 2, -2,
    ]);
    expect(await compute([3, 3], [0, 0, 2, 0, 3, 0, 4, 0, 0])).to.deep.equal([-24]);
  });

  it("behavior: of singular matrices it is zero, and NaN stays", async () => {
    const zeros = await compute([2, 3, 3], [0, 0, 0, 1, 2, 3, 4, 5, 6, 1, 2, 3, 0, 0, 0, 1, 2, 3]);
    expect(zeros.map(Math.abs)).to.deep.equal([0, 0]);
    expect(await compute([2, 2], [Number.NaN, 0, 0, 1])).to.deep.equal([Number.NaN]);
  });

  it("error: what is no square matrix", () => {
    for (const dims of [[3], [2, 3]])
      expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(determinants(dims)), { operator: "Det" });
  });
});
