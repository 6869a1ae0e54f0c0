import { decodeFunctionResult, encodeFunctionData, type Hash, type Hex, parseEventLogs } from "viem";
import { modelRegistryAbi } from "../abis/generated/ModelRegistry.ts";
import type { ModelRecord } from "../machine/types.ts";
import { checked, RECORD } from "./internal/check.ts";
import { logsOf, type ReceiptLike } from "./internal/receipts.ts";
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
  encodeContractAction,
  simulateContractAction,
  writeContractAction,
} from "./internal/write.ts";

/** What {@link registerModel} takes. */
export interface RegisterModelParameters extends WriteParameters {
  /** The model, as the compiler describes it. */
  readonly record: ModelRecord;
}

/** Hash of the transaction. */
export type RegisterModelReturnType = Hash;

/** What {@link registerModel} can fail with. */
export type RegisterModelErrorType = WriteErrorType;

/**
 * Registers a model, so that it can be requested. Anyone can, and doing it again changes nothing.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} if the record is not legal; each rule has its own code, for instance `MODEL_STEP_DEPTH_TOO_LARGE`
 *
 * @example
 * const { record, modelId } = await compileOnnx(bytes);
 * const hash = await registerModel(client, { deployment, record });
 */
export async function registerModel(
  client: AssayClient,
  parameters: RegisterModelParameters,
): Promise<RegisterModelReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link registerModel} would do now, without sending it; returns the model's id. */
export async function simulateRegisterModel(
  client: AssayClient,
  parameters: RegisterModelParameters,
): Promise<Hex> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link registerModel}, for another wallet to send. */
export function encodeRegisterModel(parameters: EncodeParameters<RegisterModelParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link registerModel} says. */
export interface RegisterModelReceipt {
  /** Content address of the model. */
  readonly modelId: Hex;
  /** The record as stored. */
  readonly record: ModelRecord;
}

/** The model that was registered; `undefined` if it had been before, since nothing happens then. */
export function parseRegisterModelReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): RegisterModelReceipt | undefined {
  const logs = logsOf(receipt, parameters, "ModelRegistry");
  return parseEventLogs({ abi: modelRegistryAbi, eventName: "ModelRegistered", logs })[0]?.args;
}

function prepare(parameters: Omit<RegisterModelParameters, keyof WriteParameters>): ContractCall<Hex> {
  const { record } = checked(parameters, { record: RECORD });
  return {
    contract: "ModelRegistry",
    functionName: "register",
    data: encodeFunctionData({ abi: modelRegistryAbi, functionName: "register", args: [record] }),
    decode: (data) => decodeFunctionResult({ abi: modelRegistryAbi, functionName: "register", data }),
  };
}
