import type { Hex } from "viem";
import { ResultNotCommittedError, type RootMismatchError } from "../errors/protocol.ts";
import type { MachineModel, Tensor } from "../machine/model.ts";
import type { RunLimits } from "../runtime/limits.ts";
import { getInput } from "./getInput.ts";
import { getRequest } from "./getRequest.ts";
import { asBytes } from "./internal/bytes.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import type { RequestStatus } from "./internal/names.ts";
import type { AssayClient, BytesLike, LogParameters, ReadErrorType } from "./internal/types.ts";

export interface VerifyResultParameters extends LogParameters {
  readonly requestId: Hex;
  /** The model with its program and constants; they are checked against the id that the request names. */
  readonly model: MachineModel;
  /** The input, where it was not published. */
  readonly input?: BytesLike;
  /** What the execution may take at most. */
  readonly limits?: Partial<RunLimits>;
}

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

export type VerifyResultErrorType = ReadErrorType | ResultNotCommittedError | RootMismatchError;

/**
 * Executes a request again on this computer and compares the result with the committed one.
 *
 * @throws {RequestNotFoundError} if there is no such request
 * @throws {ResultNotCommittedError} if there is no result to compare with
 * @throws {RootMismatchError} if the model or the input is not the request's
 * @throws {InputNotPublishedError} if the input is neither on-chain nor given
 * @throws {LimitError} if the model takes more than the limits
 */
export async function verifyResult(
  client: AssayClient,
  parameters: VerifyResultParameters,
): Promise<VerifyResultReturnType> {
  const { requestId, model, limits } = parameters;
  const deployment = await resolveDeployment(client, parameters);
  const request = await getRequest(client, { deployment, requestId });
  const { status, outputRoot: committedRoot } = request;
  if (committedRoot === undefined) throw new ResultNotCommittedError(requestId, status);
  // Loaded when it is used: who only reads results does not need the machine.
  const { checkModel, checkInput, reexecute } = await import("./internal/reexecute.ts");
  checkModel(model, request.modelId);
  const input =
    parameters.input === undefined
      ? await getInput(client, { ...parameters, deployment })
      : checkInput(asBytes(parameters.input), model, request.inputRoot);
  const { output, outputs, outputRoot: computedRoot } = reexecute(model, input, limits);
  return { isCorrect: computedRoot === committedRoot, status, committedRoot, computedRoot, output, outputs };
}
