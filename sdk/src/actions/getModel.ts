import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { modelRegistryAbi } from "../abis/generated/ModelRegistry.ts";
import type { ModelRecord } from "../machine/types.ts";
import { checked, word } from "./internal/check.ts";
import { readContractAction } from "./internal/read.ts";
import type { AssayClient, ReadErrorType, ReadParameters } from "./internal/types.ts";

/** What {@link getModel} takes. */
export interface GetModelParameters extends ReadParameters {
  /** Id of the model: a hash of 32 bytes over its record. */
  readonly modelId: Hex;
}

/** What {@link getModel} gives. */
export type GetModelReturnType = ModelRecord;

/** What {@link getModel} can fail with. */
export type GetModelErrorType = ReadErrorType;

/**
 * The record of a registered model: the roots of its program and constants, and the sizes of its trees, input and output.
 *
 * @throws {ContractRevertError} `REGISTRY_MODEL_UNKNOWN` if the model is not registered
 */
export async function getModel(
  client: AssayClient,
  parameters: GetModelParameters,
): Promise<GetModelReturnType> {
  checked(parameters, { modelId: word });
  return readContractAction(client, parameters, "ModelRegistry", (address, block) =>
    readContract(client, {
      address,
      abi: modelRegistryAbi,
      functionName: "recordOf",
      args: [parameters.modelId],
      ...block,
    }),
  );
}
