import type { Hex } from "viem";
import { checked, word } from "./internal/check.ts";
import type { GameEvent } from "./internal/game-history.ts";
import type { AssayClient, LogParameters, ReadErrorType } from "./internal/types.ts";

/** What {@link getGameHistory} takes. */
export interface GetGameHistoryParameters extends LogParameters {
  /** Id of the game: a hash of 32 bytes. */
  readonly gameId: Hex;
}

/** What {@link getGameHistory} gives. */
export type GetGameHistoryReturnType = readonly GameEvent[];

/** What {@link getGameHistory} can fail with. */
export type GetGameHistoryErrorType = ReadErrorType;

/** Everything that has happened in a game, in the order of the chain; empty if there is no such game. */
export async function getGameHistory(
  client: AssayClient,
  parameters: GetGameHistoryParameters,
): Promise<GetGameHistoryReturnType> {
  checked(parameters, { gameId: word });
  // Loaded when it is used: who reads results does not need the events of games.
  const { collectGameHistory } = await import("./internal/game-history.ts");
  return collectGameHistory(client, parameters);
}
