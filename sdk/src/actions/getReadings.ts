import { type Address, type Hex, zeroAddress, zeroHash } from "viem";
import { readContract } from "viem/actions";
import { checked, listOf, word } from "./internal/check.ts";
import { loadInferenceLensAbi } from "./internal/late-abis.ts";
import { knownMoment } from "./internal/moments.ts";
import { nameOf, REQUEST_STATUSES, type RequestStatus } from "./internal/names.ts";
import { readContractAction } from "./internal/read.ts";
import type { AssayClient, ReadErrorType, ReadParameters } from "./internal/types.ts";

/** What {@link getReadings} takes. */
export interface GetReadingsParameters extends ReadParameters {
  /** Requests, and results that were shown from batches. */
  readonly requestIds: readonly Hex[];
}

/** All that decides how far a result can be relied upon. */
export interface ResultReading {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
  /** What it amounts to now, settled or not; `none` if there is no such request. */
  readonly status: RequestStatus;
  /** The Unix second from which it is irrevocable if nothing happens before; `undefined` if that is not known. */
  readonly finalAt: number | undefined;
  /** Whether everybody can re-execute it: the input's bytes are on-chain, and so was the result from the beginning. If not, only those who were told can challenge it. */
  readonly isPublic: boolean;
  /** Stake that backs or backed it, in the token's smallest unit. */
  readonly lock: bigint;
  /** How many results at most share that stake. */
  readonly sharedBy: bigint;
  /** How long it could be challenged. */
  readonly windowSeconds: number;
  /** The censorship that this is made to survive. */
  readonly censorshipSeconds: number;
  /** Who answered; `undefined` before. */
  readonly operator: Address | undefined;
  /** Id of the model: a hash of 32 bytes over its record. */
  readonly modelId: Hex;
  /** Root of the tree over the words of the input, 32 bytes. */
  readonly inputRoot: Hex;
  /** `undefined` before the commitment. */
  readonly outputRoot: Hex | undefined;
  /** The batch that contains it; `undefined` for a result with a lock of its own. */
  readonly batchId: Hex | undefined;
}

/** In the order of the ids. */
export type GetReadingsReturnType = readonly ResultReading[];

/** What {@link getReadings} can fail with. */
export type GetReadingsErrorType = ReadErrorType;

/** All that a reader should know about results before relying on them, of many at once and as of one block. */
export async function getReadings(
  client: AssayClient,
  parameters: GetReadingsParameters,
): Promise<GetReadingsReturnType> {
  const { requestIds } = checked(parameters, { requestIds: listOf(word) });
  const readings = await readContractAction(client, parameters, "InferenceLens", async (address, block) => {
    const abi = await loadInferenceLensAbi();
    const call = { address, abi, functionName: "readingsOf", ...block } as const;
    return readContract(client, { ...call, args: [requestIds] });
  });
  return readings.map((reading, index) => {
    const { status, finalAt, operator, outputRoot, batchId, ...rest } = reading;
    return {
      requestId: requestIds[index] ?? zeroHash,
      ...rest,
      status: nameOf(REQUEST_STATUSES, status),
      finalAt: knownMoment(finalAt),
      operator: operator === zeroAddress ? undefined : operator,
      outputRoot: outputRoot === zeroHash ? undefined : outputRoot,
      batchId: batchId === zeroHash ? undefined : batchId,
    };
  });
}
