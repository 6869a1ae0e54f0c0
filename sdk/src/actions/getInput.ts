import type { Hex } from "viem";
import { getContractEvents } from "viem/actions";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { fromHex } from "../core/bytes.ts";
import { rootOfBytes } from "../core/tree.ts";
import { EventNotFoundError, InputNotPublishedError, RootMismatchError } from "../errors/protocol.ts";
import { getModel } from "./getModel.ts";
import { getRequest } from "./getRequest.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import { findLastLog } from "./internal/logs.ts";
import type { AssayClient, LogParameters, ReadErrorType } from "./internal/types.ts";

export interface GetInputParameters extends LogParameters {
  readonly requestId: Hex;
}

/** The input's bytes: exactly the model's `inputBytes`. */
export type GetInputReturnType = Uint8Array;

export type GetInputErrorType =
  | ReadErrorType
  | EventNotFoundError
  | InputNotPublishedError
  | RootMismatchError;

/**
 * The input of a request, from the event that published it, checked against its root.
 *
 * @throws {RequestNotFoundError} if there is no such request
 * @throws {InputNotPublishedError} if only the root was given; its context says where the bytes are
 * @throws {EventNotFoundError} if the node does not have the event
 */
export async function getInput(
  client: AssayClient,
  parameters: GetInputParameters,
): Promise<GetInputReturnType> {
  const { requestId } = parameters;
  const deployment = await resolveDeployment(client, parameters);
  const { inputRoot, inputPublished, modelId } = await getRequest(client, { deployment, requestId });
  const log = await findLastLog(client, deployment, parameters, (range) =>
    getContractEvents(client, {
      address: deployment.contracts.InferenceHub,
      abi: inferenceHubAbi,
      eventName: "InferenceRequested",
      args: { requestId },
      strict: true,
      ...range,
    }),
  );
  if (log === undefined) throw new EventNotFoundError("InferenceRequested", { requestId });
  if (!inputPublished) throw new InputNotPublishedError(requestId, log.args.inputUri);
  const { inputDepth } = await getModel(client, { deployment, modelId });
  const input = fromHex(log.args.input);
  const actual = rootOfBytes(input, inputDepth);
  if (actual !== inputRoot) throw new RootMismatchError("input", actual, inputRoot);
  return input;
}
