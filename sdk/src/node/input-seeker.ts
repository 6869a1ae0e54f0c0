/** Gets inputs of which the chain has the root alone, from where their requests say that they are. */

import type { Hex } from "viem";
import { findInputUri } from "../actions/internal/inputs.ts";
import type { Deployment } from "../addresses.ts";
import type { AssayError } from "../core/errors.ts";
import { rootOfBytes } from "../core/tree.ts";
import { toAssayError } from "../errors/normalize.ts";
import type { Task } from "./agenda.ts";
import { InputUriError } from "./input-uri.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { StoredModel } from "./model-store.ts";
import { QuorumError, type Rpc } from "./rpc.ts";
import type { KnownRequest } from "./store.ts";

export interface InputSeekerOptions {
  readonly deployment: Deployment;
  readonly rpc: Rpc;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly wake: (requestId: Hex) => void;
  /** Writes down what was found: the chain cannot restore it. */
  readonly keep: (request: KnownRequest) => void;
  readonly fetch: (uri: string, length: number) => Promise<Uint8Array>;
  /** Seconds of attempts in vain after which an input counts as withheld. */
  readonly patienceSeconds: number;
}

interface Search {
  isRunning: boolean;
  /** Attempts in a row without the input. */
  failures: number;
  /** When the first of them failed, in milliseconds since the Unix epoch. */
  failedAt: number | undefined;
  /** Whether another attempt would fail as well. */
  isHopeless: boolean;
  /** Asks for another look at the request when it is time for the next attempt. */
  timer: NodeJS.Timeout | undefined;
}

/** Fewer attempts say nothing, however long they took. */
const LEAST_ATTEMPTS = 3;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 60_000;
/** Fetches at the same time; strangers say how many there are. */
const PARALLEL = 8;

export class InputSeeker {
  readonly #options: InputSeekerOptions;
  readonly #searches = new Map<Hex, Search>();

  constructor(options: InputSeekerOptions) {
    this.#options = options;
  }

  /** Whether an input has been looked for often enough to say that it cannot be had. */
  isWithheld(requestId: Hex): boolean {
    const search = this.#searches.get(requestId);
    if (search?.failedAt === undefined) return false;
    const isLong = Date.now() - search.failedAt >= this.#options.patienceSeconds * 1_000;
    return search.isHopeless || (isLong && search.failures >= LEAST_ATTEMPTS);
  }

  /**
   * Starts to look for the input of a task, unless that is under way, or was in vain a moment ago. Asks for another look at the request when it is over, and
   * when it is time to try again.
   */
  seek(task: Task, inputRoot: Hex, model: StoredModel): void {
    const { requestId } = task.request;
    const search = this.#searches.get(requestId) ?? {
      ...{ isRunning: false, failures: 0, failedAt: undefined, isHopeless: false, timer: undefined },
    };
    this.#searches.set(requestId, search);
    const running = [...this.#searches.values()].filter(({ isRunning }) => isRunning).length;
    if (search.isRunning || search.timer !== undefined) return;
    if (running >= PARALLEL) {
      this.#wait(requestId, search, FIRST_RETRY_MS);
      return;
    }
    search.isRunning = true;
    this.#find(task, inputRoot, model)
      .then((input) => {
        task.request = { ...task.request, input };
        this.#options.keep(task.request);
        this.#searches.delete(requestId);
      })
      .catch((thrown: unknown) => this.#fail(requestId, search, toAssayError(thrown)))
      .finally(() => {
        search.isRunning = false;
        this.#options.wake(requestId);
      });
  }

  /** Frees what was kept about a request. */
  forget(requestId: Hex): void {
    clearTimeout(this.#searches.get(requestId)?.timer);
    this.#searches.delete(requestId);
  }

  async #find({ request }: Task, inputRoot: Hex, { record }: StoredModel): Promise<Uint8Array> {
    const { deployment, rpc, fetch, metrics } = this.#options;
    const { requestId, blockNumber } = request;
    // One endpoint alone could send this computer anywhere, or have a published place look like none.
    const uri = await rpc.agree("where an input is", (client) =>
      findInputUri(client, { deployment, requestId, fromBlock: blockNumber }),
    );
    const input = await fetch(uri, record.inputBytes);
    const actual = rootOfBytes(input, record.inputDepth);
    if (actual !== inputRoot)
      throw new InputUriError("INPUT_ROOT_MISMATCH", uri, `has the root ${actual}, not ${inputRoot}`);
    metrics.inputFetches.inc({ result: "found" });
    return input;
  }

  #fail(requestId: Hex, search: Search, error: AssayError): void {
    const { log, metrics } = this.#options;
    if (error instanceof QuorumError) metrics.quorumFailures.inc();
    // That endpoints do not answer says nothing about the input.
    if (error instanceof InputUriError) {
      search.failures++;
      search.failedAt ??= Date.now();
      search.isHopeless = !error.isTransient;
      metrics.inputFetches.inc({ result: error.code });
      log.info({ requestId, error }, "an input cannot be had");
    }
    const pause = FIRST_RETRY_MS * 2 ** Math.max(0, search.failures - 1);
    this.#wait(requestId, search, Math.min(LONGEST_RETRY_MS, pause));
  }

  #wait(requestId: Hex, search: Search, milliseconds: number): void {
    search.timer = setTimeout(() => {
      search.timer = undefined;
      this.#options.wake(requestId);
    }, milliseconds);
    search.timer.unref();
  }
}
