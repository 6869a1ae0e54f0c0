import type { Command } from "commander";
import type { Hex } from "viem";
import { getFinalityEta } from "../../actions/getFinalityEta.ts";
import { getGames } from "../../actions/getGames.ts";
import { getProfile } from "../../actions/getProfile.ts";
import { getRequest, type InferenceRequest } from "../../actions/getRequest.ts";
import { waitForFinality } from "../../actions/waitForFinality.ts";
import { formatAmount } from "../../core/amounts.ts";
import { addReadOptions, type ChainOptions, connectToRead } from "../chain.ts";
import { seconds } from "../duration.ts";
import { moment, table } from "../format.ts";
import { guarded, note, print } from "../output.ts";
import { hashOf, secondsOf } from "../values.ts";

interface WatchOptions extends ChainOptions {
  readonly timeoutSeconds?: string;
}

/** `assay request show`: where a request stands. */
export function show(command: Command): void {
  command
    .description("Show where a request stands, what is at stake, and when it is final.")
    .argument("<id>", "request")
    .addHelpText("after", "\nExample:\n  assay request show 0x...")
    .action((id: string, options: ChainOptions) => guarded(options, () => tell(hashOf(id), options)));
  addReadOptions(command);
}

/** `assay request watch`: until it has ended. */
export function watch(command: Command): void {
  command
    .description(
      "Wait until nothing can change a request any more. Can be interrupted and started again at any time.",
    )
    .argument("<id>", "request")
    .option("--timeout-seconds <n>", "give up after so many seconds")
    .addHelpText(
      "after",
      `
The exit code is 0 if the request ended final, 3 if it ended otherwise, 1 if the time was up.

Example:
  assay request watch 0x... --timeout-seconds 7200`,
    )
    .action((id: string, options: WatchOptions) => guarded(options, () => wait(hashOf(id), options)));
  addReadOptions(command);
}

async function tell(requestId: Hex, options: ChainOptions): Promise<void> {
  const { client, deployment, token } = await connectToRead(options);
  const units = await token();
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
    ["fee", formatAmount(request.fee, units)],
    ["locked", formatAmount(request.lock, units)],
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
      `${games.length} made, ${request.openGames} open, each with a bond of ${formatAmount(bond, units)}`,
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

async function wait(requestId: Hex, options: WatchOptions): Promise<void> {
  const given = options.timeoutSeconds;
  const timeout = given === undefined ? undefined : 1_000 * secondsOf("--timeout-seconds", given);
  const { client, deployment } = await connectToRead(options);
  const abort = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => abort.abort());
  let said = "";
  const request = await waitForFinality(client, {
    deployment,
    requestId,
    signal: abort.signal,
    ...(timeout === undefined ? {} : { timeout }),
    onStatus: ({ request: { status }, secondsLeft }) => {
      const left = secondsLeft === undefined ? "" : `, window open for ${seconds(secondsLeft)}`;
      if (`${status}${left}` !== said) note(options, `${status}${left}`);
      said = `${status}${left}`;
    },
  });
  if (request.status !== "final") process.exitCode = 3;
  print(options, request, `${requestId}\n  ended ${request.status}`);
}
