import { readFileSync } from "node:fs";
import { expect } from "chai";
import { type CompiledModel, compileOnnx } from "../../sdk/src/compiler/index.ts";
import { equalBytes } from "../../sdk/src/core/bytes.ts";
import { AssayError } from "../../sdk/src/core/errors.ts";
import type { MachineModel } from "../../sdk/src/machine/model.ts";
import { type ExecuteOptions, type Execution, executeWith } from "../../sdk/src/runtime/execute.ts";
import type { RunLimits } from "../../sdk/src/runtime/limits.ts";
import { wasmInstance } from "../../sdk/src/runtime/wasm/engine.ts";
import { crewOf } from "../../sdk/src/runtime/wasm/threads.ts";
import { hostileModel } from "../support/hostile-models.ts";
import { createRandom, type Random } from "../support/random.ts";
import { randomGraph } from "../support/random-graphs.ts";
import { type ModelCase, randomModel } from "../support/random-models.ts";
import { printedSeed } from "../support/seed.ts";

/** Runs of each kind; many more by `npm run differential -- engine`. What damaged files compile to runs in compiler/hostile.test.ts. */
const RUNS = Number(process.env.ASSAY_ENGINE_RUNS ?? 200);

/** Generous most of the time, and now and then about what small models take. */
function randomLimits(random: Random): RunLimits {
  const pick = (least: number): number => (random.chance(0.8) ? 2 ** 24 : 2 ** random.integer(least, 24));
  return { memoryBytes: pick(8), operations: pick(8), steps: random.chance(0.9) ? 2 ** 20 : 8 };
}

/** What the engine may hold besides what the limit counts: packed constants, and pads. */
const SPARE_BYTES = 2 ** 22;

/** No run within these limits may take more of a processor, in a test or anywhere. */
const MOST_SECONDS = 20;

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../fixtures/models/${name}`, import.meta.url)));
const FILES = [fixture("digits.onnx"), fixture("lande_langid_620_120_50.onnx")];
const compiled = FILES.map((bytes) => compileOnnx(bytes, { dims: { N: 1 } }));

function tried(run: () => Execution): Execution | AssayError {
  try {
    return run();
  } catch (error) {
    if (error instanceof AssayError) return error;
    throw error;
  }
}

/** Runs a model in every way that there is: all give the same bytes, or the same error. */
async function outcome(
  { model, inputBytes: input }: ModelCase,
  limits: RunLimits,
  title: string,
): Promise<string> {
  const start = process.threadCpuUsage();
  const crew = await crewOf(3);
  const run = (options: ExecuteOptions, threads?: typeof crew): Execution | AssayError =>
    tried(() => executeWith(model, input, { limits, ...options }, threads));
  const expected = run({ engine: "reference", keep: "all" });
  const traced = [run({ engine: "wasm", keep: "all" }), run({ engine: "wasm", keep: "all" }, crew)];
  const plain = [run({ engine: "wasm" }), run({ engine: "wasm" }, crew)];
  for (const actual of [...traced, ...plain]) {
    if (expected instanceof AssayError || actual instanceof AssayError) {
      // What is held at one time differs between runs that keep everything and those that do not.
      if (plain.includes(actual) && expected instanceof AssayError && expected.code === "LIMIT_EXCEEDED")
        continue;
      expect(actual, title).to.be.instanceOf(AssayError);
      expect((actual as AssayError).code, title).to.equal((expected as AssayError).code);
      continue;
    }
    expect(equalBytes(actual.output, expected.output), title).to.equal(true);
    if (plain.includes(actual)) continue;
    expect(actual.tensors.length, title).to.equal(expected.tensors.length);
    for (const [step, tensor] of expected.tensors.entries())
      expect(equalBytes(actual.tensors[step]!, tensor), `${title}: step ${step}`).to.equal(true);
  }
  if (!(expected instanceof AssayError)) expectWithinMemory(model, limits.memoryBytes, title);
  const { user, system } = process.threadCpuUsage(start);
  expect((user + system) / 1e6, title).to.be.lessThan(MOST_SECONDS);
  return expected instanceof AssayError ? expected.code : "ran";
}

function expectWithinMemory(model: MachineModel, memoryBytes: number, title: string): void {
  for (const isTraced of [false, true]) {
    const instance = wasmInstance(model, { isTraced, memoryBytes });
    const most = memoryBytes + 3 * model.constants.length + SPARE_BYTES;
    expect(instance?.memory.buffer.byteLength ?? 0, title).to.be.at.most(most);
  }
}

async function campaign(
  title: string,
  make: (random: Random) => ModelCase,
): Promise<ReadonlyMap<string, number>> {
  const seed = printedSeed(title);
  const outcomes = new Map<string, number>();
  for (let i = 0; i < RUNS; i++) {
    const random = createRandom(seed + i);
    const one = make(random);
    const result = await outcome(one, randomLimits(random), `${title}, seed ${seed + i}`);
    outcomes.set(result, (outcomes.get(result) ?? 0) + 1);
  }
  console.log(`      ${title}: ${[...outcomes].map(([result, times]) => `${times} ${result}`).join(", ")}`);
  return outcomes;
}

function inputOf({ record }: MachineModel, random: Random): Uint8Array {
  return random.bytes(Math.min(random.integer(0, record.inputBytes), 2 ** 14));
}

describe("differential: the engines", () => {
  it("default: random models give the same bytes, with any number of threads", async () => {
    const outcomes = await campaign("random models", (random) => randomModel(random));
    expect(outcomes.get("ran")).to.be.greaterThan(RUNS / 2);
  }).timeout(0);

  it("behavior: damaged programs, constants and records give the same bytes or the same error", async () => {
    const outcomes = await campaign("damaged models", (random) => {
      const sound = random.pick([
        () => random.pick(compiled),
        () => compileOnnx(randomGraph(random, random.integer(2, 10))),
        () => randomModel(random).model,
      ])();
      const model = hostileModel(sound, random);
      return { model, inputBytes: inputOf(model, random) };
    });
    expect(outcomes.get("ran")).to.be.greaterThan(RUNS / 3);
    expect([...outcomes.keys()]).to.include.members(["LIMIT_EXCEEDED", "MODEL_INVALID"]);
    // Few damaged records are refused, so one is made for it.
    const [model] = compiled as [CompiledModel];
    const refused = { ...model, record: { ...model.record, inputDepth: 33 } };
    const limits = { memoryBytes: 2 ** 24, operations: 2 ** 24, steps: 2 ** 20 };
    const result = await outcome({ model: refused, inputBytes: new Uint8Array() }, limits, "refused record");
    expect(result).to.equal("RECORD_INVALID");
  }).timeout(0);
});
