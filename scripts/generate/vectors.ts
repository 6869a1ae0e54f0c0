import { toHex } from "../../sdk/src/core/bytes.ts";
import { decodeStep } from "../../sdk/src/machine/decode.ts";
import { evaluateElement } from "../../sdk/src/machine/element.ts";
import { Op } from "../../sdk/src/machine/opcodes.ts";
import { OPERAND_CASES } from "../../test/support/operand-cases.ts";
import { BOUNDARY_PATTERNS, PAIR_PATTERNS, randomPairs } from "../../test/support/patterns.ts";
import { randomSteps, type StepCase } from "../../test/support/random-steps.ts";
import type { HandBuiltCase } from "../../test/support/step-cases.ts";
import { TAPE_CASES } from "../../test/support/tape-cases.ts";
import { VALIDITY_CASES } from "../../test/support/validity-cases.ts";
import { arity, OP_NAMES, oracle } from "../../test/support/wasm-oracle.ts";
import { type Generator, textFile } from "./generator.ts";

const SEED = 20_260_101;
const RANDOM_PAIRS = 512;
const RANDOM_STEPS = 400;
/** Steps and memories beyond this would make the file long and show nothing more. */
const MOST_BYTES = 1500;

/**
 * The vectors that every implementation of the machine must reproduce. `test/support/vectors.ts` reads them and says how they are laid out.
 * Results of operations come from the host's WebAssembly, those of hand-built steps from whoever built them, those of random steps from the reference.
 */
export const vectors: Generator = {
  name: "vectors",
  generate: async () => [
    textFile("test/vectors/scalar.json", scalarVectors()),
    textFile("test/vectors/steps.json", stepVectors()),
  ],
};

function scalarVectors(): string {
  const pairs = [...take(randomPairs(SEED), RANDOM_PAIRS)];
  const operations = OP_NAMES.map((name) => {
    const run = (a: number, b = 0, c = 0): string => hex(oracle(name, a, b, c));
    const allPairs = (c: number): string[] =>
      PAIR_PATTERNS.map((a) => PAIR_PATTERNS.map((b) => run(a, b, c)).join(""));
    const singles = BOUNDARY_PATTERNS.map((a) => run(a)).join("");
    const results =
      arity(name) === 1
        ? { singles, randomSingles: pairs.map(([a]) => run(a)).join("") }
        : { pairs: allPairs(THIRD), randomPairs: pairs.map(([a, b]) => run(a, b, THIRD)).join("") };
    return { name, code: Op[name], arity: arity(name), ...results };
  });
  return document({
    singles: BOUNDARY_PATTERNS.map(hex).join(""),
    pairs: PAIR_PATTERNS.map(hex).join(""),
    randomPairs: pairs.map(([a, b]) => hex(a) + hex(b)).join(""),
    third: hex(THIRD),
    operations,
  });
}

/** Register c in all vectors: a NaN, whose bits `select` must keep. */
const THIRD = 0xffa54321;

function stepVectors(): string {
  const built = [...OPERAND_CASES, ...TAPE_CASES, ...VALIDITY_CASES].map((built) =>
    entry(built.title, built, built.result),
  );
  const random: unknown[] = [];
  for (const found of randomSteps(SEED)) {
    if (random.length === RANDOM_STEPS) break;
    if (bytesOf(found) > MOST_BYTES) continue;
    const { encoding, stepIndex, element, memory } = found;
    const result = evaluateElement(decodeStep(encoding), stepIndex, element, memory);
    random.push(entry(`random ${random.length}: ${found.kind}`, found, result));
  }
  return document({ cases: [...built, ...random] });
}

function entry(title: string, given: HandBuiltCase | StepCase, result: number): unknown {
  const { encoding, memory, stepIndex, element } = given;
  const { input, constants, steps, depths } = memory;
  const { inputDepth, constantsDepth, stepDepth, wordDepth } = depths;
  return {
    title,
    encoding: toHex(encoding),
    depths: [inputDepth, constantsDepth, stepDepth, wordDepth],
    input: toHex(input),
    constants: toHex(constants),
    steps: steps.map(toHex),
    stepIndex,
    element,
    result: `0x${hex(result)}`,
  };
}

function bytesOf({ encoding, memory }: StepCase): number {
  const spaces = [memory.input, memory.constants, ...memory.steps];
  return spaces.reduce((sum, { length }) => sum + length, encoding.length);
}

/** JSON with one line for every item of the lists. */
function document(fields: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(fields).map(([name, value]) => {
    const items = Array.isArray(value)
      ? `[\n${value.map((item) => JSON.stringify(item)).join(",\n")}\n]`
      : JSON.stringify(value);
    return `${JSON.stringify(name)}: ${items}`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}

function* take<T>(items: Iterable<T>, count: number): Iterable<T> {
  let left = count;
  for (const item of items) {
    if (left-- === 0) return;
    yield item;
  }
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0");
}
