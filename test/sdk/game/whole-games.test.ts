import { expect } from "chai";
import { remainingOf } from "../../../sdk/src/game/clock.ts";
import type { Move } from "../../../sdk/src/game/moves.ts";
import {
  type GameView,
  LEVELS_PER_MOVE,
  nodeOfSide,
  operatorNodeOf,
  opponentOf,
  type Side,
} from "../../../sdk/src/game/state.ts";
import { type Claim, favouredSide, shouldChallenge } from "../../../sdk/src/game/strategy.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { firstDifference, LIARS, type Lie } from "../../actors/liar.ts";
import { type Actor, byTheBook, type Plan, play, TRICKS, trickster } from "../../actors/player.ts";
import { openedGame, playerOf, randomSalt } from "../../support/pure-games.ts";
import { createRandom, type Random } from "../../support/random.ts";
import { type ModelCase, randomModel } from "../../support/random-models.ts";
import { printedSeed } from "../../support/seed.ts";

const CLOCK_SECONDS = 10_000;
/** So that no honest side can run out of time: at most 12 moves of its own. */
const HONEST_SECONDS = 800;
const GAMES = Number(process.env.ASSAY_GAMES ?? 4000);

/** What must hold in every state of every game: I13 to I18 and I23, see the list of invariants. */
function checkMove(before: GameView, after: GameView, { time }: Plan, honest: Claim, honestSide: Side): void {
  expect(before.game.phase).not.to.equal("ended");
  for (const side of ["operator", "challenger"] as const) {
    expect(remainingOf(after, side, time)).to.be.at.most(
      remainingOf(before, side, before.game.turnStartedAt),
    );
  }
  const { game } = after;
  if (game.phase !== "narrowing" && game.phase !== "leaf") return;
  if (before.game.phase === "narrowing" && before.dossier === after.dossier) {
    expect(game.level).to.be.greaterThan(before.game.level);
  }
  expect(operatorNodeOf(after)).not.to.equal(game.challengerNode);
  const node = nodeOfSide(game, honestSide);
  const isKnown = honestSide === "challenger" || game.level > 0 || BigInt(node) !== 0n;
  if (isKnown) expect(node).to.equal(honest.tree.node(game.level, game.index));
}

interface Played {
  readonly winner: Side | undefined;
  readonly lastMove: Move["kind"] | undefined;
  readonly honestMoves: number;
  readonly refusals: readonly string[];
  readonly depth: number;
}

async function playAgainst(
  modelCase: ModelCase,
  honestSide: Side,
  random: Random,
  pick: (lie: Lie, liarSide: Side, salt: `0x${string}`) => Actor,
  liar: (typeof LIARS)[number],
): Promise<Played> {
  const { model, inputBytes } = modelCase;
  const honest = await traceBytes(model, inputBytes);
  const lie = liar.lie({ model, inputBytes, honest, random });
  expect(shouldChallenge({ outputRoot: lie.outputRoot }, honest), liar.name).to.equal(true);
  const salt = randomSalt(random);
  const liarSide = opponentOf(honestSide);
  const claims =
    honestSide === "operator" ? { operator: honest, challenger: lie } : { operator: lie, challenger: honest };
  const start = openedGame(modelCase, honest.inputRoot, {
    ...claims,
    isLazy: random.chance(0.3),
    clockSeconds: CLOCK_SECONDS,
    salt,
  });
  const player = playerOf(modelCase, honestSide, honest, honest, salt);
  const accounts = [player, playerOf(modelCase, liarSide, lie, lie.words, salt)];
  const actors = [byTheBook(player, HONEST_SECONDS, random), pick(lie, liarSide, salt)];
  const { view, moves, refusals } = play(start, actors, accounts, (before, after, plan) =>
    checkMove(before, after, plan, honest, honestSide),
  );
  if (view.game.level === honest.tree.depth && lie.tree === lie.words.tree) {
    expect(view.game.index).to.equal(firstDifference(honest.tree, lie.words.tree));
  }
  return {
    winner: favouredSide(view, honest),
    lastMove: moves.at(-1)?.plan.move.kind,
    honestMoves: moves.filter(({ actor }) => actor === 0).length,
    refusals: refusals.map(({ reason }) => reason),
    depth: model.record.stepDepth + model.record.wordDepth,
  };
}

describe("game/whole games", () => {
  for (const honestSide of ["operator", "challenger"] as const) {
    for (const liar of LIARS) {
      it(`default: an honest ${honestSide} wins against one who ${liar.name}`, async () => {
        const seed = printedSeed(liar.name);
        const random = createRandom(seed);
        for (let round = 0; round < 25; round++) {
          const modelCase = randomModel(random);
          const played = await playAgainst(
            modelCase,
            honestSide,
            random,
            (lie, side, salt) => byTheBook(playerOf(modelCase, side, lie, lie.words, salt), 100, random),
            liar,
          );
          expect(played.winner, `round ${round}`).to.equal(honestSide);
          expect(played.honestMoves).to.be.at.most(Math.ceil(played.depth / LEVELS_PER_MOVE / 2) + 3);
        }
      });
    }
  }

  it("behavior: an honest side wins whatever the liar, the trick, the delays and the model", async () => {
    const random = createRandom(printedSeed(`${GAMES} random games`));
    const count = new Map<string, number>();
    const increment = (key: string): void => void count.set(key, (count.get(key) ?? 0) + 1);
    for (let round = 0; round < GAMES; round++) {
      const modelCase = randomModel(random);
      const honestSide = random.pick(["operator", "challenger"] as const);
      const liar = random.pick(LIARS);
      const trick = random.pick(TRICKS);
      const played = await playAgainst(
        modelCase,
        honestSide,
        random,
        (lie, side, salt) => {
          const most = random.pick([0, 100, 3000, 20_000]);
          return trickster(playerOf(modelCase, side, lie, lie.words, salt), most, random, trick);
        },
        liar,
      );
      expect(played.winner, `game ${round}: ${honestSide}, ${liar.name}, ${trick}`).to.equal(honestSide);
      increment(`${honestSide} wins by ${played.lastMove}`);
      for (const reason of played.refusals) increment(reason);
    }
    console.log(`      ${[...count].map(([key, value]) => `${key} ${value}`).join(", ")}`);
    // No part of the campaign was hollow.
    for (const key of [
      "operator wins by step",
      "operator wins by timeout",
      "challenger wins by step",
      "challenger wins by timeout",
      "GameRowMismatch",
      "GameClockUsedUp",
      "GameStateMismatch",
    ]) {
      expect(count.get(key) ?? 0, key).to.be.greaterThan(GAMES / 100);
    }
  });
});
