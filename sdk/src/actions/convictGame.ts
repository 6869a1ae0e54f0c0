import { type Address, encodeFunctionData, type Hash, type Hex, parseEventLogs } from "viem";
import { disputeGameAbi } from "../abis/generated/DisputeGame.ts";
import type { Contradiction } from "../game/moves.ts";
import type { GamePosition } from "../game/state.ts";
import { asHex } from "./internal/bytes.ts";
import { bytes, checked, listOf, POSITION, shape, uint, word } from "./internal/check.ts";
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

/** What {@link convictGame} takes. */
export interface ConvictGameParameters extends WriteParameters {
  /** The game. */
  readonly gameId: Hex;
  /** Its position, as `positionOf` gives it; of no account before the reveal. */
  readonly position: GamePosition;
  /** What `findContradiction` gives. */
  readonly contradiction: Contradiction;
}

/** Hash of the transaction. */
export type ConvictGameReturnType = Hash;

/** What {@link convictGame} can fail with. */
export type ConvictGameErrorType = WriteErrorType;

/**
 * Convicts the operator by a word of its own trace that the court computes otherwise from the words before it; the challenger wins. Possible as long as a
 * move is, before the reveal as well, and whosever turn it is. Anyone can.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `GAME_TRACE_UNKNOWN` if the operator has not posted its trace, `GAME_WORD_MISMATCH` if the word is not one of it, `GAME_WORD_AGREES` if the court computes the same, `GAME_CLOCK_USED_UP` if it is too late, and the referee's own codes if the proof is wrong
 */
export async function convictGame(
  client: AssayClient,
  parameters: ConvictGameParameters,
): Promise<ConvictGameReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link convictGame} would do now, without sending it. */
export async function simulateConvictGame(
  client: AssayClient,
  parameters: ConvictGameParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link convictGame}, for another wallet to send. */
export function encodeConvictGame(parameters: EncodeParameters<ConvictGameParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link convictGame} says. */
export interface ConvictGameReceipt {
  /** The game. */
  readonly gameId: Hex;
  /** Who made the move. */
  readonly mover: Address;
  /** Number of the step that the operator lied about. */
  readonly step: bigint;
  /** A byte of the wrong element, in the step's tensor. */
  readonly byteOffset: bigint;
  /** Bytes of the element. */
  readonly size: bigint;
  /** What the operator's trace says. */
  readonly claimed: number;
  /** What the court computed. */
  readonly truth: number;
}

/**
 * What the court computed.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link convictGame}
 */
export function parseConvictGameReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): ConvictGameReceipt {
  const logs = logsOf(receipt, parameters, "DisputeGame");
  const events = parseEventLogs({ abi: disputeGameAbi, eventName: "GameConvicted", logs });
  return eventOf(events, "GameConvicted", parameters, "DisputeGame").args;
}

function prepare(parameters: Omit<ConvictGameParameters, keyof WriteParameters>): ContractCall<void> {
  const { gameId, position, contradiction } = checked(parameters, {
    gameId: word,
    position: POSITION,
    contradiction: shape({ index: uint(53), place: uint(8), word, siblings: listOf(word), proof: bytes }),
  });
  const { index, proof, ...rest } = contradiction;
  return {
    contract: "DisputeGame",
    functionName: "convict",
    data: encodeFunctionData({
      abi: disputeGameAbi,
      functionName: "convict",
      args: [gameId, asPosition(position), { ...rest, index: BigInt(index), proof: asHex(proof) }],
    }),
    decode: decodeNothing,
  };
}
