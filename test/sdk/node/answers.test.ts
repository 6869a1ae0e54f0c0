import { expect } from "chai";
import { type Hex, isAddressEqual } from "viem";
import { readContract } from "viem/actions";
import { inferenceHubAbi } from "../../../sdk/src/abis/generated/InferenceHub.ts";
import { getAccount } from "../../../sdk/src/actions/getAccount.ts";
import { getBatch } from "../../../sdk/src/actions/getBatch.ts";
import { getGames } from "../../../sdk/src/actions/getGames.ts";
import type { BatchInclusion } from "../../../sdk/src/actions/makeBatch.ts";
import { openGame } from "../../../sdk/src/actions/openGame.ts";
import { showResult } from "../../../sdk/src/actions/showResult.ts";
import { toHex } from "../../../sdk/src/core/bytes.ts";
import { type AnswerReceipt, receiptSigner } from "../../../sdk/src/node/receipt.ts";
import { executeModel } from "../../../sdk/src/runtime/execute.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { Scene, until } from "../../support/node/scene.ts";
import { squaresInputs, squaresModel } from "../../support/squares.ts";

interface Told {
  readonly receipt: AnswerReceipt;
  readonly signature: Hex;
  readonly output: Hex;
  readonly state?: string;
  readonly inclusion?: BatchInclusion;
  readonly error?: { readonly code: string };
}

const { modelId } = squaresModel;
const inputOf = (...numbers: number[]): Hex => toHex(packInputs(squaresModel, squaresInputs(...numbers)));
const id = (byte: number): Hex => `0x${byte.toString(16).padStart(2, "0").repeat(32)}`;

describe("sdk/node: answers over HTTP", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create();
  });

  afterEach(() => scene.close());

  const profileId = () => scene.protocol.profileId;
  const start = (changes: object = {}) => scene.operator({ apiPort: 0, apiProfile: profileId(), ...changes });
  const portOf = () => scene.logged("answering over HTTP").at(-1)?.port as number;

  async function ask(body: unknown): Promise<{ status: number; told: Told }> {
    const response = await fetch(`http://127.0.0.1:${portOf()}/v1/answers`, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, told: text.startsWith("{") ? JSON.parse(text) : {} };
  }

  async function askWhenReady(body: unknown): Promise<Told> {
    let told: Told | undefined;
    await until("answered", async () => {
      const answer = await ask(body);
      told = answer.told;
      return answer.status === 200;
    });
    return told as Told;
  }

  async function look(requestId: Hex): Promise<Told> {
    return (await (await fetch(`http://127.0.0.1:${portOf()}/v1/answers/${requestId}`)).json()) as Told;
  }

  it("default: an answer is signed, committed in a batch with others, proven, and settled", async () => {
    const { client, deployment } = scene.protocol;
    await start({ batchSize: 3 });
    const first = await askWhenReady({ modelId, input: inputOf(1, 2, 3, 4), requestId: id(1) });
    expect(first.output).to.equal(
      toHex(executeModel(squaresModel, packInputs(squaresModel, squaresInputs(1, 2, 3, 4))).output),
    );
    const signer = await receiptSigner(deployment, first.receipt, first.signature);
    expect(isAddressEqual(signer, scene.addressOf("operator"))).to.equal(true);
    expect((await look(id(1))).state).to.equal("promised");

    for (const byte of [2, 3]) await ask({ modelId, input: inputOf(byte, 0, 0, 0), requestId: id(byte) });
    await until("committed", async () => (await look(id(3))).state === "committed");
    for (const byte of [1, 2, 3]) {
      const { inclusion, receipt } = await look(id(byte));
      const { batch, result, index, proof } = inclusion as BatchInclusion;
      expect(batch).to.include({ count: 3, published: false, profileId: profileId() });
      expect(result).to.include({
        requestId: id(byte),
        outputRoot: receipt.outputRoot,
        inputRoot: receipt.inputRoot,
      });
      await readContract(client, {
        ...{ address: deployment.contracts.InferenceHub, abi: inferenceHubAbi },
        ...{ functionName: "requireIncluded", args: [{ batch, result, index, proof }] },
      });
    }
    await scene.pass(1_001);
    await until("unlocked", async () => {
      const { locked } = await getAccount(client, { deployment, address: scene.addressOf("operator") });
      return locked === 0n;
    });
    expect((await look(id(1))).state).to.equal("final");
  });

  it("behavior: to ask twice gives the same receipt; to ask something else by the same name is refused", async () => {
    await start();
    const question = { modelId, input: inputOf(1, 2, 3, 4), requestId: id(1) };
    const first = await askWhenReady(question);
    expect((await ask(question)).told).to.deep.equal(first);
    const { status, told } = await ask({ ...question, input: inputOf(4, 3, 2, 1) });
    expect([status, told.error?.code]).to.deep.equal([409, "REQUEST_ID_USED"]);
  });

  it("behavior: a promise outlives the process that made it", async () => {
    const { client, deployment } = scene.protocol;
    const before = await start({ drainSeconds: 0, batchSeconds: 600 });
    await askWhenReady({ modelId, input: inputOf(1, 2, 3, 4), requestId: id(1) });
    await before.stop();
    await start({ batchSize: 1 });
    await until("committed", async () => (await look(id(1))).state === "committed");
    const [batchId] = scene.lines
      .filter(({ kind, msg }) => kind === "batch" && msg === "sent")
      .map((line) => line.batchId as Hex);
    expect((await getBatch(client, { deployment, batchId: batchId as Hex })).status).to.equal("committed");
  });

  it("behavior: a result that is shown and challenged is defended", async () => {
    const { client, deployment, challenger, mined } = scene.protocol;
    await start({ batchSize: 1 });
    await askWhenReady({ modelId, input: inputOf(1, 2, 3, 4), requestId: id(1) });
    await until("committed", async () => (await look(id(1))).state === "committed");
    const { inclusion } = await look(id(1));
    await mined(await showResult(challenger, { deployment, inclusion: inclusion as BatchInclusion }));
    const shown = await client.getContractEvents({
      ...{ address: deployment.contracts.InferenceHub, abi: inferenceHubAbi },
      ...{ eventName: "ResultShown", strict: true, fromBlock: 0n },
    });
    const requestId = shown[0]?.args.resultId as Hex;
    await mined(await openGame(challenger, { deployment, requestId, openingHash: id(9) }));
    await scene.pass(601);
    await until("won", async () => {
      const [game] = await getGames(client, { deployment, requestId });
      return game?.outcome === "operatorWins";
    });
  });

  it("error: questions that cannot be answered", async () => {
    await start();
    await askWhenReady({ modelId, input: inputOf(1, 2, 3, 4) });
    const wrong: readonly (readonly [unknown, number, string | undefined])[] = [
      ["{", 400, "QUESTION_INVALID"],
      ["null", 400, "QUESTION_INVALID"],
      [{ modelId, input: "0x1" }, 400, "QUESTION_INVALID"],
      [{ modelId, input: inputOf(1, 2, 3, 4), requestId: "0x12" }, 400, "QUESTION_INVALID"],
      [{ modelId, input: inputOf(1, 2, 3, 4), more: 1 }, 400, "QUESTION_INVALID"],
      [{ modelId, input: "0x00" }, 400, "INPUT_LENGTH"],
      [{ modelId: id(7), input: "0x" }, 404, "MODEL_NOT_SERVED"],
      [{ modelId, input: `0x${"00".repeat(5_000)}` }, 413, undefined],
    ];
    for (const [body, status, code] of wrong) {
      const answer = await ask(body);
      expect([answer.status, answer.told.error?.code], JSON.stringify(body).slice(0, 80)).to.deep.equal([
        status,
        code,
      ]);
    }
    expect((await look(id(8))).error?.code).to.equal("ANSWER_UNKNOWN");
  });
});
