import { readFile, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import type { Hex } from "viem";
import { challengeResult } from "../../actions/challengeResult.ts";
import { getGame } from "../../actions/getGame.ts";
import { getGameView } from "../../actions/getGameView.ts";
import { getInput } from "../../actions/getInput.ts";
import { parseOpenGameReceipt } from "../../actions/openGame.ts";
import { playGame } from "../../actions/playGame.ts";
import { randomSalt } from "../../actions/randomSalt.ts";
import { timeoutGame } from "../../actions/timeoutGame.ts";
import { positionOf, type Side } from "../../game/state.ts";
import { readModelDirectory } from "../../node/model-directory.ts";
import { traceBytes } from "../../runtime/trace.ts";
import { addWriteOptions, type ChainOptions, connectToWrite, type WriteContext } from "../chain.ts";
import { guarded, note, UsageError } from "../output.ts";
import { withProgress } from "../progress.ts";
import { send } from "../send.ts";
import { hashOf } from "../values.ts";

interface OpenOptions extends ChainOptions {
  readonly model: string;
  readonly saltFile?: string;
}

interface MoveOptions extends ChainOptions {
  readonly side?: string;
  readonly model?: string;
  readonly salt?: string;
  readonly saltFile?: string;
  readonly timeout?: boolean;
}

/** `assay dispute open`: a challenge. */
export function open(command: Command): void {
  command
    .description(
      "Execute a request again, on two engines, and challenge its result if it is wrong. The bond moves from the sender's free balance. A right result is not challenged.",
    )
    .argument("<request>", "request")
    .requiredOption("--model <dir>", "model directory")
    .option(
      "--salt-file <file>",
      "where the secret is kept that hides the challenge; one that is there is used again (default: <request>.salt)",
    )
    .addHelpText(
      "after",
      `
The exit code is 0 if the result was challenged, 4 if it is right. Whoever loses the salt cannot reveal, and loses the bond.

Example:
  assay dispute open 0x... --model digits --salt-file my.salt --keystore me.json --password-file me.pw
  assay dispute move GAME --side challenger --model digits --salt-file my.salt --keystore me.json --password-file me.pw`,
    )
    .action((id: string, options: OpenOptions) => guarded(options, () => challenge(hashOf(id), options)));
  addWriteOptions(command);
}

/** `assay dispute move`: a move by hand. */
export function move(command: Command): void {
  command
    .description(
      "Make the next move of one side, computed from the model as an honest side does. Anybody may move for either side.",
    )
    .argument("<id>", "game")
    .option("--side <side>", "operator or challenger")
    .option("--model <dir>", "model directory")
    .option("--salt-file <file>", "what `assay dispute open` wrote; only a reveal needs it")
    .option("--salt <salt>", "the salt itself, in the place of its file")
    .option("--timeout", "end a game in which a clock is used up, instead")
    .addHelpText(
      "after",
      `
The exit code is 0 if there was a move to make, 4 if not.

Examples:
  assay dispute move 0x... --side operator --model digits --keystore me.json --password-file me.pw
  assay dispute move 0x... --timeout --keystore me.json --password-file me.pw`,
    )
    .action((id: string, options: MoveOptions) => guarded(options, () => makeMove(hashOf(id), options)));
  addWriteOptions(command);
}

async function challenge(requestId: Hex, options: OpenOptions): Promise<void> {
  const { model } = await readModelDirectory(options.model);
  const context = await connectToWrite(options);
  const { deployment } = context;
  const file = options.saltFile ?? `${requestId}.salt`;
  let salt: Hex | undefined;
  let isOpened = false;
  await send(context, options, [
    {
      title: `challenge the result of ${requestId}`,
      write: async (sender) => {
        // Kept before anything is sent: without it the bond would be lost.
        salt = await keptSalt(file, options);
        const opened = await withProgress(options, "executing again, on two engines", 1, () =>
          challengeResult(sender, { deployment, requestId, model, salt: salt as Hex }),
        );
        isOpened = opened !== undefined;
        return opened?.hash;
      },
      parse: (receipt) => ({ ...parseOpenGameReceipt(receipt, { deployment }), saltFile: file }),
      tell: ({ gameId }) => `game ${gameId}\n  its salt is in ${file}: keep it until the game has ended`,
    },
  ]);
  if (isOpened) return;
  process.exitCode = 4;
  note(options, "The result is right: there is nothing to challenge.");
}

/** The salt in a file, which is written if it is not there; a trial leaves nothing behind. */
async function keptSalt(file: string, { dryRun }: ChainOptions): Promise<Hex> {
  const known = await readFile(file, "utf8").catch(() => undefined);
  if (known !== undefined) return hashOf(known);
  const salt = randomSalt();
  if (dryRun !== true) await writeFile(file, `${salt}\n`, { flag: "wx", mode: 0o600 });
  return salt;
}

async function makeMove(gameId: Hex, options: MoveOptions): Promise<void> {
  const { side, model: directory, salt, saltFile } = options;
  if (options.timeout === true) return endByTimeout(await connectToWrite(options), gameId, options);
  if (side !== "operator" && side !== "challenger")
    throw new UsageError("It is not said whose move it is.", "Add --side operator or --side challenger.");
  if (directory === undefined) throw new UsageError("A move is computed from the model.", "Add --model DIR.");
  const given = salt ?? (saltFile === undefined ? undefined : await readFile(saltFile, "utf8"));
  const secret = given === undefined ? {} : { salt: hashOf(given) };
  const { model } = await readModelDirectory(directory);
  const context = await connectToWrite(options);
  const { client, deployment } = context;
  const { requestId, phase } = await getGame(client, { deployment, gameId });
  if (phase === "opened" && side === "challenger" && given === undefined)
    throw new UsageError(
      "The challenger has to reveal what it hid with a salt.",
      "Add --salt-file, with what `assay dispute open` wrote, before its clock is used up.",
    );
  const input = await getInput(client, { deployment, requestId });
  const trace = await withProgress(options, "executing again", 1, () => traceBytes(model, input));
  const mover: Side = side;
  const parameters = { deployment, gameId, side: mover, model, input, trace, ...secret };
  let made: string | undefined;
  await send(context, options, [
    {
      title: `move for the ${side} in game ${gameId}`,
      write: async (sender) => {
        const turn = await playGame(sender, parameters);
        made = turn.hash === undefined ? undefined : turn.move?.kind;
        return turn.hash;
      },
      parse: () => ({ gameId, move: made }),
      tell: () => `${made} for the ${side}`,
    },
  ]);
  if (made !== undefined) return;
  process.exitCode = 4;
  note(options, `The ${side} has no move now.`);
}

function endByTimeout(context: WriteContext, gameId: Hex, options: MoveOptions): Promise<void> {
  const { client, deployment } = context;
  return send(context, options, [
    {
      title: `end game ${gameId} by timeout`,
      write: async (sender) => {
        const position = positionOf(await getGameView(client, { deployment, gameId }));
        return timeoutGame(sender, { deployment, gameId, position });
      },
      parse: () => ({ gameId, move: "timeout" }),
      tell: () => `ended ${gameId}`,
    },
  ]);
}
