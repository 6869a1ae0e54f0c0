import {
  type Address,
  type Hash,
  type Hex,
  isAddressEqual,
  keccak256,
  parseTransaction,
  recoverTransactionAddress,
  serializeTransaction,
  type Transaction,
  type TransactionSerializable,
  type TransactionSerialized,
} from "viem";
import { getBlock, getTransaction } from "viem/actions";
import { withAssayErrors } from "../../errors/wrap.ts";
import type { AssayClient } from "./types.ts";

/** A transaction of a dispute. */
export interface EvidenceTransaction {
  /** Hash of the transaction. */
  readonly hash: Hash;
  /** Block that includes it. */
  readonly blockNumber: number;
  /** Unix second of the block. */
  readonly time: number;
  /** Who signed it. */
  readonly from: Address;
  /** The called contract. */
  readonly to: Address | null;
  /** What it is called with. */
  readonly data: Hex;
  /** The transaction as it was signed, which proves `from`, `to` and `data`; `undefined` for a kind that this version cannot put together. */
  readonly raw?: Hex | undefined;
}

/** The transactions of a dispute, each once. */
export class TransactionBook {
  readonly #client: AssayClient;
  readonly #known = new Map<Hash, EvidenceTransaction>();

  constructor(client: AssayClient) {
    this.#client = client;
  }

  get transactions(): readonly EvidenceTransaction[] {
    return [...this.#known.values()];
  }

  async add(event: {
    readonly transactionHash: Hash;
    readonly blockNumber: bigint;
  }): Promise<EvidenceTransaction> {
    const { transactionHash: hash, blockNumber } = event;
    const known = this.#known.get(hash);
    if (known !== undefined) return known;
    const [transaction, { timestamp }] = await withAssayErrors({ hash }, () =>
      Promise.all([getTransaction(this.#client, { hash }), getBlock(this.#client, { blockNumber })]),
    );
    const { from, to, input: data } = transaction;
    const raw = rawOf(transaction);
    const noted = { hash, blockNumber: Number(blockNumber), time: Number(timestamp), from, to, data };
    const whole = raw === undefined ? noted : { ...noted, raw };
    this.#known.set(hash, whole);
    return whole;
  }
}

/** The bytes that were signed and sent, if they can be put together again: whether they are right is said by their hash. */
function rawOf({ input: data, r, s, v, yParity, typeHex: _, ...rest }: Transaction): Hex | undefined {
  try {
    const unsigned = { ...rest, data } as TransactionSerializable;
    const raw = serializeTransaction(unsigned, { r, s, v, yParity: yParity as number });
    return keccak256(raw) === rest.hash ? raw : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a transaction is exactly what was signed under its hash; `undefined` where it came without what was signed. */
export async function isSigned({
  hash,
  from,
  to,
  data,
  raw,
}: EvidenceTransaction): Promise<boolean | undefined> {
  if (raw === undefined) return undefined;
  try {
    if (keccak256(raw) !== hash) return false;
    const serializedTransaction = raw as TransactionSerialized;
    const parsed = parseTransaction(serializedTransaction);
    const isCall =
      (parsed.data ?? "0x") === data.toLowerCase() && (parsed.to ?? null) === (to?.toLowerCase() ?? null);
    return isCall && isAddressEqual(await recoverTransactionAddress({ serializedTransaction }), from);
  } catch {
    return false;
  }
}
