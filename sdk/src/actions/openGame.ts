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

/** What {@link openGame} takes. */
export interface OpenGameParameters extends WriteParameters {
  /** The request whose result is challenged. */
  readonly requestId: Hex;
  /** {@link getOpeningHash} of the sender's trace root and a secret salt. */
  readonly openingHash: Hex;
}

/** Hash of the transaction. */
export type OpenGameReturnType = Hash;

/** What {@link openGame} can fail with. */
export type OpenGameErrorType = WriteErrorType;

/**
 * Challenges a committed result with the profile's bond from the sender's free balance. The sender's clock starts; it has to reveal in time.
 * Keep the trace root and the salt: without them the bond is lost.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `HUB_WINDOW_CLOSED` if the window is over, `VAULT_BALANCE_TOO_LOW` if the free balance is smaller than the bond, `GAME_EXISTS` if the salt was used before
 */
export async function openGame(
  client: AssayClient,
  parameters: OpenGameParameters,
): Promise<OpenGameReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link openGame} would do now, without sending it; returns the game's id. */
export async function simulateOpenGame(client: AssayClient, parameters: OpenGameParameters): Promise<Hex> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link openGame}, for another wallet to send. */
export function encodeOpenGame(parameters: EncodeParameters<OpenGameParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link openGame} says. */
export interface OpenGameReceipt {
  /** The game. */
  readonly gameId: Hex;
  /** The request whose result is challenged. */
  readonly requestId: Hex;
  /** Who challenges. */
  readonly challenger: Address;
  /** What binds the challenge. */
  readonly openingHash: Hex;
}

/**
 * The game that was opened.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link openGame}
 */
export function parseOpenGameReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): OpenGameReceipt {
  const logs = logsOf(receipt, parameters, "DisputeGame");
  const events = parseEventLogs({ abi: disputeGameAbi, eventName: "GameOpened", logs });
  return eventOf(events, "GameOpened", parameters, "DisputeGame").args;
}

function prepare(parameters: Omit<OpenGameParameters, keyof WriteParameters>): ContractCall<Hex> {
  const { requestId, openingHash } = checked(parameters, { requestId: word, openingHash: word });
  return {
    contract: "DisputeGame",
    functionName: "open",
    data: encodeFunctionData({ abi: disputeGameAbi, functionName: "open", args: [requestId, openingHash] }),
    decode: (data) => decodeFunctionResult({ abi: disputeGameAbi, functionName: "open", data }),
  };
}
