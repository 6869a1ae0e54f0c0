import { join } from "node:path";
import { expect } from "chai";
import type { Hex } from "viem";
import { getAccount } from "../../../sdk/src/actions/getAccount.ts";
import { getGames } from "../../../sdk/src/actions/getGames.ts";
import { createInference, type Inference } from "../../../sdk/src/node/inference.ts";
import { ModelStore } from "../../../sdk/src/node/model-store.ts";
import { lyingInference } from "../../support/node/liar.ts";
import { MOMENTS, Mortality } from "../../support/node/mortal.ts";
import { type Person, Scene, until } from "../../support/node/scene.ts";
import { BALANCE, STAKE, testProfile } from "../../support/sdk.ts";
import { squaresModel } from "../../support/squares.ts";

const { lock, bond, lockBurnBps, requesterBps } = testProfile;
const REWARD = (lock * BigInt(10_000 - lockBurnBps - requesterBps)) / 10_000n / 2n;
const lying = { inference: () => lyingInference(squaresModel, "middle") };

describe("sdk/node: daemons that are killed at every point of a game", () => {
  let scene: Scene;
  let mortality: Mortality;
  /** Threads outlive the daemons here: to start them anew every time tells nothing and takes long. */
  let threads: Inference;

  beforeEach(async () => {
    scene = await Scene.create();
    const { store: models } = await ModelStore.load({
      directories: [join(scene.folder, "models")],
      allow: [],
    });
    threads = createInference({ models, workers: 1, runSeconds: 60, maxMemoryMb: 256 });
  });

  afterEach(async () => {
    await scene.close();
    await threads.close();
    mortality.close();
  });

  const gamesOf = (requestId: Hex) => {
    const { client, deployment } = scene.protocol;
    return getGames(client, { deployment, requestId });
  };
  const accountOf = (person: Person) => {
    const { client, deployment } = scene.protocol;
    return getAccount(client, { deployment, address: scene.addressOf(person) });
  };

  /**
   * Lets one daemon after the other live until it dies at a point at which none did before, until it is over and all have been met. Returns the number of calls.
   *
   * @param keeps - whether the next one finds the store of the last one, or none
   */
  async function liveUntil(
    role: "operator" | "challenger",
    keeps: boolean,
    isOver: () => Promise<boolean>,
  ): Promise<number> {
    // Without its store a daemon does not ask for the receipts of what another one has sent.
    const moments = keeps ? MOMENTS : MOMENTS.filter((moment) => moment !== "included");
    mortality = await Mortality.create(scene.url, moments);
    const isComplete = (): boolean => mortality.deaths.every(({ length }) => length === moments.length);
    const options = { inference: (): Inference => ({ ...threads, close: async () => {} }) };
    let isDone = false;
    for (let life = 0; !isDone; life++) {
      const dataDir = join(scene.folder, `${role}-${life}`);
      mortality.live(dataDir, join(scene.folder, keeps ? `${role}-${life + 1}` : `lost-${life}`));
      const changes = { dataDir, rpcUrls: [mortality.url], drainSeconds: 0 };
      const service =
        role === "operator"
          ? await scene.operator(changes, options)
          : await scene.challenger("challenger", changes, options);
      const ends = async (): Promise<boolean> => {
        isDone = isComplete() && (await isOver());
        return isDone || mortality.isDead;
      };
      await until(`the end of life ${life}`, ends, 240);
      await service.stop();
    }
    return mortality.deaths.length;
  }

  for (const keeps of [true, false]) {
    const what = keeps ? "finds its store again" : "finds nothing but the chain";

    it(`behavior: a challenger that ${what} convicts a liar with one bond, and claims its reward`, async () => {
      await scene.operator({}, lying);
      const requestId = await scene.request();
      const isRewarded = async () => (await accountOf("challenger")).balance === BALANCE + REWARD;
      // Opened, revealed, answered, proven, claimed.
      expect(await liveUntil("challenger", keeps, isRewarded)).to.be.at.least(5);
      expect((await scene.get(requestId)).status).to.equal("slashed");
      expect((await gamesOf(requestId)).map(({ outcome }) => outcome)).to.deep.equal(["challengerWins"]);
    });

    it(`behavior: an operator that ${what} answers, defends, settles, and loses nothing`, async () => {
      const slanderer = await scene.challenger("stranger", {}, lying);
      const requestId = await scene.request();
      let isPassed = false;
      const calls = await liveUntil("operator", keeps, async () => {
        const [game] = await gamesOf(requestId);
        if (!isPassed && game?.outcome === "operatorWins") {
          isPassed = true;
          // It would settle for an operator that takes its time.
          await slanderer.stop();
          await scene.pass(testProfile.windowSeconds);
        }
        const { status, isSettled } = await scene.get(requestId);
        return status === "final" && isSettled;
      });
      // Accepted, committed, bound to a trace, answered twice, proven, settled.
      expect(calls).to.be.at.least(7);
      expect(await gamesOf(requestId)).to.have.length(1);
      expect((await accountOf("stranger")).balance).to.equal(BALANCE - bond);
      const { stake, locked } = await accountOf("operator");
      expect([stake, locked]).to.deep.equal([STAKE, 0n]);
    });
  }
});
