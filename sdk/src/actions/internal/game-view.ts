/** Puts together what a player of a game needs. */

import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { inferenceHubAbi } from "../../abis/generated/InferenceHub.ts";
import { EventNotFoundError } from "../../errors/protocol.ts";
import { type Game, type GameView, joinDefence, type Row, rowOf, ZERO_HASH } from "../../game/state.ts";
import { type DisputeGameState, getGame } from "../getGame.ts";
import { getProfile } from "../getProfile.ts";
import { getRequest } from "../getRequest.ts";
import { pinned } from "./block.ts";
import { defendersIn } from "./defenders.ts";
import { resolveDeployment } from "./deployment.ts";
import { collectGameHistory, type GameEvent } from "./game-history.ts";
import { readContractAction } from "./read.ts";
import type { AssayClient, LogParameters, ReadParameters } from "./types.ts";

/** See `getGameView`. */
export async function collectGameView(
  client: AssayClient,
  parameters: Omit<LogParameters, "toBlock"> & { readonly gameId: Hex },
): Promise<GameView & { readonly blockTimestamp: number }> {
  const { gameId } = parameters;
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
    collectGameHistory(client, { ...parameters, ...range, deployment }),
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
