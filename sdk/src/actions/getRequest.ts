import { type Address, type Hex, zeroAddress, zeroHash } from "viem";
import { readContract } from "viem/actions";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { RequestNotFoundError } from "../errors/protocol.ts";
import { getStatus } from "./getStatus.ts";
import { pinned } from "./internal/block.ts";
import { checked, word } from "./internal/check.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import { nameOf, REQUEST_STATUSES, type RequestStatus } from "./internal/names.ts";
import { readContractAction } from "./internal/read.ts";
import type { AssayClient, ReadErrorType, ReadParameters } from "./internal/types.ts";

/** What {@link getRequest} takes. */
export interface GetRequestParameters extends ReadParameters {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
}

/** A request and what has become of it. */
export interface InferenceRequest {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
  /** Account that asked, and whose free balance paid the fee. */
  readonly requester: Address;
  /** What it amounts to now: `final` as soon as nothing can change it any more. */
  readonly status: RequestStatus;
  /** Whether that is also recorded: if not, a transaction that settles or expires it is due. */
  readonly isSettled: boolean;
  /** Whether the input's bytes are on-chain; if not, only who has them can re-execute. */
  readonly inputPublished: boolean;
  /** Whether the output's bytes are on-chain; if not, {@link getResult} takes them from the caller. */
  readonly outputPublished: boolean;
  /** Whether a game ended undecided: such a request is never final. */
  readonly tainted: boolean;
  /** A result must be committed before this Unix second. */
  readonly deadline: number;
  /** Who accepted or is named by the request; `undefined` while anyone may accept. */
  readonly operator: Address | undefined;
  /** Unix second of the commitment; `undefined` before it. */
  readonly committedAt: number | undefined;
  /** From this Unix second on no challenge can be opened; `undefined` before the commitment. */
  readonly windowEndsAt: number | undefined;
  /** Games about the commitment that have not ended. */
  readonly openGames: number;
  /** Id of the model: a hash of 32 bytes over its record. */
  readonly modelId: Hex;
  /** Id of the profile: a hash of 32 bytes over its parameters. */
  readonly profileId: Hex;
  /** Root of the tree over the words of the input, 32 bytes. */
  readonly inputRoot: Hex;
  /** In the token's smallest unit. */
  readonly fee: bigint;
  /** Stake locked for the commitment, in the token's smallest unit. */
  readonly lock: bigint;
  /** Root of the committed output; `undefined` before the commitment. */
  readonly outputRoot: Hex | undefined;
  /** Root of the operator's trace; `undefined` while a lazy commitment has none. */
  readonly traceRoot: Hex | undefined;
}

/** What {@link getRequest} gives. */
export type GetRequestReturnType = InferenceRequest;

/** What {@link getRequest} can fail with. */
export type GetRequestErrorType = ReadErrorType | RequestNotFoundError;

/**
 * A request as it stands.
 *
 * @throws {RequestNotFoundError} if there is no such request
 */
export async function getRequest(
  client: AssayClient,
  parameters: GetRequestParameters,
): Promise<GetRequestReturnType> {
  const { requestId } = checked(parameters, { requestId: word });
  const deployment = await resolveDeployment(client, parameters);
  const read = await pinned(client, { ...parameters, deployment });
  const [stored, status] = await Promise.all([
    readContractAction(client, read, "InferenceHub", (address, block) =>
      readContract(client, {
        address,
        abi: inferenceHubAbi,
        functionName: "requestOf",
        args: [requestId],
        ...block,
      }),
    ),
    getStatus(client, read),
  ]);
  if (status === "none") throw new RequestNotFoundError(requestId);
  const isCommitted = stored.committedAt !== 0;
  return {
    ...stored,
    requestId,
    status,
    isSettled: nameOf(REQUEST_STATUSES, stored.status) === status,
    operator: stored.operator === zeroAddress ? undefined : stored.operator,
    committedAt: isCommitted ? stored.committedAt : undefined,
    windowEndsAt: isCommitted ? stored.windowEndsAt : undefined,
    outputRoot: isCommitted ? stored.outputRoot : undefined,
    traceRoot: stored.traceRoot === zeroHash ? undefined : stored.traceRoot,
  };
}
