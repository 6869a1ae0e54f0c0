import { readFileSync } from "node:fs";
import { expect } from "chai";
import { answer } from "../../../scripts/fuzz/worker.ts";
import { CompilerError, compileOnnx } from "../../../sdk/src/compiler/index.ts";
import { MOST_SECONDS } from "../../../sdk/src/compiler/limits.ts";
import { caught } from "../../support/caught.ts";
import { HOSTILE_KINDS, type Kind } from "../../support/hostile/cases.ts";
import { judge } from "../../support/hostile/judge.ts";
import { SIZE_RECIPES } from "../../support/hostile/sizes.ts";
import { nodeProto, onnxFile, valueProto } from "../../support/onnx.ts";
import { createRandom } from "../../support/random.ts";
import { printedSeed } from "../../support/seed.ts";

/** Files of each kind; `npm run fuzz:models` judges more of them, and watches memory too. */
const FILES: Readonly<Record<Kind, number>> = {
  ...{ "random bytes": 500, "random messages": 300, "damaged bytes": 200, "damaged fields": 100 },
  ...{ "hostile sizes": 600, "hostile structure": 15, "random nodes": 1000 },
};

const DIGITS = new Uint8Array(readFileSync(new URL("../../fixtures/models/digits.onnx", import.meta.url)));

describe("compileOnnx: hostile files", () => {
  for (const kind of HOSTILE_KINDS) {
    it(`behavior: ${kind} end in a typed error, or in a legal model that both engines run alike`, () => {
      const seed = printedSeed(kind);
      const outcomes = new Map<string, number>();
      for (let i = 0; i < FILES[kind]; i++) {
        const { outcome, finding, seconds, about } = answer({ kind, seed: seed + i });
        expect(finding, `ASSAY_SEED=${seed + i}, ${about}`).to.equal(undefined);
        expect(seconds, `ASSAY_SEED=${seed + i}, ${about}`).to.be.lessThan(MOST_SECONDS);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
      if (kind === "random bytes") expect([...outcomes.keys()]).to.deep.equal(["ONNX_MALFORMED"]);
      // Of a few files all may well come to the same.
      else if (FILES[kind] >= 100) expect(outcomes.size).to.be.greaterThan(1);
      expect(outcomes.get("not encodable") ?? 0).to.be.lessThan(FILES[kind] / 4);
    });
  }

  it("behavior: every beginning of a file is refused", () => {
    for (let length = 0; length < DIGITS.length; length += 97) {
      expect(judge(DIGITS.subarray(0, length), createRandom(length))).to.equal("ONNX_MALFORMED");
    }
  });

  it("behavior: errors stay short, however long the names in a file are", async () => {
    const giant = "a".repeat(1_000_000);
    const files = [
      [nodeProto(giant, ["x"], ["y"], {}, giant)],
      [nodeProto("Relu", ["x"], ["y"], { [giant]: 1 })],
      [nodeProto("Relu", [giant], ["y"])],
    ].map((nodes) =>
      onnxFile({ nodes, inputs: [valueProto("x", "float32", [2])], outputs: [["y", "float32"]] }),
    );
    for (const bytes of files) {
      const error = await caught(Promise.resolve().then(() => compileOnnx(bytes)));
      expect(error).to.be.instanceOf(CompilerError);
      expect(error.message.length).to.be.lessThan(11_000);
      expect(JSON.stringify(error).length).to.be.lessThan(40_000);
    }
  });

  it("behavior: conditions within conditions stay files of some megabytes, however deep they are", () => {
    // 21 levels.
    const { outcome, finding, fileBytes } = answer({ kind: "hostile structure", seed: 1295 });
    expect(finding).to.equal(undefined);
    expect(outcome).to.equal("ONNX_LIMIT_EXCEEDED");
    expect(fileBytes).to.be.within(2 ** 10, 2 ** 23);
  });

  it("behavior: every recipe for hostile sizes makes a model", () => {
    for (const [name, recipe] of Object.entries(SIZE_RECIPES))
      expect(recipe(createRandom(1)).length, name).to.be.greaterThan(20);
  });
});
