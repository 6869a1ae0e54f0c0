import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../../scripts/check/check.ts";
import { imageToInput, loadMnist } from "../../../scripts/train/data.ts";
import { readNpy, writeNpy } from "../../../sdk/src/node/npy.ts";
import { type CommandResult, runNode } from "../../support/command.ts";

const MODEL = join(root, "test/fixtures/models/digits.onnx");

/** The command from its sources. */
function assay(...args: readonly string[]): Promise<CommandResult> {
  return runNode("sdk/src/cli/main.ts", ...args);
}

describe("assay model", () => {
  let folder: string;
  const path = (name: string): string => join(folder, name);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "assay-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("default: compiles a model, twice to the same bytes, and runs it", async () => {
    const compiled = await assay("model", "compile", MODEL, "--dim", "N=1", "--out", path("a"), "--json");
    expect(compiled.code, compiled.stderr).to.equal(0);
    const { modelId, inputs } = JSON.parse(compiled.stdout);
    expect(inputs).to.have.length(1);
    await assay("model", "compile", MODEL, "--dim", "N=1", "--out", path("b"));
    for (const file of ["manifest.json", "program.bin", "constants.bin"]) {
      expect(readFileSync(path(`a/${file}`)).equals(readFileSync(path(`b/${file}`))), file).to.equal(true);
    }

    const { images, labels } = loadMnist("test");
    await writeNpy(path("image.npy"), {
      type: "float32",
      dims: [1, 1, 28, 28],
      data: imageToInput(images, 0),
    });
    const image = `image=${path("image.npy")}`;
    const ran = await assay("model", "run", path("a"), "--input", image, "--out", path("out"), "--json");
    expect(ran.code, ran.stderr).to.equal(0);
    const result = JSON.parse(ran.stdout);
    expect(result.modelId).to.equal(modelId);
    const { dims, data } = await readNpy(result.outputs[0].file);
    expect(dims).to.deep.equal([1, 10]);
    expect(Array.from(data, Number).indexOf(Math.max(...Array.from(data, Number)))).to.equal(labels[0]);
  });

  it("error: a dimension that is not bound is named", async () => {
    const { code, stdout } = await assay("model", "compile", MODEL, "--out", path("a"), "--json");
    expect(code).to.equal(1);
    const { error } = JSON.parse(stdout);
    expect(error.code).to.equal("ONNX_UNBOUND_DIMENSION");
    expect(error.message).to.contain("N");
    expect(error.recovery).to.be.a("string");
  });

  it("error: options that make no sense end with 2", async () => {
    for (const args of [
      ["model", "compile", MODEL, "--dim", "N", "--out", path("a")],
      ["model", "compile", MODEL, "--dim", "N=0.5", "--out", path("a")],
      ["model", "compile", path("none.onnx"), "--out", path("a")],
      ["model", "compile", MODEL],
      ["model", "fly"],
    ]) {
      const { code, stderr } = await assay(...args);
      expect(code, args.join(" ")).to.equal(2);
      expect(stderr).to.not.equal("");
    }
  });

  it("error: a file that is no ONNX model is a typed error and leaves nothing behind", async () => {
    writeFileSync(path("text.onnx"), "this is not a model");
    const { code, stdout } = await assay("model", "compile", path("text.onnx"), "--out", path("a"), "--json");
    expect(code).to.equal(1);
    expect(JSON.parse(stdout).error.code).to.match(/^ONNX_/);
    expect(() => readFileSync(path("a/manifest.json"))).to.throw(/ENOENT/);
  });

  it("error: a directory whose bytes are another model's is refused", async () => {
    await assay("model", "compile", MODEL, "--dim", "N=1", "--out", path("a"));
    const constants = readFileSync(path("a/constants.bin"));
    constants[100] = (constants[100] ?? 0) ^ 1;
    writeFileSync(path("a/constants.bin"), constants);
    const { code, stdout } = await assay("model", "run", path("a"), "--out", path("out"), "--json");
    expect(code).to.equal(1);
    const { error } = JSON.parse(stdout);
    expect(error.code).to.equal("MODEL_DIRECTORY_MISMATCH");
    expect(error.context.what).to.equal("constantsRoot");
  });

  it("error: a missing or truncated input is named", async () => {
    await assay("model", "compile", MODEL, "--dim", "N=1", "--out", path("a"));
    const missing = await assay("model", "run", path("a"), "--out", path("out"), "--json");
    expect(missing.code).to.equal(1);
    expect(JSON.parse(missing.stdout).error.message).to.contain("image");

    writeFileSync(path("short.npy"), Buffer.from([0x93, 0x4e, 0x55]));
    const input = `image=${path("short.npy")}`;
    const short = await assay("model", "run", path("a"), "--input", input, "--out", path("out"), "--json");
    expect(short.code).to.equal(1);
    expect(JSON.parse(short.stdout).error.code).to.equal("NPY_UNREADABLE");
  });
});
