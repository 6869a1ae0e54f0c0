import { expect } from "chai";
import type { Hex } from "viem";
import { acceptRequest } from "../../../sdk/src/actions/acceptRequest.ts";
import { bindTrace } from "../../../sdk/src/actions/bindTrace.ts";
import { challengeResult } from "../../../sdk/src/actions/challengeResult.ts";
import { commitResult } from "../../../sdk/src/actions/commitResult.ts";
import { getGame } from "../../../sdk/src/actions/getGame.ts";
import { getOpeningHash } from "../../../sdk/src/actions/getOpeningHash.ts";
import { getRequest } from "../../../sdk/src/actions/getRequest.ts";
import { openGame, parseOpenGameReceipt } from "../../../sdk/src/actions/openGame.ts";
import { playGame } from "../../../sdk/src/actions/playGame.ts";
import { parseRequestInferenceReceipt, requestInference } from "../../../sdk/src/actions/requestInference.ts";
import type { Side } from "../../../sdk/src/game/state.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { traceWith } from "../../../sdk/src/testing/lie.ts";
import type { Trace } from "../../../sdk/src/trace/trace.ts";
import { caught } from "../../support/caught.ts";
import { createProtocol, FEE, type Protocol, type Wallet, walletOf } from "../../support/sdk.ts";
import { squaresInputs } from "../../support/squares.ts";

const inputs = squaresInputs(1, 2, 3, 4);
const SALT: Hex = `0x${"5a".repeat(32)}`;

/** One game, and what each side claims in it. */
type Match = { readonly requestId: Hex; readonly gameId: Hex; readonly runs: Readonly<Record<Side, Trace>> };

describe("sdk/actions: processes that die, and chains that reorganise", () => {
  let protocol: Protocol;
  let input: Uint8Array;
  let truth: Trace;
  let lie: Trace;

  before(async () => {
    protocol = await createProtocol();
    const { model } = protocol;
    input = packInputs(model, inputs);
    truth = await traceBytes(model, input);
    lie = traceWith(model, input, (step, tensor) =>
      step === 1 ? Uint8Array.of((tensor[0] ?? 0) ^ 1, ...tensor.subarray(1)) : tensor,
    );
  });

  const rpc = async (method: string, ...params: unknown[]): Promise<unknown> =>
    await protocol.connection.provider.request({ method, params });

  /** Goes back to a block: what came after it never happened, for anybody who asks the node. */
  async function reorganise(snapshot: unknown): Promise<void> {
    expect(await rpc("evm_revert", snapshot)).to.equal(true);
  }

  async function commit(run: Trace, isEager: boolean): Promise<Hex> {
    const { deployment, model, profileId, requester, operator, mined } = protocol;
    const deadline = await protocol.deadline();
    const asked = { deployment, model, inputs, profileId, fee: FEE, deadline };
    const receipt = await mined(await requestInference(requester, asked));
    const { requestId } = parseRequestInferenceReceipt(receipt, { deployment });
    await mined(await acceptRequest(operator, { deployment, requestId }));
    const binding = isEager ? bindTrace(model, run) : { output: run.outputBytes };
    await mined(await commitResult(operator, { deployment, requestId, ...binding }));
    return requestId;
  }

  async function open(requestId: Hex, run: Trace): Promise<Hex> {
    const { deployment, challenger, mined } = protocol;
    const { traceRoot } = run;
    const opening = { deployment, requestId, challenger: challenger.account.address, traceRoot, salt: SALT };
    const openingHash = await getOpeningHash(challenger, opening);
    const receipt = await mined(await openGame(challenger, { deployment, requestId, openingHash }));
    return parseOpenGameReceipt(receipt, { deployment }).gameId;
  }

  async function match(runs: Match["runs"], isEager: boolean): Promise<Match> {
    const requestId = await commit(runs.operator, isEager);
    return { requestId, gameId: await open(requestId, runs.challenger), runs };
  }

  /** One turn of a side, by a process that was started just now: it has nothing but its key, the model, the salt and the chain. */
  async function turn({ gameId, runs }: Match, side: Side, wallet: Wallet = protocol[side]) {
    const { connection, deployment, model } = protocol;
    const fresh = walletOf(connection, wallet.account.address);
    const parameters = { deployment, gameId, side, model, input, trace: runs[side], salt: SALT };
    const played = await playGame(fresh, { ...parameters, alwaysNarrow: true });
    if (played.hash !== undefined) await protocol.mined(played.hash);
    return played;
  }

  /** Lets whoever has a move make it; nothing if nobody has one. */
  async function moveOn(game: Match): Promise<string | undefined> {
    for (const side of ["challenger", "operator"] as const) {
      const { move } = await turn(game, side);
      if (move !== undefined) return `${side} ${move.kind}`;
    }
    return undefined;
  }

  async function finish(game: Match): Promise<string> {
    for (;;) if ((await moveOn(game)) === undefined) break;
    const { deployment, client } = protocol;
    return String((await getGame(client, { deployment, gameId: game.gameId })).outcome);
  }

  const cases = [
    { title: "a lying operator", operator: () => lie, challenger: () => truth, outcome: "challengerWins" },
    { title: "a lying challenger", operator: () => truth, challenger: () => lie, outcome: "operatorWins" },
  ];
  for (const { title, operator, challenger, outcome } of cases) {
    for (const isEager of [true, false]) {
      const against = `against ${title}, ${isEager ? "eager" : "lazy"}`;

      it(`behavior: whoever is killed at any point of a game plays on from there, ${against}`, async () => {
        const game = await match({ operator: operator(), challenger: challenger() }, isEager);
        const moves: string[] = [];
        for (;;) {
          // Everybody dies here, and others play on with what the chain says.
          const here = await rpc("evm_snapshot");
          expect(await finish(game), `after ${moves.join(", ")}`).to.equal(outcome);
          await reorganise(here);
          const move = await moveOn(game);
          if (move === undefined) break;
          moves.push(move);
        }
        expect(moves[0]).to.equal("challenger reveal");
        expect(moves.length).to.be.greaterThan(2);
        expect(moves.includes("operator postTrace")).to.equal(!isEager);
      });

      it(`behavior: a reorganisation of any depth at any point loses nothing, ${against}`, async () => {
        const { stranger, time, deployment } = protocol;
        const game = await match({ operator: operator(), challenger: challenger() }, isEager);
        let length = 0;
        for (let depth = 1; depth <= 4; depth++) {
          for (let point = 0; ; point++) {
            const start = await rpc("evm_snapshot");
            const snapshots: unknown[] = [];
            for (let made = 0; made < point; made++) {
              snapshots.push(await rpc("evm_snapshot"));
              await moveOn(game);
            }
            const { phase } = await getGame(stranger, { deployment, gameId: game.gameId });
            const fork = snapshots.at(-depth);
            if (fork !== undefined) {
              await reorganise(fork);
              // The other branch has other blocks, at other times.
              await time.increase(7 * depth);
              expect(await finish(game), `${depth} back from move ${point}`).to.equal(outcome);
            }
            await reorganise(start);
            length = Math.max(length, point);
            if (phase === "ended") break;
          }
        }
        expect(length).to.be.greaterThan(2);
      });
    }
  }

  it("behavior: an opening that a reorganisation undid is the same game when it is sent again", async () => {
    const { client, deployment } = protocol;
    const requestId = await commit(lie, true);
    const before = await rpc("evm_snapshot");
    const gameId = await open(requestId, truth);
    const game = { requestId, gameId, runs: { operator: lie, challenger: truth } };
    await moveOn(game);
    await reorganise(before);
    expect((await caught(turn(game, "challenger"))).code).to.equal("GAME_NOT_FOUND");
    expect((await caught(turn(game, "operator"))).code).to.equal("GAME_NOT_FOUND");
    expect(await open(requestId, truth)).to.equal(gameId);
    expect(await finish(game)).to.equal("challengerWins");
    expect((await getRequest(client, { deployment, requestId })).status).to.equal("slashed");
  });

  it("behavior: a commitment that a reorganisation undid cannot be challenged, and the other one in its place is judged by itself", async () => {
    const { deployment, model, challenger } = protocol;
    const before = await rpc("evm_snapshot");
    const requestId = await commit(lie, true);
    const undone = await open(requestId, truth);
    await reorganise(before);
    const gone = { requestId, gameId: undone, runs: { operator: lie, challenger: truth } };
    expect((await caught(turn(gone, "challenger"))).code).to.equal("GAME_NOT_FOUND");
    const again = await commit(truth, true);
    expect(await challengeResult(challenger, { deployment, requestId: again, model })).to.equal(undefined);
    // Somebody who still believes in the old branch opens, and has nothing to reveal.
    const gameId = await open(again, truth);
    const agreed = { requestId: again, gameId, runs: { operator: truth, challenger: truth } };
    expect((await turn(agreed, "challenger")).move).to.equal(undefined);
  });

  it("behavior: a game has one winner, however many honest processes play for each side", async () => {
    const game = await match({ operator: truth, challenger: lie }, true);
    const { stranger, other, operator, deployment, client } = protocol;
    for (let round = 0; round < 20; round++) {
      await turn(game, "challenger");
      // All three see the same turn, and nobody minds who makes the move.
      const sides = [operator, stranger, other].map((wallet) => turn(game, "operator", wallet));
      const sent = (await Promise.all(sides)).filter(({ hash }) => hash !== undefined);
      expect(sent.length).to.be.lessThan(2);
    }
    const { phase, outcome } = await getGame(client, { deployment, gameId: game.gameId });
    expect({ phase, outcome }).to.deep.equal({ phase: "ended", outcome: "operatorWins" });
  });

  it("behavior: honest operators and honest challengers have nothing to fight about", async () => {
    const { deployment, model, challenger, stranger, other } = protocol;
    for (const isEager of [true, false]) {
      const requestId = await commit(truth, isEager);
      for (const wallet of [challenger, stranger, other]) {
        expect(await challengeResult(wallet, { deployment, requestId, model })).to.equal(undefined);
      }
    }
  });
});
