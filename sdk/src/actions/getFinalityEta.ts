import type { Hex } from "viem";
import { getBlock } from "viem/actions";
import { ResultNotCommittedError } from "../errors/protocol.ts";
import { withAssayErrors } from "../errors/wrap.ts";
import { getProfile } from "./getProfile.ts";
import { getRequest } from "./getRequest.ts";
import { checked, word } from "./internal/check.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import type { AssayClient, DeploymentParameter, ReadErrorType } from "./internal/types.ts";

/** What {@link getFinalityEta} takes. */
export interface GetFinalityEtaParameters extends DeploymentParameter {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
}

/** All times are Unix seconds of the chain. */
export interface GetFinalityEtaReturnType {
  /** When the result is final if nobody challenges it. */
  readonly earliest: number;
  /** When the request is decided at the latest, whatever anyone does, once somebody ends the games whose clocks are used up. */
  readonly latest: number;
  /** Time of the latest block. */
  readonly now: number;
  /** Games that have not ended. */
  readonly openGames: number;
}

/** What {@link getFinalityEta} can fail with. */
export type GetFinalityEtaErrorType = ReadErrorType | ResultNotCommittedError;

/**
 * When a committed result can be expected to be final.
 *
 * @throws {RequestNotFoundError} if there is no such request
 * @throws {ResultNotCommittedError} if nobody has committed to a result, so that no window runs
 */
export async function getFinalityEta(
  client: AssayClient,
  parameters: GetFinalityEtaParameters,
): Promise<GetFinalityEtaReturnType> {
  const { requestId } = checked(parameters, { requestId: word });
  const deployment = await resolveDeployment(client, parameters);
  const { number: blockNumber, timestamp } = await withAssayErrors({}, () => getBlock(client));
  const request = await getRequest(client, { deployment, requestId, blockNumber });
  const { status, windowEndsAt, openGames, profileId, inputPublished } = request;
  if (windowEndsAt === undefined) throw new ResultNotCommittedError(requestId, status);
  const { windowSeconds, clockSeconds } = await getProfile(client, { deployment, profileId });
  // An input that is demanded may take the operator's clock, and then the window starts anew.
  const demand = inputPublished ? 0 : windowSeconds + clockSeconds;
  const latest = windowEndsAt + demand + 2 * clockSeconds;
  return { earliest: windowEndsAt, latest, now: Number(timestamp), openGames };
}
