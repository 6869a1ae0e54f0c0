import type { Address, Hex } from "viem";
import { getContractEvents } from "viem/actions";
import { modelRegistryAbi } from "../abis/generated/ModelRegistry.ts";
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
  readonly publisher: Address;
  readonly modelId: Hex;
  readonly name: string;
  readonly version: string;
  readonly uri: string;
  readonly licence: string;
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
