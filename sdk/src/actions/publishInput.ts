import { encodeFunctionData, type Hash, type Hex, parseEventLogs } from "viem";
import { disputeGameAbi } from "../abis/generated/DisputeGame.ts";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { asHex } from "./internal/bytes.ts";
import { bytes, checked, word } from "./internal/check.ts";
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

/** What {@link publishInput} takes. */
export interface PublishInputParameters extends WriteParameters {
  /** The game that {@link demandInput} opened. */
  readonly gameId: Hex;
  /** Exactly the model's `inputBytes`. */
  readonly input: BytesLike;
}

/** Hash of the transaction. */
export type PublishInputReturnType = Hash;

/** What {@link publishInput} can fail with. */
export type PublishInputErrorType = WriteErrorType;

/**
 * Publishes a demanded input. The game ends as won by the operator, and the challenge window of the result starts anew. Whoever has the bytes can; a third party is repaid from the bond, see {@link claimRefund}.
 *
 * @returns hash of the transaction, which has succeeded against the latest state before it was sent
 * @throws {ContractRevertError} `HUB_INPUT_MISMATCH` if it is another input, `HUB_INPUT_LENGTH_MISMATCH` if it is not as long as the model's, `GAME_CLOCK_USED_UP` if it is too late, `GAME_PHASE_MISMATCH` if the game is about something else
 */
export async function publishInput(
  client: AssayClient,
  parameters: PublishInputParameters,
): Promise<PublishInputReturnType> {
  return writeContractAction(client, parameters, prepare(parameters));
}

/** What {@link publishInput} would do now, without sending it. */
export async function simulatePublishInput(
  client: AssayClient,
  parameters: PublishInputParameters,
): Promise<void> {
  return simulateContractAction(client, parameters, prepare(parameters));
}

/** The call of {@link publishInput}, for another wallet to send. */
export function encodePublishInput(parameters: EncodeParameters<PublishInputParameters>): EncodedCall {
  return encodeContractAction(parameters, prepare(parameters));
}

/** The publication. */
export interface PublishInputReceipt {
  /** The request whose input it is. */
  readonly requestId: Hex;
  /** The input. */
  readonly input: Hex;
  /** From this Unix second on no challenge can be opened. */
  readonly windowEndsAt: number;
}

/**
 * The publication.
 *
 * @throws {ReceiptMismatchError} if the receipt is not that of a successful {@link publishInput}
 */
export function parsePublishInputReceipt(
  receipt: ReceiptLike,
  parameters: Required<DeploymentParameter>,
): PublishInputReceipt {
  const logs = logsOf(receipt, parameters, "InferenceHub");
  const events = parseEventLogs({ abi: inferenceHubAbi, eventName: "InputPublished", logs });
  return eventOf(events, "InputPublished", parameters, "InferenceHub").args;
}

function prepare(parameters: Omit<PublishInputParameters, keyof WriteParameters>): ContractCall<void> {
  const { gameId, input } = checked(parameters, { gameId: word, input: bytes });
  return {
    contract: "DisputeGame",
    functionName: "publishInput",
    data: encodeFunctionData({
      abi: disputeGameAbi,
      functionName: "publishInput",
      args: [gameId, asHex(input)],
    }),
    decode: decodeNothing,
  };
}
