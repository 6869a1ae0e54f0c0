import type { Hex } from "viem";
import { AbortedError } from "../errors/client.ts";
import { FinalityTimeoutError, type RequestNotFoundError } from "../errors/protocol.ts";
import { describeFailure } from "../errors/wrap.ts";
import { type FinalityProgress, getFinalityProgress } from "./getFinalityProgress.ts";
import type { InferenceRequest } from "./getRequest.ts";
import { callable, checked, milliseconds, optional, word } from "./internal/check.ts";
import { assertClient } from "./internal/deployment.ts";
import type { AssayClient, DeploymentParameter, ReadErrorType } from "./internal/types.ts";
import { sleep } from "./internal/wait.ts";

/** What {@link waitForFinality} takes. */
export interface WaitForFinalityParameters extends DeploymentParameter {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
  /** Milliseconds between two looks at the chain. Default: the client's. */
  readonly pollingInterval?: number;
  /** Milliseconds after which to give up. Default: never. */
  readonly timeout?: number;
  /** Ends the waiting, with an `AbortedError`. */
  readonly signal?: AbortSignal;
  /** Is told whenever the status has changed, and at first. */
  readonly onStatus?: (progress: FinalityProgress) => void;
}

/** The request in a status that nothing changes any more: `final`, `slashed`, `void` or `refunded`. */
export type WaitForFinalityReturnType = InferenceRequest;

/** What {@link waitForFinality} can fail with. */
export type WaitForFinalityErrorType =
  | ReadErrorType
  | AbortedError
  | FinalityTimeoutError
  | RequestNotFoundError;

/**
 * Waits until nothing can change a request any more. Holds no state beside the id, so it can be called again after a restart.
 * It looks at mined blocks only: a request is final when a block's own time is past the window, not when a clock on the wall is.
 *
 * @returns the request; look at its `status`, which is not always `final`
 * @throws {RequestNotFoundError} if there is no such request
 * @throws {FinalityTimeoutError} if `timeout` has passed
 * @throws {AbortedError} if the signal was aborted
 *
 * @example
 * const { status } = await waitForFinality(client, { deployment, requestId, timeout: 3_600_000 });
 * if (status === "final") console.log(await getResult(client, { deployment, requestId }));
 */
export async function waitForFinality(
  client: AssayClient,
  parameters: WaitForFinalityParameters,
): Promise<WaitForFinalityReturnType> {
  assertClient(client);
  const {
    timeout,
    signal,
    onStatus,
    pollingInterval = client.pollingInterval,
  } = checked(parameters, {
    requestId: word,
    pollingInterval: optional(milliseconds),
    timeout: optional(milliseconds),
    onStatus: optional(callable),
  });
  const started = Date.now();
  let last: FinalityProgress | undefined;
  for (;;) {
    if (signal?.aborted === true) throw new AbortedError({ cause: signal.reason });
    const progress = await look(client, parameters);
    if (progress !== undefined) {
      if (progress.request.status !== last?.request.status) onStatus?.(progress);
      if (progress.isOver) return progress.request;
      last = progress;
    }
    const left = timeout === undefined ? pollingInterval : started + timeout - Date.now();
    if (left <= 0) throw timeoutError(parameters.requestId, timeout ?? 0, last);
    await sleep(Math.min(pollingInterval, left), signal);
  }
}

/** One look at the chain; `undefined` when the node does not answer at the moment. */
async function look(
  client: AssayClient,
  { deployment, requestId }: WaitForFinalityParameters,
): Promise<FinalityProgress | undefined> {
  try {
    return await getFinalityProgress(client, {
      requestId,
      ...(deployment === undefined ? {} : { deployment }),
    });
  } catch (thrown) {
    const error = await describeFailure(thrown);
    if (error.isTransient) return undefined;
    throw error;
  }
}

function timeoutError(
  requestId: Hex,
  timeout: number,
  last: FinalityProgress | undefined,
): FinalityTimeoutError {
  return new FinalityTimeoutError(requestId, {
    timeout,
    status: last?.request.status ?? "unknown, since the node does not answer",
    blockTimestamp: last?.blockTimestamp,
    windowEndsAt: last?.request.windowEndsAt,
    openGames: last?.request.openGames,
  });
}
