/** What all commands have in common that talk to a chain: where it is, whose contracts, and who signs. */

import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import {
  type Account,
  type Address,
  type Chain,
  createPublicClient,
  createWalletClient,
  defineChain,
  http,
  type PublicClient,
  type WalletClient,
} from "viem";
import { getToken } from "../actions/getToken.ts";
import { type Deployment, type DeploymentInput, defineDeployment, deploymentOf } from "../addresses.ts";
import type { TokenUnits } from "../core/amounts.ts";
import { WrongChainError } from "../errors/client.ts";
import { withAssayErrors } from "../errors/wrap.ts";
import { loadConfig, required } from "../node/config.ts";
import {
  challengerSettings,
  connectionSettings,
  keySettings,
  operatorSettings,
  serviceSettings,
} from "../node/daemon-settings.ts";
import { feeSettings } from "../node/fee-settings.ts";
import { flagOf, type Settings, variableOf } from "../node/setting.ts";
import { JSON_OPTION, type OutputOptions, UsageError } from "./output.ts";

const { rpcUrls, deployment, rpcTimeoutSeconds } = connectionSettings;
const { keystore, passwordFile, account } = keySettings;

/** Settings of commands that only read. */
const readSettings = { rpcUrls, deployment, rpcTimeoutSeconds } as const satisfies Settings;

/** Settings of commands that send transactions. */
const writeSettings = {
  ...readSettings,
  keystore,
  passwordFile,
  account,
} as const satisfies Settings;

/** What a file may hold for other commands, the daemons among them. */
const allSettings: Settings = {
  ...{ ...connectionSettings, ...keySettings, ...serviceSettings, ...feeSettings },
  ...{ ...operatorSettings, ...challengerSettings },
};

/** The options as commander has parsed them. */
export interface ChainOptions extends OutputOptions {
  readonly config?: string;
  readonly [key: string]: unknown;
}

export interface ReadContext {
  readonly client: PublicClient;
  readonly chain: Chain;
  readonly deployment: Deployment;
  /** Endpoint that is asked. */
  readonly url: string;
  /** How amounts are written; the chain is asked once. */
  readonly token: () => Promise<TokenUnits>;
}

export interface WriteContext extends ReadContext {
  /** The sender's address; `undefined` where neither a keystore nor an account is given. */
  readonly sender: Address | undefined;
  /** Opens the keystore, which takes about a second. */
  readonly unlock: () => Promise<WalletClient<ReturnType<typeof http>, Chain, Account>>;
}

/** Adds the options of a command that reads a chain, behind its own. */
export function addReadOptions(command: Command): Command {
  command.option(...JSON_OPTION);
  return addSettings(command, readSettings);
}

/** Adds the options of a command that sends a transaction, behind its own. */
export function addWriteOptions(command: Command): Command {
  command
    .option("--dry-run", "try the transaction out against the latest state, and send nothing")
    .option(
      "--output <form>",
      "`calldata` prints the call for a multisig or another wallet, and sends nothing; --account names its sender",
    )
    .option(...JSON_OPTION);
  return addSettings(command, writeSettings);
}

/** Adds the options of a command that knows its account and sends nothing. */
export function addAccountOptions(command: Command): Command {
  command.option(...JSON_OPTION);
  return addSettings(command, writeSettings);
}

function addSettings(command: Command, settings: Settings): Command {
  command.optionsGroup("Chain and account, by flag, environment or file:");
  for (const [key, { placeholder, description }] of Object.entries(settings))
    command.option(`${flagOf(key)} ${placeholder}`, `${description} [${variableOf(key)}]`);
  return command.option("--config <file>", "YAML or JSON file with these settings [ASSAY_CONFIG]");
}

/** Connects a command that reads. */
export async function connectToRead(options: ChainOptions): Promise<ReadContext> {
  return open(load(readSettings, options));
}

/** Connects a command that sends. The key is opened when it is needed. */
export async function connectToWrite(options: ChainOptions): Promise<WriteContext> {
  const values = load(writeSettings, options);
  const context = await open(values);
  const { keystore: path, passwordFile: password, account: named } = values;
  // Only who has a key needs what opens it.
  const [{ addressOf, decryptKey }, { readKeystore, readPassword }] = await Promise.all([
    import("../node/keystore.ts"),
    import("../node/keystore-file.ts"),
  ]);
  const stored = path === undefined ? undefined : await readKeystore(path);
  const sender = named ?? (stored === undefined ? undefined : addressOf(stored));
  const unlock = async () => {
    const content = await readKeystore(required("keystore", path, "a transaction needs somebody to sign it"));
    const secret = await readPassword(required("passwordFile", password, "it opens the keystore"));
    const opened = await decryptKey(content, secret);
    if (named !== undefined && opened.address !== named) {
      throw new UsageError(
        `The keystore holds the key of ${opened.address}, not of ${named}.`,
        "Name another keystore, or leave --account out.",
      );
    }
    const { chain, url } = context;
    return createWalletClient({ account: opened, chain, transport: http(url), cacheTime: 0 });
  };
  return { ...context, sender, unlock };
}

function load<const settings extends Settings>(settings: settings, { config, ...flags }: ChainOptions) {
  const { env } = process;
  const file = config ?? (env.ASSAY_CONFIG || undefined);
  const known = Object.fromEntries(Object.keys(settings).map((key) => [key, flags[key]]));
  return loadConfig(settings, {
    flags: known,
    env,
    ...(file === undefined ? {} : { file, others: allSettings }),
  }).values;
}

async function open(values: {
  readonly rpcUrls: readonly string[] | undefined;
  readonly deployment: string | undefined;
  readonly rpcTimeoutSeconds: number;
}): Promise<ReadContext> {
  const [url = ""] = required("rpcUrls", values.rpcUrls, "the command asks a chain");
  const transport = http(url, { timeout: 1_000 * values.rpcTimeoutSeconds, retryCount: 1 });
  const given = values.deployment === undefined ? undefined : await readDeployment(values.deployment);
  const chainId = await withAssayErrors({}, () => createPublicClient({ transport }).getChainId());
  // Another chain may have other contracts at the same addresses, and would answer.
  if (given !== undefined && given.chainId !== chainId) throw new WrongChainError(chainId, given.chainId);
  const chain = defineChain({
    id: chainId,
    name: `chain ${chainId}`,
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [url] } },
  });
  const client = createPublicClient({ chain, transport, cacheTime: 0, pollingInterval: 250 });
  const deployment = given ?? deploymentOf(chainId);
  let asked: Promise<TokenUnits> | undefined;
  const token = (): Promise<TokenUnits> => {
    asked ??= getToken(client, { deployment });
    return asked;
  };
  return { client, chain, deployment, url, token };
}

async function readDeployment(file: string): Promise<Deployment> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, "utf8"));
  } catch {
    throw new UsageError(
      `${file} is not a deployment that can be read.`,
      "Pass a file that `npm run deploy` or `assay devnet` wrote.",
    );
  }
  return defineDeployment(content as DeploymentInput);
}
