import { access } from "node:fs/promises";
import type { Command } from "commander";
import { formatEther } from "viem";
import { getAccount } from "../../actions/getAccount.ts";
import { formatAmount } from "../../core/amounts.ts";
import { AssayError } from "../../core/errors.ts";
import { readModelDirectory } from "../../node/model-directory.ts";
import { runSelfTest } from "../../runtime/selftest.ts";
import { addAccountOptions, type ChainOptions, connectToWrite, type WriteContext } from "../chain.ts";
import { seconds } from "../duration.ts";
import { collect, guarded, print } from "../output.ts";

type Finding = {
  readonly what: string;
  readonly state: "ok" | "warning" | "failed";
  readonly detail: string;
};

const SKEW_LIMIT_SECONDS = 60;

interface Options extends ChainOptions {
  readonly model?: readonly string[];
}

/** `assay doctor`: whether this computer, the chain and the account are fit for what they are meant to do. */
export function doctor(command: Command): void {
  command
    .description(
      "Check this computer's arithmetic, the endpoint, the contracts, the account's money, the clock, and model directories. Sends nothing.",
    )
    .option("--model <dir>", "model directory to verify (repeatable)", collect)
    .addHelpText(
      "after",
      `
The exit code is 0 if nothing failed, 1 otherwise.

Examples:
  assay doctor --rpc-urls http://127.0.0.1:8545 --deployment devnet/deployment.json
  assay doctor --keystore operator.json --model models/digits`,
    )
    .action((options: Options) => guarded(options, () => examine(options)));
  addAccountOptions(command);
}

async function examine(options: Options): Promise<void> {
  const findings: Finding[] = [];
  const check = async (what: string, run: () => Promise<string | Omit<Finding, "what">>): Promise<void> => {
    try {
      const found = await run();
      findings.push(typeof found === "string" ? { what, state: "ok", detail: found } : { what, ...found });
    } catch (error) {
      const detail = AssayError.is(error) ? error.message : String(error);
      findings.push({ what, state: "failed", detail });
    }
  };
  await check("arithmetic", async () => {
    runSelfTest();
    return `computes as the machine must, on Node.js ${process.versions.node}`;
  });
  let context: WriteContext | undefined;
  await check("endpoint", async () => {
    const connected = await connectToWrite(options);
    const block = await connected.client.getBlockNumber();
    context = connected;
    return `answers for chain ${connected.chain.id} at block ${block}`;
  });
  if (context !== undefined) await examineChain(context, check);
  for (const directory of options.model ?? []) {
    await check(`model ${directory}`, async () => {
      await access(directory);
      const { model } = await readModelDirectory(directory);
      return `is ${model.modelId}`;
    });
  }
  if (findings.some(({ state }) => state === "failed")) process.exitCode = 1;
  print(
    options,
    { findings },
    findings.map(({ what, state, detail }) => `${state.padEnd(8)} ${what}: ${detail}`).join("\n"),
  );
}

async function examineChain(
  { client, deployment, sender, token }: WriteContext,
  check: (what: string, run: () => Promise<string | Omit<Finding, "what">>) => Promise<void>,
): Promise<void> {
  await check("contracts", async () => {
    const missing: string[] = [];
    for (const [name, address] of Object.entries(deployment.contracts))
      if (((await client.getCode({ address })) ?? "0x") === "0x") missing.push(`${name} at ${address}`);
    if (missing.length > 0) return { state: "failed", detail: `there is no ${missing.join(", no ")}` };
    return `all ${Object.keys(deployment.contracts).length} are there`;
  });
  await check("history", async () => {
    const { startBlock, contracts } = deployment;
    await client.getLogs({ address: contracts.InferenceHub, fromBlock: startBlock, toBlock: startBlock });
    return `the endpoint has the events since block ${startBlock}`;
  });
  await check("clock", async () => {
    const { timestamp } = await client.getBlock();
    const skew = Number(timestamp) - Math.floor(Date.now() / 1_000);
    const detail = `the latest block is ${seconds(Math.abs(skew))} ${skew > 0 ? "ahead of" : "behind"} this computer`;
    return { state: skew > SKEW_LIMIT_SECONDS ? "warning" : "ok", detail };
  });
  if (sender === undefined) return;
  await check("gas", async () => {
    const balance = await client.getBalance({ address: sender });
    const detail = `${sender} has ${formatEther(balance)} of the chain's currency`;
    return { state: balance === 0n ? "failed" : "ok", detail };
  });
  await check("vault", async () => {
    const units = await token();
    const shown = (amount: bigint): string => formatAmount(amount, units);
    const { balance, stake, unlocked, wallet } = await getAccount(client, { deployment, address: sender });
    const detail = `${shown(balance)} free, ${shown(stake)} staked (${shown(unlocked)} not locked), ${shown(wallet)} in the wallet`;
    return { state: balance + stake === 0n ? "warning" : "ok", detail };
  });
}
