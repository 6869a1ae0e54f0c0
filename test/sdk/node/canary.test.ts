import { expect } from "chai";
import type { Hex } from "viem";
import { commitResult } from "../../../sdk/src/actions/commitResult.ts";
import { pauseAfter } from "../../../sdk/src/node/canary.ts";
import type { Service } from "../../../sdk/src/node/service.ts";
import { executeModel } from "../../../sdk/src/runtime/execute.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { faultyInference } from "../../support/node/faulty.ts";
import { Scene, until } from "../../support/node/scene.ts";
import { startWebhook } from "../../support/node/webhook.ts";
import { squaresInputs, squaresModel } from "../../support/squares.ts";

const RIGHT = executeModel(squaresModel, packInputs(squaresModel, squaresInputs(1, 2, 3, 4))).output;
const WRONG = new Uint8Array(RIGHT.length);

interface CanaryStatus {
  readonly seed: string;
  readonly draws: number;
  readonly last: Hex | null;
  readonly agree: number;
  readonly disagree: number;
  readonly unknown: number;
}

describe("sdk/node: canary", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create();
  });

  afterEach(() => scene.close());

  const watching = { strategy: "watch" as const, keystore: undefined, canaryPercent: 100 };

  /** A result that nobody has challenged in its window, far enough behind the end of the chain. */
  async function final(output: Uint8Array): Promise<Hex> {
    const { operator, deployment, mined } = scene.protocol;
    const requestId = await scene.request([1, 2, 3, 4], { operator: scene.addressOf("operator") });
    await mined(await commitResult(operator, { deployment, requestId, output }));
    await scene.pass(1_001);
    for (let block = 0; block < 10; block++) await scene.pass(1);
    return requestId;
  }
  async function statusOf({ status }: Service): Promise<CanaryStatus> {
    const answer = await fetch(`http://127.0.0.1:${status.port}/status`);
    return ((await answer.json()) as { readonly canary: CanaryStatus }).canary;
  }
  async function countOf({ status }: Service, agreement: string): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${status.port}/metrics`)).text();
    const sample = new RegExp(`assay_canary_checks_total\\{agreement="${agreement}".*\\} (\\d+)`).exec(text);
    return Number(sample?.[1] ?? 0);
  }

  it("default: tells that a lie has become final, and that the truth still computes", async () => {
    const webhook = await startWebhook();
    const right = await final(RIGHT);
    const wrong = await final(WRONG);
    const service = await scene.challenger("stranger", { ...watching, alertUrls: [webhook.url] });
    await until("right", async () => (await countOf(service, "agree")) > 0);
    await until("wrong", async () => (await countOf(service, "disagree")) > 0);
    const told = () => webhook.letters.map(({ body }) => JSON.parse(body)).filter(isFinalLie);
    const isFinalLie = ({ kind }: { readonly kind: string }): boolean => kind === "wrongFinal";
    await until("told", () => told().length > 0);
    expect(told()[0].details).to.include({ requestId: wrong, operator: scene.addressOf("operator") });
    expect(scene.logged("a final result is a lie")[0]).to.include({ requestId: wrong, level: "error" });
    const { last, agree, disagree, unknown } = await statusOf(service);
    expect(last).to.be.oneOf([right, wrong]);
    expect([agree > 0, disagree > 0, unknown]).to.deep.equal([true, true, 0]);
    webhook.close();
  });

  it("behavior: the same seed draws the same results", async () => {
    for (let i = 0; i < 4; i++) await final(RIGHT);
    const runs: unknown[][] = [];
    for (const canarySeed of ["one", "one", "two"]) {
      const before = scene.lines.length;
      const service = await scene.challenger("stranger", { ...watching, canarySeed });
      const drawn = () =>
        scene.lines
          .slice(before)
          .filter(({ msg }) => msg === "the canary looks at a result")
          .map(({ requestId }) => requestId);
      await until("drawn", () => drawn().length >= 10);
      expect((await statusOf(service)).seed).to.equal(canarySeed);
      await service.stop();
      runs.push(drawn().slice(0, 10));
    }
    expect(runs[1]).to.deep.equal(runs[0]);
    expect(runs[2]).to.not.deep.equal(runs[0]);
  });

  it("behavior: what cannot be computed here is counted, a faulty computer accuses nobody, and off is off", async () => {
    await final(RIGHT);
    const blind = await scene.challenger("stranger", { ...watching, models: [] });
    await until("unknown", async () => (await countOf(blind, "unknown")) > 0);
    await blind.stop();
    const faulty = await scene.challenger("other", watching, {
      inference: (models) => faultyInference(models, squaresModel, "output"),
    });
    await until("noticed", () => scene.logged("computations differ: this computer is faulty").length > 0);
    expect(scene.logged("a final result is a lie")).to.deep.equal([]);
    expect((await statusOf(faulty)).disagree).to.equal(0);
    await faulty.stop();
    const off = await scene.challenger("challenger", { canaryPercent: 0 });
    expect(await statusOf(off)).to.equal(null);
  });

  it("args: percent: the rest after some work leaves it its share", () => {
    for (const [percent, pause] of [
      [100, 0],
      [50, 200],
      [10, 1_800],
      [1, 19_800],
    ] as const)
      expect(pauseAfter(200, percent)).to.equal(pause);
  });
});
