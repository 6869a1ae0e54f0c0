import type { Hex } from "viem";
import type { EventNotFoundError, GameNotFoundError } from "../errors/protocol.ts";
import type { GameView } from "../game/state.ts";
import { checked, word } from "./internal/check.ts";
import type { AssayClient, LogParameters, ReadErrorType } from "./internal/types.ts";

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
  checked(parameters, { gameId: word });
  // Loaded when it is used: who reads results does not need the state of games.
  const { collectGameView } = await import("./internal/game-view.ts");
  return collectGameView(client, parameters);
}
