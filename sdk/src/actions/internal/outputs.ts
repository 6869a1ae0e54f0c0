import type { Address, Hex } from "viem";
import { getContractEvents } from "viem/actions";
import { inferenceHubAbi } from "../../abis/generated/InferenceHub.ts";
import { fromHex } from "../../core/bytes.ts";
import { EventNotFoundError } from "../../errors/protocol.ts";
import { resolveDeployment } from "./deployment.ts";
import { findLastLog } from "./logs.ts";
import type { AssayClient, LogParameters } from "./types.ts";

/** The output of a request as its event published it, unchecked. */
export async function findCommittedOutput(
  client: AssayClient,
  parameters: LogParameters & { readonly requestId: Hex },
): Promise<{ readonly operator: Address; readonly output: Uint8Array }> {
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
  return { operator: log.args.operator, output: fromHex(log.args.output) };
}
