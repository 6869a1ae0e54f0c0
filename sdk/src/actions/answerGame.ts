import { type Address, encodeFunctionData, type Hash, type Hex, parseEventLogs } from "viem";
import { disputeGameAbi } from "../abis/generated/DisputeGame.ts";
import type { GamePosition, Side } from "../game/state.ts";
import { checked, listOf, POSITION, word } from "./internal/check.ts";
import { GAME_SIDES, nameOf } from "./internal/names.ts";
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

/** What {@link answerGame} takes. */
export interface AnswerGameParameters extends WriteParameters {
  /** The game. */
  readonly gameId: Hex;
  /** The game's position that the move answers, as `positionOf` gives it: in another one the move fails. */
  readonly position: GamePosition;
  /** The nodes below the node of the side to move. */
  readonly moverChildren: readonly Hex[];
  /** The nodes below the other side's node. */
  readonly otherChildren: readonly Hex[];
  /** The nodes below the mover's one at the first difference; empty when that is the leaf level. */
  readonly moverGrandchildren: readonly Hex[];
}

/** Hash of the transaction. */
export type AnswerGameReturnType = Hash;

/** What {@link answerGame} can fail with. */
export type AnswerGameErrorType = WriteErrorType;

/**
 * Makes the move of the side whose turn it is. All three lists are forced by the trees, so anyone can make it.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `GAME_STATE_MISMATCH` if the game has another position, `GAME_ROW_MISMATCH` if a list does not belong to its node, `GAME_CLOCK_USED_UP` if it is too late, `GAME_TRACE_UNKNOWN` if the operator has not posted its trace
 */
export async function answerGame(
  client: AssayClient,
  parameters: AnswerGameParameters,
): Promise<AnswerGameReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link answerGame} would do now, without sending it. */
export async function simulateAnswerGame(
  client: AssayClient,
  parameters: AnswerGameParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link answerGame}, for another wallet to send. */
export function encodeAnswerGame(parameters: EncodeParameters<AnswerGameParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link answerGame} says. */
export interface AnswerGameReceipt {
  /** The game. */
  readonly gameId: Hex;
  /** Whose turn it was. */
  readonly side: Side;
  /** Who made the move. */
  readonly mover: Address;
  /** Depth of the new pair of nodes below the roots. */
  readonly level: number;
  /** Its position in its level. */
  readonly index: bigint;
  /** The operator's new node. */
  readonly operatorNode: Hex;
  /** The challenger's new node. */
  readonly challengerNode: Hex;
  /** The nodes below the mover's old node. */
  readonly moverChildren: readonly Hex[];
  /** The nodes below the mover's new node. */
  readonly moverGrandchildren: readonly Hex[];
}

/**
 * The move.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link answerGame}
 */
export function parseAnswerGameReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): AnswerGameReceipt {
  const logs = logsOf(receipt, parameters, "DisputeGame");
  const events = parseEventLogs({ abi: disputeGameAbi, eventName: "GameAnswered", logs });
  const { args } = eventOf(events, "GameAnswered", parameters, "DisputeGame");
  return { ...args, side: nameOf(GAME_SIDES, args.side) };
}

function prepare(parameters: Omit<AnswerGameParameters, keyof WriteParameters>): ContractCall<void> {
  const { gameId, position, moverChildren, otherChildren, moverGrandchildren } = checked(parameters, {
    gameId: word,
    position: POSITION,
    moverChildren: listOf(word),
    otherChildren: listOf(word),
    moverGrandchildren: listOf(word),
  });
  return {
    contract: "DisputeGame",
    functionName: "answer",
    data: encodeFunctionData({
      abi: disputeGameAbi,
      functionName: "answer",
      args: [gameId, asPosition(position), moverChildren, otherChildren, moverGrandchildren],
    }),
    decode: decodeNothing,
  };
}
