/** Private relays: endpoints that transactions are given to instead of the public ones, so that nobody copies or overtakes a move before it is in a block. */

import type { Hex } from "viem";
import { AssayError } from "../core/errors.ts";
import type { Rpc } from "./rpc.ts";
import type { OutboxEntry } from "./store.ts";

/** Where transactions go, and for how long that is trusted. */
export interface Relay {
  /** Endpoints that are given transactions, and asked nothing. */
  readonly rpc: Rpc;
  /** Blocks after which a transaction counts as dropped that is in none of them. */
  readonly patienceBlocks: number;
  /** Whether what was dropped is given to the public endpoints. */
  readonly isFallback: boolean;
}

/** No relay has got a transaction into a block. */
export class TransactionDroppedError extends AssayError {
  override readonly name = "TransactionDroppedError";

  constructor(hash: Hex, nonce: number, blocks: bigint, isFallback: boolean) {
    super(
      "TRANSACTION_DROPPED",
      `Transaction ${hash} with nonce ${nonce} was given to relays alone, and is in none of the ${blocks} blocks since.`,
      {
        recovery: isFallback
          ? "It was given to the public endpoints. Look whether the relays still work."
          : "Look whether the relays still work, or let submitFallback give what they drop to the public endpoints.",
        isTransient: true,
        context: { hash, nonce, blocks: String(blocks), isFallback },
      },
    );
  }
}

/** Why an entry counts as dropped at a block; nothing if it does not. */
export function droppedAt(
  { patienceBlocks, isFallback }: Relay,
  { attempts, nonce, block, isPublic }: OutboxEntry,
  head: bigint,
): TransactionDroppedError | undefined {
  const blocks = head - block;
  const last = attempts.at(-1);
  if (isPublic || last === undefined || blocks < BigInt(patienceBlocks)) return undefined;
  return new TransactionDroppedError(last.hash, nonce, blocks, isFallback);
}
