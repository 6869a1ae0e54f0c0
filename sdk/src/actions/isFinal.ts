import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { checked, word } from "./internal/check.ts";
import { readContractAction } from "./internal/read.ts";
import type { AssayClient, ReadErrorType, ReadParameters } from "./internal/types.ts";

/** What {@link isFinal} takes. */
export interface IsFinalParameters extends ReadParameters {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
}

/** What {@link isFinal} gives. */
export type IsFinalReturnType = boolean;

/** What {@link isFinal} can fail with. */
export type IsFinalErrorType = ReadErrorType;

/** Whether the result of a request is irrevocable. `false` also for ids that do not exist. */
export async function isFinal(
  client: AssayClient,
  parameters: IsFinalParameters,
): Promise<IsFinalReturnType> {
  checked(parameters, { requestId: word });
  return readContractAction(client, parameters, "InferenceHub", (address, block) =>
    readContract(client, {
      address,
      abi: inferenceHubAbi,
      functionName: "isFinal",
      args: [parameters.requestId],
      ...block,
    }),
  );
}
