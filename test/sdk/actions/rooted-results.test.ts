import { expect } from "chai";
import type { Hex } from "viem";
import { bindTrace } from "../../../sdk/src/actions/bindTrace.ts";
import { challengeResult } from "../../../sdk/src/actions/challengeResult.ts";
import { parseCommitResultReceipt } from "../../../sdk/src/actions/commitResult.ts";
import {
  commitResultByRoot,
  encodeCommitResultByRoot,
  MAX_PUBLISHED_OUTPUT_BYTES,
  simulateCommitResultByRoot,
} from "../../../sdk/src/actions/commitResultByRoot.ts";
import { getGame } from "../../../sdk/src/actions/getGame.ts";
import { getRequest } from "../../../sdk/src/actions/getRequest.ts";
import { getResult } from "../../../sdk/src/actions/getResult.ts";
import { playGame } from "../../../sdk/src/actions/playGame.ts";
import { parseRequestInferenceReceipt, requestInference } from "../../../sdk/src/actions/requestInference.ts";
import { verifyResult } from "../../../sdk/src/actions/verifyResult.ts";
import { ContractRevertError } from "../../../sdk/src/errors/contract.ts";
import {
  InvalidParameterError,
  OutputNotPublishedError,
  RootMismatchError,
} from "../../../sdk/src/errors/protocol.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { traceWith } from "../../../sdk/src/testing/lie.ts";
import type { Trace } from "../../../sdk/src/trace/trace.ts";
import { makeStep } from "../../support/builders.ts";
import { caught } from "../../support/caught.ts";
import { makeMapModel } from "../../support/map-model.ts";
import { makeModel, makeSlots } from "../../support/models.ts";
import { createProtocol, FEE, type Protocol, testProfile } from "../../support/sdk.ts";

const outputUri = "https://example.org/output";

describe("sdk/actions: results too long for a transaction", () => {
  const model = makeMapModel();
  const input = new Uint8Array(32);
  new DataView(input.buffer).setFloat32(0, 0.3, true);
  let protocol: Protocol;
  let truth: Trace;
  let lie: Trace;

  before(async () => {
    protocol = await createProtocol(model);
    truth = await traceBytes(model, input);
    lie = traceWith(model, input, (step, tensor) =>
      step === 1 ? tensor.with(300_000, (tensor[300_000] ?? 0) ^ 1) : tensor,
    );
  });

  async function request(): Promise<Hex> {
    const { deployment, profileId, requester, operator, mined } = protocol;
    const hash = await requestInference(requester, {
      deployment,
      profileId,
      modelId: model.modelId,
      input,
      fee: FEE,
      deadline: await protocol.deadline(),
      operator: operator.account.address,
    });
    return parseRequestInferenceReceipt(await mined(hash), { deployment }).requestId;
  }

  async function commit(run: Trace, isEager: boolean): Promise<Hex> {
    const { deployment, operator, mined } = protocol;
    const requestId = await request();
    const { outputRoot, traceRoot, outputProof } = bindTrace(model, run);
    const binding = isEager ? { traceRoot, outputProof } : {};
    const call = { deployment, requestId, outputRoot, outputUri, ...binding };
    await simulateCommitResultByRoot(operator, call);
    const receipt = await mined(await commitResultByRoot(operator, call));
    expect(parseCommitResultReceipt(receipt, { deployment })).to.include({
      requestId,
      outputRoot,
      traceRoot: isEager ? traceRoot : `0x${"00".repeat(32)}`,
      output: "0x",
    });
    return requestId;
  }

  it("default: who reads such a result brings its bytes along", async () => {
    const { deployment, client, time } = protocol;
    const requestId = await commit(truth, true);
    expect(await getRequest(client, { deployment, requestId })).to.include({ outputPublished: false });
    expect(await verifyResult(client, { deployment, requestId, model })).to.include({ isCorrect: true });
    await time.increase(testProfile.windowSeconds);
    const read = { deployment, requestId, model };
    const result = await getResult(client, { ...read, output: truth.outputBytes });
    expect(result.isFinal).to.equal(true);
    expect(result.outputs?.map?.data[1000]).to.equal(Math.fround(1000 * Math.fround(0.3)));

    const missing = await caught(getResult(client, read));
    expect(missing).to.be.instanceOf(OutputNotPublishedError);
    expect((missing as OutputNotPublishedError).context).to.deep.include({ requestId, outputUri });
    expect(await caught(getResult(client, { ...read, output: lie.outputBytes }))).to.be.instanceOf(
      RootMismatchError,
    );
    const longer = new Uint8Array(truth.outputBytes.length + 1);
    longer.set(truth.outputBytes);
    for (const output of [longer, truth.outputBytes.subarray(1)]) {
      expect(await caught(getResult(client, { ...read, output }))).to.be.instanceOf(InvalidParameterError);
    }
  });

  for (const isEager of [true, false]) {
    it(`behavior: a lie about one of its bytes is found and convicted, ${isEager ? "eager" : "lazy"}`, async () => {
      const { deployment, client, operator, challenger, mined } = protocol;
      const requestId = await commit(lie, isEager);
      const challenge = await challengeResult(challenger, { deployment, requestId, model });
      const { gameId, salt, trace, hash } = challenge!;
      await mined(hash);
      const kinds: string[] = [];
      for (let idle = 0; idle < 2; ) {
        for (const [wallet, side, run] of [
          [challenger, "challenger", trace],
          [operator, "operator", lie],
        ] as const) {
          const played = await playGame(wallet, { deployment, gameId, side, model, input, trace: run, salt });
          idle = played.hash === undefined ? idle + 1 : 0;
          if (played.hash !== undefined) await mined(played.hash);
          if (played.move !== undefined) kinds.push(played.move.kind);
        }
      }
      expect(kinds[0]).to.equal("reveal");
      expect(kinds.includes("postTrace")).to.equal(!isEager);
      expect(kinds.at(-1)).to.equal("step");
      expect((await getGame(client, { deployment, gameId })).outcome).to.equal("challengerWins");
      expect((await getRequest(client, { deployment, requestId })).status).to.equal("slashed");
    });
  }

  it("args: a call for another wallet", async () => {
    const { deployment } = protocol;
    const requestId = await request();
    const call = encodeCommitResultByRoot({
      deployment,
      requestId,
      outputRoot: truth.outputRoot,
      outputUri: "",
    });
    expect(call.to).to.equal(deployment.contracts.InferenceHub);
  });

  it("error: a root alone is no answer where the bytes would fit into a transaction", async () => {
    const short = makeModel({
      program: [makeStep({ type: "f32", extents: [1], epilogue: [] })],
      inputs: makeSlots(["factor", "float32", 8]),
      outputs: makeSlots(["one", "float32", 1]),
    });
    const other = await createProtocol(short);
    const hash = await requestInference(other.requester, {
      deployment: other.deployment,
      profileId: other.profileId,
      modelId: short.modelId,
      input,
      fee: FEE,
      deadline: await other.deadline(),
      operator: other.operator.account.address,
    });
    const receipt = parseRequestInferenceReceipt(await other.mined(hash), { deployment: other.deployment });
    const refusal = await caught(
      commitResultByRoot(other.operator, {
        deployment: other.deployment,
        requestId: receipt.requestId,
        outputRoot: truth.outputRoot,
        outputUri,
      }),
    );
    expect(refusal).to.be.instanceOf(ContractRevertError);
    expect(refusal).to.deep.include({ code: "HUB_OUTPUT_NOT_PUBLISHED" });
    expect((refusal as ContractRevertError).context.maximum).to.equal(BigInt(MAX_PUBLISHED_OUTPUT_BYTES));
  });
});
