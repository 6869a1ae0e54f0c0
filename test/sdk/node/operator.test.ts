import { expect } from "chai";
import { getAccount } from "../../../sdk/src/actions/getAccount.ts";
import { getResult } from "../../../sdk/src/actions/getResult.ts";
import { Scene, until } from "../../support/node/scene.ts";
import { FEE } from "../../support/sdk.ts";
import { numbersOf, squaresModel } from "../../support/squares.ts";

describe("sdk/node: operator", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create();
  });

  afterEach(() => scene.close());

  it("default: accepts, computes, commits, settles and is paid", async () => {
    await scene.operator();
    const requestId = await scene.request([1, 2, 3, 4]);
    await until("committed", async () => (await scene.get(requestId)).status === "committed");
    await scene.pass(1_001);
    await until("settled", async () => (await scene.get(requestId)).isSettled);

    const { client, deployment } = scene.protocol;
    const { outputs, operator } = await getResult(client, { deployment, requestId, model: squaresModel });
    expect(numbersOf(outputs)).to.deep.equal([30, 1, 4, 9, 16]);
    expect(operator).to.equal(scene.addressOf("operator"));
    const account = await getAccount(client, { deployment, address: scene.addressOf("operator") });
    expect(account.locked).to.equal(0n);
    expect(account.balance % FEE).to.equal((1000n * 10n ** 18n) % FEE);
  });
});
