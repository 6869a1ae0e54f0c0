import type { Command } from "commander";
import { type Hex, isHex, parseUnits } from "viem";
import { getFinalityEta } from "../../actions/getFinalityEta.ts";
import { getGames } from "../../actions/getGames.ts";
import { getProfile } from "../../actions/getProfile.ts";
import { getRequest, type InferenceRequest } from "../../actions/getRequest.ts";
import { parseRequestInferenceReceipt, requestInference } from "../../actions/requestInference.ts";
import { verifyResult } from "../../actions/verifyResult.ts";
import { waitForFinality } from "../../actions/waitForFinality.ts";
import { readModelDirectory } from "../../node/model-directory.ts";
import {
  addReadOptions,
  addWriteOptions,
  type ChainOptions,
  connectToRead,
  connectToWrite,
} from "../chain.ts";
import { amountText, moment, seconds, table } from "../format.ts";
import { guarded, print, UsageError } from "../output.ts";
import { send } from "../send.ts";
import { readInputs, writeOutputs } from "../tensors.ts";

interface SendOptions extends ChainOptions {
  readonly model: string;
  readonly input: readonly string[];
  readonly profile: string;
  readonly fee: string;
  readonly deadlineSeconds: string;
}

/** `assay request`: asking, and what becomes of it. */
export function addRequest(program: Command): void {
  const request = program
    .command("request")
    .description("Ask for an inference, follow it, and check its result.");
  addWriteOptions(request.command("send"))
    .description("Ask for an inference. The fee moves from the sender's free balance into escrow.")
    .requiredOption("--model <dir>", "model directory")
    .option("--input <NAME=FILE.npy...>", "an input (repeatable)", [])
    .requiredOption("--profile <id>", "profile that the answer is given under: window, lock and bond")
    .option("--fee <tokens>", "fee in whole tokens of 18 decimals, such as 0.5", "0")
    .option("--deadline-seconds <n>", "seconds within which an answer must be given", "3600")
    .addHelpText(
      "after",
      "\nExample:\n  assay request send --model digits --input image=digit.npy --profile 0x... --fee 5 \\\n    --keystore me.json --password-file me.pw --rpc-urls http://127.0.0.1:8545 --deployment deployment.json",
    )
    .action((options: SendOptions) => guarded(options, () => sendRequest(options)));
  addReadOptions(request.command("show").argument("<id>", "request"))
    .description("Show where a request stands, and what is at stake.")
    .action((id: string, options: ChainOptions) => guarded(options, () => show(hashOf(id), options)));
  addReadOptions(request.command("watch").argument("<id>", "request"))
    .description(
      "Wait until nothing can change a request any more. Can be interrupted and started again at any time.",
    )
    .option("--timeout-seconds <n>", "give up after so many seconds")
    .addHelpText(
      "after",
      "\nThe exit code is 0 if the request ended final, 3 if it ended otherwise, 1 if the time was up.",
    )
    .action((id: string, options: ChainOptions) => guarded(options, () => watch(hashOf(id), options)));
  addReadOptions(request.command("verify").argument("<id>", "request"))
    .description(
      "Execute a request again on this computer and compare the result with the committed one, bit for bit.",
    )
    .requiredOption("--model <dir>", "model directory")
    .option("--out <dir>", "directory for the outputs that the model gives, as .npy files")
    .addHelpText("after", "\nThe exit code is 0 if the committed result is right, 3 if it is wrong.")
    .action((id: string, options: ChainOptions & { model: string; out?: string }) =>
      guarded(options, () => verify(hashOf(id), options)),
    );
}

/** A request's or a game's id from the command line. */
export function hashOf(text: string): Hex {
  const id = text.trim();
  if (isHex(id) && id.length === 66) return id.toLowerCase() as Hex;
  throw new UsageError(`${text} is not an id.`, "An id has 0x and 64 hexadecimal digits.");
}

async function sendRequest(options: SendOptions): Promise<void> {
  const wait = Number(options.deadlineSeconds);
  if (!Number.isInteger(wait) || wait < 1)
    throw new UsageError(
      `--deadline-seconds ${options.deadlineSeconds} is not a positive whole number.`,
      "For instance: 3600",
    );
  if (!/^\d+(\.\d{1,18})?$/.test(options.fee))
    throw new UsageError(`--fee ${options.fee} is not an amount of tokens.`, "For instance: --fee 0.5");
  const context = await connectToWrite(options);
  const { deployment, client } = context;
  const { model } = await readModelDirectory(options.model);
  const inputs = await readInputs(options.input);
  const { timestamp } = await client.getBlock();
  const terms = {
    ...{ deployment, model, inputs, profileId: hashOf(options.profile) },
    ...{ fee: parseUnits(options.fee, 18), deadline: Number(timestamp) + wait },
  };
  await send(context, options, [
    {
      title: `ask model ${model.modelId} for ${options.fee} tokens`,
      write: (sender) => requestInference(sender, terms),
      parse: (receipt) => parseRequestInferenceReceipt(receipt, { deployment }),
      tell: ({ requestId }) => `request ${requestId}`,
    },
  ]);
}

async function show(requestId: Hex, options: ChainOptions): Promise<void> {
  const { client, deployment } = await connectToRead(options);
  const request = await getRequest(client, { deployment, requestId });
  const { clockSeconds, bond } = await getProfile(client, { deployment, profileId: request.profileId });
  const eta =
    request.committedAt === undefined ? undefined : await getFinalityEta(client, { deployment, requestId });
  const games = request.committedAt === undefined ? [] : await getGames(client, { deployment, requestId });
  const rows: [string, string][] = [
    ["request", requestId],
    ["status", statusText(request)],
    ["model", request.modelId],
    ["requester", request.requester],
    ["operator", request.operator ?? "anybody may accept"],
    ["fee", amountText(request.fee)],
    ["locked", amountText(request.lock)],
    ["deadline", moment(request.deadline)],
  ];
  if (eta !== undefined) {
    rows.push(["committed", moment(request.committedAt ?? 0)]);
    rows.push(["window", `ends ${moment(eta.earliest)}, in ${seconds(Math.max(0, eta.earliest - eta.now))}`]);
    rows.push([
      "final",
      `at the latest ${moment(eta.latest)}: window and two clocks of ${seconds(clockSeconds)}`,
    ]);
    rows.push([
      "challenges",
      `${games.length} made, ${request.openGames} open, each with a bond of ${amountText(bond)}`,
    ]);
  }
  print(options, { ...request, eta, games: games.map(({ gameId }) => gameId) }, table(rows));
}

function statusText({ status, isSettled, tainted }: InferenceRequest): string {
  const notes = [
    ...(isSettled ? [] : ["not recorded yet: settling is due"]),
    ...(tainted ? ["a game ended undecided"] : []),
  ];
  return notes.length === 0 ? status : `${status} (${notes.join("; ")})`;
}

async function watch(
  requestId: Hex,
  options: ChainOptions & { readonly timeoutSeconds?: string },
): Promise<void> {
  const { client, deployment } = await connectToRead(options);
  const abort = new AbortController();
  process.once("SIGINT", () => abort.abort());
  const { timeoutSeconds } = options;
  const request = await waitForFinality(client, {
    deployment,
    requestId,
    signal: abort.signal,
    ...(timeoutSeconds === undefined ? {} : { timeout: 1_000 * Number(timeoutSeconds) }),
    onStatus: ({ request: { status }, secondsLeft }) => {
      if (options.json === true) return;
      const left = secondsLeft === undefined ? "" : `, window open for ${seconds(secondsLeft)}`;
      process.stderr.write(`${status}${left}\n`);
    },
  });
  if (request.status !== "final") process.exitCode = 3;
  print(options, request, `${requestId}\n  ended ${request.status}`);
}

async function verify(
  requestId: Hex,
  options: ChainOptions & { model: string; out?: string },
): Promise<void> {
  const { client, deployment } = await connectToRead(options);
  const { model } = await readModelDirectory(options.model);
  const check = await verifyResult(client, { deployment, requestId, model });
  const { isCorrect, status, committedRoot, computedRoot, outputs } = check;
  if (!isCorrect) process.exitCode = 3;
  const files = options.out === undefined ? [] : await writeOutputs(options.out, outputs);
  const rows: [string, string][] = [
    ["verdict", isCorrect ? "right: the same bytes" : "WRONG: the model gives other bytes"],
    ["committed", committedRoot],
    ["computed", computedRoot],
    ["status", isCorrect || status !== "committed" ? status : `${status}: it can be challenged now`],
    ...files.map(({ name, file }): [string, string] => [name, file]),
  ];
  print(options, { requestId, isCorrect, status, committedRoot, computedRoot, outputs: files }, table(rows));
}
