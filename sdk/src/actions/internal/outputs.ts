import type { Hex } from "viem";
import { getContractEvents } from "viem/actions";
import { inferenceHubAbi } from "../../abis/generated/InferenceHub.ts";
import { fromHex } from "../../core/bytes.ts";
import { EventNotFoundError } from "../../errors/protocol.ts";
import { resolveDeployment } from "./deployment.ts";
import { findLastLog } from "./logs.ts";
import type { AssayClient, LogParameters } from "./types.ts";

/** The output of a request as its event published it, unchecked; empty where only its root was given. */
export async function findCommittedOutput(
  client: AssayClient,
  parameters: LogParameters & { readonly requestId: Hex },
): Promise<Uint8Array> {
  const { requestId } = parameters;
  const deployment = await resolveDeployment(client, parameters);
  const log = await findLastLog(client, deployment, parameters, (range) =>
    getContractEvents(client, {
      address: deployment.contracts.InferenceHub,
      abi: inferenceHubAbi,
      eventName: "ResultCommitted",
      args: { requestId },
      strict: true,
      ...range,
    }),
  );
  if (log === undefined) throw new EventNotFoundError("ResultCommitted", { requestId });
  return fromHex(log.args.output);
}

/** The same for who can do without it: nothing for a result in a batch, for one that was given by its root alone, and if the node does not have the event. */
export async function findPublishedOutput(
  client: AssayClient,
  parameters: LogParameters & { readonly requestId: Hex },
): Promise<Uint8Array | undefined> {
  try {
    const output = await findCommittedOutput(client, parameters);
    return output.length === 0 ? undefined : output;
  } catch (error) {
    if (error instanceof EventNotFoundError) return undefined;
    throw error;
  }
}

/** Where the operator said that an unpublished output is found; nothing if the node does not have the event, or a batch answers. */
export async function findOutputUri(
  client: AssayClient,
  parameters: LogParameters & { readonly requestId: Hex },
): Promise<string | undefined> {
  const { requestId } = parameters;
  const deployment = await resolveDeployment(client, parameters);
  const log = await findLastLog(client, deployment, parameters, (range) =>
    getContractEvents(client, {
      address: deployment.contracts.InferenceHub,
      abi: inferenceHubAbi,
      eventName: "OutputLocated",
      args: { requestId },
      strict: true,
      ...range,
    }),
  );
  return log?.args.outputUri;
}
