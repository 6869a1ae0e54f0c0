import { expect } from "chai";
import type { Hex } from "viem";
import { acceptRequest } from "../../../sdk/src/actions/acceptRequest.ts";
import { bindTrace } from "../../../sdk/src/actions/bindTrace.ts";
import { challengeResult } from "../../../sdk/src/actions/challengeResult.ts";
import { commitResult } from "../../../sdk/src/actions/commitResult.ts";
import { getAccount } from "../../../sdk/src/actions/getAccount.ts";
import { getGames } from "../../../sdk/src/actions/getGames.ts";
import { getOpeningHash } from "../../../sdk/src/actions/getOpeningHash.ts";
import { openGame } from "../../../sdk/src/actions/openGame.ts";
import { playGame } from "../../../sdk/src/actions/playGame.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { flipOutputBit, traceWith } from "../../../sdk/src/testing/lie.ts";
import type { Trace } from "../../../sdk/src/trace/trace.ts";
import { Scene, until } from "../../support/node/scene.ts";
import { testProfile } from "../../support/sdk.ts";
import { squaresInputs, squaresModel } from "../../support/squares.ts";

const NUMBERS = [5, 6, 7, 8] as const;
const INPUT = packInputs(squaresModel, squaresInputs(...NUMBERS));
const LIE = traceWith(squaresModel, INPUT, flipOutputBit(squaresModel));
const SALT: Hex = `0x${"5a".repeat(32)}`;

describe("sdk/node: a challenger that has no game of its own", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create();
  });

  afterEach(() => scene.close());

  const gamesOf = (requestId: Hex) => {
    const { client, deployment } = scene.protocol;
    return getGames(client, { deployment, requestId });
  };
  const balanceOf = async (address: Hex): Promise<bigint> => {
    const { client, deployment } = scene.protocol;
    return (await getAccount(client, { deployment, address })).balance;
  };
  /** A result of an operator that nobody hears of again. */
  async function commit(run: Trace): Promise<Hex> {
    const { operator, deployment, mined } = scene.protocol;
    const requestId = await scene.request(NUMBERS);
    await mined(await acceptRequest(operator, { deployment, requestId }));
    const bound = bindTrace(squaresModel, run);
    await mined(await commitResult(operator, { deployment, requestId, ...bound }));
    return requestId;
  }

  it("default: it defends the right result of somebody else who is silent, and is repaid for it", async () => {
    const { other, deployment, client, mined } = scene.protocol;
    const requestId = await commit(await traceBytes(squaresModel, INPUT));
    const opening = { deployment, requestId, traceRoot: LIE.traceRoot, salt: SALT };
    const openingHash = await getOpeningHash(client, { ...opening, challenger: other.account.address });
    await mined(await openGame(other, { deployment, requestId, openingHash }));
    const gameId = (await gamesOf(requestId))[0]?.gameId as Hex;
    const turn = { deployment, gameId, model: squaresModel, input: INPUT, trace: LIE, salt: SALT };
    await scene.challenger("stranger", { strategy: "defend" });
    const before = await balanceOf(scene.addressOf("stranger"));
    const moved = () => scene.lines.filter(({ msg, side }) => msg === "sent" && side === "operator").length;
    // The attacker plays on; of the operator nothing is heard, so that somebody moves for it once half of its clock is gone.
    for (let i = 0; i < 40 && (await gamesOf(requestId))[0]?.phase !== "ended"; i++) {
      const seen = moved();
      const { hash } = await playGame(other, { ...turn, side: "challenger" });
      if (hash !== undefined) await mined(hash);
      const [game] = await gamesOf(requestId);
      if (game?.phase === "ended") break;
      if (game?.phase === "leaf" || (game?.phase !== "opened" && game?.turn === "operator")) {
        await scene.pass(Math.ceil(game.operatorRemaining / 2));
        await until("moved for the operator", async () => {
          const [now] = await gamesOf(requestId);
          return now?.phase === "ended" || moved() > seen;
        });
      } else if (hash === undefined) await scene.pass(testProfile.clockSeconds);
    }
    await until("won", async () => (await gamesOf(requestId))[0]?.outcome === "operatorWins");
    expect(moved()).to.be.greaterThan(0);
    await scene.pass(testProfile.windowSeconds);
    await until("repaid", async () => (await balanceOf(scene.addressOf("stranger"))) > before);
    expect((await scene.get(requestId)).status).to.equal("final");
  });

  it("default: with claimFor it collects what another account has won, and nothing of it for itself", async () => {
    const { other, deployment, mined } = scene.protocol;
    const requestId = await commit(LIE);
    const challenge = await challengeResult(other, { deployment, requestId, model: squaresModel });
    if (challenge === undefined) throw new Error("The result is right");
    await mined(challenge.hash);
    const trace = await traceBytes(squaresModel, INPUT);
    const { gameId, salt } = challenge;
    const turn = { deployment, gameId, model: squaresModel, input: INPUT, trace, salt };
    for (let i = 0; i < 40 && (await scene.get(requestId)).status !== "slashed"; i++) {
      const { hash } = await playGame(other, { ...turn, side: "challenger" });
      if (hash === undefined) await scene.pass(testProfile.clockSeconds);
      else await mined(hash);
    }
    const winner = other.account.address;
    const sender = scene.addressOf("stranger");
    const before = { winner: await balanceOf(winner), sender: await balanceOf(sender) };
    const alone = await scene.challenger("stranger", { strategy: "defend" });
    await until("looked at", () => scene.lines.some(({ msg }) => msg === "a game has ended"));
    await alone.stop();
    expect(await balanceOf(winner)).to.equal(before.winner);
    await scene.challenger("stranger", { strategy: "defend", claimFor: [winner] });
    await until("collected", async () => (await balanceOf(winner)) > before.winner);
    expect(await balanceOf(sender)).to.equal(before.sender);
  });
});
