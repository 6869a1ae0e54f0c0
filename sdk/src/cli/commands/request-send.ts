import type { Command } from "commander";
import { formatEther, formatGwei } from "viem";
import { expireRequest, parseExpireRequestReceipt } from "../../actions/expireRequest.ts";
import { getRequest } from "../../actions/getRequest.ts";
import type { RequestStatus } from "../../actions/internal/names.ts";
import { quoteInference } from "../../actions/quoteInference.ts";
import { parseRequestInferenceReceipt, requestInference } from "../../actions/requestInference.ts";
import { parseSettleRequestReceipt, settleRequest } from "../../actions/settleRequest.ts";
import { formatAmount } from "../../core/amounts.ts";
import { readModelDirectory } from "../../node/model-directory.ts";
import { addAccountOptions, addWriteOptions, type ChainOptions, connectToWrite } from "../chain.ts";
import { seconds } from "../duration.ts";
import { table } from "../format.ts";
import { collect, guarded, print, UsageError } from "../output.ts";
import { inUnits, send } from "../send.ts";
import { readInputs } from "../tensors.ts";
import { accountOf, countOf, hashOf, tokensOf } from "../values.ts";

interface SendOptions extends ChainOptions {
  readonly model: string;
  readonly input?: readonly string[];
  readonly profile: string;
  readonly fee: string;
  readonly deadlineSeconds: string;
  readonly operator?: string;
  readonly minStake?: string;
}

/** `assay request send`: asking. */
export function send_(command: Command): void {
  command.description("Ask for an inference. The fee moves from the sender's free balance into escrow.");
  addTerms(command)
    .addHelpText(
      "after",
      `
The free balance pays: see \`assay account deposit\`.

Example:
  assay request send --model digits --input image=digit.npy --profile 0x... --fee 5 \\
    --keystore me.json --password-file me.pw --rpc-urls http://127.0.0.1:8545 --deployment deployment.json`,
    )
    .action((options: SendOptions) => guarded(options, () => ask(options)));
  addWriteOptions(command);
}

/** `assay request quote`: what asking would cost. */
export function quote(command: Command): void {
  command.description(
    "Show what a request would cost and what it would buy. Sends nothing, and needs no key.",
  );
  addTerms(command)
    .addHelpText(
      "after",
      `
The exit code is 0 whether or not the free balance is enough.

Example:
  assay request quote --model digits --input image=digit.npy --profile 0x... --fee 5 --account 0x...`,
    )
    .action((options: SendOptions) => guarded(options, () => tellQuote(options)));
  addAccountOptions(command);
}

function addTerms(command: Command): Command {
  return command
    .requiredOption("--model <dir>", "model directory")
    .option("--input <NAME=FILE.npy>", "an input (repeatable)", collect)
    .requiredOption(
      "--profile <id>",
      "profile that the answer is given under: window, lock and bond; see `assay profile list`",
    )
    .option("--fee <tokens>", "fee in whole tokens, such as 0.5", "0")
    .option("--deadline-seconds <n>", "seconds within which an answer must be given", "3600")
    .option("--operator <address>", "the only operator that may answer (default: anyone)")
    .option(
      "--min-stake <tokens>",
      "smallest stake that the operator must hold (default: that of the profile)",
    );
}

/** `assay request settle`: the end of a request. */
export function settle(command: Command): void {
  command
    .description(
      "Record how a request has ended: a result whose window is over becomes final and is paid, a request that nobody answered in time is refunded. Anybody may.",
    )
    .argument("<id>", "request")
    .addHelpText(
      "after",
      "\nThe exit code is 4 if the request has been settled already.\n\nExample:\n  assay request settle 0x... --keystore me.json --password-file me.pw",
    )
    .action((id: string, options: ChainOptions) => guarded(options, () => end(id, options)));
  addWriteOptions(command);
}

async function ask(options: SendOptions): Promise<void> {
  const { context, request } = await prepare(options);
  const { deployment } = context;
  await send(context, options, [
    {
      title: `ask model ${request.model.modelId} for ${formatAmount(request.fee, await context.token())}`,
      write: (sender) => requestInference(sender, request),
      parse: (receipt) => parseRequestInferenceReceipt(receipt, { deployment }),
      tell: ({ requestId }) => `request ${requestId}`,
    },
  ]);
}

async function tellQuote(options: SendOptions): Promise<void> {
  const { context, request } = await prepare(options);
  const { client, sender } = context;
  if (sender === undefined)
    throw new UsageError("It is not known who would ask.", "Name the account with --account or --keystore.");
  const units = await context.token();
  const shown = (amount: bigint): string => formatAmount(amount, units);
  const quoted = await inUnits(context, () => quoteInference(client, { ...request, account: sender }));
  const { fee, recentFees, balance, shortfall, gas, gasPrice, gasCost, lock } = quoted;
  const enough = shortfall === 0n ? "enough" : `${shown(shortfall)} short: see assay account deposit`;
  const known = recentFees.map((one) => shown(one)).join(", ");
  const rows: [string, string][] = [
    ["fee", `${shown(fee)}, back if there is no right answer`],
    ["lately", known === "" ? "nobody has asked this model" : known],
    ["balance", `${shown(balance)}, ${enough}`],
    ["gas", `${gas.toLocaleString("en-US")} at ${formatGwei(gasPrice)} gwei: ${formatEther(gasCost)} ether`],
    ["locked", `${shown(lock)} of the operator for the answer`],
    [
      "final",
      `${seconds(quoted.windowSeconds)} after the answer, ${seconds(quoted.latestSeconds)} at the latest`,
    ],
  ];
  print(options, quoted, table(rows));
}

/** The request that the options stand for, and the chain that it is for. */
async function prepare(options: SendOptions) {
  const wait = countOf("--deadline-seconds", options.deadlineSeconds);
  const { operator, minStake } = options;
  const profileId = hashOf(options.profile);
  const named = operator === undefined ? {} : { operator: accountOf(operator) };
  const { model } = await readModelDirectory(options.model);
  const inputs = await readInputs(options.input ?? []);
  const context = await connectToWrite(options);
  const { deployment, client } = context;
  const units = await context.token();
  const terms = {
    ...{ profileId, ...named, fee: tokensOf("--fee", options.fee, units) },
    ...(minStake === undefined ? {} : { minStake: tokensOf("--min-stake", minStake, units) }),
  };
  const { timestamp } = await client.getBlock();
  return { context, request: { deployment, model, inputs, ...terms, deadline: Number(timestamp) + wait } };
}

const ENDED: ReadonlySet<RequestStatus> = new Set(["final", "slashed", "void", "refunded"]);
const UNANSWERED: ReadonlySet<RequestStatus> = new Set(["requested", "accepted", "refunded"]);

async function end(id: string, options: ChainOptions): Promise<void> {
  const requestId = hashOf(id);
  const context = await connectToWrite(options);
  const { deployment, client } = context;
  const { status, isSettled } = await getRequest(client, { deployment, requestId });
  if (isSettled && ENDED.has(status)) {
    process.exitCode = 4;
    print(options, { requestId, status }, `${requestId} has been settled: ${status}`);
    return;
  }
  const isAnswered = !UNANSWERED.has(status);
  await send(context, options, [
    {
      title: isAnswered ? `settle request ${requestId}` : `refund request ${requestId}`,
      write: (sender) =>
        isAnswered
          ? settleRequest(sender, { deployment, requestId })
          : expireRequest(sender, { deployment, requestId }),
      parse: (receipt) =>
        isAnswered
          ? parseSettleRequestReceipt(receipt, { deployment })
          : parseExpireRequestReceipt(receipt, { deployment }),
      tell: (ended) => `${ended.requestId} ended ${ended.status}`,
    },
  ]);
}
