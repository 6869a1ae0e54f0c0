/** What the court looks at, and what follows from what it computes: the twin of `GameVerdicts.sol`. */

import { fromHex } from "../core/bytes.ts";
import type { Verdict } from "../trace/check.ts";
import { type GameView, type Outcome, operatorNodeOf } from "./state.ts";

/** The disputed place of a game at the leaf. */
export interface DisputedByte {
  /** Number of the step that writes it. */
  readonly step: number;
  /** Position, in the step's tensor, of the first byte in which the sides differ. */
  readonly byteOffset: number;
}

/** Where two leaves differ first. */
export function disputedByte(view: Pick<GameView, "game" | "dossier">): DisputedByte {
  const { game, dossier } = view;
  return byteOf(
    dossier,
    game.index,
    firstDifferentByte(fromHex(operatorNodeOf(view)), fromHex(game.challengerNode)),
  );
}

/** The place, in the tensor of a step, of a byte of a word of the trace. */
export function byteOf(
  { record }: Pick<GameView["dossier"], "record">,
  index: number,
  place: number,
): DisputedByte {
  const wordsPerStep = 2 ** record.wordDepth;
  return { step: Math.floor(index / wordsPerStep), byteOffset: 32 * (index % wordsPerStep) + place };
}

/** Place of the first byte in which two words differ; -1 if they are the same. */
export function firstDifferentByte(a: Uint8Array, b: Uint8Array): number {
  return a.findIndex((byte, i) => byte !== b[i]);
}

/** How a game at the leaf ends when the court has computed the disputed element. */
export function judge(
  view: Pick<GameView, "game" | "dossier">,
  byteOffset: number,
  { value, size }: Verdict,
): Outcome {
  const place = byteOffset % 32;
  if (elementAt(fromHex(operatorNodeOf(view)), place, size) === value) return "operatorWins";
  return elementAt(fromHex(view.game.challengerNode), place, size) === value ? "challengerWins" : "bothLose";
}

/** The element of a word that contains a byte, as a little-endian number. */
export function elementAt(word: Uint8Array, place: number, size: number): number {
  const first = place - (place % size);
  return word.slice(first, first + size).reduceRight((value, byte) => value * 256 + byte, 0);
}
