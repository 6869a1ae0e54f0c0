import type { Hex } from "viem";
import { getContractEvents } from "viem/actions";
import { disputeGameAbi } from "../abis/generated/DisputeGame.ts";
import { type DisputeGameState, getGame } from "./getGame.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import { readLogs } from "./internal/logs.ts";
import type { AssayClient, LogParameters, ReadErrorType } from "./internal/types.ts";

/** What {@link getGames} takes. */
export interface GetGamesParameters extends LogParameters {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
}

/** What {@link getGames} gives. */
export type GetGamesReturnType = readonly DisputeGameState[];

/** What {@link getGames} can fail with. */
export type GetGamesErrorType = ReadErrorType;

/** All games about the result of a request, in order of opening, as they stand at the latest block. */
export async function getGames(
  client: AssayClient,
  parameters: GetGamesParameters,
): Promise<GetGamesReturnType> {
  const { requestId } = parameters;
  const deployment = await resolveDeployment(client, parameters);
  const logs = await readLogs(client, deployment, parameters, (range) =>
    getContractEvents(client, {
      address: deployment.contracts.DisputeGame,
      abi: disputeGameAbi,
      eventName: "GameOpened",
      args: { requestId },
      strict: true,
      ...range,
    }),
  );
  const games: DisputeGameState[] = [];
  for (const { args } of logs) {
    const { gameId, challenger } = args;
    games.push({ ...(await getGame(client, { deployment, gameId })), challenger });
  }
  return games;
}
