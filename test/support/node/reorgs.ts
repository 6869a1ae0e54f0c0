/** Undoes what daemons have done on a node that reorganises: blocks are replaced by others without their transactions, which the node forgets. */

import type { Hex } from "viem";
import { parseEventLogs } from "viem";
import { getBlock, getLogs } from "viem/actions";
import type { Anvil } from "../../../scripts/soak/anvil.ts";
import { disputeGameAbi } from "../../../sdk/src/abis/generated/DisputeGame.ts";
import { inferenceHubAbi } from "../../../sdk/src/abis/generated/InferenceHub.ts";
import { type Scene, until } from "./scene.ts";

export interface SeenEvent {
  readonly name: string;
  readonly blockNumber: bigint;
  readonly blockHash: Hex;
}

/** What has happened since the request, in the order of the chain. */
export async function eventsSince(scene: Scene, firstBlock: bigint): Promise<readonly SeenEvent[]> {
  const { client, deployment } = scene.protocol;
  const { InferenceHub, DisputeGame } = deployment.contracts;
  const logs = await getLogs(client, { address: [InferenceHub, DisputeGame], fromBlock: firstBlock });
  return parseEventLogs({ abi: [...inferenceHubAbi, ...disputeGameAbi], logs }).map(
    ({ eventName, blockNumber, blockHash }) => ({ name: eventName, blockNumber, blockHash }),
  );
}

export interface UndoOptions {
  /** The last block that is not replaced. */
  readonly floor: bigint;
  /** Blocks before the event's that are replaced as well. */
  readonly more: number;
  /** Names of events that are undone before their makers can have seen them. */
  readonly early: readonly string[];
}

/** Undoes the first event of each of these names, and what follows it. */
export async function undoEach(
  scene: Scene,
  anvil: Anvil,
  names: readonly string[],
  { floor, more, early }: UndoOptions,
): Promise<void> {
  const { client } = scene.protocol;
  for (const name of names) {
    let isUndone = false;
    await until(
      `undone: ${name}`,
      async () => {
        const event = (await eventsSince(scene, floor)).find((seen) => seen.name === name);
        if (event === undefined) return isUndone;
        const isSeen = scene.logged("included").some(({ block }) => block === String(event.blockNumber));
        if (!isSeen && !early.includes(name)) return false;
        const { number: head } = await getBlock(client);
        const fork = event.blockNumber - BigInt(more) - 1n;
        await anvil.reorganise(Number(head - (fork < floor ? floor : fork)));
        // Blocks may have come between the look and the deed.
        const now = await getBlock(client, { blockNumber: event.blockNumber }).catch(() => undefined);
        isUndone = now?.hash !== event.blockHash;
        return isUndone;
      },
      240,
    );
  }
}
