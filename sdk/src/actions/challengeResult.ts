import type { Hash, Hex } from "viem";
import {
  type EnginesDisagreeError,
  type InputNotPublishedError,
  ResultNotCommittedError,
  type RootMismatchError,
} from "../errors/protocol.ts";
import { gameIdOf, openingHash } from "../game/state.ts";
import { shouldChallenge } from "../game/strategy.ts";
import type { MachineModel } from "../machine/model.ts";
import type { EngineName } from "../runtime/engines.ts";
import type { RunLimits } from "../runtime/limits.ts";
import type { Trace } from "../trace/trace.ts";
import { getInput } from "./getInput.ts";
import { getRequest } from "./getRequest.ts";
import { requireSameTrace } from "./internal/agreement.ts";
import { asBytes } from "./internal/bytes.ts";
import { bytes, checked, listOf, MODEL, oneOf, optional, record, word } from "./internal/check.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import type { AssayClient, BytesLike, WriteErrorType, WriteParameters } from "./internal/types.ts";
import { senderAddressOf } from "./internal/write.ts";
import { openGame } from "./openGame.ts";
import { randomSalt } from "./randomSalt.ts";

/** What {@link challengeResult} takes. */
export interface ChallengeResultParameters extends WriteParameters {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
  /** The request's model. */
  readonly model: MachineModel;
  /** The request's bytes. Default: those that were published with it. */
  readonly input?: BytesLike;
  /** Secret that binds the challenge. Default: a random one. */
  readonly salt?: Hex;
  /** What runs the model first, and again before anything is staked on it. Default: WebAssembly where there is any, and the reference. */
  readonly engines?: readonly [EngineName, EngineName];
  /** What a run may take at most. Default: `DEFAULT_LIMITS`. */
  readonly limits?: Partial<RunLimits>;
}

/** A challenge that was sent. What it holds is needed to play on: keep the salt and the trace, or the input, until the game has ended. */
export interface Challenge {
  /** Hash of the transaction that opened the game. */
  readonly hash: Hash;
  /** Id of the game: a hash of 32 bytes. */
  readonly gameId: Hex;
  /** 32 random bytes that hide the challenge until it is revealed: keep them with the game's id. */
  readonly salt: Hex;
  /** The challenger's own run: later moves are made from it. */
  readonly trace: Trace;
}

/** Nothing if the result is right. */
export type ChallengeResultReturnType = Challenge | undefined;

/** What {@link challengeResult} can fail with. */
export type ChallengeResultErrorType =
  | WriteErrorType
  | EnginesDisagreeError
  | InputNotPublishedError
  | ResultNotCommittedError
  | RootMismatchError;

/**
 * Runs a request again, and challenges its result if it is another one. Before the bond is staked the model runs a second time, on another engine: a right result
 * is never attacked because of a computer that computes wrongly.
 *
 * @returns the challenge; nothing if the result is right
 * @throws {EnginesDisagreeError} if the two runs do not have the same trace
 * @throws {ResultNotCommittedError} if there is no result
 * @throws {RootMismatchError} if the model or the input is not the request's
 * @throws {ContractRevertError} `HUB_WINDOW_CLOSED` if the window is over, `VAULT_BALANCE_TOO_LOW` if the free balance is smaller than the bond
 */
export async function challengeResult(
  client: AssayClient,
  parameters: ChallengeResultParameters,
): Promise<ChallengeResultReturnType> {
  const {
    requestId,
    model,
    limits,
    salt = randomSalt(),
  } = checked(parameters, {
    requestId: word,
    model: MODEL,
    input: optional(bytes),
    salt: optional(word),
    engines: optional(listOf(oneOf("wasm", "reference"))),
    limits: optional(record),
  });
  const deployment = await resolveDeployment(client, parameters);
  const request = await getRequest(client, { deployment, requestId });
  const { status, outputRoot } = request;
  if (outputRoot === undefined) throw new ResultNotCommittedError(requestId, status);
  // Loaded when they are used: who only reads does not need the machine.
  const [{ checkModel, checkInput }, { traceBytes }, { isWasmAvailable }] = await Promise.all([
    import("./internal/reexecute.ts"),
    import("../runtime/trace.ts"),
    import("../runtime/engines.ts"),
  ]);
  checkModel(model, request.modelId);
  const input =
    parameters.input === undefined
      ? await getInput(client, { deployment, requestId })
      : checkInput(asBytes(parameters.input), model, request.inputRoot);
  const [first, second] = parameters.engines ?? [isWasmAvailable() ? "wasm" : "reference", "reference"];
  const options = limits === undefined ? {} : { limits };
  const trace = await traceBytes(model, input, { engine: first, ...options });
  if (!shouldChallenge({ outputRoot }, trace)) return undefined;
  const again = await traceBytes(model, input, { engine: second, ...options });
  requireSameTrace(trace, again, [first, second], requestId);

  const court = { chainId: deployment.chainId, address: deployment.contracts.DisputeGame };
  const challenger = senderAddressOf(client, parameters);
  const opening = openingHash(court, requestId, challenger, trace.traceRoot, salt);
  const hash = await openGame(client, { ...parameters, deployment, openingHash: opening });
  return { hash, gameId: gameIdOf(court, requestId, challenger, opening), salt, trace };
}
