import { type Address, encodeFunctionData, type Hash, type Hex, parseEventLogs } from "viem";
import { disputeGameAbi } from "../abis/generated/DisputeGame.ts";
import type { GamePosition, Outcome } from "../game/state.ts";
import { checked, POSITION, word } from "./internal/check.ts";
import { GAME_OUTCOMES, nameOf } from "./internal/names.ts";
import { asPosition } from "./internal/position.ts";
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

/** What {@link timeoutGame} takes. */
export interface TimeoutGameParameters extends WriteParameters {
  /** The game. */
  readonly gameId: Hex;
  /** Its position, as `positionOf` gives it; of no account before the reveal. */
  readonly position: GamePosition;
}

/** Hash of the transaction. */
export type TimeoutGameReturnType = Hash;

/** What {@link timeoutGame} can fail with. */
export type TimeoutGameErrorType = WriteErrorType;

/**
 * Ends a game in which the running clock is used up; at the leaf, both. Anyone can.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `GAME_CLOCK_RUNNING` if there is time left, `GAME_NOT_ACTIVE` if the game has ended
 */
export async function timeoutGame(
  client: AssayClient,
  parameters: TimeoutGameParameters,
): Promise<TimeoutGameReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link timeoutGame} would do now, without sending it. */
export async function simulateTimeoutGame(
  client: AssayClient,
  parameters: TimeoutGameParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link timeoutGame}, for another wallet to send. */
export function encodeTimeoutGame(parameters: EncodeParameters<TimeoutGameParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link timeoutGame} says. */
export interface TimeoutGameReceipt {
  /** The game. */
  readonly gameId: Hex;
  /** The request it was about. */
  readonly requestId: Hex;
  /** How it ended. */
  readonly outcome: Outcome;
  /** Who ended it. */
  readonly mover: Address;
}

/**
 * How the game ended.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link timeoutGame}
 */
export function parseTimeoutGameReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): TimeoutGameReceipt {
  const logs = logsOf(receipt, parameters, "DisputeGame");
  const events = parseEventLogs({ abi: disputeGameAbi, eventName: "GameEnded", logs });
  const { args } = eventOf(events, "GameEnded", parameters, "DisputeGame");
  return { ...args, outcome: nameOf(GAME_OUTCOMES, args.outcome) };
}

function prepare(parameters: Omit<TimeoutGameParameters, keyof WriteParameters>): ContractCall<void> {
  const { gameId, position } = checked(parameters, { gameId: word, position: POSITION });
  return {
    contract: "DisputeGame",
    functionName: "timeout",
    data: encodeFunctionData({
      abi: disputeGameAbi,
      functionName: "timeout",
      args: [gameId, asPosition(position)],
    }),
    decode: decodeNothing,
  };
}
