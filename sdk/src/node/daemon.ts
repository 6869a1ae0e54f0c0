/** The loop of every daemon: look at the chain, look at what is due, send. One look uses one endpoint; the endpoints take turns. */

import type { Hex, RpcLog } from "viem";
import { parseEventLogs } from "viem";
import { disputeGameAbi } from "../abis/generated/DisputeGame.ts";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { fromHex } from "../core/bytes.ts";
import { toAssayError } from "../errors/normalize.ts";
import type { Agenda, Findings, Task } from "./agenda.ts";
import { Follower, type FollowerState, type Head } from "./follower.ts";
import type { Endpoint } from "./rpc.ts";
import type { Store } from "./store.ts";
import type { Look, Tools } from "./tools.ts";

/** What a daemon is for. */
export interface Role {
  readonly name: string;
  /** Reads what all tasks need. */
  prepare(look: Look): Promise<void>;
  /** Looks at a request and its games, and does what is due. Never waits for a computation. */
  examine(look: Look, task: Task): Promise<Findings>;
  /** Takes nothing new on from now on. */
  drain(): void;
  /** Whether nothing is owed to anybody. */
  isIdle(): boolean;
  /** What keeps the daemon from its work. */
  problems(): readonly string[];
  status(): unknown;
  /** Frees what was kept about a request. */
  forget(requestId: Hex): void;
}

export interface DaemonOptions {
  readonly tools: Tools;
  readonly store: Store;
  readonly agenda: Agenda;
  readonly role: Role;
  readonly pollSeconds: number;
  readonly reorgDepth: number;
  readonly blockRange: number;
  readonly drainSeconds: number;
}

/** Tasks that are looked at at the same time. */
const PARALLEL = 16;
/** A chain that has not been seen for so long is not known. */
const STALE_MS = 60_000;
/** A loop that has not come round for so long is stuck. */
const STUCK_MS = 300_000;

/** A running daemon. */
export class Daemon {
  readonly #options: DaemonOptions;
  readonly #followers = new Map<Endpoint, Follower>();
  readonly #complete = new Set<Endpoint>();
  #head: Head | undefined;
  #seenAt = 0;
  #turnedAt = Date.now();
  #isStopping = false;
  #wakeUp: () => void = () => {};
  #isWoken = false;

  constructor(options: DaemonOptions) {
    this.#options = options;
    const { tools, store } = options;
    const { deployment, rpc } = tools;
    const { InferenceHub, DisputeGame } = deployment.contracts;
    for (const endpoint of rpc.endpoints) {
      const saved = store.fact(`follower:${endpoint.label}`);
      const { reorgDepth, blockRange } = options;
      const state = saved === undefined ? undefined : parseState(saved);
      const { startBlock } = deployment;
      const addresses = [InferenceHub, DisputeGame];
      this.#followers.set(endpoint, new Follower({ addresses, startBlock, reorgDepth, blockRange }, state));
    }
  }

  /** Works until {@link stop}; then ends what has been begun, for as long as it may take. */
  async run(): Promise<void> {
    const { tools, role, drainSeconds, pollSeconds } = this.#options;
    tools.metrics.up.set(1);
    let drainUntil = Number.POSITIVE_INFINITY;
    while (true) {
      if (this.#isStopping && drainUntil === Number.POSITIVE_INFINITY) {
        role.drain();
        tools.metrics.up.set(0);
        drainUntil = Date.now() + drainSeconds * 1_000;
        tools.log.info({ drainSeconds }, "draining");
      }
      if (Date.now() >= drainUntil || (this.#isStopping && this.#isDrained())) break;
      await this.#turn();
      await this.#pause(pollSeconds * 1_000);
    }
    const left = tools.sending?.outbox.pending.length ?? 0;
    tools.log.info({ pending: left, isIdle: role.isIdle() }, "stopped");
  }

  /** Takes nothing new on, and ends `run` soon. */
  stop(): void {
    this.#isStopping = true;
    this.wake();
  }

  /** Looks again soon. */
  wake(): void {
    this.#isWoken = true;
    this.#wakeUp();
  }

  /** Whether its loop still comes round: what `/healthz` answers. */
  isAlive(): boolean {
    return Date.now() - this.#turnedAt < STUCK_MS;
  }

  /** Why it could not do its work now, in sentences; none if it is ready. */
  problems(): readonly string[] {
    const { role } = this.#options;
    return [
      ...(this.#isStopping ? ["it is stopping"] : []),
      ...(this.#complete.size === 0 ? ["the chain has not been read to its end"] : []),
      ...(Date.now() - this.#seenAt > STALE_MS ? ["no endpoint has shown the chain for a while"] : []),
      ...role.problems(),
    ];
  }

  /** What `/status` answers. */
  status(): unknown {
    const { tools, agenda, role } = this.#options;
    const pending = tools.sending?.outbox.pending ?? [];
    return {
      role: role.name,
      chainId: tools.deployment.chainId,
      head: this.#head,
      problems: this.problems(),
      endpoints: tools.rpc.endpoints.map(({ label, failures }) => ({ label, failures })),
      requests: this.#counts(),
      pending: pending.map(({ key, nonce, attempts }) => ({ key, nonce, attempts: attempts.length })),
      running: tools.running,
      ...(role.status() as object),
      tasks: agenda.tasks.slice(0, 1_000).map(({ request, games, state, dueAt, failures }) => ({
        ...{ requestId: request.requestId, state, dueAt, failures, games: [...games.keys()] },
      })),
    };
  }

  async #turn(): Promise<void> {
    const { tools, agenda, store, role, reorgDepth } = this.#options;
    const { rpc, metrics, log } = tools;
    const startedAt = performance.now();
    const endpoint = rpc.next();
    try {
      const look = await this.#look(endpoint);
      // Before the chain is known to its end it is not known what has been done already.
      if (this.#complete.has(endpoint)) {
        await rpc.ask(endpoint, () => role.prepare(look));
        await this.#work(look);
        for (const requestId of agenda.forget(look.head.number, reorgDepth)) {
          tools.forget(requestId);
          role.forget(requestId);
        }
        metrics.highestActedBlock.set(Number(look.head.number));
      }
      store.setFact(
        `follower:${endpoint.label}`,
        printState((this.#followers.get(endpoint) as Follower).state),
      );
    } catch (thrown) {
      const error = toAssayError(thrown);
      log.warn({ endpoint: endpoint.label, error }, "a look at the chain failed");
    }
    this.#turnedAt = Date.now();
    metrics.monitorDuration.observe((performance.now() - startedAt) / 1_000);
    metrics.txPending.set(tools.sending?.outbox.pending.length ?? 0);
    this.#count();
  }

  async #look(endpoint: Endpoint): Promise<Look> {
    const { tools, store, agenda } = this.#options;
    const { rpc, metrics, log, sending } = tools;
    const follower = this.#followers.get(endpoint) as Follower;
    const { head, logs, forkedAt, isComplete } = await rpc.ask(endpoint, (client) => follower.look(client));
    store.transaction(() => this.#note(logs));
    if (forkedAt !== undefined) {
      metrics.reorgs.inc();
      log.warn({ endpoint: endpoint.label, forkedAt, head: head.number }, "blocks were replaced");
      agenda.touchAll();
    }
    if (isComplete) this.#complete.add(endpoint);
    else this.wake();
    const isLost =
      sending !== undefined &&
      (await rpc.ask(endpoint, (client) => sending.outbox.maintain(client, head, forkedAt)));
    if (isLost) agenda.touchAll();
    this.#head = head;
    this.#seenAt = Date.now();
    metrics.headBlock.set({ endpoint: endpoint.label }, Number(head.number));
    metrics.baseFee.set(Number(head.baseFee));
    metrics.clockSkew.set(Date.now() / 1_000 - head.timestamp);
    return { endpoint, client: endpoint.client, head };
  }

  /** What logs tell of. They only say what to look at: what counts is read from the contracts. */
  #note(logs: readonly RpcLog[]): void {
    const { agenda } = this.#options;
    const abi = [...inferenceHubAbi, ...disputeGameAbi] as const;
    for (const log of parseEventLogs({ abi, logs: [...logs] })) {
      switch (log.eventName) {
        case "InferenceRequested": {
          const { requestId, parameters, input } = log.args;
          agenda.addRequest({
            ...{ requestId, modelId: parameters.modelId, blockNumber: log.blockNumber },
            input: input === "0x" ? undefined : fromHex(input),
          });
          break;
        }
        case "GameOpened":
        case "GameDemanded": {
          const { gameId, requestId, challenger } = log.args;
          agenda.addGame({ gameId, requestId, challenger, blockNumber: log.blockNumber });
          break;
        }
        case "ResultShown": {
          // A result in a batch is followed as a request is, by the name under which it can be challenged.
          const { resultId: requestId, modelId } = log.args;
          agenda.addRequest({ requestId, modelId, blockNumber: log.blockNumber, input: undefined });
          break;
        }
        default:
          if ("gameId" in log.args) agenda.touchGame(log.args.gameId);
          else if ("requestId" in log.args) agenda.touch(log.args.requestId);
      }
    }
  }

  async #work(look: Look): Promise<void> {
    const { tools, agenda, role } = this.#options;
    const queue = [...agenda.due(look.head.timestamp, Date.now())];
    const worker = async (): Promise<void> => {
      for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
        task.isTouched = false;
        const { requestId } = task.request;
        try {
          const found = await tools.rpc.ask(look.endpoint, () => role.examine(look, task));
          agenda.note(task, found, look.head.number);
        } catch (thrown) {
          const error = toAssayError(thrown);
          tools.log[error.isTransient ? "debug" : "warn"](
            { requestId, error },
            "a request could not be looked at",
          );
          agenda.retry(task);
        }
        // An endpoint that fails has failed all tasks; the next one looks at the rest.
        if (look.endpoint.failures > 2) queue.splice(0);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, worker));
  }

  #isDrained(): boolean {
    const { tools, role } = this.#options;
    return role.isIdle() && (tools.sending?.outbox.pending.length ?? 0) === 0;
  }

  #counts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { state } of this.#options.agenda.tasks) counts[state] = (counts[state] ?? 0) + 1;
    return counts;
  }

  #count(): void {
    const { metrics } = this.#options.tools;
    metrics.requests.reset();
    for (const [state, count] of Object.entries(this.#counts())) metrics.requests.set({ state }, count);
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#isWoken ? Math.min(milliseconds, 20) : milliseconds);
      this.#isWoken = false;
      this.#wakeUp = () => {
        clearTimeout(timer);
        setTimeout(resolve, 20);
      };
    });
  }
}

function printState({ cursor, seen }: FollowerState): string {
  return JSON.stringify({
    cursor: String(cursor),
    seen: seen.map(({ number, hash }) => [String(number), hash]),
  });
}

function parseState(text: string): FollowerState {
  const { cursor, seen } = JSON.parse(text) as {
    readonly cursor: string;
    readonly seen: readonly [string, Hex][];
  };
  return { cursor: BigInt(cursor), seen: seen.map(([number, hash]) => ({ number: BigInt(number), hash })) };
}
