import { readFileSync } from "node:fs";
import { expect } from "chai";
import { CompilerError, compileOnnx } from "../../../sdk/src/compiler/index.ts";
import { brokenRule } from "../../../sdk/src/machine/index.ts";
import { mutated, mutatedModel } from "../../support/mutations.ts";
import { createRandom, type Random } from "../../support/random.ts";
import { randomGraph } from "../../support/random-graphs.ts";
import { printedSeed } from "../../support/seed.ts";

const read = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(path, import.meta.url)));
const DIGITS = read("../../fixtures/models/digits.onnx");
const LANGUAGES = read("../../fixtures/models/lande_langid_620_120_50.onnx");

const RUNS = 1_500;
/** No damaged copy of these small models may take longer than this. */
const MOST_MILLISECONDS = 20_000;

/** Either a model whose steps are all provable, or an error of the compiler. */
function outcome(bytes: Uint8Array): string {
  const start = performance.now();
  try {
    const { steps, program, record } = compileOnnx(bytes, { dims: { N: 1 } });
    for (const [i, step] of steps.entries())
      expect(brokenRule(step!, program[i]!.length, record)).to.equal(undefined);
    return "compiled";
  } catch (error) {
    if (!(error instanceof CompilerError)) throw error;
    expect(error.code).to.match(/^ONNX_/);
    return error.code;
  } finally {
    expect(performance.now() - start).to.be.lessThan(MOST_MILLISECONDS);
  }
}

function source(random: Random): Uint8Array {
  return random.pick([
    () => DIGITS,
    () => LANGUAGES,
    () => randomGraph(random, random.integer(2, 12)),
    () => randomGraph(random, random.integer(2, 12)),
  ])();
}

function campaign(
  title: string,
  damage: (random: Random) => Uint8Array | undefined,
): ReadonlyMap<string, number> {
  const seed = printedSeed(title);
  const outcomes = new Map<string, number>();
  for (let i = 0; i < RUNS; i++) {
    const bytes = damage(createRandom(seed + i));
    const result = bytes === undefined ? "not encodable" : outcome(bytes);
    outcomes.set(result, (outcomes.get(result) ?? 0) + 1);
  }
  return outcomes;
}

describe("compileOnnx: hostile files", () => {
  it("behavior: random bytes are malformed", () => {
    const outcomes = campaign("random bytes", (random) => random.bytes(random.integer(0, 300)));
    expect([...outcomes.keys()]).to.deep.equal(["ONNX_MALFORMED"]);
  });

  it("behavior: every beginning of a file is refused", () => {
    for (let length = 0; length < DIGITS.length; length += 97) {
      expect(outcome(DIGITS.subarray(0, length))).to.be.oneOf(["ONNX_MALFORMED", "ONNX_DIMENSION_OPTION"]);
    }
  });

  it("behavior: damaged bytes give a model or a typed error", () => {
    const outcomes = campaign("damaged bytes", (random) => mutated(source(random), random));
    expect(outcomes.get("ONNX_MALFORMED")).to.be.greaterThan(100);
    expect(outcomes.get("compiled")).to.be.greaterThan(20);
  });

  it("behavior: well-formed nonsense gives a model or a typed error", () => {
    const outcomes = campaign("well-formed nonsense", (random) => {
      try {
        return mutatedModel(source(random), random);
      } catch {
        // The encoder of the test refuses some values, for instance numbers beyond 32 bits in fields of 32.
        return undefined;
      }
    });
    expect(outcomes.size).to.be.greaterThan(6);
    expect(outcomes.get("not encodable") ?? 0).to.be.lessThan(RUNS / 4);
  });
});
