import type { Hex } from "viem";
import { getContractEvents } from "viem/actions";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { fromHex } from "../core/bytes.ts";
import { rootOfBytes } from "../core/tree.ts";
import { EventNotFoundError, InputNotPublishedError, RootMismatchError } from "../errors/protocol.ts";
import { getModel } from "./getModel.ts";
import { getRequest } from "./getRequest.ts";
import { checked, word } from "./internal/check.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import { findAnswered, findRequested } from "./internal/inputs.ts";
import { findLastLog } from "./internal/logs.ts";
import type { AssayClient, DeploymentParameter, LogParameters, ReadErrorType } from "./internal/types.ts";

/** What {@link getInput} takes. */
export interface GetInputParameters extends LogParameters {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
}

type SearchParameters = GetInputParameters & Required<DeploymentParameter>;

/** The input's bytes: exactly the model's `inputBytes`. */
export type GetInputReturnType = Uint8Array;

/** What {@link getInput} can fail with. */
export type GetInputErrorType =
  | ReadErrorType
  | EventNotFoundError
  | InputNotPublishedError
  | RootMismatchError;

/**
 * The input of a request or of a result that was shown from a batch, from the event that published it, checked against its root.
 *
 * @throws {RequestNotFoundError} if there is no such request
 * @throws {InputNotPublishedError} if only the root was given; its context says where the bytes are
 * @throws {EventNotFoundError} if the node does not have the event
 */
export async function getInput(
  client: AssayClient,
  parameters: GetInputParameters,
): Promise<GetInputReturnType> {
  const { requestId } = checked(parameters, { requestId: word });
  const deployment = await resolveDeployment(client, parameters);
  const { inputRoot, inputPublished, modelId } = await getRequest(client, { deployment, requestId });
  const asked = await findRequested(client, { ...parameters, deployment });
  if (!inputPublished) throw new InputNotPublishedError(requestId, asked?.inputUri ?? "");
  const published =
    asked !== undefined && asked.input !== "0x"
      ? asked.input
      : await findPublished(client, { ...parameters, deployment });
  if (published === undefined) throw new EventNotFoundError("InferenceRequested", { requestId });
  const { inputDepth } = await getModel(client, { deployment, modelId });
  const input = fromHex(published);
  const actual = rootOfBytes(input, inputDepth);
  if (actual !== inputRoot) throw new RootMismatchError("input", actual, inputRoot);
  return input;
}

/** The input that somebody had demanded, or of the request that a result from a batch answers. */
async function findPublished(client: AssayClient, parameters: SearchParameters): Promise<Hex | undefined> {
  const { deployment, requestId } = parameters;
  const place = { address: deployment.contracts.InferenceHub, abi: inferenceHubAbi, strict: true } as const;
  const demanded = await findLastLog(client, deployment, parameters, (range) =>
    getContractEvents(client, { ...place, eventName: "InputPublished", args: { requestId }, ...range }),
  );
  if (demanded !== undefined) return demanded.args.input;
  const shown = await findAnswered(client, parameters);
  if (shown === undefined) return undefined;
  // The request is older than the result, so it is looked for everywhere.
  const { fromBlock: _, ...everywhere } = parameters;
  const answered = { ...everywhere, requestId: shown };
  const asked = await findRequested(client, answered);
  if (asked === undefined || asked.input !== "0x") return asked?.input;
  return findPublished(client, answered);
}
