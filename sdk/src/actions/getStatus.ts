import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { checked, word } from "./internal/check.ts";
import { nameOf, REQUEST_STATUSES, type RequestStatus } from "./internal/names.ts";
import { readContractAction } from "./internal/read.ts";
import type { AssayClient, ReadErrorType, ReadParameters } from "./internal/types.ts";

/** What {@link getStatus} takes. */
export interface GetStatusParameters extends ReadParameters {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
}

/** What {@link getStatus} gives. */
export type GetStatusReturnType = RequestStatus;

/** What {@link getStatus} can fail with. */
export type GetStatusErrorType = ReadErrorType;

/** What a request amounts to at the block that is read: `final` as soon as nothing can change it any more, settled or not; `none` if there is none. */
export async function getStatus(
  client: AssayClient,
  parameters: GetStatusParameters,
): Promise<GetStatusReturnType> {
  checked(parameters, { requestId: word });
  const status = await readContractAction(client, parameters, "InferenceHub", (address, block) =>
    readContract(client, {
      address,
      abi: inferenceHubAbi,
      functionName: "statusOf",
      args: [parameters.requestId],
      ...block,
    }),
  );
  return nameOf(REQUEST_STATUSES, status);
}
