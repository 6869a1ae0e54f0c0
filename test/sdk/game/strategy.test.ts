import { expect } from "chai";
import { type Hex, toHex } from "../../../sdk/src/core/bytes.ts";
import { rootFrom } from "../../../sdk/src/core/tree.ts";
import { timeoutAt } from "../../../sdk/src/game/clock.ts";
import { NarrowedTree } from "../../../sdk/src/game/narrowed-tree.ts";
import { applyMove } from "../../../sdk/src/game/rules.ts";
import { type GameView, positionOf, ZERO_HASH } from "../../../sdk/src/game/state.ts";
import { decide, favouredSide, type Player, shouldChallenge } from "../../../sdk/src/game/strategy.ts";
import { disputedByte } from "../../../sdk/src/game/verdict.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { traceWith } from "../../../sdk/src/testing/lie.ts";
import type { Trace } from "../../../sdk/src/trace/trace.ts";
import { LIARS, type LieContext } from "../../actors/liar.ts";
import { CHALLENGER, OPERATOR, openedGame, playerOf, STRANGER } from "../../support/pure-games.ts";
import { createRandom } from "../../support/random.ts";
import { type ModelCase, randomModel } from "../../support/random-models.ts";
import { printedSeed } from "../../support/seed.ts";

const SALT: Hex = `0x${"5a".repeat(32)}`;
const CLOCK = 1000;
const T = 1_000_000;

interface Scene {
  readonly view: GameView;
  readonly honest: Trace;
  readonly operator: Player;
  readonly challenger: Player;
}

/** An operator that changed one word, against an honest challenger. */
async function scene(modelCase: ModelCase, seed: number, isLazy = false): Promise<Scene> {
  const { model, inputBytes } = modelCase;
  const honest = await traceBytes(model, inputBytes);
  const context: LieContext = { model, inputBytes, honest, random: createRandom(seed) };
  const lie = LIARS[1]!.lie(context);
  const view = openedGame(modelCase, honest.inputRoot, {
    operator: lie,
    challenger: honest,
    isLazy,
    clockSeconds: CLOCK,
    salt: SALT,
  });
  return {
    view,
    honest,
    operator: playerOf(modelCase, "operator", lie, lie.words, SALT),
    challenger: playerOf(modelCase, "challenger", honest, honest, SALT),
  };
}

function playToLeaf({ view, operator, challenger }: Scene): GameView {
  let state = view;
  while (state.game.phase !== "leaf") {
    const player = state.game.turn === "operator" ? operator : challenger;
    state = applyMove(state, decide(state, player, T)!, { caller: player.account, time: T });
  }
  return state;
}

function deepModel(seed: number): ModelCase {
  const random = createRandom(seed);
  for (;;) {
    const modelCase = randomModel(random);
    const { stepDepth, wordDepth, stepCount } = modelCase.model.record;
    if (stepCount > 3 && stepDepth + wordDepth > 8) return modelCase;
  }
}

describe("game/strategy", () => {
  it("default: a commitment is challenged when its output is another one, and only then", async () => {
    const modelCase = deepModel(1);
    const { view, honest, operator } = await scene(modelCase, 1);
    expect(shouldChallenge(view.dossier, honest)).to.equal(true);
    expect(shouldChallenge(view.dossier, operator.claim)).to.equal(false);
    expect(
      shouldChallenge({ outputRoot: honest.outputRoot.toUpperCase().replace("X", "x") as Hex }, honest),
    ).to.equal(false);
  });

  it("default: nobody moves out of turn", async () => {
    const { view, operator, challenger } = await scene(deepModel(1), 1);
    expect(decide(view, operator, T)).to.equal(undefined);
    const revealed = applyMove(view, decide(view, challenger, T)!, { caller: CHALLENGER, time: T });
    expect(decide(revealed, challenger, T)).to.equal(undefined);
    expect(decide(revealed, operator, T)?.kind).to.equal("answer");
  });

  it("default: a timeout is claimed from the other side, at the second, and never from oneself", async () => {
    const { view, operator, challenger } = await scene(deepModel(1), 1);
    const due = timeoutAt(view)!;
    expect(decide(view, operator, due - 1)).to.equal(undefined);
    expect(decide(view, operator, due)).to.deep.equal({ kind: "timeout", position: positionOf(view) });
    expect(decide(view, challenger, due - 1)?.kind).to.equal("reveal");
    expect(decide(view, challenger, due)).to.equal(undefined);
    const revealed = applyMove(view, decide(view, challenger, T)!, { caller: CHALLENGER, time: T });
    expect(decide(revealed, challenger, T + CLOCK)).to.deep.equal({
      kind: "timeout",
      position: positionOf(revealed),
    });
    expect(decide(revealed, operator, T + CLOCK)).to.equal(undefined);
  });

  it("behavior: a challenger without its salt, or whose output is the committed one, does not reveal", async () => {
    const { view, challenger, honest } = await scene(deepModel(1), 1);
    const { salt: _, ...forgetful } = challenger;
    expect(decide(view, forgetful, T)).to.equal(undefined);
    const agreeing = { ...view, dossier: { ...view.dossier, outputRoot: honest.outputRoot } };
    expect(decide(agreeing, challenger, T)).to.equal(undefined);
  });

  it("behavior: nobody answers for a trace or a node that is not its own, or without the other side's row", async () => {
    const { view, operator, challenger } = await scene(deepModel(1), 1);
    const revealed = applyMove(view, decide(view, challenger, T)!, { caller: CHALLENGER, time: T });
    expect(decide(revealed, { ...operator, claim: challenger.claim }, T)).to.equal(undefined);
    expect(decide({ ...revealed, rows: [] }, operator, T)).to.equal(undefined);
    const leaf = playToLeaf({ view, operator, challenger } as Scene);
    expect(decide({ ...leaf, rows: [] }, challenger, T)).to.equal(undefined);
  });

  it("behavior: only its operator posts the trace of a lazy commitment; then anybody with the trace answers", async () => {
    const { view, operator, challenger } = await scene(deepModel(1), 1, true);
    const revealed = applyMove(view, decide(view, challenger, T)!, { caller: CHALLENGER, time: T });
    const helper = { ...operator, account: STRANGER };
    expect(decide(revealed, helper, T)).to.equal(undefined);
    const post = decide(revealed, operator, T)!;
    expect(post.kind).to.equal("postTrace");
    const posted = applyMove(revealed, post, { caller: OPERATOR, time: T });
    expect(decide(posted, helper, T)?.kind).to.equal("answer");
  });

  it("behavior: a challenger whom the court would not favour quits once the commitment is slashed, an honest one goes on", async () => {
    const { view, operator, challenger } = await scene(deepModel(1), 1);
    const slashed = { ...view, isSlashed: true };
    const { salt: _, ...forgetful } = challenger;
    expect(decide(slashed, forgetful, T)).to.deep.equal({ kind: "quit", position: positionOf(view) });
    expect(decide(slashed, { ...forgetful, account: STRANGER }, T)).to.equal(undefined);
    expect(decide(slashed, challenger, T)?.kind).to.equal("reveal");
    expect(
      decide({ ...playToLeaf({ view, operator, challenger } as Scene), isSlashed: true }, challenger, T)
        ?.kind,
    ).to.equal("step");
  });

  it("behavior: the favoured side is known from the reveal to the end", async () => {
    const start = await scene(deepModel(1), 1);
    const { view, honest, operator, challenger } = start;
    expect(favouredSide(view, honest)).to.equal(undefined);
    const leaf = playToLeaf(start);
    expect(favouredSide(leaf, honest)).to.equal("challenger");
    expect(favouredSide(leaf, { tree: operator.claim.tree })).to.equal("operator");
    const ended = applyMove(leaf, decide(leaf, challenger, T)!, { caller: STRANGER, time: T });
    expect(ended.game.outcome).to.equal("challengerWins");
    expect(favouredSide(ended, honest)).to.equal("challenger");
    expect(favouredSide({ ...ended, game: { ...ended.game, outcome: "bothLose" } }, honest)).to.equal(
      undefined,
    );
  });

  it("behavior: a challenger opens the operator's tree at every word before the disputed one", async () => {
    const seed = printedSeed("narrowed trees");
    const random = createRandom(seed);
    for (let round = 0; round < 40; round++) {
      const start = await scene(randomModel(random), random.bits());
      const leaf = playToLeaf(start);
      const tree = NarrowedTree.of(leaf, start.honest.tree, "operator")!;
      const depth = tree.depth;
      for (let i = 0; i < 12 && leaf.game.index > 0; i++) {
        let index = random.integer(0, leaf.game.index - 1);
        const word = toHex(tree.nodeBytes(0, index));
        expect(word).to.equal(start.operator.claim.tree.node(depth, index));
        const siblings: Hex[] = [];
        const first = index;
        for (let height = 0; height < depth; height++) {
          siblings.push(toHex(tree.nodeBytes(height, index % 2 === 0 ? index + 1 : index - 1)));
          index = Math.floor(index / 2);
        }
        expect(rootFrom(word, first, siblings)).to.equal(leaf.dossier.traceRoot);
      }
    }
  });

  it("default: a challenger that has the operator's trace convicts it, before the reveal and after every move", async () => {
    const seed = printedSeed("convictions");
    const random = createRandom(seed);
    for (let round = 0; round < 60; round++) {
      const start = await scene(randomModel(random), random.bits());
      const { operator, view } = start;
      const knowing: Player = { ...start.challenger, operatorTree: operator.claim.tree };
      for (let state = view; ; ) {
        const move = decide(state, knowing, T)!;
        expect(move.kind).to.equal("convict");
        const { game } = applyMove(state, move, { caller: STRANGER, time: T });
        expect(game.outcome).to.equal("challengerWins");
        if (state.game.phase === "leaf") break;
        const player = state.game.turn === "operator" ? operator : start.challenger;
        state = applyMove(state, decide(state, player, T)!, { caller: player.account, time: T });
      }
    }
  });

  it("behavior: a trace that is a single word of zero convicts as any other", async () => {
    const random = createRandom(5);
    let modelCase = randomModel(random);
    while (modelCase.model.record.stepDepth + modelCase.model.record.wordDepth > 0)
      modelCase = randomModel(random);
    const { model, inputBytes } = modelCase;
    const honest = await traceBytes(model, inputBytes);
    const lie = traceWith(model, inputBytes, (_, tensor) => new Uint8Array(tensor.length));
    expect([lie.traceRoot, honest.traceRoot === ZERO_HASH]).to.deep.equal([ZERO_HASH, false]);
    const claims = { operator: lie, challenger: honest };
    const view = openedGame(modelCase, honest.inputRoot, {
      ...claims,
      isLazy: true,
      clockSeconds: CLOCK,
      salt: SALT,
    });
    const challenger = playerOf(modelCase, "challenger", honest, honest, SALT);
    const move = decide(view, { ...challenger, operatorTree: lie.tree }, T)!;
    expect(move.kind).to.equal("convict");
    expect(applyMove(view, move, { caller: STRANGER, time: T }).game.outcome).to.equal("challengerWins");
  });

  it("behavior: nobody is convicted by a tree that is not the committed one, nor an honest operator by its own", async () => {
    const { view, honest, operator, challenger } = await scene(deepModel(3), 3);
    expect(decide(view, { ...challenger, operatorTree: honest.tree }, T)?.kind).to.equal("reveal");
    const right = { ...view, dossier: { ...view.dossier, traceRoot: honest.traceRoot } };
    const liar = { ...challenger, claim: operator.claim };
    expect(decide(right, { ...liar, operatorTree: honest.tree }, T)?.kind).not.to.equal("convict");
    const lazy = { ...view, dossier: { ...view.dossier, traceRoot: ZERO_HASH } };
    expect(decide(lazy, { ...challenger, operatorTree: operator.claim.tree }, T)?.kind).to.equal("reveal");
    // The operator gains nothing by it, and the clock forbids it.
    expect(decide(view, { ...operator, operatorTree: operator.claim.tree }, T)).to.equal(undefined);
    const knowing = { ...challenger, operatorTree: operator.claim.tree };
    expect(decide(view, knowing, timeoutAt(view)!)).to.equal(undefined);
  });

  it("behavior: whoever asks, the same state is answered by the same move", async () => {
    const start = await scene(deepModel(2), 2);
    const leaf = playToLeaf(start);
    expect(decide(leaf, start.challenger, T)).to.deep.equal(
      decide(leaf, { ...start.challenger, account: STRANGER }, T),
    );
    const move = decide(leaf, start.challenger, T)!;
    expect(move).to.have.deep.property("position", positionOf(leaf));
    expect(disputedByte(leaf).step).to.be.lessThan(2 ** leaf.dossier.record.stepDepth);
  });
});
