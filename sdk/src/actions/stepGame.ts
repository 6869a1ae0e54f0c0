import { type Address, encodeFunctionData, type Hash, type Hex, parseEventLogs } from "viem";
import { disputeGameAbi } from "../abis/generated/DisputeGame.ts";
import type { GamePosition } from "../game/state.ts";
import { asHex } from "./internal/bytes.ts";
import { bytes, checked, POSITION, word } from "./internal/check.ts";
import { asPosition } from "./internal/position.ts";
import { eventOf, logsOf, type ReceiptLike } from "./internal/receipts.ts";
import type {
  AssayClient,
  BytesLike,
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

/** What {@link stepGame} takes. */
export interface StepGameParameters extends WriteParameters {
  /** The game. */
  readonly gameId: Hex;
  /** The game's position that the move answers, as `positionOf` gives it: in another one the move fails. */
  readonly position: GamePosition;
  /** What `proveElement` gives for the element in dispute. */
  readonly proof: BytesLike;
}

/** Hash of the transaction. */
export type StepGameReturnType = Hash;

/** What {@link stepGame} can fail with. */
export type StepGameErrorType = WriteErrorType;

/**
 * Has the court compute the element in dispute, which ends the game. Anyone can.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `GAME_STATE_MISMATCH` if the game has another position, `GAME_CLOCK_USED_UP` if both clocks are used up, and the referee's own codes if the proof is wrong
 */
export async function stepGame(
  client: AssayClient,
  parameters: StepGameParameters,
): Promise<StepGameReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link stepGame} would do now, without sending it. */
export async function simulateStepGame(client: AssayClient, parameters: StepGameParameters): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link stepGame}, for another wallet to send. */
export function encodeStepGame(parameters: EncodeParameters<StepGameParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link stepGame} says. */
export interface StepGameReceipt {
  /** The game. */
  readonly gameId: Hex;
  /** Who made the move. */
  readonly mover: Address;
  /** Number of the step in dispute. */
  readonly step: bigint;
  /** The first byte of its tensor in which the sides differ. */
  readonly byteOffset: bigint;
  /** Bytes of the element. */
  readonly size: bigint;
  /** What the operator had claimed. */
  readonly operatorValue: number;
  /** What the challenger had claimed. */
  readonly challengerValue: number;
  /** What the court computed. */
  readonly truth: number;
}

/**
 * What the court computed.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link stepGame}
 */
export function parseStepGameReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): StepGameReceipt {
  const logs = logsOf(receipt, parameters, "DisputeGame");
  const events = parseEventLogs({ abi: disputeGameAbi, eventName: "GameStepped", logs });
  return eventOf(events, "GameStepped", parameters, "DisputeGame").args;
}

function prepare(parameters: Omit<StepGameParameters, keyof WriteParameters>): ContractCall<void> {
  const { gameId, position, proof } = checked(parameters, { gameId: word, position: POSITION, proof: bytes });
  return {
    contract: "DisputeGame",
    functionName: "step",
    data: encodeFunctionData({
      abi: disputeGameAbi,
      functionName: "step",
      args: [gameId, asPosition(position), asHex(proof)],
    }),
    decode: decodeNothing,
  };
}
