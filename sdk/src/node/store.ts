/**
 * What a daemon keeps on disk: where it has read the chain up to, what it has heard of, and what it has sent. Nothing in it decides anything that the chain
 * does not confirm, and all of it can be deleted: the chain is then read again from the deployment's first block. The exception are answers that an operator
 * has promised over HTTP: the chain does not know them before their batch, nor ever their inputs. Outputs that are served would have to be computed again, and
 * inputs of which the chain has the root alone fetched again.
 */

import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import sqlite, { type Database } from "node-sqlite3-wasm";
import type { Hex } from "viem";
import type { Deadline } from "./fees.ts";

/** A request that an event has told of. What counts is read from the chain again before anything is done. */
export interface KnownRequest {
  readonly requestId: Hex;
  readonly modelId: Hex;
  readonly blockNumber: bigint;
  /** `undefined` where only the root was published and the bytes have not been found elsewhere. */
  readonly input: Uint8Array | undefined;
}

/** A game that an event has told of. */
export interface KnownGame {
  readonly gameId: Hex;
  readonly requestId: Hex;
  readonly challenger: Hex;
  readonly blockNumber: bigint;
}

/** One attempt to get a transaction included. */
export interface Attempt {
  readonly hash: Hex;
  readonly raw: Hex;
  /** Wei per gas. */
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/** A transaction that has been signed. Written before it is sent, so that nothing is ever sent twice by mistake. */
export interface OutboxEntry {
  /** What the transaction is for; there is never more than one at a time for the same purpose. */
  readonly key: string;
  readonly nonce: number;
  readonly to: Hex;
  readonly data: Hex;
  readonly gas: bigint;
  /** When it is too late for it; `undefined` if it never is. */
  readonly deadline: Deadline | undefined;
  /** The latest block when it was sent first, or was last found missing. */
  readonly block: bigint;
  /** Whether it is given to the public endpoints although there are relays. */
  readonly isPublic: boolean;
  readonly attempts: readonly Attempt[];
  /** Milliseconds since the Unix epoch. */
  readonly sentAt: number;
  readonly lastSentAt: number;
  /** Where it was included; `undefined` while it is pending. */
  readonly mined: { readonly blockNumber: bigint; readonly blockHash: Hex; readonly ok: boolean } | undefined;
}

const FILE = "daemon.sqlite";
const VERSION = 1;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS requests (id TEXT PRIMARY KEY, model TEXT NOT NULL, block INTEGER NOT NULL, input BLOB);
  CREATE TABLE IF NOT EXISTS games (id TEXT PRIMARY KEY, request TEXT NOT NULL, challenger TEXT NOT NULL, block INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS answers (id TEXT PRIMARY KEY, answer TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS outputs (root TEXT PRIMARY KEY, output BLOB NOT NULL, kept INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS outbox (key TEXT PRIMARY KEY, entry TEXT NOT NULL);
`;

/** The store of one daemon; only the holder of the directory's lease may open it. */
export class Store {
  readonly #database: Database;

  private constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Opens the store of a directory. One that is damaged, or of another version or identity, is put aside and begun anew, since the chain can restore it.
   *
   * @param identity - what the content is about: chain, contracts and account
   */
  static open(directory: string, identity: string): Store {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const path = join(directory, FILE);
    // The library locks by a directory, which a killed process leaves behind. The lease says that nobody else is here.
    rmSync(`${path}.lock`, { recursive: true, force: true });
    const store = Store.#tryOpen(path);
    const stated = `${VERSION}:${identity}`;
    if (store !== undefined && (store.fact("identity") ?? stated) === stated) {
      store.setFact("identity", stated);
      return store;
    }
    store?.close();
    for (const suffix of ["", "-journal"]) {
      if (existsSync(path + suffix)) renameSync(path + suffix, `${path}${suffix}.${Date.now()}.aside`);
    }
    const fresh = new Store(new sqlite.Database(path));
    fresh.#database.exec(SCHEMA);
    fresh.setFact("identity", stated);
    return fresh;
  }

  static #tryOpen(path: string): Store | undefined {
    let database: Database | undefined;
    try {
      database = new sqlite.Database(path);
      database.exec("PRAGMA synchronous = NORMAL");
      const check = database.get("PRAGMA quick_check(1)") as { quick_check?: unknown } | null;
      if (check?.quick_check !== "ok") throw new RangeError();
      database.exec(SCHEMA);
      return new Store(database);
    } catch {
      database?.close();
      return undefined;
    }
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  /** Makes all writes of `action` at once, or none of them. */
  transaction(action: () => void): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      action();
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  fact(name: string): string | undefined {
    const row = this.#database.get("SELECT value FROM facts WHERE name = ?", [name]);
    return row === null || row === undefined ? undefined : String(row.value);
  }

  setFact(name: string, value: string): void {
    this.#database.run("INSERT OR REPLACE INTO facts VALUES (?, ?)", [name, value]);
  }

  addRequest({ requestId, modelId, blockNumber, input }: KnownRequest): void {
    const row = [requestId, modelId, blockNumber, input ?? null];
    this.#database.run("INSERT OR REPLACE INTO requests VALUES (?, ?, ?, ?)", row);
  }

  /** Forgets a request and its games: nothing can happen to them any more. */
  dropRequest(requestId: Hex): void {
    this.#database.run("DELETE FROM requests WHERE id = ?", [requestId]);
    this.#database.run("DELETE FROM games WHERE request = ?", [requestId]);
  }

  requests(): readonly KnownRequest[] {
    return this.#database
      .all("SELECT * FROM requests ORDER BY block, id")
      .map(({ id, model, block, input }) => ({
        requestId: id as Hex,
        modelId: model as Hex,
        blockNumber: BigInt(block as number),
        input: input === null ? undefined : new Uint8Array(input as Uint8Array),
      }));
  }

  addGame({ gameId, requestId, challenger, blockNumber }: KnownGame): void {
    const row = [gameId, requestId, challenger, blockNumber];
    this.#database.run("INSERT OR REPLACE INTO games VALUES (?, ?, ?, ?)", row);
  }

  games(): readonly KnownGame[] {
    return this.#database
      .all("SELECT * FROM games ORDER BY block, id")
      .map(({ id, request, challenger, block }) => ({
        gameId: id as Hex,
        requestId: request as Hex,
        challenger: challenger as Hex,
        blockNumber: BigInt(block as number),
      }));
  }

  /** Keeps an answer that was promised over HTTP, as JSON. */
  putAnswer(requestId: Hex, answer: string): void {
    this.#database.run("INSERT OR REPLACE INTO answers VALUES (?, ?)", [requestId, answer]);
  }

  dropAnswer(requestId: Hex): void {
    this.#database.run("DELETE FROM answers WHERE id = ?", [requestId]);
  }

  answers(): readonly string[] {
    return this.#database.all("SELECT answer FROM answers").map(({ answer }) => String(answer));
  }

  /** Keeps an output under its root. `keptAt` is in milliseconds since the Unix epoch. */
  putOutput(outputRoot: Hex, output: Uint8Array, keptAt: number): void {
    this.#database.run("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?)", [
      outputRoot,
      output,
      BigInt(keptAt),
    ]);
  }

  output(outputRoot: Hex): Uint8Array | undefined {
    const row = this.#database.get("SELECT output FROM outputs WHERE root = ?", [outputRoot]);
    return row === null || row === undefined ? undefined : new Uint8Array(row.output as Uint8Array);
  }

  /** Forgets the outputs that were kept last before that time. */
  dropOutputs(before: number): void {
    this.#database.run("DELETE FROM outputs WHERE kept < ?", [BigInt(before)]);
  }

  putOutbox(entry: OutboxEntry): void {
    const text = JSON.stringify(entry, (_key, value: unknown) =>
      typeof value === "bigint" ? { bigint: String(value) } : value,
    );
    this.#database.run("INSERT OR REPLACE INTO outbox VALUES (?, ?)", [entry.key, text]);
  }

  dropOutbox(key: string): void {
    this.#database.run("DELETE FROM outbox WHERE key = ?", [key]);
  }

  outbox(): readonly OutboxEntry[] {
    return this.#database.all("SELECT entry FROM outbox").map(({ entry }) => {
      const parsed = JSON.parse(String(entry), (_key, value: unknown) => {
        const boxed = value as { readonly bigint?: string } | null;
        return typeof boxed?.bigint === "string" ? BigInt(boxed.bigint) : value;
      }) as OutboxEntry;
      return { ...parsed, mined: parsed.mined, deadline: parsed.deadline };
    });
  }
}
