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

/** What {@link claimReward} takes. */
export interface ClaimRewardParameters extends WriteParameters {
  /** The game. */
  readonly gameId: Hex;
}

/** Hash of the transaction. */
export type ClaimRewardReturnType = Hash;

/** What {@link claimReward} can fail with. */
export type ClaimRewardErrorType = WriteErrorType;

/**
 * Credits a winning challenger's share of the slashed lock to its free balance, once the last game of the commitment has ended. Anyone can.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `GAME_OUTCOME_MISMATCH` if the challenger has not won, `GAME_REWARD_PENDING` if other games go on, `GAME_NOTHING_OWED` if there is nothing to claim
 */
export async function claimReward(
  client: AssayClient,
  parameters: ClaimRewardParameters,
): Promise<ClaimRewardReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link claimReward} would do now, without sending it; returns the share, in the token's smallest unit. */
export async function simulateClaimReward(
  client: AssayClient,
  parameters: ClaimRewardParameters,
): Promise<bigint> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link claimReward}, for another wallet to send. */
export function encodeClaimReward(parameters: EncodeParameters<ClaimRewardParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link claimReward} says. */
export interface ClaimRewardReceipt {
  /** The game. */
  readonly gameId: Hex;
  /** Who was credited. */
  readonly challenger: Address;
  /** In the token's smallest unit. */
  readonly amount: bigint;
}

/**
 * What was credited.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link claimReward}
 */
export function parseClaimRewardReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): ClaimRewardReceipt {
  const logs = logsOf(receipt, parameters, "DisputeGame");
  const events = parseEventLogs({ abi: disputeGameAbi, eventName: "GameRewardClaimed", logs });
  return eventOf(events, "GameRewardClaimed", parameters, "DisputeGame").args;
}

function prepare(parameters: Omit<ClaimRewardParameters, keyof WriteParameters>): ContractCall<bigint> {
  const { gameId } = checked(parameters, { gameId: word });
  return {
    contract: "DisputeGame",
    functionName: "claimReward",
    data: encodeFunctionData({ abi: disputeGameAbi, functionName: "claimReward", args: [gameId] }),
    decode: (data) => decodeFunctionResult({ abi: disputeGameAbi, functionName: "claimReward", data }),
  };
}
