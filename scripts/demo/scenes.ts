import { type Hex, parseEventLogs } from "viem";
import { assayTokenAbi } from "../../sdk/src/abis/generated/AssayToken.ts";
import { digitReaderAbi } from "../../sdk/src/abis/generated/DigitReader.ts";
import { disputeGameAbi } from "../../sdk/src/abis/generated/DisputeGame.ts";
import { claimReward } from "../../sdk/src/actions/claimReward.ts";
import { getAccount } from "../../sdk/src/actions/getAccount.ts";
import { getGame } from "../../sdk/src/actions/getGame.ts";
import { getRequest } from "../../sdk/src/actions/getRequest.ts";
import { getResult } from "../../sdk/src/actions/getResult.ts";
import { parseRequestInferenceReceipt, requestInference } from "../../sdk/src/actions/requestInference.ts";
import { settleRequest } from "../../sdk/src/actions/settleRequest.ts";
import { packInputs, unpackOutputs } from "../../sdk/src/runtime/tensors.ts";
import { describeInWords, describeLeaf } from "../../sdk/src/trace/describe.ts";
import { deployContract } from "../deploy/local.ts";
import { lyingTrace } from "./liar.ts";
import { type ModelName, type Sample, verdict } from "./models.ts";
import { Challenger, type Client, mined, Operator } from "./nodes.ts";
import { around, done, FEE, type Person, PROFILE, prepare, type Stage } from "./stage.ts";
import { float, type Story, tokens } from "./story.ts";

/** What the last line of `--json` says, but for the time it took. */
export interface Outcome {
  readonly model: ModelName;
  readonly modelId: Hex;
  readonly honest: { readonly status: string; readonly output: string };
  readonly liar: {
    readonly status: string;
    readonly step: number;
    readonly word: number;
    readonly claimed: string;
    readonly truth: string;
    readonly operatorStakeBefore: string;
    readonly operatorStakeAfter: string;
  };
  readonly gas: {
    readonly commit: number;
    readonly open: number;
    readonly reveal: number;
    readonly answerMax: number;
    readonly step: number;
    readonly disputeTotal: number;
  };
  readonly moves: number;
}

/** Plays all scenes on the chain behind `url`. */
export async function tell(url: string, name: ModelName, story: Story): Promise<Outcome> {
  const stage = await prepare(url, name, story);
  const honest = await honestScene(stage, name);
  const liar = await lyingScene(stage);
  const dispute = ["open", "reveal", "postTrace", "answer", "step"];
  const largest = (kind: string): number => Math.max(...story.gasOf(kind));
  return {
    model: name,
    modelId: stage.model.modelId,
    honest,
    liar,
    gas: {
      commit: largest("commit"),
      open: largest("open"),
      reveal: largest("reveal"),
      answerMax: largest("answer"),
      step: largest("step"),
      disputeTotal: story.gasOf(...dispute).reduce((sum, used) => sum + used, 0),
    },
    moves: story.gasOf(...dispute).length,
  };
}

/** An honest operator answers; nobody objects; the result is final. */
async function honestScene(stage: Stage, name: ModelName): Promise<Outcome["honest"]> {
  const { clients, deployment, demo, model, story } = stage;
  const [sample] = demo.samples;
  story.title(`An honest operator is asked: ${sample.title}`);
  const reader = name === "digits" ? await deployReader(stage) : undefined;
  const requestId =
    reader === undefined ? await askBySdk(stage, sample) : await askByContract(stage, sample, reader);

  const output = await new Operator(around(stage, "operator"), "operator").serve(requestId);
  const answer = verdict(demo, unpackOutputs(model, output));
  story.line(
    `${"operator".padEnd(10)} says "${answer.label}" (score ${answer.score.toPrecision(4)}); a person says "${sample.truth}"`,
  );
  await new Challenger(around(stage, "challenger"), "challenger").audit(requestId);

  await pass(clients.requester, PROFILE.windowSeconds);
  story.line(`${"".padEnd(10)} ${PROFILE.windowSeconds} seconds later the challenge window is over`);
  const { client } = around(stage, "operator");
  await mined(
    { client, story },
    "operator",
    "settles, and is paid",
    "settle",
    await settleRequest(client, { deployment, requestId }),
  );
  const { status } = await getRequest(client, { deployment, requestId });
  const result = await getResult(clients.requester, { deployment, requestId, model });
  if (reader !== undefined) await readByContract(stage, reader, requestId, result.output);
  story.line(`${"".padEnd(10)} the request is ${status}`);
  return { status, output: verdict(demo, result.outputs ?? {}).label };
}

/** A liar answers, defends its lie through the whole game, and is convicted. */
async function lyingScene(stage: Stage): Promise<Outcome["liar"]> {
  const { clients, deployment, demo, model, story } = stage;
  const [, sample] = demo.samples;
  story.title(`A lying operator is asked: ${sample.title}`);
  const requestId = await askBySdk(stage, sample);
  const liar = new Operator(around(stage, "liar"), "liar", async (_, input) =>
    lyingTrace(model, model.stepInfos, input),
  );
  const challenger = new Challenger(around(stage, "challenger"), "challenger");
  const before = await balances(stage);

  const output = await liar.serve(requestId);
  const { label } = verdict(demo, unpackOutputs(model, output));
  story.line(`${"liar".padEnd(10)} says "${label}"; a person says "${sample.truth}"`);
  const gameId = await challenger.audit(requestId);
  if (gameId === undefined) throw new Error("The lie was not found out.");
  while (
    await anyMove(
      () => challenger.pursue(gameId),
      () => liar.defend(requestId, gameId),
    )
  ) {
    const { phase } = await getGame(clients.challenger, { deployment, gameId });
    if (phase === "ended") break;
  }
  const fact = await verdictOf(stage, gameId);
  story.line("");
  story.line(`in dispute: ${fact.place}`);
  story.line(`  the liar claimed      ${float(fact.claimed)}`);
  story.line(`  the challenger        ${float(fact.countered)}`);
  story.line(`  the chain computed    ${float(fact.truth)}`);

  const { client } = around(stage, "challenger");
  const reward = await claimReward(client, { deployment, gameId });
  await mined({ client, story }, "challenger", "collects its reward", "claim", reward);
  const after = await balances(stage);
  const { status } = await getRequest(client, { deployment, requestId });
  story.line(`the result is ${status}; free balances and stakes before and after:`);
  for (const [person, amount] of Object.entries(before)) {
    story.line(
      `  ${person.padEnd(20)} ${tokens(amount).padStart(14)} -> ${tokens(after[person] ?? 0n).padStart(14)}`,
    );
  }
  return {
    status,
    step: fact.step,
    word: fact.word,
    claimed: float(fact.claimed),
    truth: float(fact.truth),
    operatorStakeBefore: String(before["liar's stake"]),
    operatorStakeAfter: String(after["liar's stake"]),
  };
}

/** Lets each side move that can; says whether one did. */
async function anyMove(...sides: readonly (() => Promise<boolean>)[]): Promise<boolean> {
  let moved = false;
  for (const side of sides) moved = (await side()) || moved;
  return moved;
}

async function balances({ clients, deployment }: Stage): Promise<Record<string, bigint>> {
  const of = (person: Person) =>
    getAccount(clients.deployer, { deployment, address: clients[person].account.address });
  const [requester, liar, challenger] = [await of("requester"), await of("liar"), await of("challenger")];
  return {
    "liar's stake": liar.stake,
    "challenger's balance": challenger.balance,
    "requester's balance": requester.balance,
  };
}

/** What the court found, from its event. */
async function verdictOf({ clients, deployment, model }: Stage, gameId: Hex) {
  const [log] = await clients.challenger.getContractEvents({
    address: deployment.contracts.DisputeGame,
    abi: disputeGameAbi,
    eventName: "GameStepped",
    args: { gameId },
    fromBlock: deployment.startBlock,
    strict: true,
  });
  if (log === undefined) throw new Error("The game ended without the chain computing anything.");
  const { step, byteOffset, operatorValue, challengerValue, truth } = log.args;
  const word = Math.floor(Number(byteOffset) / 32);
  const leaf = Number(step) * 2 ** model.record.wordDepth + word;
  const place = describeInWords(describeLeaf(model, leaf, model.stepInfos, Number(byteOffset) % 32));
  return { step: Number(step), word, place, claimed: operatorValue, countered: challengerValue, truth };
}

/** Lets time pass: what only the owner of a local chain can do. */
async function pass(client: Client, seconds: number): Promise<void> {
  const request = client.request as (call: {
    method: string;
    params: readonly unknown[];
  }) => Promise<unknown>;
  await request({ method: "evm_increaseTime", params: [seconds] });
  await request({ method: "evm_mine", params: [] });
}

async function deadline(client: Client): Promise<number> {
  return Number((await client.getBlock()).timestamp) + 3_600;
}

async function askBySdk(
  { clients, deployment, model, profileId, story }: Stage,
  sample: Sample,
): Promise<Hex> {
  const { requester: client } = clients;
  const terms = { profileId, fee: FEE, deadline: await deadline(client) };
  const hash = await requestInference(client, { deployment, model, inputs: sample.inputs, ...terms });
  const receipt = await mined(
    { client, story },
    "requester",
    "asks through the SDK, its fee in escrow",
    "request",
    hash,
  );
  return parseRequestInferenceReceipt(receipt, { deployment }).requestId;
}

/** Publishes the example consumer, a contract that acts on digits. */
async function deployReader({ clients, deployment, model, profileId, story }: Stage): Promise<Hex> {
  const { requester: client } = clients;
  const args = [deployment.contracts.InferenceHub, model.modelId, profileId];
  const receipt = await client.waitForTransactionReceipt({
    hash: await deployContract(client, "DigitReader", args),
  });
  story.transaction("requester", "deploys a contract that wants to know a digit", "deploy", receipt);
  if (receipt.contractAddress == null) throw new Error("The consumer was not deployed.");
  return receipt.contractAddress;
}

async function askByContract(stage: Stage, sample: Sample, reader: Hex): Promise<Hex> {
  const { clients, deployment, model, story } = stage;
  const { requester: client, deployer } = clients;
  const token = { address: deployment.contracts.AssayToken, abi: assayTokenAbi } as const;
  const { address } = client.account;
  await done(
    deployer,
    deployer.writeContract({ ...token, functionName: "transfer", args: [address, FEE], chain: null }),
  );
  await done(
    client,
    client.writeContract({ ...token, functionName: "approve", args: [reader, FEE], chain: null }),
  );
  const picture = `0x${Buffer.from(packInputs(model, sample.inputs)).toString("hex")}` as const;
  const args = [picture, FEE, await deadline(client)] as const;
  const hash = await client.writeContract({
    address: reader,
    abi: digitReaderAbi,
    functionName: "ask",
    args,
    chain: null,
  });
  const receipt = await mined(
    { client, story },
    "requester",
    "has the contract ask, the fee in escrow",
    "request",
    hash,
  );
  const [asked] = parseEventLogs({ abi: digitReaderAbi, eventName: "DigitAsked", logs: receipt.logs });
  if (asked === undefined) throw new Error("The consumer did not ask.");
  return asked.args.requestId;
}

async function readByContract(
  { clients, story }: Stage,
  reader: Hex,
  requestId: Hex,
  output: Uint8Array,
): Promise<void> {
  const { requester: client } = clients;
  const contract = { address: reader, abi: digitReaderAbi } as const;
  const bytes = `0x${Buffer.from(output).toString("hex")}` as const;
  const hash = await client.writeContract({
    ...contract,
    functionName: "read",
    args: [requestId, bytes],
    chain: null,
  });
  await mined({ client, story }, "requester", "has the contract read the final result", "read", hash);
  const digit = await client.readContract({ ...contract, functionName: "digitOf", args: [requestId] });
  story.line(`${"".padEnd(10)} the contract now knows the digit: ${digit}`);
}
