import type { Hex } from "viem";
import { approveToken } from "../../sdk/src/actions/approveToken.ts";
import { createProfile, parseCreateProfileReceipt } from "../../sdk/src/actions/createProfile.ts";
import { deposit } from "../../sdk/src/actions/deposit.ts";
import { depositWithPermit } from "../../sdk/src/actions/depositWithPermit.ts";
import type { Profile } from "../../sdk/src/actions/getProfile.ts";
import { publishModel } from "../../sdk/src/actions/publishModel.ts";
import { registerModel } from "../../sdk/src/actions/registerModel.ts";
import { stake } from "../../sdk/src/actions/stake.ts";
import type { MachineModel } from "../../sdk/src/machine/model.ts";
import type { BenchChain } from "./chain.ts";
import type { Figures } from "./figures.ts";

const ONE = 10n ** 18n;
const ALLOWANCE = 100_000n * ONE;
const STAKE = 50_000n * ONE;
export const FEE = 5n * ONE;

export const PROFILE: Profile = {
  windowSeconds: 7_200,
  clockSeconds: 7_200,
  censorshipSeconds: 600,
  inclusionSeconds: 60,
  traceSeconds: 300,
  lockBurnBps: 5_000,
  requesterBps: 1_000,
  bondBurnBps: 2_000,
  maxBatchResults: 10_000,
  lock: 500n * ONE,
  bond: 50n * ONE,
  maxDemandBytes: 122_880,
  missedDeadlinePenalty: 20n * ONE,
  voidPenalty: 20n * ONE,
  answerRefund: 2n * ONE,
  stepRefund: 10n * ONE,
};

const GROUP = "preparation";

/** Gives everybody what they need: tokens in the vault, stake, a profile. Notes what it takes for the first time. */
export async function prepare(chain: BenchChain, figures: Figures): Promise<Hex> {
  const { clients, deployment } = chain;
  const { deployer, publisher, operator } = clients;
  const data = { deployment, amount: ALLOWANCE };

  const created = await chain.send(() => createProfile(publisher, { deployment, profile: PROFILE }));
  figures.note(GROUP, "createProfile", created);

  // The vault is not empty when the deposits are made that are measured; the first of them takes what is left of the allowance.
  const before = [deployer, operator, clients.challenger, clients.defender];
  const amount = BigInt(before.length + 1) * ALLOWANCE;
  await chain.send(() => approveToken(deployer, { deployment, amount }));
  for (const { account } of before) {
    await chain.send(() => deposit(deployer, { ...data, beneficiary: account.address }));
  }
  const beneficiary = clients.requester.account.address;
  figures.note(
    GROUP,
    "deposit, for an account that has nothing",
    await chain.send(() => deposit(deployer, { ...data, beneficiary })),
  );
  figures.note(
    GROUP,
    "depositWithPermit",
    await chain.send(() => depositWithPermit(deployer, { ...data, beneficiary: publisher.account.address })),
  );
  figures.note(
    GROUP,
    "stake, for the first time",
    await chain.send(() => stake(operator, { deployment, amount: STAKE })),
  );
  const profile = parseCreateProfileReceipt(created.receipt, { deployment });
  if (profile === undefined) throw new Error("The profile exists already, on a chain that is new.");
  return profile.profileId;
}

/** Registers a model. */
export async function register(chain: BenchChain, { record }: MachineModel) {
  const { clients, deployment } = chain;
  return chain.send(() => registerModel(clients.publisher, { deployment, record }));
}

/** Registers a model and lists it, and notes both. */
export async function publish(chain: BenchChain, figures: Figures, model: MachineModel): Promise<void> {
  const { clients, deployment } = chain;
  figures.note(GROUP, "register", await register(chain, model));
  const listing = {
    modelId: model.modelId,
    name: "digits",
    version: "1.0.0",
    uri: "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",
    licence: "MIT",
  };
  figures.note(
    GROUP,
    "publish",
    await chain.send(() => publishModel(clients.publisher, { deployment, ...listing })),
  );
}
