/** Games about random models, ready to be played. */

import { type Hex, toHex } from "../../sdk/src/core/bytes.ts";
import { type GameView, openGame, openingHash, ZERO_HASH } from "../../sdk/src/game/state.ts";
import type { Claim, Player } from "../../sdk/src/game/strategy.ts";
import { proveElement } from "../../sdk/src/trace/prove.ts";
import type { Trace } from "../../sdk/src/trace/trace.ts";
import type { Random } from "./random.ts";
import type { ModelCase } from "./random-models.ts";

export const OPERATOR: Hex = `0x${"01".repeat(20)}`;
export const CHALLENGER: Hex = `0x${"02".repeat(20)}`;
export const STRANGER: Hex = `0x${"03".repeat(20)}`;
export const COURT = { chainId: 31337, address: `0x${"c0".repeat(20)}` } as const;

export interface GameParameters {
  readonly operator: Claim;
  readonly challenger: Claim;
  readonly isLazy: boolean;
  readonly clockSeconds: number;
  readonly salt: Hex;
}

/** A game that a challenger has just opened, at time 1,000,000. */
export function openedGame(
  { model, inputBytes }: ModelCase,
  inputRoot: Hex,
  parameters: GameParameters,
): GameView {
  const { operator, challenger, isLazy, clockSeconds, salt } = parameters;
  const requestId: Hex = toHex(new Uint8Array(32).fill(inputBytes.length % 256));
  return openGame({
    court: COURT,
    requestId,
    challenger: CHALLENGER,
    openingHash: openingHash(COURT, requestId, CHALLENGER, challenger.traceRoot, salt),
    dossier: {
      operator: OPERATOR,
      inputRoot,
      outputRoot: operator.outputRoot,
      // The trace of a single tensor is its output: with stepDepth 0 the hub binds it either way.
      traceRoot: isLazy && model.record.stepDepth > 0 ? ZERO_HASH : operator.traceRoot,
      record: model.record,
    },
    clockSeconds,
    sequence: 0,
    time: 1_000_000,
  });
}

/** A side that knows its own claim, and proves from its own words. */
export function playerOf(
  { model, inputBytes }: ModelCase,
  side: Player["side"],
  claim: Claim,
  words: Pick<Trace, "tree">,
  salt: Hex,
): Player {
  return {
    side,
    claim,
    account: side === "operator" ? OPERATOR : CHALLENGER,
    salt,
    prove: ({ step, byteOffset }, tree) => proveElement(model, inputBytes, words, step, byteOffset, tree),
  };
}

export function randomSalt(random: Random): Hex {
  return toHex(random.bytes(32));
}
