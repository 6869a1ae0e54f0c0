import type { Address, Hex } from "viem";
import { rootOfBytes } from "../core/tree.ts";
import { type EventNotFoundError, ResultNotFinalError, RootMismatchError } from "../errors/protocol.ts";
import type { MachineModel, Tensor } from "../machine/model.ts";
import { unpackOutputs } from "../runtime/tensors.ts";
import { getModel } from "./getModel.ts";
import { getRequest } from "./getRequest.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import type { RequestStatus } from "./internal/names.ts";
import { findCommittedOutput } from "./internal/outputs.ts";
import type { AssayClient, LogParameters, ReadErrorType } from "./internal/types.ts";

export interface GetResultParameters extends LogParameters {
  readonly requestId: Hex;
  /** Reads the outputs by name, where given. */
  readonly model?: Pick<MachineModel, "record" | "outputs">;
  /** Also gives a committed result that can still be convicted. Default `false`. */
  readonly allowPending?: boolean;
}

/** A committed answer, checked against its root. */
export interface InferenceResult {
  readonly requestId: Hex;
  /** `final`, or `committed` where pending results are allowed. */
  readonly status: RequestStatus;
  /** Whether nothing can change the result any more. */
  readonly isFinal: boolean;
  readonly operator: Address;
  /** Exactly the model's `outputBytes`. */
  readonly output: Uint8Array;
  readonly outputRoot: Hex;
  /** The outputs by name; `undefined` where no model was given. */
  readonly outputs: Readonly<Record<string, Tensor>> | undefined;
}

export type GetResultReturnType = InferenceResult;

export type GetResultErrorType = ReadErrorType | EventNotFoundError | ResultNotFinalError | RootMismatchError;

/**
 * The final result of a request, from the event that published it, checked against the root that the hub holds.
 *
 * @throws {RequestNotFoundError} if there is no such request
 * @throws {ResultNotFinalError} if the result can still change, or never will be one
 * @throws {EventNotFoundError} if the node does not have the event
 *
 * @example
 * await waitForFinality(client, { deployment, requestId });
 * const { outputs } = await getResult(client, { deployment, requestId, model });
 * outputs?.scores?.data; // Float32Array(10)
 */
export async function getResult(
  client: AssayClient,
  parameters: GetResultParameters,
): Promise<GetResultReturnType> {
  const { requestId, model, allowPending = false } = parameters;
  const deployment = await resolveDeployment(client, parameters);
  const { status, outputRoot, modelId } = await getRequest(client, { deployment, requestId });
  const isFinal = status === "final";
  if (outputRoot === undefined || !(isFinal || (allowPending && status === "committed"))) {
    throw new ResultNotFinalError(requestId, status);
  }
  const { operator, output } = await findCommittedOutput(client, { ...parameters, deployment });
  const { wordDepth } = await getModel(client, { deployment, modelId });
  const actual = rootOfBytes(output, wordDepth);
  if (actual !== outputRoot) throw new RootMismatchError("output", actual, outputRoot);
  const outputs = model === undefined ? undefined : unpackOutputs(model, output);
  return { requestId, status, isFinal, operator, output, outputRoot, outputs };
}
