import type { Hex } from "viem";
import { ResultNotCommittedError, type RootMismatchError } from "../errors/protocol.ts";
import type { MachineModel, Tensor } from "../machine/model.ts";
import type { RunLimits } from "../runtime/limits.ts";
import { getInput } from "./getInput.ts";
import { getRequest } from "./getRequest.ts";
import { asBytes } from "./internal/bytes.ts";
import { bytes, callable, checked, MODEL, optional, record, word } from "./internal/check.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import type { RequestStatus } from "./internal/names.ts";
import type { ExecutionJob, Reexecution } from "./internal/reexecute.ts";
import type { AssayClient, BytesLike, LogParameters, ReadErrorType } from "./internal/types.ts";

/** What {@link verifyResult} takes. */
export interface VerifyResultParameters extends LogParameters {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
  /** The model with its program and constants; they are checked against the id that the request names. */
  readonly model: MachineModel;
  /** The input, where it was not published. */
  readonly input?: BytesLike;
  /** What the execution may take at most. */
  readonly limits?: Partial<RunLimits>;
  /** What executes. Default: this thread, which is busy meanwhile; `executeInWorker` of `@assay/sdk/worker` leaves it free. */
  readonly execute?: Execute;
}

/** Executes a model again, somewhere, after it has made sure that the model and the input are those of the request. */
export type Execute = (job: ExecutionJob, options: { readonly signal?: AbortSignal }) => Promise<Reexecution>;

/** What {@link verifyResult} gives. */
export interface VerifyResultReturnType {
  /** Whether the committed result is what the model gives, to the last bit. */
  readonly isCorrect: boolean;
  /** What the request amounted to when it was looked at; a result that is not correct can be challenged while it is `committed`. */
  readonly status: RequestStatus;
  /** Root of the output that was committed. */
  readonly committedRoot: Hex;
  /** Root of the output that the model gives. */
  readonly computedRoot: Hex;
  /** The output that the model gives. */
  readonly output: Uint8Array;
  /** The same by name. */
  readonly outputs: Readonly<Record<string, Tensor>>;
}

/** What {@link verifyResult} can fail with. */
export type VerifyResultErrorType = ReadErrorType | ResultNotCommittedError | RootMismatchError;

/**
 * Executes a request again on this computer and compares the result with the committed one.
 *
 * @throws {RequestNotFoundError} if there is no such request
 * @throws {ResultNotCommittedError} if there is no result to compare with
 * @throws {RootMismatchError} if the model or the input is not the request's
 * @throws {InputNotPublishedError} if the input is neither on-chain nor given
 * @throws {LimitError} if the model takes more than the limits
 * @throws {AbortedError} if the signal was aborted
 *
 * @example
 * const { isCorrect } = await verifyResult(client, { deployment, requestId, model });
 */
export async function verifyResult(
  client: AssayClient,
  parameters: VerifyResultParameters,
): Promise<VerifyResultReturnType> {
  const {
    requestId,
    model,
    limits,
    signal,
    execute = executeHere,
  } = checked(parameters, {
    requestId: word,
    model: MODEL,
    input: optional(bytes),
    limits: optional(record),
    execute: optional(callable),
  });
  const deployment = await resolveDeployment(client, parameters);
  const request = await getRequest(client, { deployment, requestId });
  const { status, outputRoot: committedRoot } = request;
  if (committedRoot === undefined) throw new ResultNotCommittedError(requestId, status);
  const { modelId, inputRoot } = request;
  const input =
    parameters.input === undefined
      ? await getInput(client, { ...parameters, deployment })
      : asBytes(parameters.input);
  const job = { model, modelId, input, inputRoot, ...(limits === undefined ? {} : { limits }) };
  const {
    output,
    outputs,
    outputRoot: computedRoot,
  } = await execute(job, signal === undefined ? {} : { signal });
  return { isCorrect: computedRoot === committedRoot, status, committedRoot, computedRoot, output, outputs };
}

/** Loaded when it is used: who only reads results does not need the machine. */
const executeHere: Execute = async (job) => {
  const { reexecute } = await import("./internal/reexecute.ts");
  return reexecute(job);
};
