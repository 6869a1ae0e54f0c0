import type { Address, Hex } from "viem";
import { getContractEvents } from "viem/actions";
import { modelRegistryAbi } from "../abis/generated/ModelRegistry.ts";
import { address, checked, optional, word } from "./internal/check.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import { readLogs } from "./internal/logs.ts";
import type { AssayClient, LogParameters, ReadErrorType } from "./internal/types.ts";

/** What {@link getListings} takes. */
export interface GetListingsParameters extends LogParameters {
  /** Only listings of this model. */
  readonly modelId?: Hex;
  /** Only listings of this publisher. */
  readonly publisher?: Address;
}

/** One listing as it was published. */
export interface PublishedListing {
  /** Account that lists the model. */
  readonly publisher: Address;
  /** Id of the model: a hash of 32 bytes over its record. */
  readonly modelId: Hex;
  /** Name, unique only together with publisher and version. */
  readonly name: string;
  /** Version: one that was listed is never listed again. */
  readonly version: string;
  /** Where the bytes of the model are; what is found there needs no trust. */
  readonly uri: string;
  /** SPDX identifier of the licence. */
  readonly licence: string;
  /** Block in which it was listed. */
  readonly blockNumber: bigint;
}

/** What {@link getListings} gives. */
export type GetListingsReturnType = readonly PublishedListing[];

/** What {@link getListings} can fail with. */
export type GetListingsErrorType = ReadErrorType;

/** All listings of a model or of a publisher, in the order of the chain. Whether one is deprecated by now, {@link getListing} says. */
export async function getListings(
  client: AssayClient,
  parameters: GetListingsParameters,
): Promise<GetListingsReturnType> {
  checked(parameters, { modelId: optional(word), publisher: optional(address) });
  const deployment = await resolveDeployment(client, parameters);
  const { modelId, publisher } = parameters;
  const logs = await readLogs(client, deployment, parameters, (range) =>
    getContractEvents(client, {
      address: deployment.contracts.ModelRegistry,
      abi: modelRegistryAbi,
      eventName: "ModelPublished",
      args: {
        ...(modelId === undefined ? {} : { modelId }),
        ...(publisher === undefined ? {} : { publisher }),
      },
      strict: true,
      ...range,
    }),
  );
  return logs.map(({ args, blockNumber }) => ({ ...args, blockNumber }));
}
