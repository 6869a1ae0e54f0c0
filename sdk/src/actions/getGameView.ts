import { type Hex, zeroHash } from "viem";
import { getTransaction, readContract } from "viem/actions";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { withAssayErrors } from "../errors/normalize.ts";
import type { GameNotFoundError } from "../errors/protocol.ts";
import { type GameView, nodeOfSide, opponentOf, type Row, ZERO_HASH } from "../game/state.ts";
import { getGame } from "./getGame.ts";
import { type GameEvent, getGameHistory } from "./getGameHistory.ts";
import { getProfile } from "./getProfile.ts";
import { getRequest } from "./getRequest.ts";
import { pinned } from "./internal/block.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import { readContractAction } from "./internal/read.ts";
import { type AnswerRows, findAnswerRows } from "./internal/rows.ts";
import type { AssayClient, LogParameters, ReadErrorType, ReadParameters } from "./internal/types.ts";

export interface GetGameViewParameters extends Omit<LogParameters, "toBlock"> {
  readonly gameId: Hex;
}

/** A game with all that a player needs to decide on its next move. */
export interface GetGameViewReturnType extends GameView {
  /** Unix second of the block that was read. */
  readonly blockTimestamp: number;
}

export type GetGameViewErrorType = ReadErrorType | GameNotFoundError;

/**
 * Puts together what `decide` of `@assay/sdk/game` takes: the game, what it is about, and the rows of nodes that its moves have shown, all at one block.
 * Rows that stand in no event are read from the moves' transactions, and checked against the nodes that they hash to.
 *
 * @throws {GameNotFoundError} if there is no such game
 */
export async function getGameView(
  client: AssayClient,
  parameters: GetGameViewParameters,
): Promise<GetGameViewReturnType> {
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
    getGameHistory(client, { ...parameters, ...range, deployment }),
  ]);
  const { clockSeconds } = await getProfile(client, { deployment, profileId: request.profileId });
  return {
    court: { chainId: deployment.chainId, address: deployment.contracts.DisputeGame },
    gameId,
    game: state,
    dossier,
    clockSeconds,
    isSlashed: request.status === "slashed",
    rows: await rowsOf(client, gameId, dossier.traceRoot, events),
    blockTimestamp: state.blockTimestamp,
  };
}

type Pair = {
  readonly level: number;
  readonly index: number;
  readonly operatorNode: Hex;
  readonly challengerNode: Hex;
};

/** Every row that the moves have shown, each once. */
async function rowsOf(
  client: AssayClient,
  gameId: Hex,
  operatorRoot: Hex,
  events: readonly GameEvent[],
): Promise<readonly Row[]> {
  const rows = new Map<string, Row>();
  const add = (row: Row): void => {
    if (row.nodes.length > 0) rows.set(`${row.side} ${row.level} ${row.index}`, row);
  };
  let pair: Pair = { level: 0, index: 0, operatorNode: operatorRoot, challengerNode: zeroHash };
  for (const event of events) {
    if (event.kind === "revealed") {
      pair = { ...pair, challengerNode: event.traceRoot };
      add({ side: "challenger", level: 0, index: 0, nodes: event.children });
    } else if (event.kind === "answered") {
      const { side, level, index } = event;
      const other = opponentOf(side);
      const shown = await answerRows(client, gameId, event, nodeOfSide(pair, side), nodeOfSide(pair, other));
      if (shown !== undefined) {
        add({ side, level: pair.level, index: pair.index, nodes: shown.moverChildren });
        add({ side: other, level: pair.level, index: pair.index, nodes: shown.otherChildren });
      }
      add({ side, level, index, nodes: event.children });
      pair = event;
    }
  }
  return [...rows.values()];
}

async function answerRows(
  client: AssayClient,
  gameId: Hex,
  { transactionHash: hash }: GameEvent,
  moverNode: Hex,
  otherNode: Hex,
): Promise<AnswerRows | undefined> {
  if (moverNode === ZERO_HASH || otherNode === ZERO_HASH) return undefined;
  const { input } = await withAssayErrors({ gameId, hash }, () => getTransaction(client, { hash }));
  return findAnswerRows(input, gameId, moverNode, otherNode);
}
