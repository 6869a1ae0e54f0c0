/** Demands an input that the chain does not have and that could not be fetched: its operator publishes it, or is slashed. */

import type { Hex } from "viem";
import { encodeDemandInput } from "../actions/demandInput.ts";
import type { InferenceRequest } from "../actions/getRequest.ts";
import type { Deployment } from "../addresses.ts";
import { demandIdOf } from "../game/state.ts";
import type { KnownGame } from "./store.ts";
import type { Look, Tools } from "./tools.ts";

/** What came of it. */
export interface Demand {
  readonly gameId: Hex;
  /** Whether the demand is on its way, for the first time. */
  readonly isSent: boolean;
  readonly isRetried: boolean;
}

/** Whether a game is about the bytes of the input, and not about the result. */
export function isDemand({ contracts, chainId }: Deployment, game: KnownGame): boolean {
  const court = { chainId, address: contracts.DisputeGame };
  return game.gameId === demandIdOf(court, game.requestId, game.challenger);
}

/**
 * Demands the input of a request, if the endpoints agree that it is what this one shows.
 *
 * @throws {QuorumError} if too few endpoints agree
 */
export async function demandWhenSure(
  tools: Tools,
  look: Look,
  request: InferenceRequest,
  challenger: Hex,
): Promise<Demand> {
  const { requestId } = request;
  const { deployment } = tools;
  const court = { chainId: deployment.chainId, address: deployment.contracts.DisputeGame };
  const gameId = demandIdOf(court, requestId, challenger);
  const agreed = await tools.agreedRequest(requestId);
  const isAgreed =
    Number(agreed.chainId) === deployment.chainId &&
    (["modelId", "profileId", "inputRoot", "inputPublished", "operator", "outputRoot"] as const).every(
      (field) => agreed[field] === request[field],
    );
  if (!isAgreed) return { gameId, isSent: false, isRetried: true };
  const call = encodeDemandInput({ deployment, requestId });
  const { windowSeconds: seconds } = await tools.profileOf(request.profileId);
  const { committedAt } = request;
  const deadline = committedAt === undefined ? undefined : { at: committedAt + seconds, seconds };
  const { kind } = await tools.send(look, "demand", requestId, call, { requestId, gameId }, deadline);
  return { gameId, isSent: kind === "sent", isRetried: kind === "busy" || kind === "refused" };
}
