import { expect } from "chai";
import type { Hex } from "viem";
import { commitResult } from "../../../sdk/src/actions/commitResult.ts";
import { getGames } from "../../../sdk/src/actions/getGames.ts";
import { getOpeningHash } from "../../../sdk/src/actions/getOpeningHash.ts";
import { openGame } from "../../../sdk/src/actions/openGame.ts";
import { playGame } from "../../../sdk/src/actions/playGame.ts";
import type { ServiceOptions } from "../../../sdk/src/node/service.ts";
import { executeModel } from "../../../sdk/src/runtime/execute.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { flipOutputBit, traceWith } from "../../../sdk/src/testing/lie.ts";
import { type Fault, faultyInference } from "../../support/node/faulty.ts";
import { Scene, until } from "../../support/node/scene.ts";
import { testProfile } from "../../support/sdk.ts";
import { squaresInputs, squaresModel } from "../../support/squares.ts";

const NUMBERS = [5, 6, 7, 8] as const;
const INPUT = packInputs(squaresModel, squaresInputs(...NUMBERS));
const RIGHT = executeModel(squaresModel, INPUT).output;
const WRONG = new Uint8Array(RIGHT.length);
const SALT: Hex = `0x${"5a".repeat(32)}`;

describe("sdk/node: a computer that computes wrongly", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create();
  });

  afterEach(() => scene.close());

  const on = (fault: Fault, isFaulty?: () => boolean): ServiceOptions => ({
    inference: (models) => faultyInference(models, squaresModel, fault, isFaulty),
  });
  const gamesOf = (requestId: Hex) => {
    const { client, deployment } = scene.protocol;
    return getGames(client, { deployment, requestId });
  };
  const noticed = (times = 1) =>
    until("noticed", () => scene.logged("computations differ: nothing is challenged").length >= times);

  /** A result of an operator that nobody hears of again. */
  async function commit(output: Uint8Array): Promise<Hex> {
    const { operator, deployment, mined } = scene.protocol;
    const requestId = await scene.request(NUMBERS, { operator: scene.addressOf("operator") });
    await mined(await commitResult(operator, { deployment, requestId, output }));
    return requestId;
  }

  it("behavior: a right result is not attacked, however often it is computed wrongly, nor called wrong", async () => {
    await scene.challenger("challenger", {}, on("output"));
    await scene.challenger("stranger", { strategy: "watch", keystore: undefined }, on("output"));
    const requestId = await commit(RIGHT);
    await noticed(6);
    expect(await gamesOf(requestId)).to.deep.equal([]);
    expect(scene.logged("a result is wrong")).to.deep.equal([]);
    await scene.pass(testProfile.windowSeconds);
    expect((await scene.get(requestId)).status).to.equal("final");
  });

  it("behavior: a wrong result is not attacked with a trace that only one engine has", async () => {
    await scene.challenger("challenger", {}, on("trace"));
    const requestId = await commit(WRONG);
    await noticed(3);
    expect(await gamesOf(requestId)).to.deep.equal([]);
  });

  it("behavior: nobody is helped against a right result, even if its operator is silent until it has lost", async () => {
    const { other, deployment, client, mined } = scene.protocol;
    await scene.challenger("challenger", { strategy: "defend" }, on("output"));
    const requestId = await commit(RIGHT);
    await noticed();
    const run = traceWith(squaresModel, INPUT, flipOutputBit(squaresModel));
    const opening = { deployment, requestId, traceRoot: run.traceRoot, salt: SALT };
    const challenger = other.account.address;
    const openingHash = await getOpeningHash(client, { ...opening, challenger });
    await mined(await openGame(other, { deployment, requestId, openingHash }));
    const [opened] = await gamesOf(requestId);
    const gameId = opened?.gameId as Hex;
    const side = "challenger" as const;
    const turn = { deployment, gameId, side, model: squaresModel, input: INPUT, trace: run, salt: SALT };
    await mined((await playGame(other, turn)).hash as Hex);
    await scene.pass(2 * testProfile.clockSeconds);
    await noticed(scene.logged("computations differ: nothing is challenged").length + 2);
    const [game] = await gamesOf(requestId);
    expect(game).to.include({ phase: "narrowing", outcome: "none", canTimeout: true });
    expect(scene.logged("sent")).to.deep.equal([]);
  });

  for (const fault of ["output", "trace"] as const) {
    it(`behavior: a fault of the ${fault} that passes does not silence a challenger for ever`, async () => {
      let isFaulty = true;
      await scene.challenger(
        "challenger",
        {},
        on(fault, () => isFaulty),
      );
      // Wrong in yet another way than the computer is.
      const requestId = await commit(WRONG);
      await noticed();
      expect(await gamesOf(requestId)).to.deep.equal([]);
      isFaulty = false;
      await until("challenged", async () => (await gamesOf(requestId))[0]?.phase === "narrowing");
      await scene.pass(testProfile.clockSeconds);
      await until("slashed", async () => (await scene.get(requestId)).status === "slashed");
    });
  }
});
