import type { Command } from "commander";
import type { Address, Hex } from "viem";
import { claimRefund } from "../../actions/claimRefund.ts";
import { claimReward } from "../../actions/claimReward.ts";
import { type DisputeGameState, getGame } from "../../actions/getGame.ts";
import { getGameHistory } from "../../actions/getGameHistory.ts";
import { getGames } from "../../actions/getGames.ts";
import { getGameView } from "../../actions/getGameView.ts";
import { getInput } from "../../actions/getInput.ts";
import { getModel } from "../../actions/getModel.ts";
import { getProfile } from "../../actions/getProfile.ts";
import { getRequest } from "../../actions/getRequest.ts";
import { findOpenings } from "../../actions/internal/openings.ts";
import { playGame } from "../../actions/playGame.ts";
import { timeoutGame } from "../../actions/timeoutGame.ts";
import { positionOf, type Side } from "../../game/state.ts";
import { readModelDirectory } from "../../node/model-directory.ts";
import { traceBytes } from "../../runtime/trace.ts";
import {
  addReadOptions,
  addWriteOptions,
  type ChainOptions,
  connectToRead,
  connectToWrite,
  type ReadContext,
} from "../chain.ts";
import { drawDispute, stateText } from "../dispute-picture.ts";
import { seconds, table } from "../format.ts";
import { guarded, print, UsageError } from "../output.ts";
import { send } from "../send.ts";
import { hashOf } from "./request.ts";

interface MoveOptions extends ChainOptions {
  readonly side?: string;
  readonly model?: string;
  readonly salt?: string;
  readonly timeout?: boolean;
}

/** `assay dispute`: looking at games, and moving in them by hand. */
export function addDispute(program: Command): void {
  const dispute = program
    .command("dispute")
    .description("Look at disputes, make their moves by hand, and claim what they yield.");
  addReadOptions(dispute.command("list"))
    .description("List games: of one request, or all that are open.")
    .option("--request <id>", "only games about this request")
    .option("--all", "also games that have ended")
    .action((options: ChainOptions & { request?: string; all?: boolean }) =>
      guarded(options, () => list(options)),
    );
  addReadOptions(dispute.command("show").argument("<id>", "game"))
    .description("Show a game: its state, whose turn it is, and both clocks.")
    .action((id: string, options: ChainOptions) => guarded(options, () => show(hashOf(id), options)));
  addReadOptions(dispute.command("tree").argument("<id>", "game"))
    .description(
      "Draw a game: the path through both traces down to the disputed element, clocks, and stakes.",
    )
    .option("--model <dir>", "model directory, to name the layers")
    .action((id: string, options: ChainOptions & { model?: string }) =>
      guarded(options, () => tree(hashOf(id), options)),
    );
  addWriteOptions(dispute.command("move").argument("<id>", "game"))
    .description(
      "Make the next move of one side, computed from the model as an honest side does. Anybody may move for either side.",
    )
    .option("--side <side>", "operator or challenger")
    .option("--model <dir>", "model directory")
    .option("--salt <salt>", "salt of the opening; only a reveal needs it")
    .option("--timeout", "end a game in which a clock is used up, instead")
    .addHelpText(
      "after",
      "\nThe exit code is 0 if there was a move to make, 4 if not.\n\nExample:\n  assay dispute move 0x... --side operator --model digits --keystore me.json --password-file me.pw",
    )
    .action((id: string, options: MoveOptions) => guarded(options, () => move(hashOf(id), options)));
  addWriteOptions(dispute.command("claim").argument("<id>", "game"))
    .description(
      "Pay out what a game yields: the challenger's reward, or with --refund-for the gas of a third party.",
    )
    .option("--refund-for <address>", "third party that moved for a side that has won")
    .action((id: string, options: ChainOptions & { refundFor?: Address }) =>
      guarded(options, () => claim(hashOf(id), options)),
    );
}

async function list(options: ChainOptions & { request?: string; all?: boolean }): Promise<void> {
  const context = await connectToRead(options);
  const { client, deployment } = context;
  const found =
    options.request === undefined
      ? await allGames(context)
      : await getGames(client, { deployment, requestId: hashOf(options.request) });
  const games = options.all === true ? found : found.filter(({ phase }) => phase !== "ended");
  if (games.length === 0) process.exitCode = 4;
  const lines = games.map((game) => `${game.gameId}\n  ${stateText(game)}\n  ${clockText(game)}`);
  print(options, { games }, lines.join("\n") || "There are no such games.");
}

async function allGames({ client, deployment }: ReadContext): Promise<readonly DisputeGameState[]> {
  const openings = await findOpenings(client, { deployment });
  return Promise.all(openings.map(({ gameId }) => getGame(client, { deployment, gameId })));
}

function clockText({ operatorRemaining, challengerRemaining }: DisputeGameState): string {
  return `operator has ${seconds(operatorRemaining)} left, challenger ${seconds(challengerRemaining)}`;
}

async function show(gameId: Hex, options: ChainOptions): Promise<void> {
  const { client, deployment } = await connectToRead(options);
  const game = await getGame(client, { deployment, gameId });
  print(
    options,
    game,
    table([
      ["game", gameId],
      ["about", game.requestId],
      ["state", stateText(game)],
      ["clocks", clockText(game)],
    ]),
  );
}

async function tree(gameId: Hex, options: ChainOptions & { model?: string }): Promise<void> {
  const { client, deployment } = await connectToRead(options);
  const game = await getGame(client, { deployment, gameId });
  const { modelId, profileId, traceRoot } = await getRequest(client, {
    deployment,
    requestId: game.requestId,
  });
  const [events, profile, record] = await Promise.all([
    getGameHistory(client, { deployment, gameId }),
    getProfile(client, { deployment, profileId }),
    getModel(client, { deployment, modelId }),
  ]);
  const infos =
    options.model === undefined ? {} : { stepInfos: (await readModelDirectory(options.model)).stepInfos };
  print(options, { game, events }, drawDispute({ game, events, profile, record, traceRoot, ...infos }));
}

async function move(gameId: Hex, options: MoveOptions): Promise<void> {
  const context = await connectToWrite(options);
  const { client, deployment } = context;
  if (options.timeout === true) {
    await send(context, options, [
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
    return;
  }
  const { side, model: directory, salt } = options;
  if (side !== "operator" && side !== "challenger")
    throw new UsageError("It is not said whose move it is.", "Add --side operator or --side challenger.");
  if (directory === undefined) throw new UsageError("A move is computed from the model.", "Add --model DIR.");
  const { model } = await readModelDirectory(directory);
  const { requestId } = await getGame(client, { deployment, gameId });
  const input = await getInput(client, { deployment, requestId });
  const trace = await traceBytes(model, input);
  const mover: Side = side;
  const parameters = { deployment, gameId, side: mover, model, input, trace };
  let made: string | undefined;
  await send(context, options, [
    {
      title: `move for the ${side} in game ${gameId}`,
      write: async (sender) => {
        const turn = await playGame(sender, {
          ...parameters,
          ...(salt === undefined ? {} : { salt: hashOf(salt) }),
        });
        made = turn.hash === undefined ? undefined : turn.move?.kind;
        return turn.hash;
      },
      parse: () => ({ gameId, move: made }),
      tell: () => `${made} for the ${side}`,
    },
  ]);
  if (made !== undefined) return;
  process.exitCode = 4;
  if (options.json !== true) process.stdout.write(`The ${side} has no move now.\n`);
}

async function claim(gameId: Hex, options: ChainOptions & { refundFor?: Address }): Promise<void> {
  const context = await connectToWrite(options);
  const { deployment } = context;
  const { refundFor } = options;
  await send(context, options, [
    {
      title:
        refundFor === undefined
          ? `claim the reward of game ${gameId}`
          : `claim ${refundFor}'s refund of game ${gameId}`,
      write: (sender) =>
        refundFor === undefined
          ? claimReward(sender, { deployment, gameId })
          : claimRefund(sender, { deployment, gameId, movers: [refundFor] }),
      parse: () => ({ gameId }),
      tell: () => `claimed from ${gameId}; it is in the free balance now`,
    },
  ]);
}
