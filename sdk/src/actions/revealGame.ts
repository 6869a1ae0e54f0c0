import { encodeFunctionData, type Hash, type Hex, parseEventLogs } from "viem";
import { disputeGameAbi } from "../abis/generated/DisputeGame.ts";
import { checked, listOf, word } from "./internal/check.ts";
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

/** What {@link revealGame} takes. */
export interface RevealGameParameters extends WriteParameters {
  /** The game. */
  readonly gameId: Hex;
  /** Root of the challenger's trace. */
  readonly traceRoot: Hex;
  /** Salt of the opening. */
  readonly salt: Hex;
  /** Root of the challenger's output. */
  readonly outputRoot: Hex;
  /** The `stepDepth` siblings from the last step's tensor to `traceRoot`, from the bottom upwards. */
  readonly outputProof: readonly Hex[];
  /** The nodes `min(4, depth)` levels below `traceRoot`, from the left. */
  readonly children: readonly Hex[];
}

/** Hash of the transaction. */
export type RevealGameReturnType = Hash;

/** What {@link revealGame} can fail with. */
export type RevealGameErrorType = WriteErrorType;

/**
 * Shows what an opening had bound. The challenger's clock stops, the operator's starts. Anyone who knows the salt can.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `GAME_OPENING_MISMATCH` if the opening binds something else, `GAME_OUTPUT_AGREES` if there is nothing to dispute, `OUTPUT_PROOF_MISMATCH` if the trace does not end in the output, `GAME_CLOCK_USED_UP` if it is too late
 */
export async function revealGame(
  client: AssayClient,
  parameters: RevealGameParameters,
): Promise<RevealGameReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link revealGame} would do now, without sending it. */
export async function simulateRevealGame(
  client: AssayClient,
  parameters: RevealGameParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link revealGame}, for another wallet to send. */
export function encodeRevealGame(parameters: EncodeParameters<RevealGameParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** What the receipt of {@link revealGame} says. */
export interface RevealGameReceipt {
  /** The game. */
  readonly gameId: Hex;
  /** Root of the challenger's trace. */
  readonly traceRoot: Hex;
  /** Root of the challenger's output. */
  readonly outputRoot: Hex;
  /** The nodes that were shown. */
  readonly children: readonly Hex[];
}

/**
 * What was revealed.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link revealGame}
 */
export function parseRevealGameReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): RevealGameReceipt {
  const logs = logsOf(receipt, parameters, "DisputeGame");
  const events = parseEventLogs({ abi: disputeGameAbi, eventName: "GameRevealed", logs });
  return eventOf(events, "GameRevealed", parameters, "DisputeGame").args;
}

function prepare(parameters: Omit<RevealGameParameters, keyof WriteParameters>): ContractCall<void> {
  const { gameId, traceRoot, salt, outputRoot, outputProof, children } = checked(parameters, {
    gameId: word,
    traceRoot: word,
    salt: word,
    outputRoot: word,
    outputProof: listOf(word),
    children: listOf(word),
  });
  return {
    contract: "DisputeGame",
    functionName: "reveal",
    data: encodeFunctionData({
      abi: disputeGameAbi,
      functionName: "reveal",
      args: [gameId, traceRoot, salt, outputRoot, outputProof, children],
    }),
    decode: decodeNothing,
  };
}
