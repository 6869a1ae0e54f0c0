/** One daemon per directory: two that share a key would use the same nonces. */

import { randomUUID } from "node:crypto";
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { AssayError } from "../core/errors.ts";

/** Another daemon works in the directory. */
export class LeaseHeldError extends AssayError {
  override readonly name = "LeaseHeldError";

  constructor(directory: string, holder: string) {
    super("LEASE_HELD", `Another daemon works in ${directory}: ${holder}.`, {
      recovery: "Stop it, or give this one a --data-dir of its own. Never run two daemons with the same key.",
      isTransient: true,
      context: { directory, holder },
    });
  }
}

interface Holder {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
}

/** Files that this process holds, to tell them from those of an earlier process with the same number. */
const heldHere = new Set<string>();

/** A holder that has not been heard of for so long is gone. */
export const LEASE_SECONDS = 15;

/**
 * A file with the holder's name, kept young while it lives. It is taken over from a process of this machine that is gone, at once, and from one
 * elsewhere when it has been silent for too long.
 */
export class Lease {
  readonly #path: string;
  readonly #id: string;
  readonly #timer: NodeJS.Timeout;

  private constructor(path: string, id: string, onLost: () => void) {
    this.#path = path;
    this.#id = id;
    this.#timer = setInterval(
      () => {
        if (readHolder(path)?.id !== id) {
          clearInterval(this.#timer);
          onLost();
          return;
        }
        const now = new Date();
        utimesSync(path, now, now);
      },
      (LEASE_SECONDS * 1_000) / 3,
    );
    this.#timer.unref();
  }

  /**
   * @param onLost - called if somebody else has taken the lease, which this process must not outlive
   * @throws {LeaseHeldError} if another daemon holds it
   */
  static acquire(directory: string, onLost: () => void = () => {}): Lease {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const path = join(directory, "lease.json");
    const id = randomUUID();
    const own = `${path}.${id}`;
    writeFileSync(own, JSON.stringify({ id, pid: process.pid, host: hostname() } satisfies Holder), {
      mode: 0o600,
    });
    try {
      clearStale(path, id);
      linkSync(own, path);
    } catch (error) {
      if ((error as { code?: unknown }).code !== "EEXIST") throw error;
      const holder = readHolder(path);
      throw new LeaseHeldError(
        directory,
        holder === undefined ? "unknown" : `process ${holder.pid} on ${holder.host}`,
      );
    } finally {
      rmSync(own, { force: true });
    }
    heldHere.add(path);
    return new Lease(path, id, onLost);
  }

  release(): void {
    clearInterval(this.#timer);
    heldHere.delete(this.#path);
    if (readHolder(this.#path)?.id === this.#id) rmSync(this.#path, { force: true });
  }
}

/** Moves a dead holder's file away. Of two that try, one gets the file; if it got a live one's, it is put back. */
function clearStale(path: string, id: string): void {
  const holder = readHolder(path);
  if (holder === undefined ? isYoung(path) : isAlive(path, holder)) return;
  const aside = `${path}.${id}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readHolder(aside)?.id !== holder?.id) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function isAlive(path: string, { pid, host }: Holder): boolean {
  if (!isYoung(path)) return false;
  if (host !== hostname()) return true;
  // In a container every process has the same number again.
  if (pid === process.pid) return heldHere.has(path);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: unknown }).code === "EPERM";
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    const { id, pid, host } = JSON.parse(readFileSync(path, "utf8")) as Partial<Holder>;
    return typeof id === "string" && typeof pid === "number" && typeof host === "string"
      ? { id, pid, host }
      : undefined;
  } catch {
    return undefined;
  }
}

function isYoung(path: string): boolean {
  const changedAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - changedAt <= LEASE_SECONDS * 1_000;
}
