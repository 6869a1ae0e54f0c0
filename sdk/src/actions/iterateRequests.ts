import type { Address, Hash, Hex } from "viem";
import { getContractEvents } from "viem/actions";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { address, checked, optional, word } from "./internal/check.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import { logsFromEnd } from "./internal/logs.ts";
import type { AssayClient, LogParameters, ReadErrorType } from "./internal/types.ts";

/** What {@link iterateRequests} takes. */
export interface IterateRequestsParameters extends LogParameters {
  /** Only requests of this account. */
  readonly requester?: Address;
  /** Only requests for this model: a hash of 32 bytes. */
  readonly modelId?: Hex;
}

/** A request as it was made. What has become of it, {@link getRequest} and {@link getReadings} say. */
export interface MadeRequest {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
  /** Who asks, and pays. */
  readonly requester: Address;
  /** Id of the model: a hash of 32 bytes over its record. */
  readonly modelId: Hex;
  /** Under which terms it is answered: a hash of 32 bytes. */
  readonly profileId: Hex;
  /** In the token's smallest unit. */
  readonly fee: bigint;
  /** Unix second until which it has to be answered. */
  readonly deadline: number;
  /** Who alone may answer; the zero address if anybody may. */
  readonly operator: Address;
  /** Stake that the operator has to have, in the token's smallest unit. */
  readonly minStake: bigint;
  /** What tells it from another request of the same terms. */
  readonly salt: bigint;
  /** Block in which it was made. */
  readonly blockNumber: bigint;
  /** Transaction that made it. */
  readonly transactionHash: Hash;
}

/** What {@link iterateRequests} gives. */
export type IterateRequestsReturnType = AsyncGenerator<MadeRequest, void, undefined>;

/** What {@link iterateRequests} can fail with, at any step. */
export type IterateRequestsErrorType = ReadErrorType;

/**
 * Requests, the latest first. The node is asked for a limited number of blocks at a time, and only as far back as the caller goes on: for lists that show more when somebody
 * scrolls, and for finding a request again whose id was lost.
 *
 * @example
 * for await (const { requestId } of iterateRequests(client, { deployment, requester })) {
 *   if (await isFinal(client, { deployment, requestId })) break;
 * }
 */
export async function* iterateRequests(
  client: AssayClient,
  parameters: IterateRequestsParameters,
): IterateRequestsReturnType {
  const { requester, modelId } = checked(parameters, {
    requester: optional(address),
    modelId: optional(word),
  });
  const deployment = await resolveDeployment(client, parameters);
  const chunks = logsFromEnd(client, deployment, parameters, (range) =>
    getContractEvents(client, {
      address: deployment.contracts.InferenceHub,
      abi: inferenceHubAbi,
      eventName: "InferenceRequested",
      args: requester === undefined ? {} : { requester },
      strict: true,
      ...range,
    }),
  );
  for await (const chunk of chunks)
    for (const { args, blockNumber, transactionHash } of chunk.toReversed()) {
      const { parameters: terms, requestId, requester: asker } = args;
      if (modelId === undefined || terms.modelId === modelId.toLowerCase())
        yield { ...terms, requestId, requester: asker, blockNumber, transactionHash };
    }
}
