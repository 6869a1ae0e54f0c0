import {
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  type Hash,
  type Hex,
  parseEventLogs,
} from "viem";
import { disputeGameAbi } from "../abis/generated/DisputeGame.ts";

import { checked, word } from "./internal/check.ts";
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
  encodeContractAction,
  simulateContractAction,
  writeContractAction,
} from "./internal/write.ts";

/** What {@link demandInput} takes. */
export interface DemandInputParameters extends WriteParameters {
  /** A committed request whose input was given by its root alone. */
  readonly requestId: Hex;
}

/** Hash of the transaction. */
export type DemandInputReturnType = Hash;

/** What {@link demandInput} can fail with. */
export type DemandInputErrorType = WriteErrorType;

/**
 * Demands the bytes of an input of which the chain knows the root alone, with the profile's bond from the sender's free balance. The operator's clock starts: if nobody publishes the input before it is used up, the operator is slashed; if somebody does, the bond pays for that, and the challenge window starts anew.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `HUB_INPUT_KNOWN` if the input is on-chain, `HUB_INPUT_DEMANDED` if it was demanded before, `HUB_INPUT_TOO_LONG` if it is longer than the profile's `maxDemandBytes`, `HUB_WINDOW_CLOSED` if a window has passed since the commitment, `VAULT_BALANCE_TOO_LOW` if the free balance is smaller than the bond
 */
export async function demandInput(
  client: AssayClient,
  parameters: DemandInputParameters,
): Promise<DemandInputReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link demandInput} would do now, without sending it; returns the game's id. */
export async function simulateDemandInput(
  client: AssayClient,
  parameters: DemandInputParameters,
): Promise<Hex> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link demandInput}, for another wallet to send. */
export function encodeDemandInput(parameters: EncodeParameters<DemandInputParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** The game that was opened. */
export interface DemandInputReceipt {
  /** The game. */
  readonly gameId: Hex;
  /** The request whose input is demanded. */
  readonly requestId: Hex;
  /** Who demands it. */
  readonly challenger: Address;
}

/**
 * The game that was opened.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link demandInput}
 */
export function parseDemandInputReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): DemandInputReceipt {
  const logs = logsOf(receipt, parameters, "DisputeGame");
  const events = parseEventLogs({ abi: disputeGameAbi, eventName: "GameDemanded", logs });
  return eventOf(events, "GameDemanded", parameters, "DisputeGame").args;
}

function prepare(parameters: Omit<DemandInputParameters, keyof WriteParameters>): ContractCall<Hex> {
  const { requestId } = checked(parameters, { requestId: word });
  return {
    contract: "DisputeGame",
    functionName: "demandInput",
    data: encodeFunctionData({ abi: disputeGameAbi, functionName: "demandInput", args: [requestId] }),
    decode: (data) => decodeFunctionResult({ abi: disputeGameAbi, functionName: "demandInput", data }),
  };
}
