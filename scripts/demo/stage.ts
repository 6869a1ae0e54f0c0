import type { Hex } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { approveToken } from "../../sdk/src/actions/approveToken.ts";
import { createProfile, parseCreateProfileReceipt } from "../../sdk/src/actions/createProfile.ts";
import { deposit } from "../../sdk/src/actions/deposit.ts";
import type { Profile } from "../../sdk/src/actions/getProfile.ts";
import { publishModel } from "../../sdk/src/actions/publishModel.ts";
import { registerModel } from "../../sdk/src/actions/registerModel.ts";
import { stake } from "../../sdk/src/actions/stake.ts";
import type { Deployment } from "../../sdk/src/addresses.ts";
import type { CompiledModel } from "../../sdk/src/compiler/index.ts";
import { deployLocally } from "../deploy/local.ts";
import { compile, type DemoModel, MODELS, type ModelName } from "./models.ts";
import { type Client, connect, mined, type Surroundings } from "./nodes.ts";
import type { Story } from "./story.ts";

const ONE = 10n ** 18n;
const ALLOWANCE = 10_000n * ONE;
const STAKE = 1_000n * ONE;
export const FEE = 5n * ONE;

/** Minutes, where a real profile has days: nobody censors this chain. */
export const PROFILE: Profile = {
  windowSeconds: 600,
  clockSeconds: 600,
  censorshipSeconds: 60,
  inclusionSeconds: 15,
  traceSeconds: 60,
  lockBurnBps: 5_000,
  requesterBps: 1_000,
  bondBurnBps: 2_000,
  maxBatchResults: 1_000,
  lock: 500n * ONE,
  bond: 50n * ONE,
  maxDemandBytes: 100_000,
  missedDeadlinePenalty: 20n * ONE,
  voidPenalty: 20n * ONE,
  answerRefund: 2n * ONE,
  stepRefund: 10n * ONE,
};

const MNEMONIC = "test test test test test test test test test test test junk";
const PEOPLE = ["deployer", "publisher", "requester", "operator", "liar", "challenger"] as const;
export type Person = (typeof PEOPLE)[number];

/** The stage: everybody's connection, and what all of them know. */
export interface Stage {
  readonly clients: Readonly<Record<Person, Client>>;
  readonly deployment: Deployment;
  readonly demo: DemoModel;
  readonly model: CompiledModel;
  readonly profileId: Hex;
  readonly story: Story;
}

/** Deploys, compiles, registers, and gives everybody what they need. */
export async function prepare(url: string, name: ModelName, story: Story): Promise<Stage> {
  const clients = Object.fromEntries(
    PEOPLE.map((person, addressIndex) => [
      person,
      connect(url, mnemonicToAccount(MNEMONIC, { addressIndex })),
    ]),
  ) as Record<Person, Client>;
  const deployment = await deployLocally(url);
  story.line(`contracts deployed; the court is at ${deployment.contracts.DisputeGame}`);

  const demo = MODELS[name]();
  const model = compile(demo);
  const { record, report } = model;
  story.title(`The ${demo.title}`);
  story.line(
    `an unmodified ONNX file becomes ${record.stepCount} steps with a trace of at most 2^${record.stepDepth + record.wordDepth} words`,
  );
  story.line(`model id ${model.modelId}`);
  story.line(
    `costliest step to prove: at most ${report.worstStep.gas.toLocaleString("en-US")} gas by the machine's budget`,
  );

  for (const person of ["requester", "operator", "liar", "challenger"] as const)
    await fund(clients, deployment, person);
  for (const person of ["operator", "liar"] as const) {
    await done(clients[person], stake(clients[person], { deployment, amount: STAKE }));
  }
  const by = { client: clients.publisher, story };
  await mined(
    by,
    "publisher",
    "registers the model",
    "register",
    await registerModel(by.client, { deployment, record }),
  );
  const listing = {
    modelId: model.modelId,
    name,
    version: "1.0.0",
    uri: `file:${name}.onnx`,
    licence: "MIT",
  };
  await mined(
    by,
    "publisher",
    "lists it under its name",
    "publish",
    await publishModel(by.client, { deployment, ...listing }),
  );
  const hash = await createProfile(by.client, { deployment, profile: PROFILE });
  const receipt = await mined(
    by,
    "publisher",
    "fixes window, clocks, lock and bond in a profile",
    "profile",
    hash,
  );
  const created = parseCreateProfileReceipt(receipt, { deployment });
  if (created === undefined) throw new Error("The profile had been created before, on a chain that is new.");
  return { clients, deployment, demo, model, profileId: created.profileId, story };
}

/** Gives somebody tokens, all of them in the vault. */
async function fund(clients: Stage["clients"], deployment: Deployment, person: Person): Promise<void> {
  const { deployer, [person]: client } = clients;
  const { address } = client.account;
  const data = { deployment, amount: ALLOWANCE };
  await done(deployer, approveToken(deployer, data));
  await done(deployer, deposit(deployer, { ...data, beneficiary: address }));
}

/** Waits for a transaction that is no part of the story. */
export async function done(client: Client, hash: Promise<Hex>): Promise<void> {
  const receipt = await client.waitForTransactionReceipt({ hash: await hash });
  if (receipt.status !== "success") throw new Error(`Transaction ${receipt.transactionHash} was reverted.`);
}

/** What one person needs to take part. */
export function around({ clients, deployment, model, story }: Stage, person: Person): Surroundings {
  return { client: clients[person], deployment, model, story };
}
