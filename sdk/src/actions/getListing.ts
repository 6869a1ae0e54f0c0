import type { Address, Hex } from "viem";
import { readContract } from "viem/actions";
import { modelRegistryAbi } from "../abis/generated/ModelRegistry.ts";
import { address, checked, text } from "./internal/check.ts";
import { readContractAction } from "./internal/read.ts";
import type { AssayClient, ReadErrorType, ReadParameters } from "./internal/types.ts";

/** What {@link getListing} takes. */
export interface GetListingParameters extends ReadParameters {
  /** Account that lists the model. */
  readonly publisher: Address;
  /** Name of the listing, as published. */
  readonly name: string;
  /** Version of the listing, as published. */
  readonly version: string;
}

/** What a publisher says of one version of one of its models. */
export interface ModelListing {
  /** Id of the model: a hash of 32 bytes over its record. */
  readonly modelId: Hex;
  /** Unix second. */
  readonly publishedAt: number;
  /** Whether the publisher advises against it. */
  readonly deprecated: boolean;
  /** Where the program and the constants are. Any mirror serves, since the id decides. */
  readonly uri: string;
  /** SPDX identifier. */
  readonly licence: string;
}

/** What {@link getListing} gives. */
export type GetListingReturnType = ModelListing | undefined;

/** What {@link getListing} can fail with. */
export type GetListingErrorType = ReadErrorType;

/**
 * What a publisher lists under a name and a version.
 *
 * @returns the listing, or `undefined` if there is none
 */
export async function getListing(
  client: AssayClient,
  parameters: GetListingParameters,
): Promise<GetListingReturnType> {
  const { publisher, name, version } = checked(parameters, { publisher: address, name: text, version: text });
  const listing = await readContractAction(client, parameters, "ModelRegistry", (address, block) =>
    readContract(client, {
      address,
      abi: modelRegistryAbi,
      functionName: "listingOf",
      args: [publisher, name, version],
      ...block,
    }),
  );
  return listing.publishedAt === 0 ? undefined : listing;
}
