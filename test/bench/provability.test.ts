import { expect } from "chai";
import { REAL_MODELS } from "../../scripts/bench/accuracy/models.ts";
import { proveDeepest } from "../../scripts/bench/provability/largest.ts";
import {
  isProvable,
  type Proof,
  proveSteps,
  startReferee,
  type TestReferee,
} from "../../scripts/bench/provability/prove.ts";
import { readReport } from "../../scripts/bench/reports.ts";
import { compileOnnx } from "../../sdk/src/compiler/index.ts";
import { createRandom } from "../support/random.ts";
import { printedSeed } from "../support/seed.ts";

/** Models whose whole trace is soon hashed; `npm run bench:provability` proves all. */
const SOON = ["digits", "cls", "BlazeFace", "lande"];
const SAMPLES = 3;

interface Report {
  readonly models: readonly {
    readonly model: string;
    readonly steps: number;
    readonly withinBudget: number;
  }[];
  readonly proofs: readonly (Proof & { readonly model: string })[];
  readonly deepest: readonly Proof[];
}

describe("provability of real models", () => {
  let referee: TestReferee;
  let longest: readonly Proof[];
  before(async () => {
    referee = await startReferee();
    longest = await proveDeepest(referee);
  });
  after(() => referee.close());

  for (const { name, bytes, dims, inputs } of REAL_MODELS) {
    if (!SOON.some((part) => name.includes(part))) continue;
    it(`default: the worst steps of ${name} and random ones are proven for what was promised`, async () => {
      const random = createRandom(printedSeed(name));
      const model = compileOnnx(bytes(), { dims });
      const proofs = await proveSteps(referee, model, inputs()[0]!, { random, samples: SAMPLES });
      expect(proofs.length).to.be.greaterThan(SAMPLES);
      for (const proof of proofs) expect(isProvable(proof), JSON.stringify(proof)).to.equal(true);
    });
  }

  it("default: the longest steps in the deepest trees are proven for what was promised", () => {
    for (const proof of longest) expect(isProvable(proof), JSON.stringify(proof)).to.equal(true);
  });

  it("behavior: a proof that takes more than promised, or was promised more than allowed, is none", () => {
    const proof = longest[0]!;
    const { bound } = proof;
    expect(isProvable({ ...proof, gas: bound.gas })).to.equal(false);
    expect(isProvable({ ...proof, openedBytes: bound.bytes + 1 })).to.equal(false);
    expect(isProvable({ ...proof, calldataBytes: 2 ** 17 })).to.equal(false);
    expect(isProvable({ ...proof, bound: { ...bound, gas: 12_000_001 } })).to.equal(false);
  });

  it("default: the committed report proves every model", () => {
    const { models, proofs, deepest } = readReport<Report>("provability");
    expect(models.map(({ model }) => model)).to.deep.equal(REAL_MODELS.map(({ name }) => name));
    for (const { model, steps, withinBudget } of models) {
      expect(withinBudget, model).to.equal(steps);
      expect(proofs.filter((proof) => proof.model === model).length, model).to.be.at.least(5);
    }
    for (const proof of [...proofs, ...deepest]) expect(isProvable(proof)).to.equal(true);
  });
});
