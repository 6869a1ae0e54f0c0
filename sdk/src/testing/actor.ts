import type { Hex } from "viem";
import { AssayError } from "../core/errors.ts";
import { LocalNetworkError } from "./errors.ts";
import type { LocalClient } from "./people.ts";

/** Somebody who acts on its own until it is stopped. */
export interface LocalActor {
  /** Account that it acts for. */
  readonly address: Hex;
  /** Ends it after what it is doing now. Throws what it has failed with, if anything. */
  stop(): Promise<void>;
}

const TURN_MILLISECONDS = 50;

/** Takes one turn after the other. A failure that can pass is tried again; any other ends the actor, and `stop` throws it. */
export function startActor(client: LocalClient, turn: () => Promise<void>): LocalActor {
  let isStopped = false;
  let failure: unknown;
  const loop = async (): Promise<void> => {
    while (!isStopped) {
      try {
        await turn();
      } catch (error) {
        if (!AssayError.is(error) || !error.isTransient) {
          failure = error;
          return;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, TURN_MILLISECONDS));
    }
  };
  const running = loop();
  return {
    address: client.account.address,
    stop: async () => {
      isStopped = true;
      await running;
      if (failure === undefined) return;
      throw new LocalNetworkError(
        "LOCAL_ACTOR_FAILED",
        `An actor has ended early: ${failure instanceof Error ? failure.message : String(failure)}`,
        "See the cause.",
        { cause: failure },
      );
    },
  };
}

/** Waits for a transaction, and throws if it was reverted. */
export async function mined(client: Pick<LocalClient, "waitForTransactionReceipt">, hash: Hex) {
  const receipt = await client.waitForTransactionReceipt({ hash });
  if (receipt.status === "success") return receipt;
  throw new LocalNetworkError(
    "LOCAL_TRANSACTION_REVERTED",
    `Transaction ${hash} was reverted.`,
    "Something else came before it; try again.",
    { context: { hash } },
  );
}

/** Reads what has happened since the last time: events by an action that takes a range of blocks. */
export function since<event>(
  client: LocalClient,
  start: bigint,
  read: (range: { readonly fromBlock: bigint; readonly toBlock: bigint }) => Promise<readonly event[]>,
): () => Promise<readonly event[]> {
  let next = start;
  return async () => {
    const latest = await client.getBlockNumber({ cacheTime: 0 });
    if (latest < next) return [];
    const events = await read({ fromBlock: next, toBlock: latest });
    next = latest + 1n;
    return events;
  };
}
