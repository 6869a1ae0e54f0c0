/**
 * Gets transactions included, each purpose once. A transaction is signed, written down, and only then sent; after a crash it is sent again as it was. It is
 * sent for more when it has waited too long or its clock runs low, and never for more than the cap. The chain decides what has happened: an entry ends when its nonce is used up.
 */

import type { Address, Hash, Hex, TransactionReceipt } from "viem";
import { keccak256 } from "viem";
import { estimateGas, getTransactionCount, getTransactionReceipt } from "viem/actions";
import type { AssayClient } from "../actions/internal/types.ts";
import type { AssayError } from "../core/errors.ts";
import { toAssayError } from "../errors/normalize.ts";
import { type Deadline, type Fees, type FeeTerms, feesAfter, feesAt, isOutpaced } from "./fees.ts";
import type { Head } from "./follower.ts";
import { droppedAt, type Relay, type TransactionDroppedError } from "./relay.ts";
import type { Rpc } from "./rpc.ts";
import type { Signer } from "./signer.ts";
import type { Attempt, OutboxEntry, Store } from "./store.ts";

export interface FeeOptions extends FeeTerms {
  readonly bumpSeconds: number;
  readonly maxInFlight: number;
}

/** A transaction to be made. */
export interface Intent {
  /** What it is for. Two intents with the same key are the same move. */
  readonly key: string;
  readonly to: Address;
  readonly data: Hex;
  /** When it is too late for it, if it ever is. */
  readonly deadline?: Deadline | undefined;
}

/** What became of an intent: it is on its way, it would be refused, or there is no room for it now. */
export type Submission =
  | { readonly kind: "sent"; readonly hash: Hash }
  | { readonly kind: "pending" }
  | { readonly kind: "refused"; readonly error: AssayError }
  | { readonly kind: "busy" };

export interface OutboxEvents {
  readonly sent?: (entry: OutboxEntry) => void;
  readonly bumped?: (entry: OutboxEntry, attempt: Attempt) => void;
  readonly mined?: (entry: OutboxEntry, receipt: TransactionReceipt) => void;
  readonly failed?: (entry: OutboxEntry, error: AssayError) => void;
  readonly dropped?: (entry: OutboxEntry, error: TransactionDroppedError) => void;
}

export interface OutboxOptions {
  readonly chainId: number;
  /** Endpoints that are asked, and given what is sent if there is no relay. */
  readonly rpc: Rpc;
  readonly relay?: Relay | undefined;
  readonly signer: Signer;
  readonly store: Store;
  readonly fees: FeeOptions;
  readonly reorgDepth: number;
  readonly events?: OutboxEvents;
}

const TRANSACTION_GAS_CAP = 1n << 24n;
/** A transaction may have been lost on the way, or by a node that was started anew. */
const RESEND_MS = 3_000;
/** Looks in a row before an entry is given up whose nonce another transaction has used, or whose nonce does not follow: the endpoint may lag. */
const PATIENT_LOOKS = 20;
/** How long an endpoint is believed to lag behind one that has shown a receipt. */
const LAG_MS = 60_000;

export class Outbox {
  readonly #options: OutboxOptions;
  readonly #entries = new Map<string, OutboxEntry>();
  readonly #looks = new Map<string, number>();
  /** Signing and sending follow each other: the account has one sequence of nonces, and no node shall see a gap in it. */
  #turn: Promise<unknown> = Promise.resolve();
  /** When each entry was last given to the endpoints, in milliseconds since the Unix epoch; not known of what an earlier process has sent. */
  readonly #givenAt = new Map<string, number>();
  /** The account's next nonce as it was seen with a block. */
  #nonce: { readonly block: bigint; readonly seen: number } | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
    for (const entry of options.store.outbox()) this.#entries.set(entry.key, entry);
  }

  /** Transactions that have not been included. */
  get pending(): readonly OutboxEntry[] {
    return [...this.#entries.values()].filter(({ mined }) => mined === undefined);
  }

  /** Whether the purpose is being served, as far as somebody can tell who sees the chain up to `head`. */
  isServed(key: string, head: Pick<Head, "number">): boolean {
    const entry = this.#entries.get(key);
    if (entry?.mined === undefined) return entry !== undefined;
    return entry.mined.blockNumber > head.number && Date.now() - entry.lastSentAt < LAG_MS;
  }

  /** Sends a transaction, unless it is on its way already or would be refused. Many can be submitted at the same time. */
  async submit(client: AssayClient, head: Head, intent: Intent): Promise<Submission> {
    const { signer } = this.#options;
    const { key, to, data } = intent;
    const obstacle = this.#obstacle(key, head);
    if (obstacle !== undefined) return obstacle;
    let gas: bigint;
    try {
      const estimate = await estimateGas(client, { account: signer.address, to, data });
      const padded = estimate + estimate / 5n;
      gas = padded < TRANSACTION_GAS_CAP ? padded : TRANSACTION_GAS_CAP;
    } catch (thrown) {
      const error = toAssayError(thrown, { key });
      if (error.isTransient) throw error;
      return { kind: "refused", error };
    }
    // It was done, and can be done again: its block has just been replaced. The next look will see that, and send it again as it was, with its own nonce.
    if (this.#entries.get(key)?.mined?.ok === true) return { kind: "pending" };
    const submission = this.#turn.then(() => this.#send(head, intent, gas));
    this.#turn = submission.catch(() => undefined);
    return submission;
  }

  #obstacle(key: string, head: Head): Submission | undefined {
    if (this.isServed(key, head)) return { kind: "pending" };
    return this.pending.length >= this.#options.fees.maxInFlight ? { kind: "busy" } : undefined;
  }

  async #send(head: Head, { key, to, data, deadline }: Intent, gas: bigint): Promise<Submission> {
    const { chainId, fees, events } = this.#options;
    // Others have been sent while the gas was estimated.
    const obstacle = this.#obstacle(key, head);
    if (obstacle !== undefined) return obstacle;
    const nonce = await this.#nextNonce(head);
    const paid = feesAt(head.baseFee, fees, deadline, head.timestamp);
    const attempt = await this.#sign({ chainId, nonce, to, data, gas }, paid);
    const now = Date.now();
    const entry: OutboxEntry = {
      key,
      nonce,
      to,
      data,
      gas,
      deadline,
      block: head.number,
      isPublic: false,
      attempts: [attempt],
      sentAt: now,
      lastSentAt: now,
      mined: undefined,
    };
    this.#put(entry);
    events?.sent?.(entry);
    await this.#broadcast(entry);
    return { kind: "sent", hash: attempt.hash };
  }

  /**
   * Looks what has become of everything that was sent, and sends again what waits.
   *
   * @param forkedAt - the last block that has not been replaced, if some have
   * @returns whether something was given up, so that what it was for has to be decided anew
   */
  async maintain(client: AssayClient, head: Head, forkedAt?: bigint): Promise<boolean> {
    const { signer, reorgDepth } = this.#options;
    let isAnyLost = false;
    if (forkedAt !== undefined) {
      for (const entry of this.#entries.values()) {
        if (entry.mined === undefined || entry.mined.blockNumber <= forkedAt) continue;
        this.#put({ ...entry, mined: undefined });
        this.#givenAt.delete(entry.key);
      }
    }
    if (this.pending.length > 0) {
      const used = await getTransactionCount(client, { address: signer.address, blockTag: "latest" });
      const lowest = Math.min(...this.pending.map(({ nonce }) => nonce));
      const { pending } = this;
      const closed = pending.filter(({ nonce }) => nonce < used).map((entry) => this.#close(client, entry));
      isAnyLost = (await Promise.all(closed)).includes(true);
      for (const entry of pending) {
        if (entry.nonce < used) continue;
        if (lowest > used) isAnyLost = this.#lose(entry) || isAnyLost;
        else await this.#insist(head, await this.#doubt(head, entry, used));
      }
    }
    for (const { key, mined } of [...this.#entries.values()]) {
      if (mined === undefined || mined.blockNumber + BigInt(reorgDepth) >= head.number) continue;
      this.#drop(key);
    }
    return isAnyLost;
  }

  /** Looks whether relays have dropped an entry. Only of the one whose turn it is can that be told; what waits behind it goes where it goes. */
  async #doubt(head: Head, entry: OutboxEntry, used: number): Promise<OutboxEntry> {
    const { relay, events } = this.#options;
    const isNext = entry.nonce === used;
    const error = relay === undefined || !isNext ? undefined : droppedAt(relay, entry, head.number);
    if (relay === undefined || error === undefined) return this.#entries.get(entry.key) ?? entry;
    events?.dropped?.(entry, error);
    for (const waiting of relay.isFallback ? this.pending : []) this.#put({ ...waiting, isPublic: true });
    const doubted = { ...entry, isPublic: relay.isFallback, block: head.number };
    this.#put(doubted);
    await this.#broadcast(doubted);
    return doubted;
  }

  /** Ends an entry whose nonce is used up. Says whether it was lost. */
  async #close(client: AssayClient, entry: OutboxEntry): Promise<boolean> {
    const { events } = this.#options;
    const receipts = await Promise.all(entry.attempts.map(({ hash }) => receiptOf(client, hash)));
    for (const receipt of receipts) {
      if (receipt === undefined) continue;
      const { blockNumber, blockHash, status } = receipt;
      const mined = { blockNumber, blockHash, ok: status === "success" };
      const closed = { ...entry, mined, lastSentAt: Date.now() };
      this.#looks.delete(entry.key);
      this.#put(closed);
      events?.mined?.(closed, receipt);
      return false;
    }
    return this.#lose(entry);
  }

  /**
   * An entry that seems lost: somebody else has used its nonce, or there is none before it. If it stays so, the entry is forgotten, and what it was for is
   * decided anew from the chain: then `true`.
   */
  #lose({ key }: OutboxEntry): boolean {
    const looks = (this.#looks.get(key) ?? 0) + 1;
    this.#looks.set(key, looks);
    if (looks < PATIENT_LOOKS) return false;
    this.#drop(key);
    return true;
  }

  #drop(key: string): void {
    this.#looks.delete(key);
    this.#givenAt.delete(key);
    this.#entries.delete(key);
    this.#options.store.dropOutbox(key);
  }

  /** Sends an entry again: for more if it has waited for long or its clock demands it, otherwise as it is. */
  async #insist(head: Head, entry: OutboxEntry): Promise<void> {
    const { fees, events, chainId } = this.#options;
    this.#looks.delete(entry.key);
    const last = entry.attempts.at(-1) as Attempt;
    const waited = Date.now() - entry.lastSentAt;
    const { deadline } = entry;
    const { timestamp, baseFee } = head;
    const isLate = waited >= fees.bumpSeconds * 1_000;
    const isUrgent = deadline !== undefined && isOutpaced(last, baseFee, fees, deadline, timestamp);
    const more = isLate || isUrgent ? feesAfter(last, baseFee, fees, deadline, timestamp) : undefined;
    if (more !== undefined) {
      const attempt = await this.#sign({ ...entry, chainId }, more);
      const bumped = { ...entry, attempts: [...entry.attempts, attempt], lastSentAt: Date.now() };
      this.#put(bumped);
      events?.bumped?.(bumped, attempt);
      await this.#broadcast(bumped);
    } else if (Date.now() - (this.#givenAt.get(entry.key) ?? 0) >= RESEND_MS) {
      await this.#broadcast(entry);
    }
  }

  async #sign(
    { chainId, nonce, to, data, gas }: { chainId: number; nonce: number; to: Hex; data: Hex; gas: bigint },
    { maxFeePerGas, maxPriorityFeePerGas }: Fees,
  ): Promise<Attempt> {
    const raw = await this.#options.signer.signTransaction({
      ...{ type: "eip1559", chainId, nonce, to, data, gas, value: 0n },
      ...{ maxFeePerGas, maxPriorityFeePerGas },
    });
    return { hash: keccak256(raw), raw, maxFeePerGas, maxPriorityFeePerGas };
  }

  /** That a transaction is known or its nonce used up is no failure: it has been sent, which is all that is wanted. */
  async #broadcast(entry: OutboxEntry): Promise<void> {
    const { rpc, relay, events } = this.#options;
    const through = relay === undefined || entry.isPublic ? rpc : relay.rpc;
    this.#givenAt.set(entry.key, Date.now());
    try {
      await through.broadcast((entry.attempts.at(-1) as Attempt).raw);
    } catch (thrown) {
      const error = toAssayError(thrown);
      if (error.code !== "NONCE_INVALID" && !/already known|already imported/i.test(String(error.cause)))
        events?.failed?.(entry, error);
    }
  }

  /** After the last one that was written down, or after the last one that enough endpoints have seen if that is more. */
  async #nextNonce({ number: block }: Head): Promise<number> {
    const { rpc, signer } = this.#options;
    const address = signer.address;
    if (this.#nonce?.block !== block) {
      const seen = await rpc.atLeast("the account's next nonce", (client) =>
        getTransactionCount(client, { address, blockTag: "pending" }),
      );
      this.#nonce = { block, seen };
    }
    return Math.max(this.#nonce.seen, ...[...this.#entries.values()].map(({ nonce }) => nonce + 1));
  }

  #put(entry: OutboxEntry): void {
    this.#options.store.putOutbox(entry);
    this.#entries.set(entry.key, entry);
  }
}

async function receiptOf(client: AssayClient, hash: Hash): Promise<TransactionReceipt | undefined> {
  try {
    return await getTransactionReceipt(client, { hash });
  } catch (thrown) {
    if ((thrown as { readonly name?: unknown }).name === "TransactionReceiptNotFoundError") return undefined;
    throw toAssayError(thrown);
  }
}
