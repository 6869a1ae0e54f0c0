/** The events that tell of money, as the chain has them. */

import { type AbiEvent, parseEventLogs } from "viem";
import { getLogs } from "viem/actions";
import { disputeGameAbi } from "../../abis/generated/DisputeGame.ts";
import { inferenceHubAbi } from "../../abis/generated/InferenceHub.ts";
import { stakeVaultAbi } from "../../abis/generated/StakeVault.ts";
import { readLogs } from "../../actions/internal/logs.ts";
import type { AssayClient, LogParameters } from "../../actions/internal/types.ts";
import type { Deployment } from "../../addresses.ts";

const abi = [...stakeVaultAbi, ...inferenceHubAbi, ...disputeGameAbi] as const;

/** Move nothing, tell of nobody who moves anything later, and may be long. */
const SILENT: ReadonlySet<string> = new Set([
  ...["ResultCommitted", "OutputLocated", "TracePosted", "InputPublished", "BatchPublished"],
  ...["GameRevealed", "GameConvicted"],
]);

/**
 * All events of the deployment that move money, in the order of the chain.
 *
 * @param isWhole - also those that move nothing, which tell who has sent what
 */
export async function readEvents(
  client: AssayClient,
  deployment: Deployment,
  range: LogParameters,
  isWhole: boolean,
) {
  const { StakeVault, InferenceHub, DisputeGame } = deployment.contracts;
  const events: readonly AbiEvent[] = abi.flatMap((item) =>
    item.type === "event" && (isWhole || !SILENT.has(item.name)) ? [item] : [],
  );
  return readLogs(client, deployment, range, async (blocks) => {
    const logs = await getLogs(client, {
      address: [StakeVault, InferenceHub, DisputeGame],
      events,
      ...blocks,
    });
    return parseEventLogs({ abi, logs });
  });
}

/** An event with its names and values. */
export type MoneyEvent = Awaited<ReturnType<typeof readEvents>>[number];
