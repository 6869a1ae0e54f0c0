import { expect } from "chai";
import { AbiCoder, keccak256, toUtf8Bytes } from "ethers";
import { fromHex, type Hex } from "../../../sdk/src/core/bytes.ts";
import { timeoutAt } from "../../../sdk/src/game/clock.ts";
import type { Move } from "../../../sdk/src/game/moves.ts";
import { applyMove } from "../../../sdk/src/game/rules.ts";
import {
  gameIdOf,
  openingHash,
  operatorNodeOf,
  positionOf,
  stateHash,
  ZERO_HASH,
} from "../../../sdk/src/game/state.ts";
import { decide } from "../../../sdk/src/game/strategy.ts";
import { disputedByte, elementAt, judge } from "../../../sdk/src/game/verdict.ts";
import { CLOCK, next, playTo, refused, SALT, scene, T } from "../../support/game-scene.ts";
import { CHALLENGER, COURT, OPERATOR, STRANGER } from "../../support/pure-games.ts";

describe("game/rules", () => {
  it("default: hashes are those of the contract", () => {
    const coder = AbiCoder.defaultAbiCoder();
    const request: Hex = `0x${"07".repeat(32)}`;
    const tag = (text: string): string => keccak256(toUtf8Bytes(text));
    const opening = openingHash(COURT, request, CHALLENGER, ZERO_HASH, SALT);
    const bytes32 = "bytes32";
    expect(opening).to.equal(
      keccak256(
        coder.encode(
          [bytes32, "uint256", "address", bytes32, "address", bytes32, bytes32],
          [tag("Assay opening"), COURT.chainId, COURT.address, request, CHALLENGER, ZERO_HASH, SALT],
        ),
      ),
    );
    expect(gameIdOf(COURT, request, CHALLENGER, opening)).to.equal(
      keccak256(
        coder.encode(
          [bytes32, "uint256", "address", bytes32, "address", bytes32],
          [tag("Assay game"), COURT.chainId, COURT.address, request, CHALLENGER, opening],
        ),
      ),
    );
  });

  it("default: the state's hash names the game, the level and the whole position", async () => {
    const start = await scene();
    const leaf = playTo(start, "leaf");
    const { game } = leaf;
    const bytes32 = "bytes32";
    const expected = keccak256(
      AbiCoder.defaultAbiCoder().encode(
        [bytes32, "uint8", "address", "address", "uint64", bytes32, bytes32, bytes32],
        [
          ...[leaf.gameId, game.level, OPERATOR, CHALLENGER, game.index],
          ...[game.operatorNode, game.challengerNode, ZERO_HASH],
        ],
      ),
    );
    expect(stateHash(leaf)).to.equal(expected);
    expect(stateHash(start.view)).to.equal(ZERO_HASH);
  });

  it("default: elements are read little-endian from the place of a byte", () => {
    const word = Uint8Array.from({ length: 32 }, (_, i) => i + 1);
    expect(elementAt(word, 6, 4)).to.equal(0x08070605);
    expect(elementAt(word, 6, 1)).to.equal(7);
    expect(elementAt(word.fill(0xff), 31, 4)).to.equal(0xffffffff);
  });

  it("default: the court's element decides, and at most one side can have it", async () => {
    const view = playTo(await scene(), "leaf");
    const { byteOffset } = disputedByte(view);
    const claim = (side: "operatorNode" | "challengerNode"): number =>
      elementAt(fromHex(view.game[side]), byteOffset % 32, 4);
    const [a, b] = [claim("operatorNode"), claim("challengerNode")];
    expect(judge(view, byteOffset, { value: a, size: 4 })).to.equal("operatorWins");
    expect(judge(view, byteOffset, { value: b, size: 4 })).to.equal("challengerWins");
    const neither = [0, 1, 2].find((value) => value !== a && value !== b)!;
    expect(judge(view, byteOffset, { value: neither, size: 4 })).to.equal("bothLose");
  });

  it("behavior: a whole game, move by move", async () => {
    const { view, operator, challenger } = await scene();
    const revealed = applyMove(view, next(view, challenger, "reveal"), { caller: STRANGER, time: T + 5 });
    expect(revealed.game).to.deep.include({
      phase: "narrowing",
      turn: "operator",
      level: 0,
      challengerUsed: 5,
    });
    expect(revealed.game.operatorNode).to.equal(ZERO_HASH);
    expect(operatorNodeOf(revealed)).to.equal(view.dossier.traceRoot);
    const answered = applyMove(revealed, next(revealed, operator, "answer"), {
      caller: STRANGER,
      time: T + 25,
    });
    expect(answered.game).to.deep.include({
      turn: "challenger",
      level: 4,
      operatorUsed: 20,
      turnStartedAt: T + 25,
    });
    expect(answered.rows.map(({ side, level }) => `${side} ${level}`)).to.deep.equal([
      "challenger 0",
      "operator 0",
      "operator 4",
    ]);
    const leaf = playTo({ ...(await scene()), view: answered }, "leaf", T + 30);
    const step = next(leaf, operator, "step", T + 30);
    expect(decide(leaf, challenger, T + 30)).to.equal(undefined);
    const ended = applyMove(leaf, step, { caller: STRANGER, time: T + 31 });
    expect(ended.game).to.deep.include({ phase: "ended", outcome: "operatorWins" });
    expect(ended.isSlashed).to.equal(false);
  });

  it("behavior: both lose when the court finds that neither side is right", async () => {
    const bothLie = await scene({ doBothLie: true });
    const leaf = playTo(bothLie, "leaf");
    expect(leaf.game.index).to.equal(2 ** bothLie.modelCase.model.record.wordDepth);
    // Neither side steps for nothing, but anyone may.
    expect(decide(leaf, bothLie.operator, T)).to.equal(undefined);
    expect(decide(leaf, bothLie.challenger, T)).to.equal(undefined);
    const proof = bothLie.operator.prove(disputedByte(leaf), bothLie.operator.claim.tree);
    const step: Move = { kind: "step", position: positionOf(leaf), proof };
    const ended = applyMove(leaf, step, { caller: STRANGER, time: T });
    expect(ended.game.outcome).to.equal("bothLose");
    expect(ended.isSlashed).to.equal(true);
  });

  it("behavior: a lazy commitment's operator posts its trace before it answers", async () => {
    const lazy = await scene({ isLazy: true });
    const view = playTo(lazy, "narrowing");
    expect(view.game.operatorNode).to.equal(ZERO_HASH);
    const post = next(view, lazy.operator, "postTrace");
    const answer = next(
      { ...view, dossier: { ...view.dossier, traceRoot: post.traceRoot } },
      lazy.operator,
      "answer",
    );
    refused(view, answer, "GameTraceUnknown");
    refused(view, post, "HubOperatorMismatch");
    refused(view, { ...post, traceRoot: ZERO_HASH }, "HubTraceRootZero", T, OPERATOR);
    refused(view, { ...post, traceRoot: SALT }, "OutputProofMismatch", T, OPERATOR);
    refused(
      view,
      { ...post, outputProof: post.outputProof.slice(1) },
      "OutputProofLengthMismatch",
      T,
      OPERATOR,
    );
    const posted = applyMove(view, post, { caller: OPERATOR, time: T });
    expect(posted.game).to.equal(view.game);
    refused(posted, post, "HubTraceKnown", T, OPERATOR);
    expect(applyMove(posted, answer, { caller: STRANGER, time: T }).game.level).to.equal(4);
  });

  it("behavior: a game that nobody steps in ends undecided", async () => {
    const leaf = playTo(await scene(), "leaf");
    const due = timeoutAt(leaf)!;
    const timeout: Move = { kind: "timeout", position: positionOf(leaf) };
    refused(leaf, timeout, "GameClockRunning", due - 1);
    refused(leaf, { ...timeout, position: { ...timeout.position, index: 0 } }, "GameStateMismatch", due);
    const ended = applyMove(leaf, timeout, { caller: STRANGER, time: due });
    expect(ended.game.outcome).to.equal("undecided");
    expect(ended.isSlashed).to.equal(false);
  });

  it("behavior: whoever lets its clock run out loses, at the second", async () => {
    const start = await scene();
    const timeout: Move = { kind: "timeout", position: positionOf(start.view) };
    const silentChallenger = applyMove(start.view, timeout, { caller: STRANGER, time: T + CLOCK });
    expect(silentChallenger.game.outcome).to.equal("operatorWins");
    refused(start.view, timeout, "GameClockRunning", T + CLOCK - 1);

    const view = playTo(start, "narrowing", T + 7);
    const answer = next(view, start.operator, "answer");
    applyMove(view, answer, { caller: STRANGER, time: T + 7 + CLOCK - 1 });
    refused(view, answer, "GameClockUsedUp", T + 7 + CLOCK);
    const silentOperator = applyMove(
      view,
      { ...timeout, position: positionOf(view) },
      { caller: STRANGER, time: T + 7 + CLOCK },
    );
    expect(silentOperator.game.outcome).to.equal("challengerWins");
    expect(silentOperator.isSlashed).to.equal(true);
  });

  it("behavior: a challenger quits where another game has slashed the commitment", async () => {
    const { view } = await scene();
    const quit: Move = { kind: "quit", position: positionOf(view) };
    refused(view, quit, "GameCallerNotChallenger");
    refused(view, quit, "HubStatusMismatch", T, CHALLENGER);
    const ended = applyMove({ ...view, isSlashed: true }, quit, { caller: CHALLENGER, time: T });
    expect(ended.game).to.deep.include({ phase: "ended", outcome: "left" });
  });
});
