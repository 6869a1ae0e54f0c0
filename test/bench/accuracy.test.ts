import { expect } from "chai";
import { type Agreement, compare, isWithin } from "../../scripts/bench/accuracy/compare.ts";
import { languageOf, SENTENCES } from "../../scripts/bench/accuracy/languages.ts";
import { REAL_MODELS, type RealModel } from "../../scripts/bench/accuracy/models.ts";
import { readReport } from "../../scripts/bench/reports.ts";
import { compileOnnx } from "../../sdk/src/compiler/index.ts";
import { run } from "../../sdk/src/runtime/index.ts";
import { createRandom } from "../support/random.ts";
import { printedSeed } from "../support/seed.ts";

const SAMPLES = 2;

const named = (part: string): RealModel => REAL_MODELS.find(({ name }) => name.includes(part))!;

describe("accuracy of real models", () => {
  for (const real of REAL_MODELS) {
    it(`default: ${real.name} agrees with onnxruntime on some of the real inputs`, async () => {
      const random = createRandom(printedSeed(real.name));
      const inputs = real.inputs();
      const sample = Array.from({ length: SAMPLES }, () => random.pick(inputs));
      const agreement = await compare(real, compileOnnx(real.bytes(), { dims: real.dims }), sample);
      expect(agreement.absolute).to.be.at.most(real.bounds.absolute);
      expect(agreement.same).to.be.at.least(real.bounds.agreement * agreement.decisions);
      expect(agreement.decisions).to.be.greaterThan(0);
    });
  }

  it("default: the committed report is about all models, and within their bounds", () => {
    const lines = readReport<readonly (Agreement & { readonly model: string })[]>("accuracy");
    expect(lines.map(({ model }) => model)).to.deep.equal(REAL_MODELS.map(({ name }) => name));
    for (const line of lines) expect(isWithin(line, named(line.model).bounds), line.model).to.equal(true);
  });

  it("behavior: a difference breaks a bound, and a NaN does", () => {
    const bounds = { absolute: 1e-3, agreement: 1 };
    const agreement = { inputs: 1, elements: 1, absolute: 0, relative: 0, decisions: 2, same: 2 };
    expect(isWithin(agreement, bounds)).to.equal(true);
    expect(isWithin({ ...agreement, absolute: 2e-3 }, bounds)).to.equal(false);
    expect(isWithin({ ...agreement, absolute: Number.NaN }, bounds)).to.equal(false);
    expect(isWithin({ ...agreement, same: 1 }, bounds)).to.equal(false);
  });

  it("default: sentences are recognized as what they are", async () => {
    const { bytes, dims, inputs, decisions } = named("language");
    const model = compileOnnx(bytes(), { dims });
    const languages: string[] = [];
    for (const feeds of inputs()) languages.push(languageOf(decisions(await run(model, feeds))[0]!));
    expect(languages).to.deep.equal(Object.keys(SENTENCES));
  });

  it("default: lines are told from the same lines upside down", async () => {
    const { bytes, dims, inputs, decisions } = named("direction");
    const model = compileOnnx(bytes(), { dims });
    let right = 0;
    for (const [i, feeds] of inputs().entries()) if (decisions(await run(model, feeds))[0] === i % 2) right++;
    // The classifier is not perfect on small text of terminals, in onnxruntime neither.
    expect(right).to.be.at.least(28);
  });
});
