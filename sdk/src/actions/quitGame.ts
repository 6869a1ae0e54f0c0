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

/** What {@link quitGame} takes. */
export interface QuitGameParameters extends WriteParameters {
  /** The game. */
  readonly gameId: Hex;
  /** Its position, as `positionOf` gives it; of no account before the reveal. */
  readonly position: GamePosition;
}

/** Hash of the transaction. */
export type QuitGameReturnType = Hash;

/** What {@link quitGame} can fail with. */
export type QuitGameErrorType = WriteErrorType;

/**
 * Takes the bond back from a game of the sender about a commitment that another game has slashed, without a reward.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `GAME_CALLER_NOT_CHALLENGER` if the sender did not open the game, `HUB_STATUS_MISMATCH` if the commitment is not slashed
 */
export async function quitGame(
  client: AssayClient,
  parameters: QuitGameParameters,
): Promise<QuitGameReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link quitGame} would do now, without sending it. */
export async function simulateQuitGame(client: AssayClient, parameters: QuitGameParameters): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link quitGame}, for another wallet to send. */
export function encodeQuitGame(parameters: EncodeParameters<QuitGameParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link quitGame} says. */
export interface QuitGameReceipt {
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
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link quitGame}
 */
export function parseQuitGameReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): QuitGameReceipt {
  const logs = logsOf(receipt, parameters, "DisputeGame");
  const events = parseEventLogs({ abi: disputeGameAbi, eventName: "GameEnded", logs });
  const { args } = eventOf(events, "GameEnded", parameters, "DisputeGame");
  return { ...args, outcome: nameOf(GAME_OUTCOMES, args.outcome) };
}

function prepare(parameters: Omit<QuitGameParameters, keyof WriteParameters>): ContractCall<void> {
  const { gameId, position } = checked(parameters, { gameId: word, position: POSITION });
  return {
    contract: "DisputeGame",
    functionName: "quit",
    data: encodeFunctionData({
      abi: disputeGameAbi,
      functionName: "quit",
      args: [gameId, asPosition(position)],
    }),
    decode: decodeNothing,
  };
}
