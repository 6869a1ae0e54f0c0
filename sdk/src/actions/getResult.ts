import type { Address, Hex } from "viem";
import { rootOfBytes } from "../core/tree.ts";
import {
  type EventNotFoundError,
  InvalidParameterError,
  OutputNotPublishedError,
  ResultNotFinalError,
  RootMismatchError,
} from "../errors/protocol.ts";
import type { MachineModel, Tensor } from "../machine/model.ts";
import { unpackOutputs } from "../runtime/tensors.ts";
import { getModel } from "./getModel.ts";
import { getRequest } from "./getRequest.ts";
import { asBytes } from "./internal/bytes.ts";
import { bytes, checked, flag, listOf, optional, RECORD, record, shape, word } from "./internal/check.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import type { RequestStatus } from "./internal/names.ts";
import { findCommittedOutput, findOutputUri } from "./internal/outputs.ts";
import type { AssayClient, BytesLike, LogParameters, ReadErrorType } from "./internal/types.ts";

/** What {@link getResult} takes. */
export interface GetResultParameters extends LogParameters {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
  /** Reads the outputs by name, where given. */
  readonly model?: Pick<MachineModel, "record" | "outputs">;
  /** The output's bytes, where they were not published; they are compared with their root. */
  readonly output?: BytesLike;
  /** Also gives a committed result that can still be convicted. Default `false`. */
  readonly allowPending?: boolean;
}

/** A committed answer, checked against its root. */
export interface InferenceResult {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
  /** `final`, or `committed` where pending results are allowed. */
  readonly status: RequestStatus;
  /** Whether nothing can change the result any more. */
  readonly isFinal: boolean;
  /** Account that commits, and whose stake is locked. */
  readonly operator: Address;
  /** Exactly the model's `outputBytes`. */
  readonly output: Uint8Array;
  /** Root of the tree over the words of the output, 32 bytes. */
  readonly outputRoot: Hex;
  /** The outputs by name; `undefined` where no model was given. */
  readonly outputs: Readonly<Record<string, Tensor>> | undefined;
}

/** What {@link getResult} gives. */
export type GetResultReturnType = InferenceResult;

/** What {@link getResult} can fail with. */
export type GetResultErrorType =
  | ReadErrorType
  | EventNotFoundError
  | InvalidParameterError
  | OutputNotPublishedError
  | ResultNotFinalError
  | RootMismatchError;

/**
 * The final result of a request, from the event that published it or from the caller, checked against the root that the hub holds.
 *
 * @throws {RequestNotFoundError} if there is no such request
 * @throws {ResultNotFinalError} if the result can still change, or never will be one
 * @throws {OutputNotPublishedError} if only the root is on-chain and no bytes are given; its context says where the bytes are
 * @throws {RootMismatchError} if the bytes are not the result
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
  const {
    requestId,
    model,
    allowPending = false,
  } = checked(parameters, {
    requestId: word,
    model: optional(shape({ record: RECORD, outputs: listOf(record) })),
    output: optional(bytes),
    allowPending: optional(flag),
  });
  const deployment = await resolveDeployment(client, parameters);
  const request = await getRequest(client, { deployment, requestId });
  const { status, operator, outputRoot } = request;
  const isFinal = status === "final";
  if (
    operator === undefined ||
    outputRoot === undefined ||
    !(isFinal || (allowPending && status === "committed"))
  ) {
    throw new ResultNotFinalError(requestId, status);
  }
  if (parameters.output === undefined && !request.outputPublished) {
    throw new OutputNotPublishedError(requestId, await findOutputUri(client, { ...parameters, deployment }));
  }
  const output =
    parameters.output === undefined
      ? await findCommittedOutput(client, { ...parameters, deployment })
      : asBytes(parameters.output);
  const { outputBytes, wordDepth } = await getModel(client, { deployment, modelId: request.modelId });
  // Zeros at the end would not change the root.
  if (output.length !== outputBytes) {
    throw new InvalidParameterError("output", output, `exactly ${outputBytes} bytes`);
  }
  const actual = rootOfBytes(output, wordDepth);
  if (actual !== outputRoot) throw new RootMismatchError("output", actual, outputRoot);
  const outputs = model === undefined ? undefined : unpackOutputs(model, output);
  return { requestId, status, isFinal, operator, output, outputRoot, outputs };
}
