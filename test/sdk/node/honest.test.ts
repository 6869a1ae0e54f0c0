import { join } from "node:path";
import { expect } from "chai";
import type { Hex } from "viem";
import { getAccount } from "../../../sdk/src/actions/getAccount.ts";
import { getGames } from "../../../sdk/src/actions/getGames.ts";
import { stake } from "../../../sdk/src/actions/stake.ts";
import { lyingInference } from "../../support/node/liar.ts";
import { type Person, Scene, until } from "../../support/node/scene.ts";
import { BALANCE, STAKE, testProfile } from "../../support/sdk.ts";
import { squaresModel } from "../../support/squares.ts";

const HONEST = ["operator", "challenger", "stranger"] as const satisfies readonly Person[];

describe("sdk/node: honest daemons among themselves", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create();
  });

  afterEach(() => scene.close());

  const gamesOf = (requestId: Hex) => {
    const { client, deployment } = scene.protocol;
    return getGames(client, { deployment, requestId });
  };
  const wealthOf = async (person: Person): Promise<bigint> => {
    const { client, deployment } = scene.protocol;
    const account = await getAccount(client, { deployment, address: scene.addressOf(person) });
    return account.balance + account.stake;
  };

  it("behavior: several challengers, two of them with one key, one with the operator's, convict who lies, and nobody who does not", async () => {
    const { other, deployment, mined } = scene.protocol;
    await mined(await stake(other, { deployment, amount: STAKE }));
    await scene.operator();
    const liar = { ...scene.config("other"), dataDir: join(scene.folder, "liar") };
    await scene.operator(liar, { inference: () => lyingInference(squaresModel, "middle") });
    await scene.challenger("challenger");
    await scene.challenger("challenger", { dataDir: join(scene.folder, "twin") });
    await scene.challenger("operator", { dataDir: join(scene.folder, "guard") });
    await scene.challenger("stranger");

    const ask = (person: Person) =>
      Promise.all(
        [1, 2].map((number) => scene.request([number, 2, 3, 4], { operator: scene.addressOf(person) })),
      );
    const [right, wrong] = [await ask("operator"), await ask("other")];
    const become = (ids: readonly Hex[], status: string) =>
      until(
        status,
        async () => (await Promise.all(ids.map((id) => scene.get(id)))).every((one) => one.status === status),
        240,
      );
    await become(wrong, "slashed");
    await become(right, "committed");
    // Whoever has opened a game is let finish it: what follows is a leap in time.
    await until(
      "all games have ended",
      async () => (await Promise.all(wrong.map(gamesOf))).flat().every(({ phase }) => phase === "ended"),
      240,
    );
    await scene.pass(testProfile.windowSeconds);
    await become(right, "final");
    for (const requestId of right) expect(await gamesOf(requestId)).to.deep.equal([]);
    for (const requestId of wrong) {
      const games = await gamesOf(requestId);
      const challengers = games.map(({ challenger }) => challenger);
      expect(new Set(challengers).size, "one game for every key").to.equal(challengers.length);
      const outcomes = games.map(({ outcome }) => outcome);
      expect(outcomes).to.include("challengerWins");
      for (const outcome of outcomes) expect(outcome).to.be.oneOf(["challengerWins", "left"]);
    }
    await until(
      "nobody honest has lost anything",
      async () => (await Promise.all(HONEST.map(wealthOf))).every((wealth) => wealth >= BALANCE),
      240,
    );
    expect((await wealthOf("other")) <= BALANCE - 2n * testProfile.lock).to.equal(true);
  });
});
