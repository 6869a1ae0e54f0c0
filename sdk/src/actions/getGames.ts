import type { Hex } from "viem";
import { type DisputeGameState, getGame } from "./getGame.ts";
import { checked, word } from "./internal/check.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import { findOpenings } from "./internal/openings.ts";
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

/** All games about the result of a request and demands for its input, in order of opening, as they stand at the latest block. */
export async function getGames(
  client: AssayClient,
  parameters: GetGamesParameters,
): Promise<GetGamesReturnType> {
  checked(parameters, { requestId: word });
  const deployment = await resolveDeployment(client, parameters);
  const games: DisputeGameState[] = [];
  for (const { gameId, challenger } of await findOpenings(client, { ...parameters, deployment })) {
    games.push({ ...(await getGame(client, { deployment, gameId })), challenger });
  }
  return games;
}
