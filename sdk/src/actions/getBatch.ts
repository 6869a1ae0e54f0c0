import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { pinned } from "./internal/block.ts";
import { checked, word } from "./internal/check.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import { knownMoment } from "./internal/moments.ts";
import { nameOf, REQUEST_STATUSES, type RequestStatus } from "./internal/names.ts";
import { readContractAction } from "./internal/read.ts";
import type { AssayClient, ReadErrorType, ReadParameters } from "./internal/types.ts";

/** What {@link getBatch} takes. */
export interface GetBatchParameters extends ReadParameters {
  /** The batch's id. */
  readonly batchId: Hex;
}

/** Where a batch stands. */
export interface GetBatchReturnType {
  /** Id of the batch: a hash of 32 bytes. */
  readonly batchId: Hex;
  /** What it amounts to now, settled or not; `none` if nobody has committed to it. */
  readonly status: RequestStatus;
  /** The Unix second from which its results are irrevocable if nobody challenges one before; `undefined` while a game is open and for what never will be final. */
  readonly finalAt: number | undefined;
}

/** What {@link getBatch} can fail with. */
export type GetBatchErrorType = ReadErrorType;

/** What a batch amounts to at the moment, and when it is final. */
export async function getBatch(
  client: AssayClient,
  parameters: GetBatchParameters,
): Promise<GetBatchReturnType> {
  const { batchId } = checked(parameters, { batchId: word });
  const deployment = await resolveDeployment(client, parameters);
  const read = await pinned(client, { ...parameters, deployment });
  return readContractAction(client, read, "InferenceHub", async (address, block) => {
    const contract = { address, abi: inferenceHubAbi, args: [batchId], ...block } as const;
    const [status, finalAt] = await Promise.all([
      readContract(client, { ...contract, functionName: "batchStatusOf" }),
      readContract(client, { ...contract, functionName: "batchFinalAt" }),
    ]);
    return { batchId, status: nameOf(REQUEST_STATUSES, status), finalAt: knownMoment(finalAt) };
  });
}
