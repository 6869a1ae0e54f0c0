/** What a daemon follows: requests with their games, and when each has to be looked at again. */

import type { Hex } from "viem";
import type { KnownGame, KnownRequest, Store } from "./store.ts";

/** A request with everything that is remembered about it. */
export interface Task {
  request: KnownRequest;
  readonly games: Map<Hex, KnownGame>;
  /** What was found at the last look, for people. */
  state: string;
  /** Whether something has happened since the last look. */
  isTouched: boolean;
  /** Unix second of the chain at which something will be due. */
  dueAt: number | undefined;
  /** Milliseconds since the Unix epoch before which it is not tried again. */
  retryAt: number;
  failures: number;
  /** Milliseconds since the Unix epoch of the last look. */
  lookedAt: number;
  /** Block at which nothing more was to be done; blocks can be replaced, so it is not forgotten at once. */
  endedAt: bigint | undefined;
}

/** What a look at a task has brought. */
export interface Findings {
  /** For people and metrics. */
  readonly state: string;
  /** Unix second of the chain at which to look again, if nothing happens before. */
  readonly dueAt?: number | undefined;
  /** Nothing can happen any more. */
  readonly isEnded?: boolean;
  /** What was wanted could not be done; it is tried again after a while. */
  readonly isRetried?: boolean;
}

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 60_000;
/** Even if nothing is heard of a task it is looked at so often: no endpoint is trusted to tell everything. */
const RECHECK_MS = 30_000;

export class Agenda {
  readonly #store: Store;
  readonly #tasks = new Map<Hex, Task>();
  /** Games of requests that have not been heard of yet. */
  readonly #orphans = new Map<Hex, KnownGame[]>();

  constructor(store: Store) {
    this.#store = store;
    for (const request of store.requests()) this.#tasks.set(request.requestId, newTask(request));
    for (const game of store.games()) this.#tasks.get(game.requestId)?.games.set(game.gameId, game);
  }

  get tasks(): readonly Task[] {
    return [...this.#tasks.values()];
  }

  get(requestId: Hex): Task | undefined {
    return this.#tasks.get(requestId);
  }

  addRequest(request: KnownRequest): void {
    const known = this.#tasks.get(request.requestId);
    if (known !== undefined) {
      // Bytes that an endpoint has made up are dropped when they are looked at; then those of another one are taken.
      const input = known.request.input ?? request.input;
      const blockNumber = earlier(known.request, request);
      if (input !== known.request.input || blockNumber !== known.request.blockNumber) {
        known.request = { ...request, input, blockNumber };
        this.#store.addRequest(known.request);
      }
      known.isTouched = true;
      return;
    }
    this.#store.addRequest(request);
    const task = newTask(request);
    this.#tasks.set(request.requestId, task);
    for (const game of this.#orphans.get(request.requestId) ?? []) this.#attach(task, game);
    this.#orphans.delete(request.requestId);
  }

  addGame(game: KnownGame): void {
    const task = this.#tasks.get(game.requestId);
    if (task !== undefined) this.#attach(task, game);
    else this.#orphans.set(game.requestId, [...(this.#orphans.get(game.requestId) ?? []), game]);
  }

  /** Something has happened to a request. */
  touch(requestId: Hex): void {
    const task = this.#tasks.get(requestId);
    if (task !== undefined) task.isTouched = true;
  }

  /** Something has happened in a game. */
  touchGame(gameId: Hex): void {
    for (const task of this.#tasks.values()) if (task.games.has(gameId)) task.isTouched = true;
  }

  /** Blocks have been replaced: anything may be different. */
  touchAll(): void {
    for (const task of this.#tasks.values()) {
      task.isTouched = true;
      task.endedAt = undefined;
    }
  }

  /** The tasks that have to be looked at now, the most urgent first. */
  due(chainTime: number, now: number): readonly Task[] {
    const wanted = [...this.#tasks.values()].filter((task) => {
      if (task.retryAt > now) return false;
      if (task.isTouched || (task.dueAt !== undefined && task.dueAt <= chainTime)) return true;
      return task.lookedAt + RECHECK_MS <= now && task.endedAt === undefined;
    });
    return wanted.sort((a, b) => b.games.size - a.games.size || a.lookedAt - b.lookedAt);
  }

  /** Notes what a look has brought. */
  note(task: Task, { state, dueAt, isEnded = false, isRetried = false }: Findings, head: bigint): void {
    task.state = state;
    task.dueAt = dueAt;
    task.lookedAt = Date.now();
    if (isRetried) this.retry(task);
    else task.failures = 0;
    if (isEnded) task.endedAt ??= head;
    else task.endedAt = undefined;
  }

  /** Puts off a task that could not be looked at. */
  retry(task: Task): void {
    task.failures++;
    task.retryAt = Date.now() + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (task.failures - 1));
    task.isTouched = true;
  }

  /** Forgets what ended so long ago that it cannot come back. */
  forget(head: bigint, reorgDepth: number): readonly Hex[] {
    const gone: Hex[] = [];
    for (const [requestId, { endedAt }] of this.#tasks) {
      if (endedAt === undefined || endedAt + BigInt(reorgDepth) >= head) continue;
      this.#tasks.delete(requestId);
      this.#store.dropRequest(requestId);
      gone.push(requestId);
    }
    return gone;
  }

  #attach(task: Task, game: KnownGame): void {
    const known = task.games.get(game.gameId);
    const blockNumber = known === undefined ? game.blockNumber : earlier(known, game);
    if (blockNumber !== known?.blockNumber) {
      task.games.set(game.gameId, { ...game, blockNumber });
      this.#store.addGame({ ...game, blockNumber });
    }
    task.isTouched = true;
  }
}

/** What blocks were replaced by may have it sooner; events are looked for from there on. */
function earlier(known: { readonly blockNumber: bigint }, again: { readonly blockNumber: bigint }): bigint {
  return known.blockNumber < again.blockNumber ? known.blockNumber : again.blockNumber;
}

function newTask(request: KnownRequest): Task {
  return {
    ...{ request, games: new Map(), state: "new", isTouched: true, dueAt: undefined },
    ...{ retryAt: 0, failures: 0, lookedAt: 0, endedAt: undefined },
  };
}
