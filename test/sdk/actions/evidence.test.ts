import { expect } from "chai";
import type { Hex } from "viem";
import { acceptRequest } from "../../../sdk/src/actions/acceptRequest.ts";
import { bindTrace } from "../../../sdk/src/actions/bindTrace.ts";
import { challengeResult } from "../../../sdk/src/actions/challengeResult.ts";
import { commitResult } from "../../../sdk/src/actions/commitResult.ts";
import { demandInput, parseDemandInputReceipt } from "../../../sdk/src/actions/demandInput.ts";
import { exportDispute } from "../../../sdk/src/actions/exportDispute.ts";
import { getGame } from "../../../sdk/src/actions/getGame.ts";
import { getGameView } from "../../../sdk/src/actions/getGameView.ts";
import type { DisputeEvidence } from "../../../sdk/src/actions/internal/evidence.ts";
import { playGame } from "../../../sdk/src/actions/playGame.ts";
import { publishInput } from "../../../sdk/src/actions/publishInput.ts";
import { quitGame } from "../../../sdk/src/actions/quitGame.ts";
import { parseRequestInferenceReceipt, requestInference } from "../../../sdk/src/actions/requestInference.ts";
import { requestInferenceByRoot } from "../../../sdk/src/actions/requestInferenceByRoot.ts";
import { timeoutGame } from "../../../sdk/src/actions/timeoutGame.ts";
import { verifyDispute } from "../../../sdk/src/actions/verifyDispute.ts";
import { rootOfBytes } from "../../../sdk/src/core/tree.ts";
import { positionOf } from "../../../sdk/src/game/state.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { traceWith } from "../../../sdk/src/testing/lie.ts";
import type { Trace } from "../../../sdk/src/trace/trace.ts";
import { caught } from "../../support/caught.ts";
import { createRandom } from "../../support/random.ts";
import { createProtocol, FEE, type Protocol, testProfile, type Wallet } from "../../support/sdk.ts";
import { printedSeed } from "../../support/seed.ts";
import { squaresInputs } from "../../support/squares.ts";

const inputs = squaresInputs(1, 2, 3, 4);
const CHAIN_ONLY = "that the chain includes the transactions, and when";

describe("sdk/actions: evidence of disputes", () => {
  let protocol: Protocol;
  let input: Uint8Array;
  let truth: Trace;
  let lie: Trace;
  let outputLie: Trace;

  before(async () => {
    protocol = await createProtocol();
    const { model } = protocol;
    input = packInputs(model, inputs);
    truth = await traceBytes(model, input);
    const flip = (tensor: Uint8Array): Uint8Array => tensor.map((byte, i) => (i === 0 ? byte ^ 1 : byte));
    const last = model.record.stepCount - 1;
    lie = traceWith(model, input, (step, tensor) => (step === 1 ? flip(tensor) : tensor));
    outputLie = traceWith(model, input, (step, tensor) => (step === last ? flip(tensor) : tensor));
  });

  async function commit(run: Trace, isEager: boolean, isPublished = true): Promise<Hex> {
    const { deployment, model, profileId, requester, operator, mined } = protocol;
    const terms = { deployment, profileId, fee: FEE, deadline: await protocol.deadline() };
    const inputRoot = rootOfBytes(input, model.record.inputDepth);
    const hash = isPublished
      ? await requestInference(requester, { ...terms, model, inputs })
      : await requestInferenceByRoot(requester, {
          ...terms,
          modelId: model.modelId,
          inputRoot,
          inputUri: "",
        });
    const { requestId } = parseRequestInferenceReceipt(await mined(hash), { deployment });
    await mined(await acceptRequest(operator, { deployment, requestId }));
    const binding = isEager ? bindTrace(model, run) : { output: run.outputBytes };
    await mined(await commitResult(operator, { deployment, requestId, ...binding }));
    return requestId;
  }

  async function open(requestId: Hex, wallet: Wallet) {
    const { deployment, model, mined } = protocol;
    const challenge = await challengeResult(wallet, { deployment, requestId, model });
    if (challenge === undefined) throw new Error("The result is right");
    await mined(challenge.hash);
    return challenge;
  }

  /** Lets both sides narrow until the chain has computed an element. */
  async function play(gameId: Hex, salt: Hex, operatorRun: Trace): Promise<void> {
    const { deployment, client, model, challenger, operator, mined } = protocol;
    const turn = { deployment, gameId, model, input, salt, alwaysNarrow: true };
    for (let i = 0; i < 40 && (await getGame(client, { deployment, gameId })).phase !== "ended"; i++) {
      for (const [wallet, side, trace] of [
        [challenger, "challenger", truth],
        [operator, "operator", operatorRun],
      ] as const) {
        const { hash } = await playGame(wallet, { ...turn, side, trace });
        if (hash !== undefined) await mined(hash);
      }
    }
  }

  /** Evidence as somebody else gets it. */
  async function exported(gameId: Hex): Promise<DisputeEvidence> {
    const { client, deployment } = protocol;
    const evidence = await exportDispute(client, { deployment, gameId });
    expect(evidence.dispute.outcome).to.equal((await getGame(client, { deployment, gameId })).outcome);
    return JSON.parse(JSON.stringify(evidence));
  }

  const positionIn = async (gameId: Hex) =>
    positionOf(await getGameView(protocol.client, { deployment: protocol.deployment, gameId }));

  for (const isEager of [true, false]) {
    it(`default: a narrowed game proves itself, ${isEager ? "eager" : "lazy"}`, async () => {
      const { gameId, salt } = await open(await commit(lie, isEager), protocol.challenger);
      await play(gameId, salt, lie);
      const evidence = await exported(gameId);
      const { dispute, unproven } = await verifyDispute(evidence);
      expect(unproven).to.deep.equal([CHAIN_ONLY]);
      expect(dispute.outcome).to.equal("challengerWins");
      expect(dispute.verdict?.truth).to.equal(dispute.verdict?.challengerValue);
      expect(dispute.verdict?.truth).not.to.equal(dispute.verdict?.operatorValue);
      expect(dispute.moves.map(({ kind }) => kind).filter((kind) => kind !== "answer")).to.deep.equal(
        isEager ? ["postTrace", "reveal", "step"] : ["reveal", "postTrace", "step"],
      );
    });
  }

  it("default: so do a conviction before the reveal, a game that is left, and one that is not over", async () => {
    const { deployment, model, challenger, other, mined } = protocol;
    const requestId = await commit(outputLie, true);
    const first = await open(requestId, challenger);
    const second = await open(requestId, other);
    const running = await exported(second.gameId);
    expect((await verifyDispute(running)).dispute.outcome).to.equal("none");
    const turn = { deployment, model, input, side: "challenger" as const, trace: truth };
    const { move, hash } = await playGame(challenger, { ...turn, gameId: first.gameId, salt: first.salt });
    expect(move?.kind).to.equal("convict");
    await mined(hash as Hex);
    const convicted = await verifyDispute(await exported(first.gameId));
    expect(convicted.unproven).to.deep.equal([CHAIN_ONLY]);
    expect(convicted.dispute.verdict).not.to.have.property("challengerValue");
    const position = await positionIn(second.gameId);
    await mined(await quitGame(other, { deployment, gameId: second.gameId, position }));
    const left = await verifyDispute(await exported(second.gameId));
    expect(left.dispute.outcome).to.equal("left");
    expect(left.unproven).to.include("that another game had slashed the operator when the challenger left");
  });

  it("default: so do demands of inputs, answered and not, and a clock that ran out", async () => {
    const { deployment, challenger, stranger, time, mined } = protocol;
    const demand = async (): Promise<Hex> => {
      const requestId = await commit(truth, true, false);
      const receipt = await mined(await demandInput(challenger, { deployment, requestId }));
      return parseDemandInputReceipt(receipt, { deployment }).gameId;
    };
    const answered = await demand();
    await mined(await publishInput(stranger, { deployment, gameId: answered, input }));
    const shown = await verifyDispute(await exported(answered));
    expect(shown.dispute.moves.map(({ kind }) => kind)).to.deep.equal(["postTrace", "publishInput"]);
    expect(shown.dispute.outcome).to.equal("operatorWins");
    const silent = await demand();
    const { gameId } = await open(await commit(lie, false), challenger);
    await time.increase(testProfile.clockSeconds);
    for (const late of [silent, gameId]) {
      const position = await positionIn(late);
      await mined(await timeoutGame(stranger, { deployment, gameId: late, position }));
      const { dispute, unproven } = await verifyDispute(await exported(late));
      expect(dispute.outcome).to.equal(late === silent ? "challengerWins" : "operatorWins");
      expect(unproven).to.deep.equal([CHAIN_ONLY]);
    }
  });

  it("error: nothing in it can be changed unseen but what only the chain knows", async () => {
    const random = createRandom(printedSeed("evidence"));
    const { gameId, salt } = await open(await commit(lie, true), protocol.challenger);
    await play(gameId, salt, lie);
    const evidence = await exported(gameId);
    const paths = leavesOf(evidence);
    expect(paths.length).to.be.greaterThan(150);
    const unseen: string[] = [];
    for (const path of paths) {
      const forged = structuredClone(evidence);
      change(forged, path, random.integer(0, 2 ** 30));
      const error = await verifyDispute(forged).then(
        () => undefined,
        (thrown: { code: string }) => thrown.code,
      );
      if ((error === undefined) !== path.endsWith(".blockNumber")) unseen.push(path);
    }
    expect(unseen).to.deep.equal([]);
  });

  it("error: what is no evidence is refused with the place", async () => {
    const { gameId } = await open(await commit(lie, true), protocol.challenger);
    const evidence = await exported(gameId);
    const refused = async (value: unknown): Promise<string> => {
      const { code, message } = await caught(verifyDispute(value));
      expect(code).to.equal("EVIDENCE_MALFORMED");
      return message;
    };
    for (const value of [undefined, null, 7, "evidence", [], {}, { format: "other" }]) await refused(value);
    expect(await refused({ ...evidence, transactions: [{ hash: "0x" }] })).to.contain("transactions[0].hash");
    expect(
      await refused({ ...evidence, dispute: { ...evidence.dispute, moves: [{ kind: "cheat" }] } }),
    ).to.contain("dispute.moves[0].kind");

    const { terms } = evidence;
    const large = {
      ...evidence,
      terms: { ...terms, parameters: { ...terms?.parameters, fee: "9".repeat(70) } },
    };
    expect(await refused(large)).to.contain("terms");
    const missing = { ...evidence, transactions: [] };
    expect((await caught(verifyDispute(missing))).code).to.equal("EVIDENCE_CONTRADICTED");
    const unsigned = { ...evidence, transactions: evidence.transactions.map(({ raw: _, ...rest }) => rest) };
    expect((await verifyDispute(unsigned)).unproven.length).to.be.greaterThan(1);
    const id = `0x${"11".repeat(32)}` as const;
    const { client, deployment } = protocol;
    expect((await caught(exportDispute(client, { deployment, gameId: id }))).code).to.equal("GAME_NOT_FOUND");
  });
});

function leavesOf(value: unknown, path: readonly string[] = []): readonly string[] {
  if (value === null || typeof value !== "object") return [path.join(".")];
  return Object.entries(value).flatMap(([key, part]) => leavesOf(part, [...path, key]));
}

/** Changes one value: one digit of a text, or a number by a few. */
function change(root: unknown, path: string, draw: number): void {
  const keys = path.split(".");
  const last = keys.pop() as string;
  const holder = keys.reduce((part, key) => (part as Record<string, unknown>)[key], root) as Record<
    string,
    unknown
  >;
  const value = holder[last];
  if (typeof value === "boolean") holder[last] = !value;
  else if (typeof value === "number") holder[last] = value + 1 + (draw % 5);
  else if (typeof value === "string") {
    const first = value.startsWith("0x") ? 2 : 0;
    const at = first + (draw % Math.max(1, value.length - first));
    const digit = value[at] === "1" ? "2" : "1";
    holder[last] = value.slice(0, at) + digit + value.slice(at + 1);
  }
}
