import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../../scripts/check/check.ts";
import { compileOnnx } from "../../../sdk/src/compiler/index.ts";
import { AssayError } from "../../../sdk/src/core/errors.ts";
import { readModelDirectory, writeModelDirectory } from "../../../sdk/src/node/model-directory.ts";

describe("model directory", () => {
  const compiled = compileOnnx(new Uint8Array(readFileSync(join(root, "test/fixtures/models/digits.onnx"))), {
    dims: { N: 1 },
  });
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "assay-"));
    await writeModelDirectory(folder, {
      name: compiled.name,
      model: compiled,
      stepInfos: compiled.stepInfos,
    });
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  async function codeOf(promise: Promise<unknown>): Promise<string> {
    try {
      await promise;
    } catch (error) {
      return AssayError.is(error) ? error.code : `not an AssayError: ${String(error)}`;
    }
    return "nothing was thrown";
  }

  it("default: what was written is what is read", async () => {
    const { name, model, stepInfos } = await readModelDirectory(folder);
    expect(name).to.equal(compiled.name);
    expect(stepInfos).to.deep.equal(compiled.stepInfos);
    for (const part of ["modelId", "record", "program", "steps", "constants", "inputs", "outputs"] as const) {
      expect(model[part], part).to.deep.equal(compiled[part]);
    }
  });

  it("error: a missing file, a manifest that is none, and any changed byte are refused", async () => {
    const manifest = join(folder, "manifest.json");
    const original = readFileSync(manifest, "utf8");
    for (const [text, code] of [
      ["{", "MODEL_DIRECTORY_MANIFEST"],
      ["{}", "MODEL_DIRECTORY_MANIFEST"],
      [original.replace('"stepCount": 8', '"stepCount": 7'), "MODEL_DIRECTORY_MISMATCH"],
      [original.replace(compiled.modelId, `0x${"00".repeat(32)}`), "MODEL_DIRECTORY_MISMATCH"],
    ] as const) {
      expect(text).to.not.equal(original);
      writeFileSync(manifest, text);
      expect(await codeOf(readModelDirectory(folder))).to.equal(code);
    }
    writeFileSync(manifest, original);

    const program = join(folder, "program.bin");
    const bytes = readFileSync(program);
    for (const at of [0, bytes.length >> 1, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x80;
      writeFileSync(program, changed);
      expect(await codeOf(readModelDirectory(folder))).to.equal("MODEL_DIRECTORY_MISMATCH");
    }
    rmSync(program);
    expect(await codeOf(readModelDirectory(folder))).to.equal("MODEL_DIRECTORY_INCOMPLETE");
  });
});
