import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../../scripts/check/check.ts";
import { compileOnnx } from "../../../sdk/src/compiler/index.ts";
import { readNpy } from "../../../sdk/src/node/npy.ts";
import { makeVector, sampleInputs } from "../../../sdk/src/node/sample.ts";
import { runNode } from "../../support/command.ts";

const ONNX = join(root, "test/fixtures/models/digits.onnx");
const LABELS = [..."0123456789"];

describe("assay model: what a directory says of its model", () => {
  const model = compileOnnx(new Uint8Array(readFileSync(ONNX)), { dims: { N: 1 } });
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "assay-"));
  });

  after(() => rmSync(folder, { recursive: true }));

  async function json(code: number, ...args: readonly string[]) {
    const result = await runNode("sdk/src/cli/main.ts", "model", ...args, "--json");
    expect(result.code, `${args.join(" ")}\n${result.stdout}${result.stderr}`).to.equal(code);
    return JSON.parse(result.stdout);
  }

  const compile = (code: number, out: string, ...args: readonly string[]) =>
    json(code, "compile", ONNX, "--dim", "N=1", "--out", out, ...args);

  it("default: licence, meaning and test vectors are written, shown and verified", async () => {
    const about = join(folder, "about.json");
    const outputs = { probabilities: { kind: "classes", labels: LABELS } };
    const inputs = { image: { kind: "image", layout: "NCHW", channels: "gray" } };
    writeFileSync(about, JSON.stringify({ description: "Handwritten digits", inputs, outputs }));
    const digits = join(folder, "digits");
    const compiled = await compile(0, digits, "--licence", "MIT", "--about", about, "--vectors", "2");
    expect(compiled.vectors).to.deep.equal([makeVector(model, 0), makeVector(model, 1)]);
    const inspected = await json(0, "inspect", digits);
    expect(inspected.about).to.deep.equal({
      licence: "MIT",
      description: "Handwritten digits",
      inputs,
      outputs,
    });
    const { checks } = await json(0, "verify", digits);
    expect(checks.map(({ what }: { what: string }) => what)).to.deep.equal([
      "directory",
      "vector 0",
      "vector 1",
    ]);

    const file = join(digits, "manifest.json");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(compiled.vectors[1].outputRoot, `0x${"11".repeat(32)}`));
    const wrong = await json(3, "verify", digits);
    expect(wrong.checks.map(({ isRight }: { isRight: boolean }) => isRight)).to.deep.equal([
      true,
      true,
      false,
    ]);
    writeFileSync(file, text.replace(/"sha256": "[0-9a-f]{8}/, '"sha256": "00000000'));
    expect((await json(1, "verify", digits)).error.code).to.equal("MODEL_DIRECTORY_MISMATCH");
  });

  it("default: sample inputs and TypeScript types fit the model", async () => {
    const digits = join(folder, "typed");
    await compile(0, digits);
    await json(0, "sample", digits, "--out", join(folder, "sample"), "--seed", "3");
    const image = await readNpy(join(folder, "sample/image.npy"));
    expect(image.data).to.deep.equal(sampleInputs(model, 3).image?.data);
    const { source } = await json(0, "types", digits);
    expect(source).to.contain(`modelId = "${model.modelId}"`);
    expect(source).to.contain(
      '"image": { readonly type: "float32"; readonly dims: readonly [1, 1, 28, 28]; readonly data: Float32Array };',
    );
  });

  it("error: what is said must be about this model, and errors speak of flags", async () => {
    const about = join(folder, "wrong.json");
    for (const [content, part] of [
      [{ inputs: { sound: { kind: "text", encoding: "utf8-bytes" } } }, "sound"],
      [{ outputs: { probabilities: { kind: "classes", labels: ["0"] } } }, "1 labels"],
      [{ outputs: { smell: { kind: "classes", labels: [] } } }, "smell"],
      [{ title: "Digits" }, "title"],
    ] as const) {
      writeFileSync(about, JSON.stringify(content));
      const { error } = await compile(1, join(folder, "none"), "--about", about);
      expect(error.code).to.equal("MODEL_ABOUT_INVALID");
      expect(error.message).to.contain(part);
    }
    const open = await json(1, "compile", ONNX, "--out", join(folder, "none"));
    expect(open.error).to.include({
      code: "ONNX_UNBOUND_DIMENSION",
      recovery: "Bind it, for instance with --dim N=1.",
    });
    const misspelled = await json(2, "compile", ONNX, "--dims", "N=1");
    expect(misspelled.error.code).to.equal("USAGE");
  });
});
