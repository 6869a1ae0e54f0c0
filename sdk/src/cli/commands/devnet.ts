import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { type Hex, toHex } from "viem";
import type { MachineModel } from "../../machine/model.ts";
import { readModelDirectory } from "../../node/model-directory.ts";
import { flipOutputBit } from "../../testing/lie.ts";
import { type LocalNetwork, startLocalNetwork } from "../../testing/network.ts";
import { accountOf, PEOPLE } from "../../testing/people.ts";
import { guarded, JSON_OPTION, note, type OutputOptions, print, UsageError } from "../output.ts";

interface Options extends OutputOptions {
  readonly out: string;
  readonly port: string;
  readonly url?: string;
  readonly liar?: string;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** `assay devnet`: the protocol on a chain of one's own. */
export function devnet(command: Command): void {
  command
    .description(
      "Start a development chain with everything deployed and everybody funded, and write down where it is. Needs Hardhat 3 in this project or anvil on the PATH, unless --url names a chain. Runs until it is stopped.",
    )
    .option("--out <dir>", "folder for deployment.json and the keys, which are known to everybody", "devnet")
    .option("--port <n>", "port on 127.0.0.1; 0 for any free one", "8545")
    .option("--url <url>", "deploy on this development chain instead, and return")
    .option(
      "--liar <model>",
      "for drills: somebody who answers requests of this model's directory wrongly, by one bit, and defends the lie",
    )
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      `
Example:
  assay devnet &
  export ASSAY_RPC_URLS=http://127.0.0.1:8545 ASSAY_DEPLOYMENT=devnet/deployment.json
  assay keys import --out me.json --password-file me.pw < devnet/requester.key
  assay profile show "$(cat devnet/profile)"`,
    )
    .action((options: Options) => guarded(options, () => start(options)));
}

async function start({ out, port, url, liar, ...options }: Options): Promise<void> {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new UsageError(`--port ${port} is not a port.`, "For instance: --port 8545");
  if (url !== undefined && liar !== undefined)
    throw new UsageError("--liar lies as long as the chain runs; with --url none is started.", "Omit --url.");
  const model = liar === undefined ? undefined : (await readModelDirectory(liar)).model;
  // Whoever ends it before it runs leaves no chain behind: an exit ends it, a signal alone would not.
  const leave = (signal: NodeJS.Signals): never => process.exit(signal === "SIGINT" ? 130 : 143);
  for (const signal of SIGNALS) process.on(signal, leave);
  const network = await startLocalNetwork(url === undefined ? { port: Number(port) } : { url });
  const { deployment, profileId } = network;
  await mkdir(out, { recursive: true });
  const file = join(out, "deployment.json");
  const content = { ...deployment, startBlock: Number(deployment.startBlock) };
  await writeFile(file, `${JSON.stringify(content, undefined, 2)}\n`);
  await writeFile(join(out, "profile"), `${profileId}\n`);
  const people = PEOPLE.map((person) => {
    const { address, getHdKey } = accountOf(person);
    const privateKey = toHex(getHdKey().privateKey ?? new Uint8Array());
    return { person, address, privateKey };
  });
  for (const { person, privateKey } of people) await writeFile(join(out, `${person}.key`), `${privateKey}\n`);
  const drill = model === undefined ? undefined : await startLiar(network, model);
  const lines = people.map(
    ({ person, address }) => `${person.padEnd(10)} ${address}  ${join(out, `${person}.key`)}`,
  );
  if (drill !== undefined)
    lines.push(`lies       whoever asks ${drill.modelId} is answered by the liar, wrongly`);
  print(
    options,
    { url: network.url, chainId: deployment.chainId, deployment: file, profileId, people, drill },
    [`chain      ${network.url}`, `contracts  ${file}`, `profile    ${profileId}`, ...lines].join("\n"),
  );
  if (url !== undefined) return;
  note(options, "Runs until it gets Ctrl-C or SIGTERM.");
  const ended = new Promise((resolve) => {
    for (const signal of SIGNALS) process.off(signal, leave).once(signal, resolve);
  });
  await ended;
  await network.stop();
}

async function startLiar(
  network: LocalNetwork,
  model: MachineModel,
): Promise<{ modelId: Hex; operator: Hex }> {
  const modelId = await network.register(model);
  const { address } = network.startOperator({ models: [model], tamper: flipOutputBit(model) });
  return { modelId, operator: address };
}
