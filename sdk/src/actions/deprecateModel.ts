import { type Address, encodeFunctionData, type Hash, type Hex, parseEventLogs } from "viem";
import { modelRegistryAbi } from "../abis/generated/ModelRegistry.ts";
import { checked, flag, text } from "./internal/check.ts";
import { eventOf, logsOf, type ReceiptLike } from "./internal/receipts.ts";
import type {
  AssayClient,
  DeploymentParameter,
  EncodedCall,
  EncodeParameters,
  WriteErrorType,
  WriteParameters,
} from "./internal/types.ts";
import {
  type ContractCall,
  decodeNothing,
  encodeContractAction,
  simulateContractAction,
  writeContractAction,
} from "./internal/write.ts";

/** What {@link deprecateModel} takes. */
export interface DeprecateModelParameters extends WriteParameters {
  /** Name of one of the sender's listings. */
  readonly name: string;
  /** Its version. */
  readonly version: string;
  /** Whether the sender advises against it. */
  readonly deprecated: boolean;
}

/** Hash of the transaction. */
export type DeprecateModelReturnType = Hash;

/** What {@link deprecateModel} can fail with. */
export type DeprecateModelErrorType = WriteErrorType;

/**
 * Advises against a version that the sender has listed, or takes the advice back. Requests of the model go on.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `REGISTRY_LISTING_UNKNOWN` if the sender has no such listing
 */
export async function deprecateModel(
  client: AssayClient,
  parameters: DeprecateModelParameters,
): Promise<DeprecateModelReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link deprecateModel} would do now, without sending it. */
export async function simulateDeprecateModel(
  client: AssayClient,
  parameters: DeprecateModelParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link deprecateModel}, for another wallet to send. */
export function encodeDeprecateModel(parameters: EncodeParameters<DeprecateModelParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link deprecateModel} says. */
export interface DeprecateModelReceipt {
  /** Whose listing it is. */
  readonly publisher: Address;
  /** The model. */
  readonly modelId: Hex;
  /** Its name. */
  readonly name: string;
  /** Its version. */
  readonly version: string;
  /** The flag now. */
  readonly deprecated: boolean;
}

/**
 * The listing as it now stands.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link deprecateModel}
 */
export function parseDeprecateModelReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): DeprecateModelReceipt {
  const logs = logsOf(receipt, parameters, "ModelRegistry");
  const events = parseEventLogs({ abi: modelRegistryAbi, eventName: "ModelDeprecated", logs });
  return eventOf(events, "ModelDeprecated", parameters, "ModelRegistry").args;
}

function prepare(parameters: Omit<DeprecateModelParameters, keyof WriteParameters>): ContractCall<void> {
  const { name, version, deprecated } = checked(parameters, { name: text, version: text, deprecated: flag });
  return {
    contract: "ModelRegistry",
    functionName: "setDeprecated",
    data: encodeFunctionData({
      abi: modelRegistryAbi,
      functionName: "setDeprecated",
      args: [name, version, deprecated],
    }),
    decode: decodeNothing,
  };
}
