/**
 * Reads the logs of the contracts from one endpoint, in order and each once. Asks for ranges of blocks, never for a filter that the endpoint would have to
 * keep. Reads the last blocks again every time, since they may be replaced, and since some endpoints have a block before they have its logs.
 */

import { type Address, type Hex, numberToHex, type RpcLog } from "viem";
import { getBlock } from "viem/actions";
import type { AssayClient } from "../actions/internal/types.ts";
import type { AssayError } from "../core/errors.ts";
import { NodeBehindError } from "../errors/client.ts";
import { toAssayError } from "../errors/normalize.ts";

/** A block, as far as it matters. */
export interface Head {
  readonly number: bigint;
  readonly hash: Hex;
  /** Unix second. */
  readonly timestamp: number;
  /** Wei per gas. */
  readonly baseFee: bigint;
}

export interface FollowerOptions {
  readonly addresses: readonly Address[];
  readonly startBlock: bigint;
  readonly reorgDepth: number;
  readonly blockRange: number;
}

/** What a look at the chain has brought. */
export interface Sight {
  readonly head: Head;
  /** Logs that were not seen before, in the order of the chain. */
  readonly logs: readonly RpcLog[];
  /** The last block that is the same as before, if blocks have been replaced. */
  readonly forkedAt: bigint | undefined;
  /** Whether everything up to the head has been read. */
  readonly isComplete: boolean;
}

/** What is kept of a follower between two runs. */
export interface FollowerState {
  /** The first block that was never read. */
  readonly cursor: bigint;
  /** Blocks that were seen as heads, oldest first. */
  readonly seen: readonly { readonly number: bigint; readonly hash: Hex }[];
}

/** Ranges that are read in one look; more wait for the next, so that a long way does not keep a daemon from its games. */
const RANGES_PER_LOOK = 16;

export class Follower {
  readonly #options: FollowerOptions;
  #cursor: bigint;
  #seen: { number: bigint; hash: Hex }[];
  #range: bigint;
  /** Blocks in the last range that was refused, and ranges that were taken since. */
  #refused: bigint | undefined;
  #taken = 0;
  /** Logs of the blocks that are read again, by `<block hash>:<log index>`, with their block's number. */
  readonly #known = new Map<string, bigint>();

  constructor(options: FollowerOptions, state?: FollowerState) {
    this.#options = options;
    this.#cursor = state?.cursor ?? options.startBlock;
    this.#seen = [...(state?.seen ?? [])];
    this.#range = BigInt(options.blockRange);
  }

  get state(): FollowerState {
    return { cursor: this.#cursor, seen: this.#seen };
  }

  /**
   * Looks at the chain once. Nothing is taken note of if it fails, so that it can be tried again.
   *
   * @throws {AssayError} as the endpoint fails
   */
  async look(client: AssayClient): Promise<Sight> {
    const head = await headOf(client);
    const forkedAt = await this.#fork(client, head);
    const depth = BigInt(this.#options.reorgDepth);
    const { startBlock } = this.#options;
    const last = forkedAt === undefined || forkedAt + 1n > this.#cursor ? this.#cursor : forkedAt + 1n;
    let from = last > startBlock + depth ? last - depth : startBlock;
    const logs: RpcLog[] = [];
    let ranges = 0;
    while (from <= head.number && ranges < RANGES_PER_LOOK) {
      const to = from + this.#range - 1n < head.number ? from + this.#range - 1n : head.number;
      try {
        logs.push(...(await this.#logs(client, from, to)));
      } catch (thrown) {
        const error = toAssayError(thrown);
        if (to === from) throw error;
        // Every provider says in its own words that it wants a smaller range; some only hang up, or take too long.
        this.#refused = to - from + 1n;
        this.#range = this.#refused / 2n;
        this.#taken = 0;
        if (error.code === "NODE_REQUEST_FAILED" || isLogLimit(error)) continue;
        throw error;
      }
      from = to + 1n;
      ranges++;
      // What was refused once is not tried again for long.
      if (++this.#taken > RANGES_PER_LOOK) this.#refused = undefined;
      const most = this.#refused === undefined ? BigInt(this.#options.blockRange) + 1n : this.#refused;
      if (this.#range * 2n < most) this.#range *= 2n;
    }
    // Logs of a block that is no longer there are not wanted: the next look finds the fork.
    const again = await getBlock(client, { blockNumber: head.number });
    if (again.hash !== head.hash) throw new NodeBehindError({ context: { block: head.number } });
    return this.#note(head, logs, forkedAt, from);
  }

  #note(head: Head, logs: readonly RpcLog[], forkedAt: bigint | undefined, next: bigint): Sight {
    const fresh = logs.filter(({ blockHash, logIndex }) => !this.#known.has(`${blockHash}:${logIndex}`));
    const isComplete = next > head.number;
    this.#cursor = next;
    if (forkedAt !== undefined) this.#seen = this.#seen.filter(({ number }) => number <= forkedAt);
    if (this.#seen.at(-1)?.number !== head.number) this.#seen.push({ number: head.number, hash: head.hash });
    const depth = this.#options.reorgDepth;
    // After a fork is read from as many blocks before it as lie between it and the head.
    const oldest = next - 2n * BigInt(depth) - 1n;
    for (const { blockHash, blockNumber, logIndex } of fresh) {
      this.#known.set(`${blockHash}:${logIndex}`, BigInt(blockNumber ?? 0));
    }
    for (const [key, number] of this.#known) if (number < oldest) this.#known.delete(key);
    while (this.#seen.length > depth) this.#seen.shift();
    return { head, logs: fresh, forkedAt, isComplete };
  }

  /** The last head that is still in the chain, if the latest one is not. */
  async #fork(client: AssayClient, head: Head): Promise<bigint | undefined> {
    let isReplaced = false;
    for (const { number, hash } of [...this.#seen].reverse()) {
      const now =
        number === head.number ? head.hash : number > head.number ? undefined : await hashOf(client, number);
      if (now === hash) return isReplaced ? number : undefined;
      isReplaced = true;
    }
    return isReplaced ? this.#options.startBlock - 1n : undefined;
  }

  async #logs(client: AssayClient, from: bigint, to: bigint): Promise<readonly RpcLog[]> {
    const { addresses } = this.#options;
    return client.request({
      method: "eth_getLogs",
      params: [{ address: [...addresses], fromBlock: numberToHex(from), toBlock: numberToHex(to) }],
    });
  }
}

/** Whether a refusal is about the number of logs: its code is that of a rate limit. */
function isLogLimit({ code, cause }: AssayError): boolean {
  const details = (cause as { readonly details?: unknown } | undefined)?.details;
  return code === "NODE_RATE_LIMITED" && /result|log|range|response/i.test(String(details));
}

/** The latest block. */
export async function headOf(client: AssayClient): Promise<Head> {
  const { number, hash, timestamp, baseFeePerGas } = await getBlock(client, { blockTag: "latest" });
  return { number, hash, timestamp: Number(timestamp), baseFee: baseFeePerGas ?? 0n };
}

async function hashOf(client: AssayClient, blockNumber: bigint): Promise<Hex | undefined> {
  try {
    return (await getBlock(client, { blockNumber })).hash ?? undefined;
  } catch (thrown) {
    // A block that is not there has been replaced; anything else is no answer.
    const isMissing = (thrown as { readonly name?: unknown }).name === "BlockNotFoundError";
    if (isMissing) return undefined;
    throw thrown;
  }
}
