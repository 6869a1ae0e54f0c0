/** Reads the committed vectors: see `scripts/generate/vectors.ts` for where they come from. */

import { readFileSync } from "node:fs";
import { fromHex, type Hex } from "../../sdk/src/core/bytes.ts";
import type { Memory } from "../../sdk/src/machine/memory.ts";

/** Patterns and results are unsigned numbers. */
export interface ScalarVector {
  readonly name: string;
  readonly op: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly result: number;
}

export interface StepVector {
  readonly title: string;
  readonly encoding: Uint8Array;
  readonly memory: Memory;
  readonly stepIndex: number;
  readonly element: number;
  /** Stored bits: 32 for types of 4 bytes, 8 for types of one. */
  readonly result: number;
}

/** Patterns of 8 hexadecimal digits each, without anything between them. */
interface ScalarFile {
  /** What operations of one register run over. */
  readonly singles: string;
  /** What operations of two and three registers run over: all pairs. */
  readonly pairs: string;
  /** a and b in turns; for operations of one register a alone. */
  readonly randomPairs: string;
  /** Register c. */
  readonly third: string;
  readonly operations: readonly {
    readonly name: string;
    readonly code: number;
    readonly arity: 1 | 2 | 3;
    readonly singles?: string;
    readonly randomSingles?: string;
    /** A row for every a. */
    readonly pairs?: readonly string[];
    readonly randomPairs?: string;
  }[];
}

interface StepFile {
  readonly cases: readonly {
    readonly title: string;
    readonly encoding: Hex;
    readonly depths: readonly [
      inputDepth: number,
      constantsDepth: number,
      stepDepth: number,
      wordDepth: number,
    ];
    readonly input: Hex;
    readonly constants: Hex;
    readonly steps: readonly Hex[];
    readonly stepIndex: number;
    readonly element: number;
    readonly result: string;
  }[];
}

/** All vectors of single operations, one operation after the other. */
export function* scalarVectors(): Generator<ScalarVector> {
  const file = readJson("scalar.json") as ScalarFile;
  const singles = patterns(file.singles);
  const pairs = patterns(file.pairs);
  const random = patterns(file.randomPairs);
  const c = Number.parseInt(file.third, 16);
  for (const operation of file.operations) {
    const { name, code: op } = operation;
    for (const [j, result] of patterns(operation.singles).entries())
      yield { name, op, a: singles[j]!, b: 0, c: 0, result };
    for (const [j, result] of patterns(operation.randomSingles).entries())
      yield { name, op, a: random[2 * j]!, b: 0, c: 0, result };
    for (const [i, row] of (operation.pairs ?? []).entries())
      for (const [j, result] of patterns(row).entries())
        yield { name, op, a: pairs[i]!, b: pairs[j]!, c, result };
    for (const [j, result] of patterns(operation.randomPairs).entries())
      yield { name, op, a: random[2 * j]!, b: random[2 * j + 1]!, c, result };
  }
}

/** All vectors of steps. */
export function stepVectors(): readonly StepVector[] {
  const file = readJson("steps.json") as StepFile;
  return file.cases.map(({ title, stepIndex, element, ...hex }) => {
    const [inputDepth, constantsDepth, stepDepth, wordDepth] = hex.depths;
    const memory = {
      input: fromHex(hex.input),
      constants: fromHex(hex.constants),
      steps: hex.steps.map(fromHex),
      depths: { inputDepth, constantsDepth, stepDepth, wordDepth },
    };
    return { title, encoding: fromHex(hex.encoding), memory, stepIndex, element, result: Number(hex.result) };
  });
}

function patterns(hex = ""): number[] {
  return (hex.match(/.{8}/g) ?? []).map((digits) => Number.parseInt(digits, 16));
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), "utf8"));
}
