import type { Hex } from "viem";
import { getContractEvents } from "viem/actions";
import { inferenceHubAbi } from "../../abis/generated/InferenceHub.ts";
import { EventNotFoundError } from "../../errors/protocol.ts";
import { resolveDeployment } from "./deployment.ts";
import { findLastLog } from "./logs.ts";
import type { AssayClient, DeploymentParameter, LogParameters } from "./types.ts";

type SearchParameters = LogParameters & Required<DeploymentParameter> & { readonly requestId: Hex };

/** What the request's own event says; nothing for the name of a result from a batch, and if the node does not have the event. */
export async function findRequested(
  client: AssayClient,
  parameters: SearchParameters,
): Promise<{ readonly input: Hex; readonly inputUri: string } | undefined> {
  const { deployment, requestId } = parameters;
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
  return log?.args;
}

/** The request that a result from a batch answers, where that result was shown. */
export async function findAnswered(
  client: AssayClient,
  parameters: SearchParameters,
): Promise<Hex | undefined> {
  const { deployment, requestId } = parameters;
  const shown = await findLastLog(client, deployment, parameters, (range) =>
    getContractEvents(client, {
      address: deployment.contracts.InferenceHub,
      abi: inferenceHubAbi,
      eventName: "ResultShown",
      args: { resultId: requestId },
      strict: true,
      ...range,
    }),
  );
  return shown?.args.requestId;
}

/**
 * Where a request says that its input is, or the request that a result from a batch answers. Empty where nobody says so: an answer over HTTP has no request
 * on the chain.
 *
 * @throws {EventNotFoundError} if the node has neither event
 */
export async function findInputUri(
  client: AssayClient,
  parameters: LogParameters & { readonly requestId: Hex },
): Promise<string> {
  const deployment = await resolveDeployment(client, parameters);
  const search = { ...parameters, deployment };
  const asked = await findRequested(client, search);
  if (asked !== undefined) return asked.inputUri;
  const answered = await findAnswered(client, search);
  if (answered === undefined)
    throw new EventNotFoundError("InferenceRequested", { requestId: parameters.requestId });
  // The request is older than the result, so it is looked for everywhere.
  const { fromBlock: _, ...everywhere } = search;
  return (await findRequested(client, { ...everywhere, requestId: answered }))?.inputUri ?? "";
}
