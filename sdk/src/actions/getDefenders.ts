import type { Address, Hex } from "viem";
import type { GameNotFoundError } from "../errors/protocol.ts";
import { getGame } from "./getGame.ts";
import { getGameHistory } from "./getGameHistory.ts";
import { getRequest } from "./getRequest.ts";
import { checked, word } from "./internal/check.ts";
import { defendersIn } from "./internal/defenders.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import type { AssayClient, LogParameters, ReadErrorType } from "./internal/types.ts";

/** What {@link getDefenders} takes. */
export interface GetDefendersParameters extends LogParameters {
  /** Id of the game: a hash of 32 bytes. */
  readonly gameId: Hex;
}

/** An entry per move, in order. */
export type GetDefendersReturnType = readonly Address[];

/** What {@link getDefenders} can fail with. */
export type GetDefendersErrorType = ReadErrorType | GameNotFoundError;

/**
 * Who made moves for the operator without being a party to the game: what {@link claimRefund} takes.
 *
 * @throws {GameNotFoundError} if there is no such game
 */
export async function getDefenders(
  client: AssayClient,
  parameters: GetDefendersParameters,
): Promise<GetDefendersReturnType> {
  const { gameId } = checked(parameters, { gameId: word });
  const deployment = await resolveDeployment(client, parameters);
  const { requestId } = await getGame(client, { deployment, gameId });
  const [{ operator }, events] = await Promise.all([
    getRequest(client, { deployment, requestId }),
    getGameHistory(client, { ...parameters, deployment }),
  ]);
  return operator === undefined ? [] : defendersIn(events, operator);
}
