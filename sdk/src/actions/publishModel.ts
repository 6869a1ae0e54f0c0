import { type Address, encodeFunctionData, type Hash, type Hex, parseEventLogs } from "viem";
import { modelRegistryAbi } from "../abis/generated/ModelRegistry.ts";
import { checked, text, word } from "./internal/check.ts";
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

/** What {@link publishModel} takes. */
export interface PublishModelParameters extends WriteParameters {
  /** A registered model. */
  readonly modelId: Hex;
  /** Name under the sender's address. */
  readonly name: string;
  /** Version; one that is listed cannot be listed again. */
  readonly version: string;
  /** Where the program and the constants are. Any mirror serves, since the id decides. */
  readonly uri: string;
  /** SPDX identifier. */
  readonly licence: string;
}

/** Hash of the transaction. */
export type PublishModelReturnType = Hash;

/** What {@link publishModel} can fail with. */
export type PublishModelErrorType = WriteErrorType;

/**
 * Lists a registered model under the sender's address.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `REGISTRY_MODEL_UNKNOWN` if the model is not registered
 * @throws {ContractRevertError} `REGISTRY_LISTING_EXISTS` if the sender has listed this version already
 */
export async function publishModel(
  client: AssayClient,
  parameters: PublishModelParameters,
): Promise<PublishModelReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link publishModel} would do now, without sending it. */
export async function simulatePublishModel(
  client: AssayClient,
  parameters: PublishModelParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link publishModel}, for another wallet to send. */
export function encodePublishModel(parameters: EncodeParameters<PublishModelParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link publishModel} says. */
export interface PublishModelReceipt {
  /** Whose listing it is. */
  readonly publisher: Address;
  /** The model. */
  readonly modelId: Hex;
  /** Its name. */
  readonly name: string;
  /** Its version. */
  readonly version: string;
  /** Where its bytes are. */
  readonly uri: string;
  /** SPDX identifier. */
  readonly licence: string;
}

/**
 * The listing that was made.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link publishModel}
 */
export function parsePublishModelReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): PublishModelReceipt {
  const logs = logsOf(receipt, parameters, "ModelRegistry");
  const events = parseEventLogs({ abi: modelRegistryAbi, eventName: "ModelPublished", logs });
  return eventOf(events, "ModelPublished", parameters, "ModelRegistry").args;
}

function prepare(parameters: Omit<PublishModelParameters, keyof WriteParameters>): ContractCall<void> {
  const { modelId, name, version, uri, licence } = checked(parameters, {
    modelId: word,
    name: text,
    version: text,
    uri: text,
    licence: text,
  });
  return {
    contract: "ModelRegistry",
    functionName: "publish",
    data: encodeFunctionData({
      abi: modelRegistryAbi,
      functionName: "publish",
      args: [modelId, name, version, uri, licence],
    }),
    decode: decodeNothing,
  };
}
