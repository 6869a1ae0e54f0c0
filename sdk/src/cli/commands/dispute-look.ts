import type { Command } from "commander";
import type { Hex } from "viem";
import { type DisputeGameState, getGame } from "../../actions/getGame.ts";
import { getGameHistory } from "../../actions/getGameHistory.ts";
import { getGames } from "../../actions/getGames.ts";
import { getModel } from "../../actions/getModel.ts";
import { getProfile } from "../../actions/getProfile.ts";
import { getRequest } from "../../actions/getRequest.ts";
import { assertDeployed } from "../../actions/internal/deployment.ts";
import { findOpenings } from "../../actions/internal/openings.ts";
import { readModelDirectory } from "../../node/model-directory.ts";
import { addReadOptions, type ChainOptions, connectToRead, type ReadContext } from "../chain.ts";
import { drawDispute, stateText } from "../dispute-picture.ts";
import { seconds } from "../duration.ts";
import { table } from "../format.ts";
import { guarded, print } from "../output.ts";
import { hashOf } from "../values.ts";

interface ListOptions extends ChainOptions {
  readonly request?: string;
  readonly all?: boolean;
}

interface TreeOptions extends ChainOptions {
  readonly model?: string;
}

/** `assay dispute list`: which games there are. */
export function list(command: Command): void {
  command
    .description("List games: of one request, or all that are open.")
    .option("--request <id>", "only games about this request")
    .option("--all", "also games that have ended")
    .addHelpText(
      "after",
      "\nThe exit code is 4 if there are none.\n\nExamples:\n  assay dispute list\n  assay dispute list --request 0x... --all",
    )
    .action((options: ListOptions) => guarded(options, () => listAll(options)));
  addReadOptions(command);
}

/** `assay dispute show`: one game. */
export function show(command: Command): void {
  command
    .description("Show a game: its state, whose turn it is, and both clocks.")
    .argument("<id>", "game")
    .addHelpText("after", "\nExample:\n  assay dispute show 0x...")
    .action((id: string, options: ChainOptions) => guarded(options, () => tell(hashOf(id), options)));
  addReadOptions(command);
}

/** `assay dispute tree`: one game as a picture. */
export function tree(command: Command): void {
  command
    .description(
      "Draw a game: the path through both traces down to the disputed element, clocks, and stakes.",
    )
    .argument("<id>", "game")
    .option("--model <dir>", "model directory, to name the layers")
    .addHelpText("after", "\nExample:\n  assay dispute tree 0x... --model digits")
    .action((id: string, options: TreeOptions) => guarded(options, () => draw(hashOf(id), options)));
  addReadOptions(command);
}

async function listAll(options: ListOptions): Promise<void> {
  const requestId = options.request === undefined ? undefined : hashOf(options.request);
  const context = await connectToRead(options);
  const { client, deployment } = context;
  const found =
    requestId === undefined ? await allGames(context) : await getGames(client, { deployment, requestId });
  const games = options.all === true ? found : found.filter(({ phase }) => phase !== "ended");
  if (games.length === 0) {
    await assertDeployed(client, deployment, "DisputeGame");
    process.exitCode = 4;
  }
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

async function tell(gameId: Hex, options: ChainOptions): Promise<void> {
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

async function draw(gameId: Hex, options: TreeOptions): Promise<void> {
  const { client, deployment, token } = await connectToRead(options);
  const game = await getGame(client, { deployment, gameId });
  const { modelId, profileId, traceRoot } = await getRequest(client, {
    deployment,
    requestId: game.requestId,
  });
  const [events, profile, record, units] = await Promise.all([
    getGameHistory(client, { deployment, gameId }),
    getProfile(client, { deployment, profileId }),
    getModel(client, { deployment, modelId }),
    token(),
  ]);
  const infos =
    options.model === undefined ? {} : { stepInfos: (await readModelDirectory(options.model)).stepInfos };
  print(
    options,
    { game, events },
    drawDispute({ game, events, profile, record, units, traceRoot, ...infos }),
  );
}
