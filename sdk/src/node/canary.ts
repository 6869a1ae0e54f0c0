/**
 * The canary: computes results again that are final already, drawn at random, one after the other and for a share of the time alone. Nothing can be done about
 * what it finds; but it tells that a lie has become final, or that this computer does not compute any more as it did.
 */

import { randomBytes } from "node:crypto";
import type { Hex } from "viem";
import { getLogs } from "viem/actions";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { getInput } from "../actions/getInput.ts";
import { getRequest, type InferenceRequest } from "../actions/getRequest.ts";
import { toHex } from "../core/bytes.ts";
import { keccakText } from "../core/hash.ts";
import { toAssayError } from "../errors/normalize.ts";
import { SecondOpinionError } from "./opening.ts";
import type { Look, Tools } from "./tools.ts";

export interface CanaryOptions {
  /** Most of the time that it may work, in percent. */
  readonly percent: number;
  /** What draws come from; random if there is none. */
  readonly seed: string | undefined;
  /** Blocks at the end of the chain that it leaves alone. */
  readonly reorgDepth: number;
  /** Blocks per question for logs. */
  readonly blockRange: number;
}

/** A result that was drawn. */
interface Draw {
  readonly requestId: Hex;
  /** Where it was committed to or shown. */
  readonly blockNumber: bigint;
}

const EVENTS = inferenceHubAbi.filter(
  (item) => item.type === "event" && (item.name === "ResultCommitted" || item.name === "ResultShown"),
);
/** Ranges of blocks that are searched for one result. */
const MOST_RANGES = 32;
/** A pause after a draw that found nothing, or failed. */
const IDLE_MS = 10_000;
/** A draw that cost nothing is followed by another one soon, but not at once. */
const LEAST_PAUSE_MS = 100;

export class Canary {
  readonly #tools: Tools;
  readonly #options: CanaryOptions;
  readonly #seed: string;
  #draws = 0;
  #isBusy = false;
  #restsUntil = 0;
  #last: Hex | undefined;
  readonly #counts = { agree: 0, disagree: 0, unknown: 0 };

  constructor(tools: Tools, options: CanaryOptions) {
    this.#tools = tools;
    this.#options = options;
    this.#seed = options.seed ?? toHex(randomBytes(16));
    tools.log.info({ seed: this.#seed, percent: options.percent }, "a canary computes final results again");
  }

  /** Begins to look at a result, unless it rests, or there is something to compute that matters more. Returns at once, and never throws. */
  turn(look: Look): void {
    const { log, running } = this.#tools;
    if (this.#isBusy || running > 0 || Date.now() < this.#restsUntil) return;
    this.#isBusy = true;
    const startedAt = performance.now();
    this.#look(look)
      .catch((thrown: unknown) => {
        log.debug({ error: toAssayError(thrown) }, "the canary could not look at a result");
        return false;
      })
      .then((hasLooked) => {
        const pause = pauseAfter(performance.now() - startedAt, this.#options.percent);
        this.#restsUntil = Date.now() + Math.max(pause, hasLooked ? LEAST_PAUSE_MS : IDLE_MS);
        this.#isBusy = false;
      });
  }

  status(): unknown {
    return { seed: this.#seed, draws: this.#draws, last: this.#last ?? null, ...this.#counts };
  }

  /** Says whether there was a result to look at. */
  async #look(look: Look): Promise<boolean> {
    const { models, inference, log } = this.#tools;
    const drawn = await this.#draw(look);
    if (drawn === undefined) return false;
    const { requestId } = drawn;
    const request = await this.#tools.requestAt(look, requestId);
    if (request?.status !== "final") return true;
    this.#last = requestId;
    log.debug({ requestId, draws: this.#draws }, "the canary looks at a result");
    const input = models.get(request.modelId) && (await this.#inputOf(look, drawn));
    if (input === undefined) {
      this.#count("unknown");
      return true;
    }
    const { outputRoot } = await inference.run(request.modelId, input);
    if (outputRoot === request.outputRoot) {
      this.#count("agree");
      return true;
    }
    const second = await inference.trace(request.modelId, input, true);
    if (second.outputRoot !== outputRoot) {
      this.#count("unknown");
      const error = new SecondOpinionError(requestId, outputRoot, second.outputRoot);
      log.fatal({ requestId, error }, "computations differ: this computer is faulty");
      return true;
    }
    await this.#accuse(request, outputRoot);
    return true;
  }

  /** Tells of a lie, if as many endpoints as have to agree show it. */
  async #accuse(
    { requestId, modelId, inputRoot, outputRoot, operator }: InferenceRequest,
    computed: Hex,
  ): Promise<void> {
    const { rpc, deployment, log, alerts } = this.#tools;
    const agreed = await rpc.agree("a final result", async (client) => {
      const seen = await getRequest(client, { deployment, requestId });
      return [seen.status, seen.modelId, seen.inputRoot, seen.outputRoot ?? ""];
    });
    const isSame = ["final", modelId, inputRoot, outputRoot].every((value, i) => agreed[i] === value);
    this.#count(isSame ? "disagree" : "unknown");
    if (!isSame) return;
    log.error({ requestId, modelId, operator, committed: outputRoot, computed }, "a final result is a lie");
    const details = { requestId, operator: operator ?? "", committed: outputRoot ?? "", computed };
    const message = `a wrong result has become final, and cannot be challenged any more: ${requestId}`;
    alerts.tell({ kind: "wrongFinal", subject: requestId, details, message });
  }

  /** A result at or behind a block that was drawn, going round at the end of the chain; nothing if there is none near. */
  async #draw({ client, head }: Look): Promise<Draw | undefined> {
    const { deployment } = this.#tools;
    const { reorgDepth, blockRange } = this.#options;
    const first = deployment.startBlock;
    const last = head.number - BigInt(reorgDepth);
    if (last < first) return undefined;
    const blocks = last - first + 1n;
    let from = first + this.#random(blocks);
    let left = blocks;
    for (let range = 0; range < MOST_RANGES && left > 0n; range++) {
      const end = from + BigInt(blockRange) - 1n;
      const toBlock = end < last ? end : last;
      const logs = await getLogs(client, {
        address: deployment.contracts.InferenceHub,
        events: EVENTS,
        strict: true,
        fromBlock: from,
        toBlock,
      });
      const log = logs[Number(this.#random(BigInt(Math.max(1, logs.length))))];
      if (log !== undefined) {
        const requestId = log.eventName === "ResultShown" ? log.args.resultId : log.args.requestId;
        return { requestId, blockNumber: log.blockNumber };
      }
      left -= toBlock - from + 1n;
      from = toBlock === last ? first : toBlock + 1n;
    }
    return undefined;
  }

  async #inputOf({ client }: Look, { requestId, blockNumber }: Draw): Promise<Uint8Array | undefined> {
    const { deployment } = this.#tools;
    try {
      return await getInput(client, { deployment, requestId, toBlock: blockNumber });
    } catch (thrown) {
      const error = toAssayError(thrown);
      if (error.isTransient) throw error;
      // Only its root was published, or an input that a demand has brought came later.
      return undefined;
    }
  }

  #random(below: bigint): bigint {
    return BigInt(toHex(keccakText(`${this.#seed}:${this.#draws++}`))) % below;
  }

  #count(agreement: "agree" | "disagree" | "unknown"): void {
    this.#counts[agreement]++;
    this.#tools.metrics.canaryChecks.inc({ agreement });
  }
}

/** Milliseconds to rest after so many of work, for work to be at most a share of the time. */
export function pauseAfter(milliseconds: number, percent: number): number {
  return (milliseconds * (100 - percent)) / percent;
}
