/** How a command sends: for real, as a trial, or as calldata for somebody else to send. */

import {
  type Address,
  createClient,
  custom,
  type Hash,
  type Hex,
  numberToHex,
  type TransactionReceipt,
} from "viem";
import type { AssayClient } from "../actions/internal/types.ts";
import { ContractRevertError } from "../errors/contract.ts";
import { TransactionRevertedError } from "../errors/transaction.ts";
import { withAssayErrors } from "../errors/wrap.ts";
import type { ChainOptions, ReadContext, WriteContext } from "./chain.ts";
import { print, UsageError } from "./output.ts";
import { withProgress } from "./progress.ts";

/** One transaction of a command. */
export interface Sending<parsed> {
  /** What it does, in the words of its user. */
  readonly title: string;
  /** Sends it; `undefined` if there turned out to be nothing to send. */
  readonly write: (client: AssayClient) => Promise<Hash | undefined>;
  readonly parse: (receipt: TransactionReceipt) => parsed;
  /** What is printed for people about the receipt. */
  readonly tell: (parsed: parsed) => string;
}

interface Call {
  readonly title: string;
  readonly to: Hex;
  readonly data: Hex;
}

/** Sends what a command is for, one after the other, in the form that its options ask for. */
export async function send<parsed>(
  context: WriteContext,
  options: ChainOptions,
  sendings: readonly Sending<parsed>[],
): Promise<void> {
  const form = formOf(options);
  await inUnits(context, () =>
    form === "transaction" ? sendAll(context, options, sendings) : show(context, options, sendings, form),
  );
}

/** Has what a contract refuses say amounts in whole tokens. */
export async function inUnits<result>({ token }: ReadContext, work: () => Promise<result>): Promise<result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ContractRevertError ? error.inUnitsOf(await token()) : error;
  }
}

async function sendAll<parsed>(
  context: WriteContext,
  options: ChainOptions,
  sendings: readonly Sending<parsed>[],
): Promise<void> {
  const wallet = await context.unlock();
  const results: parsed[] = [];
  const transactions: { hash: Hash; gasUsed: bigint }[] = [];
  for (const { title, write, parse, tell } of sendings) {
    const hash = await write(wallet as AssayClient);
    if (hash === undefined) continue;
    const receipt = await withProgress(options, `sent ${hash}, waiting for a block`, 1, () =>
      withAssayErrors({ hash }, () => context.client.waitForTransactionReceipt({ hash })),
    );
    if (receipt.status !== "success") throw new TransactionRevertedError(title, hash);
    transactions.push({ hash, gasUsed: receipt.gasUsed });
    const parsed = parse(receipt);
    results.push(parsed);
    const gas = receipt.gasUsed.toLocaleString("en-US");
    // At once: what follows may fail.
    if (options.json !== true)
      print(options, undefined, `${tell(parsed)}\n  transaction ${hash}, ${gas} gas`);
  }
  if (options.json === true) print(options, { transactions, results }, "");
}

async function show<parsed>(
  { client, deployment, sender }: WriteContext,
  options: ChainOptions,
  sendings: readonly Sending<parsed>[],
  form: "calldata" | "trial",
): Promise<void> {
  if (sender === undefined)
    throw new UsageError(
      "It is not known who will send it.",
      "Name the sender with --account or --keystore.",
    );
  const calls: Call[] = [];
  for (const { title, write } of sendings) {
    // What comes after another transaction can only be tried out once that one is included.
    const isTried = form === "trial" && calls.length === 0;
    await write(capturing(client as AssayClient, sender, isTried, (call) => calls.push({ title, ...call })));
  }
  if (form === "trial") {
    const titles = calls.map(({ title }) => title);
    print(
      options,
      { dryRun: true, sender, calls },
      `Nothing was sent. Would succeed now: ${titles.join("; then ")}`,
    );
    return;
  }
  const { chainId } = deployment;
  const lines = calls.map(({ title, to, data }) => `${title}\n  to    ${to}\n  value 0\n  data  ${data}`);
  print(
    options,
    { chainId, sender, calls: calls.map((call) => ({ ...call, value: "0" })) },
    lines.join("\n"),
  );
}

/** A client whose transactions go nowhere: every action prepares them as ever, and what it would have sent is kept. */
function capturing(
  client: AssayClient,
  account: Address,
  isTried: boolean,
  keep: (call: { to: Hex; data: Hex }) => void,
): AssayClient {
  const request = async ({ method, params }: { method: string; params?: unknown }): Promise<unknown> => {
    if (method === "eth_estimateGas" && !isTried) return numberToHex(1n << 24n);
    if (method === "eth_sendTransaction") {
      const [{ to, data }] = params as [{ to: Hex; data: Hex }];
      keep({ to, data });
      return numberToHex(0, { size: 32 });
    }
    return client.request({ method, params } as Parameters<typeof client.request>[0]);
  };
  const { chain } = client;
  const transport = custom({ request }, { retryCount: 0 });
  return createClient({ account, transport, cacheTime: 0, ...(chain === undefined ? {} : { chain }) });
}

function formOf({ dryRun, output }: ChainOptions): "calldata" | "trial" | "transaction" {
  if (output !== undefined && output !== "calldata")
    throw new UsageError(
      `--output ${String(output)} is not known.`,
      "Leave it out, or write --output calldata.",
    );
  if (output === "calldata") return "calldata";
  return dryRun === true ? "trial" : "transaction";
}
