import { expect } from "chai";
import { type Hex, toHex } from "viem";
import { getGames } from "../../../sdk/src/actions/getGames.ts";
import { getOpeningHash } from "../../../sdk/src/actions/getOpeningHash.ts";
import { openGame } from "../../../sdk/src/actions/openGame.ts";
import { playGame } from "../../../sdk/src/actions/playGame.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { flipOutputBit, traceWith } from "../../../sdk/src/testing/lie.ts";
import { Scene, until } from "../../support/node/scene.ts";
import { testProfile } from "../../support/sdk.ts";
import { squaresInputs, squaresModel } from "../../support/squares.ts";

const NUMBERS = [2, 3, 4, 5] as const;
const INPUT = packInputs(squaresModel, squaresInputs(...NUMBERS));
const LIE = traceWith(squaresModel, INPUT, flipOutputBit(squaresModel));
const SALTS = Array.from({ length: 10 }, (_, number) => toHex(number + 1, { size: 32 }));
/** What is left of the clocks when the operator is back; more than any machine takes for one answer. */
const LEFT = 250;

describe("sdk/node: an operator under time pressure", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create();
  });

  afterEach(() => scene.close());

  it("behavior: back after most of its clocks has run, it answers many false challenges at a time, each in time", async () => {
    const { other, deployment, client, mined } = scene.protocol;
    const gamesOf = (requestId: Hex) => getGames(client, { deployment, requestId });
    const first = await scene.operator();
    const requestId = await scene.request(NUMBERS);
    await until("committed", async () => (await scene.get(requestId)).status === "committed", 240);
    await first.stop();

    const salts = new Map<Hex, Hex>();
    for (const salt of SALTS) {
      const opening = { deployment, requestId, traceRoot: LIE.traceRoot, salt };
      const openingHash = await getOpeningHash(client, { ...opening, challenger: other.account.address });
      const known = new Set(salts.keys());
      await mined(await openGame(other, { deployment, requestId, openingHash }));
      const opened = (await gamesOf(requestId)).find(({ gameId }) => !known.has(gameId));
      salts.set(opened?.gameId as Hex, salt);
    }
    /** The attacker's move in every game in which it can make one. */
    const attack = async (): Promise<void> => {
      for (const { gameId, phase, turn } of await gamesOf(requestId)) {
        if (phase === "ended" || phase === "leaf" || (phase === "narrowing" && turn === "operator")) continue;
        const lie = { model: squaresModel, input: INPUT, trace: LIE, salt: salts.get(gameId) as Hex };
        const { hash } = await playGame(other, { deployment, gameId, side: "challenger", ...lie });
        if (hash !== undefined) await mined(hash);
      }
    };
    await attack();
    const waiting = await gamesOf(requestId);
    expect(waiting.map(({ turn }) => turn)).to.deep.equal(SALTS.map(() => "operator"));
    const [{ operatorRemaining } = { operatorRemaining: 0 }] = waiting;
    await scene.pass(operatorRemaining - LEFT);

    await scene.operator();
    await until(
      "all games are won",
      async () => {
        await attack();
        return (await gamesOf(requestId)).every(({ phase }) => phase === "ended");
      },
      240,
    );
    const outcomes = (await gamesOf(requestId)).map(({ outcome }) => outcome);
    expect(outcomes).to.deep.equal(SALTS.map(() => "operatorWins"));
    await scene.pass(testProfile.windowSeconds);
    await until("final", async () => (await scene.get(requestId)).status === "final", 240);
  });
});
