/** One game about a model of several steps, and short ways to play it to where a test begins. */

import { expect } from "chai";
import type { Hex } from "../../sdk/src/core/bytes.ts";
import type { Move } from "../../sdk/src/game/moves.ts";
import type { RefusalReason } from "../../sdk/src/game/refusal.ts";
import { applyMove } from "../../sdk/src/game/rules.ts";
import type { GameView } from "../../sdk/src/game/state.ts";
import { decide, type Player } from "../../sdk/src/game/strategy.ts";
import { traceBytes } from "../../sdk/src/runtime/trace.ts";
import { traceWith } from "../../sdk/src/testing/lie.ts";
import type { Trace } from "../../sdk/src/trace/trace.ts";
import { expectError } from "./errors.ts";
import { openedGame, playerOf, STRANGER } from "./pure-games.ts";
import { createRandom } from "./random.ts";
import { type ModelCase, randomModel } from "./random-models.ts";

export const SALT: Hex = `0x${"5a".repeat(32)}`;
export const CLOCK = 1000;
export const T = 1_000_000;

export interface Scene {
  readonly view: GameView;
  readonly operator: Player;
  readonly challenger: Player;
  readonly modelCase: ModelCase;
  readonly truth: Trace;
}

/** A trace of depth 5 or more in several steps. */
function sceneModel(): ModelCase {
  const random = createRandom(21);
  for (;;) {
    const modelCase = randomModel(random);
    const { stepDepth, wordDepth, stepCount } = modelCase.model.record;
    if (stepCount > 3 && stepDepth + wordDepth > 8) return modelCase;
  }
}

/** The operator is honest, the challenger lies about one word of step 1; or each lies about another byte of it. */
export async function scene(options: { isLazy?: boolean; doBothLie?: boolean } = {}): Promise<Scene> {
  const modelCase = sceneModel();
  const { model, inputBytes } = modelCase;
  const lie = (mask: number): Trace =>
    traceWith(model, inputBytes, (step, tensor) => {
      if (step !== 1 && step !== model.record.stepCount - 1) return tensor;
      const changed = new Uint8Array(Math.max(tensor.length, 32));
      changed.set(tensor);
      changed[0]! ^= mask;
      return changed;
    });
  const truth = await traceBytes(model, inputBytes);
  const claims = { operator: options.doBothLie === true ? lie(1) : truth, challenger: lie(2) };
  const view = openedGame(modelCase, truth.inputRoot, {
    ...claims,
    isLazy: options.isLazy ?? false,
    clockSeconds: CLOCK,
    salt: SALT,
  });
  return {
    view,
    operator: playerOf(modelCase, "operator", claims.operator, claims.operator, SALT),
    challenger: playerOf(modelCase, "challenger", claims.challenger, claims.challenger, SALT),
    modelCase,
    truth,
  };
}

export function refused(
  view: GameView,
  move: Move,
  reason: RefusalReason,
  time = T,
  caller = STRANGER,
): void {
  expectError("MOVE_REFUSED", () => applyMove(view, move, { caller, time }), { reason });
}

export function next<M extends Move["kind"]>(
  view: GameView,
  player: Player,
  kind: M,
  time = T,
): Extract<Move, { kind: M }> {
  const move = decide(view, player, time);
  expect(move?.kind).to.equal(kind);
  return move as Extract<Move, { kind: M }>;
}

/** Plays on, both by the book, until a phase. */
export function playTo(start: Scene, phase: "narrowing" | "leaf", time = T): GameView {
  let view = start.view;
  while (view.game.phase !== phase) {
    const player = view.game.turn === "operator" ? start.operator : start.challenger;
    const move = decide(view, player, time)!;
    view = applyMove(view, move, { caller: player.account, time });
  }
  return view;
}
