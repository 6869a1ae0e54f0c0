import type { Hex } from "viem";
import { rootOfBytes } from "../core/tree.ts";
import { ResultNotCommittedError, RootMismatchError } from "../errors/protocol.ts";
import type { MachineModel, Tensor } from "../machine/model.ts";
import { constantsRoot, modelId as modelIdOf, programRoot } from "../machine/record.ts";
import { executeModel } from "../runtime/execute.ts";
import type { RunLimits } from "../runtime/limits.ts";
import { assertSelfTest } from "../runtime/selftest.ts";
import { unpackOutputs } from "../runtime/tensors.ts";
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
  checkModel(model, request.modelId);
  const input =
    parameters.input === undefined
      ? await getInput(client, { ...parameters, deployment })
      : checkInput(asBytes(parameters.input), model, request.inputRoot);
  assertSelfTest();
  const { output } = executeModel(model, input, limits === undefined ? {} : { limits });
  const computedRoot = rootOfBytes(output, model.record.wordDepth);
  return {
    isCorrect: computedRoot === committedRoot,
    status,
    committedRoot,
    computedRoot,
    output,
    outputs: unpackOutputs(model, output),
  };
}

/** Another model gives another result, which would say nothing about this one. */
function checkModel({ record, program, constants }: MachineModel, expected: Hex): void {
  const checks = [
    ["model", modelIdOf(record), expected],
    ["program", programRoot(program, record.stepDepth), record.programRoot],
    ["constants", constantsRoot(constants, record.constantsDepth), record.constantsRoot],
  ] as const;
  for (const [what, actual, root] of checks) {
    if (actual !== root.toLowerCase()) throw new RootMismatchError(what, actual, root);
  }
}

function checkInput(input: Uint8Array, { record }: MachineModel, expected: Hex): Uint8Array {
  const actual = rootOfBytes(input, record.inputDepth);
  if (actual !== expected) throw new RootMismatchError("input", actual, expected);
  return input;
}
