import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { EventNotFoundError, type GameNotFoundError } from "../errors/protocol.ts";
import { type Game, type GameView, joinDefence, type Row, rowOf, ZERO_HASH } from "../game/state.ts";
import { type DisputeGameState, getGame } from "./getGame.ts";
import { type GameEvent, getGameHistory } from "./getGameHistory.ts";
import { getProfile } from "./getProfile.ts";
import { getRequest } from "./getRequest.ts";
import { pinned } from "./internal/block.ts";
import { checked, word } from "./internal/check.ts";
import { defendersIn } from "./internal/defenders.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import { readContractAction } from "./internal/read.ts";
import type { AssayClient, LogParameters, ReadErrorType, ReadParameters } from "./internal/types.ts";

/** What {@link getGameView} takes. */
export interface GetGameViewParameters extends Omit<LogParameters, "toBlock"> {
  /** Id of the game: a hash of 32 bytes. */
  readonly gameId: Hex;
}

/** A game with all that a player needs to decide on its next move. */
export interface GetGameViewReturnType extends GameView {
  /** Unix second of the block that was read. */
  readonly blockTimestamp: number;
}

/** What {@link getGameView} can fail with. */
export type GetGameViewErrorType = ReadErrorType | EventNotFoundError | GameNotFoundError;

/**
 * Puts together what `decide` of `@assay/sdk/game` takes: the game, what it is about, and the rows of nodes that its moves have shown, all at one block.
 *
 * @throws {GameNotFoundError} if there is no such game
 * @throws {EventNotFoundError} if the node does not have the event of the opening
 */
export async function getGameView(
  client: AssayClient,
  parameters: GetGameViewParameters,
): Promise<GetGameViewReturnType> {
  const { gameId } = checked(parameters, { gameId: word });
  const deployment = await resolveDeployment(client, parameters);
  const at: ReadParameters = await pinned<ReadParameters>(client, { deployment });
  const state = await getGame(client, { ...at, gameId });
  const { requestId } = state;
  const range = at.blockNumber === undefined ? {} : { toBlock: at.blockNumber };
  const [request, dossier, events] = await Promise.all([
    getRequest(client, { ...at, requestId }),
    readContractAction(client, at, "InferenceHub", (address, block) =>
      readContract(client, {
        address,
        abi: inferenceHubAbi,
        functionName: "dossierOf",
        args: [requestId],
        ...block,
      }),
    ),
    getGameHistory(client, { ...parameters, ...range, deployment }),
  ]);
  const { clockSeconds } = await getProfile(client, { deployment, profileId: request.profileId });
  return {
    court: { chainId: deployment.chainId, address: deployment.contracts.DisputeGame },
    gameId,
    game: gameOf(gameId, state, events, dossier.operator),
    dossier,
    clockSeconds,
    isSlashed: request.status === "slashed",
    rows: rowsOf(events),
    blockTimestamp: state.blockTimestamp,
  };
}

/** The chain's state of a game, and the position that its events tell. */
function gameOf(gameId: Hex, state: DisputeGameState, events: readonly GameEvent[], operator: Hex): Game {
  const { requestId, phase, outcome, turn, level, turnStartedAt, sequence } = state;
  const { operatorUsed, challengerUsed } = state;
  const stored = {
    ...{ requestId, phase, outcome, turn, level, turnStartedAt, sequence },
    ...{ operatorUsed, challengerUsed },
  };
  const opening = events.find((event) => event.kind === "opened" || event.kind === "demanded");
  if (opening === undefined) throw new EventNotFoundError("GameOpened", { gameId });
  const reveal = events.find((event) => event.kind === "revealed");
  const latest = events.findLast((event) => event.kind === "answered");
  return {
    ...stored,
    challenger: opening.challenger,
    index: latest?.index ?? 0,
    operatorNode: latest?.operatorNode ?? ZERO_HASH,
    challengerNode: latest?.challengerNode ?? reveal?.traceRoot ?? ZERO_HASH,
    defence: defendersIn(events, operator).reduce<Hex>(joinDefence, ZERO_HASH),
  };
}

/** Every row that the moves have shown, each once: all of them stand in events. */
function rowsOf(events: readonly GameEvent[]): readonly Row[] {
  const rows: Row[] = [];
  const add = (row: Row): void => {
    const { side, level, index, nodes } = row;
    if (nodes.length > 0 && rowOf({ rows }, side, level, index) === undefined) rows.push(row);
  };
  let place = { level: 0, index: 0 };
  for (const event of events) {
    if (event.kind === "revealed") {
      add({ side: "challenger", ...place, nodes: event.children });
    } else if (event.kind === "answered") {
      const { side, level, index } = event;
      add({ side, ...place, nodes: event.moverChildren });
      place = { level, index };
      add({ side, ...place, nodes: event.moverGrandchildren });
    }
  }
  return rows;
}
