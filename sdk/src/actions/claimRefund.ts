import {
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  type Hash,
  type Hex,
  parseEventLogs,
} from "viem";
import { disputeGameAbi } from "../abis/generated/DisputeGame.ts";
import { address, checked, listOf, word } from "./internal/check.ts";
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

/** What {@link claimRefund} takes. */
export interface ClaimRefundParameters extends WriteParameters {
  /** The game. */
  readonly gameId: Hex;
  /** Who made moves for the operator, an entry per move, in order: {@link getDefenders} gives it. */
  readonly movers: readonly Address[];
}

/** Hash of the transaction. */
export type ClaimRefundReturnType = Hash;

/** What {@link claimRefund} can fail with. */
export type ClaimRefundErrorType = WriteErrorType;

/**
 * Credits everybody who made moves for the operator in a game that the operator won. Anyone can, once.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `GAME_OUTCOME_MISMATCH` if the operator has not won, `GAME_NOTHING_OWED` if nobody is owed anything, or everybody was credited, `GAME_DEFENCE_MISMATCH` if others made the moves
 */
export async function claimRefund(
  client: AssayClient,
  parameters: ClaimRefundParameters,
): Promise<ClaimRefundReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link claimRefund} would do now, without sending it; returns the amount, in the token's smallest unit. */
export async function simulateClaimRefund(
  client: AssayClient,
  parameters: ClaimRefundParameters,
): Promise<bigint> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link claimRefund}, for another wallet to send. */
export function encodeClaimRefund(parameters: EncodeParameters<ClaimRefundParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link claimRefund} says. */
export interface ClaimRefundReceipt {
  /** The game. */
  readonly gameId: Hex;
  /** Who was credited for a move, and what, in the token's smallest unit; in order of the moves. */
  readonly refunds: readonly { readonly mover: Address; readonly amount: bigint }[];
}

/**
 * What was credited.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link claimRefund}
 */
export function parseClaimRefundReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): ClaimRefundReceipt {
  const logs = logsOf(receipt, parameters, "DisputeGame");
  const events = parseEventLogs({ abi: disputeGameAbi, eventName: "GameRefundClaimed", logs });
  const { gameId } = eventOf(events, "GameRefundClaimed", parameters, "DisputeGame").args;
  return { gameId, refunds: events.map(({ args: { mover, amount } }) => ({ mover, amount })) };
}

function prepare(parameters: Omit<ClaimRefundParameters, keyof WriteParameters>): ContractCall<bigint> {
  const { gameId, movers } = checked(parameters, { gameId: word, movers: listOf(address) });
  return {
    contract: "DisputeGame",
    functionName: "claimRefund",
    data: encodeFunctionData({ abi: disputeGameAbi, functionName: "claimRefund", args: [gameId, movers] }),
    decode: (data) => decodeFunctionResult({ abi: disputeGameAbi, functionName: "claimRefund", data }),
  };
}
