import type { Hex } from "viem";
import { getBlock } from "viem/actions";
import type { RequestNotFoundError } from "../errors/protocol.ts";
import { withAssayErrors } from "../errors/wrap.ts";
import { getRequest, type InferenceRequest } from "./getRequest.ts";
import { checked, word } from "./internal/check.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import type { RequestStatus } from "./internal/names.ts";
import type { AssayClient, DeploymentParameter, ReadErrorType } from "./internal/types.ts";

/** What {@link getFinalityProgress} takes. */
export interface GetFinalityProgressParameters extends DeploymentParameter {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
}

/** Where a request stands, and when that can change. Times are those of the chain, which pass with its blocks. */
export interface FinalityProgress {
  /** The request as it stands. */
  readonly request: InferenceRequest;
  /** Unix second of the block that was read. */
  readonly blockTimestamp: number;
  /** Seconds of the chain's time until the window is over; `undefined` before the commitment. An open game can take longer. */
  readonly secondsLeft: number | undefined;
  /** Whether nothing changes the status any more: it is `final`, `slashed`, `void` or `refunded`. */
  readonly isOver: boolean;
}

/** What {@link getFinalityProgress} gives. */
export type GetFinalityProgressReturnType = FinalityProgress;

/** What {@link getFinalityProgress} can fail with. */
export type GetFinalityProgressErrorType = ReadErrorType | RequestNotFoundError;

const TERMINAL: ReadonlySet<RequestStatus> = new Set(["final", "slashed", "void", "refunded"]);

/**
 * Where a request stands on its way to finality, as of one block. {@link waitForFinality} asks again and again.
 *
 * @throws {RequestNotFoundError} if there is no such request
 */
export async function getFinalityProgress(
  client: AssayClient,
  parameters: GetFinalityProgressParameters,
): Promise<GetFinalityProgressReturnType> {
  const { requestId } = checked(parameters, { requestId: word });
  const deployment = await resolveDeployment(client, parameters);
  const { number: blockNumber, timestamp } = await withAssayErrors({}, () => getBlock(client));
  const request = await getRequest(client, { deployment, requestId, blockNumber });
  const blockTimestamp = Number(timestamp);
  const { windowEndsAt, status } = request;
  const secondsLeft = windowEndsAt === undefined ? undefined : Math.max(0, windowEndsAt - blockTimestamp);
  return { request, blockTimestamp, secondsLeft, isOver: TERMINAL.has(status) };
}
