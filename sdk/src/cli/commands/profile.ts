import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { getContractEvents } from "viem/actions";
import { profilesAbi } from "../../abis/generated/Profiles.ts";
import {
  createProfile,
  parseCreateProfileReceipt,
  simulateCreateProfile,
} from "../../actions/createProfile.ts";
import { getProfile, type Profile } from "../../actions/getProfile.ts";
import { assertDeployed } from "../../actions/internal/deployment.ts";
import { readLogs } from "../../actions/internal/logs.ts";
import { formatAmount, type TokenUnits } from "../../core/amounts.ts";
import {
  addReadOptions,
  addWriteOptions,
  type ChainOptions,
  connectToRead,
  connectToWrite,
} from "../chain.ts";
import { seconds } from "../duration.ts";
import { table } from "../format.ts";
import { guarded, print, UsageError } from "../output.ts";
import { send } from "../send.ts";
import { hashOf } from "../values.ts";

/** `assay profile list`: under what results can be given. */
export function list(command: Command): void {
  command
    .description("List the profiles: how long windows and clocks are, and what is locked and bonded.")
    .addHelpText("after", "\nThe exit code is 4 if there are none.\n\nExample:\n  assay profile list")
    .action((options: ChainOptions) => guarded(options, () => listAll(options)));
  addReadOptions(command);
}

/** `assay profile show`: all of one. */
export function show(command: Command): void {
  command
    .description("Show all values of a profile. Nobody can change one.")
    .argument("<id>", "profile")
    .addHelpText(
      "after",
      "\nExamples:\n  assay profile show 0x...\n  assay profile show 0x... --json > profile.json",
    )
    .action((id: string, options: ChainOptions) => guarded(options, () => tell(id, options)));
  addReadOptions(command);
}

/** `assay profile create`: a new one. */
export function create(command: Command): void {
  command
    .description(
      "Create a profile, if it protects an honest side. Anybody may; the same values give the same id, and doing it again changes nothing.",
    )
    .argument("<file>", "JSON with all values, as `assay profile show --json` prints them")
    .addHelpText(
      "after",
      "\nExample:\n  assay profile show 0x... --json > mine.json\n  assay profile create mine.json --keystore me.json --password-file me.pw",
    )
    .action((file: string, options: ChainOptions) => guarded(options, () => make(file, options)));
  addWriteOptions(command);
}

async function listAll(options: ChainOptions): Promise<void> {
  const { client, deployment, token } = await connectToRead(options);
  const logs = await readLogs(client, deployment, {}, (range) =>
    getContractEvents(client, {
      address: deployment.contracts.Profiles,
      abi: profilesAbi,
      eventName: "ProfileCreated",
      strict: true,
      ...range,
    }),
  );
  const profiles = logs.map(({ args: { profileId, profile } }) => ({ profileId, ...profile }));
  if (profiles.length === 0) {
    await assertDeployed(client, deployment, "Profiles");
    process.exitCode = 4;
  }
  const units = await token();
  const shown = (amount: bigint): string => formatAmount(amount, units);
  const lines = profiles.map(
    ({ profileId, windowSeconds, clockSeconds, lock, bond }) =>
      `${profileId}\n  window ${seconds(windowSeconds)}, clocks ${seconds(clockSeconds)}, lock ${shown(lock)}, bond ${shown(bond)}`,
  );
  print(options, { profiles }, lines.join("\n") || "There are no profiles.");
}

const MEANINGS: Readonly<Record<keyof Profile, string>> = {
  windowSeconds: "a result can be challenged for so long",
  clockSeconds: "one side of a game may use up so much",
  censorshipSeconds: "censorship that both are made to survive",
  inclusionSeconds: "what one transaction may take",
  traceSeconds: "what building a trace may take",
  lockBurnBps: "share of the lock that is burned on a slash, in 1/10,000",
  requesterBps: "share of the lock that the requester gets, in 1/10,000",
  bondBurnBps: "share of a lost bond that is burned, in 1/10,000",
  maxBatchResults: "results that one lock may back; 0 for one each",
  lock: "stake locked for a result",
  bond: "what a challenger stakes",
  maxDemandBytes: "longest input that can be demanded on-chain",
  missedDeadlinePenalty: "for an operator that accepted and did not answer",
  voidPenalty: "for an operator whose result ended void",
  answerRefund: "to a third party for an answer",
  stepRefund: "to a third party for the step",
};

async function tell(id: string, options: ChainOptions): Promise<void> {
  const profileId = hashOf(id);
  const { client, deployment, token } = await connectToRead(options);
  const units = await token();
  const profile = await getProfile(client, { deployment, profileId });
  const rows = Object.entries(MEANINGS).map(([name, meaning]): [string, string] => [
    name,
    `${valueText(name, profile[name as keyof Profile], units)}: ${meaning}`,
  ]);
  print(options, { profileId, ...profile }, table([["profile", profileId], ...rows]));
}

function valueText(name: string, value: number | bigint, units: TokenUnits): string {
  if (typeof value === "bigint") return formatAmount(value, units);
  return name.endsWith("Seconds") ? seconds(value) : String(value);
}

async function make(file: string, options: ChainOptions): Promise<void> {
  const profile = profileOf(file, await readFile(file, "utf8"));
  const context = await connectToWrite(options);
  const { deployment } = context;
  let profileId: string | undefined;
  await send(context, options, [
    {
      title: "create a profile",
      write: async (sender) => {
        profileId = await simulateCreateProfile(sender, { deployment, profile });
        return createProfile(sender, { deployment, profile });
      },
      parse: (receipt) => ({
        profileId,
        isNew: parseCreateProfileReceipt(receipt, { deployment }) !== undefined,
      }),
      tell: ({ isNew }) => `profile ${profileId}${isNew ? "" : ", which there was already"}`,
    },
  ]);
}

/** A profile from a file, which has every value; what else it has does not matter. */
function profileOf(file: string, text: string): Profile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    content = undefined;
  }
  if (typeof content !== "object" || content === null)
    throw new UsageError(
      `${file} holds no values.`,
      "Begin with what `assay profile show ID --json` prints.",
    );
  const given = content as Readonly<Record<string, unknown>>;
  const values = Object.keys(MEANINGS).map((name) => [name, numberOf(file, name, given[name])] as const);
  return Object.fromEntries(values) as unknown as Profile;
}

const AMOUNTS: ReadonlySet<string> = new Set<keyof Profile>([
  ...(["lock", "bond", "missedDeadlinePenalty", "voidPenalty", "answerRefund", "stepRefund"] as const),
]);

function numberOf(file: string, name: string, value: unknown): number | bigint {
  // A number that does not hold all of its digits is none.
  const digits = typeof value === "string" || Number.isSafeInteger(value) ? String(value) : "";
  if (!/^\d{1,39}$/.test(digits))
    throw new UsageError(
      `${file}: ${name} is not a whole number.`,
      "Times are in seconds, shares in 1/10,000, amounts in the token's smallest unit and in quotes.",
    );
  return AMOUNTS.has(name) ? BigInt(digits) : Number(digits);
}
