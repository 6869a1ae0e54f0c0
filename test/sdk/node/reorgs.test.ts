import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Hex } from "viem";
import { Anvil, AnvilMissingError } from "../../../scripts/soak/anvil.ts";
import { commitResult } from "../../../sdk/src/actions/commitResult.ts";
import { getAccount } from "../../../sdk/src/actions/getAccount.ts";
import { getGames } from "../../../sdk/src/actions/getGames.ts";
import { playGame } from "../../../sdk/src/actions/playGame.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { flipOutputBit, traceWith } from "../../../sdk/src/testing/lie.ts";
import { lyingInference } from "../../support/node/liar.ts";
import { undoEach } from "../../support/node/reorgs.ts";
import { type Person, Scene, until } from "../../support/node/scene.ts";
import { BALANCE, STAKE, testProfile } from "../../support/sdk.ts";
import { squaresInputs, squaresModel } from "../../support/squares.ts";

const { lock, bond, lockBurnBps, requesterBps } = testProfile;
const REWARD = (lock * BigInt(10_000 - lockBurnBps - requesterBps)) / 10_000n / 2n;
const NUMBERS = [5, 6, 7, 8] as const;
const INPUT = packInputs(squaresModel, squaresInputs(...NUMBERS));
const LIE = traceWith(squaresModel, INPUT, flipOutputBit(squaresModel));
const lying = { inference: () => lyingInference(squaresModel, "middle") };

describe("sdk/node: a node that reorganises", () => {
  let anvil: Anvil | undefined;
  let folder: string;
  let scene: Scene;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "assay-reorgs-"));
    try {
      anvil = await Anvil.create({ folder, blockSeconds: 1 });
    } catch (error) {
      if (!(error instanceof AnvilMissingError) || process.env.CI === "true") throw error;
    }
  });

  after(async () => {
    await anvil?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A test that needs such a node; where it cannot be had, that is said instead. */
  function onNode(run: (node: Anvil) => Promise<void>): () => Promise<void> {
    return async () => {
      if (anvil === undefined) {
        console.log("      anvil cannot be had on this machine: this was not run");
        return;
      }
      scene = await Scene.create(squaresModel, anvil.url);
      try {
        await run(anvil);
      } finally {
        await scene.close();
      }
    };
  }

  const gamesOf = (requestId: Hex) => {
    const { client, deployment } = scene.protocol;
    return getGames(client, { deployment, requestId });
  };
  const accountOf = (person: Person) => {
    const { client, deployment } = scene.protocol;
    return getAccount(client, { deployment, address: scene.addressOf(person) });
  };
  const become = (requestId: Hex, status: string) =>
    until(status, async () => (await scene.get(requestId)).status === status);
  const headNumber = async () => BigInt((await scene.protocol.client.getBlock()).number);

  // What the daemons have to do anew is theirs alone, or also what it is an answer to.
  for (const more of [0, 1]) {
    const depth = more === 0 ? "its block is replaced" : "its block and the one before are replaced";

    it(
      `behavior: a liar is convicted, and the reward claimed, though after every stage ${depth}`,
      onNode(async (node) => {
        await scene.operator({}, lying);
        await scene.challenger();
        const requestId = await scene.request();
        const floor = await headNumber();
        const stages = ["RequestAccepted", "ResultCommitted", "GameOpened", "GameRevealed", "GameAnswered"];
        const early = more === 0 ? ["ResultCommitted", "GameAnswered"] : ["GameOpened"];
        await undoEach(scene, node, [...stages, "GameStepped", "GameRewardClaimed"], { floor, more, early });
        await become(requestId, "slashed");
        await until("rewarded", async () => (await accountOf("challenger")).balance === BALANCE + REWARD);
        expect((await gamesOf(requestId)).map(({ outcome }) => outcome)).to.deep.equal(["challengerWins"]);
        expect((await accountOf("operator")).stake).to.equal(STAKE - lock);
      }),
    );

    it(
      `behavior: a right result is defended and paid, though after every stage ${depth}`,
      onNode(async (node) => {
        await scene.operator();
        await scene.challenger("stranger", {}, lying);
        const requestId = await scene.request();
        const floor = await headNumber();
        const stages = ["RequestAccepted", "ResultCommitted", "GameOpened", "GameRevealed", "TracePosted"];
        const early = more === 0 ? ["GameRevealed"] : ["TracePosted"];
        await undoEach(scene, node, [...stages, "GameAnswered", "GameEnded"], { floor, more, early });
        await until("defended", async () => (await gamesOf(requestId))[0]?.outcome === "operatorWins");
        await scene.pass(testProfile.windowSeconds);
        await undoEach(scene, node, ["RequestEnded"], { floor: await headNumber(), more, early: [] });
        await until("settled", async () => (await scene.get(requestId)).isSettled);
        expect((await scene.get(requestId)).status).to.equal("final");
        expect(await gamesOf(requestId)).to.have.length(1);
        expect((await accountOf("stranger")).balance).to.equal(BALANCE - bond);
        expect((await accountOf("operator")).stake).to.equal(STAKE);
        expect((await accountOf("operator")).locked).to.equal(0n);
      }),
    );
  }

  const reverted = (times: number) =>
    until("reverted", () => scene.logged("included, but reverted").length >= times);
  const isRewarded = async () => (await accountOf("challenger")).balance === BALANCE + REWARD;

  it(
    "behavior: an opening that comes back before the result that it is about is made again",
    onNode(async (node) => {
      const { operator, deployment, mined } = scene.protocol;
      await scene.challenger();
      const requestId = await scene.request(NUMBERS, { operator: scene.addressOf("operator") });
      const floor = await headNumber();
      const commit = async () =>
        mined(await commitResult(operator, { deployment, requestId, output: LIE.outputBytes }));
      await commit();
      await undoEach(scene, node, ["GameOpened"], { floor, more: 1, early: [] });
      await reverted(1);
      await commit();
      await until("revealed", async () => (await gamesOf(requestId))[0]?.phase === "narrowing");
      await scene.pass(testProfile.clockSeconds);
      await become(requestId, "slashed");
      await until("rewarded", isRewarded);
      expect(await gamesOf(requestId)).to.have.length(1);
    }),
  );

  it(
    "behavior: a conviction and a claim that come back before what they answer are made again",
    onNode(async (node) => {
      const { operator, deployment, mined } = scene.protocol;
      await scene.challenger();
      const requestId = await scene.request(NUMBERS, { operator: scene.addressOf("operator") });
      await mined(await commitResult(operator, { deployment, requestId, output: LIE.outputBytes }));
      await until("revealed", async () => (await gamesOf(requestId))[0]?.phase === "narrowing");
      const gameId = (await gamesOf(requestId))[0]?.gameId as Hex;
      const floor = await headNumber();
      /** Two moves: the trace, and what it says. */
      const answer = async (): Promise<void> => {
        const turn = {
          deployment,
          gameId,
          side: "operator",
          model: squaresModel,
          input: INPUT,
          trace: LIE,
        } as const;
        for (let move = 0; move < 2; move++) await mined((await playGame(operator, turn)).hash as Hex);
      };
      await answer();
      await undoEach(scene, node, ["GameRewardClaimed"], { floor, more: 9, early: [] });
      expect((await scene.get(requestId)).status).to.equal("committed");
      await reverted(2);
      await answer();
      await become(requestId, "slashed");
      await until("rewarded", isRewarded);
    }),
  );
});
