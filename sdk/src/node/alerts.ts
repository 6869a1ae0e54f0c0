/** Tells webhooks what cannot wait: signed, tried again while they fail, each thing once, and without ever keeping the daemon from its work. */

import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { formatEther, formatUnits } from "viem";
import type { InferenceRequest } from "../actions/getRequest.ts";
import { remainingOf } from "../game/clock.ts";
import type { GameView, Side } from "../game/state.ts";
import { ConfigError } from "./config.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { redactUrl } from "./setting.ts";

/** What a daemon tells at once. */
export type AlertKind =
  | "disputeOpened"
  | "clockLow"
  | "slashed"
  | "balanceLow"
  | "stakeLow"
  | "vaultLow"
  | "quorumLost"
  | "transactionDropped"
  | "wrongResult"
  | "wrongFinal";

/** Something that has happened. */
export interface Alert {
  readonly kind: AlertKind;
  /** What it is about: the same thing is told once. */
  readonly subject: string;
  /** One sentence for people. */
  readonly message: string;
  /** Ids and amounts. Nothing secret. */
  readonly details?: Readonly<Record<string, string | number>>;
}

export interface AlertsOptions {
  readonly urls: readonly string[];
  /** What bodies are signed with. */
  readonly secret: Uint8Array | undefined;
  readonly role: string;
  readonly chainId: number;
  readonly account: string | undefined;
  /** Wei below which an account's gas is low. */
  readonly lowGasWei: bigint;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Milliseconds before the second attempt; each further one waits twice as long. Default 1,000. */
  readonly firstPauseMs?: number;
}

const ATTEMPTS = 8;
const TIMEOUT_MS = 10_000;
/** A condition that lasts is told again after so long. */
const REMIND_MS = 6 * 3_600_000;
/** Alerts that wait for one webhook; of more the oldest are dropped. */
const MOST_WAITING = 100;
/** Results that were committed to longer ago are no news. */
const NEWS_SECONDS = 30 * 86_400;
/** Share of a clock below which it is low. */
const LOW_CLOCK = 0.25;
const LEAST_SECRET_BYTES = 16;

interface Letter {
  readonly id: string;
  readonly kind: AlertKind;
  readonly body: string;
}

/** The webhooks of one daemon. */
export class Alerts {
  readonly #options: AlertsOptions;
  readonly #told = new Map<string, number>();
  readonly #queues = new Map<string, Letter[]>();
  readonly #working = new Set<Promise<void>>();
  readonly #closed = new AbortController();

  constructor(options: AlertsOptions) {
    this.#options = options;
    for (const url of options.urls) this.#queues.set(url, []);
  }

  /** Tells something, unless it was told lately. Returns at once, and never throws. */
  tell({ kind, subject, message, details = {} }: Alert): void {
    const { urls, role, chainId, account, log, metrics } = this.#options;
    const key = `${kind}:${subject}`;
    const now = Date.now();
    if (urls.length === 0 || this.#closed.signal.aborted) return;
    for (const [old, at] of this.#told) if (at + REMIND_MS <= now) this.#told.delete(old);
    if (this.#told.has(key)) return;
    this.#told.set(key, now);
    metrics.alerts.inc({ kind });
    log.warn({ kind, ...details }, message);
    const id = randomUUID();
    const time = new Date(now).toISOString();
    const line = `Assay ${role}${account === undefined ? "" : ` ${account}`} on chain ${chainId}: ${message}`;
    // Slack shows `text`, Discord `content`.
    const body = { id, kind, time, role, chainId, account, message, details, text: line, content: line };
    const letter = { id, kind, body: JSON.stringify(body) };
    for (const url of urls) this.#enqueue(url, letter);
  }

  /** Tells of a game in which a side is one's own: that it is open, and when its clock runs low. */
  tellOfGame({ gameId, game, clockSeconds }: GameView, side: Side, now: number): void {
    const details = { gameId, requestId: game.requestId };
    if (side === "operator")
      this.tell({
        ...{ kind: "disputeOpened", subject: gameId, details },
        message: `a dispute about an own result was opened: ${gameId}`,
      });
    const remaining = remainingOf({ game, clockSeconds }, side, now);
    const isRunning = game.phase === "leaf" || game.turn === side;
    if (isRunning && remaining < LOW_CLOCK * clockSeconds)
      this.tell({
        ...{ kind: "clockLow", subject: `${gameId}:${side}`, details: { ...details, remaining } },
        message: `the ${side}'s clock has ${remaining} of ${clockSeconds} seconds left in ${gameId}`,
      });
  }

  /** Tells of an own result that cost its lock. A daemon that reads the chain anew does not tell old tales. */
  tellOfEnd({ requestId, status, committedAt = 0, lock }: InferenceRequest, time: number): void {
    if (status !== "slashed" || committedAt + NEWS_SECONDS < time) return;
    const details = { requestId, lock: String(lock) };
    const message = `the stake behind the result of ${requestId} was slashed`;
    this.tell({ kind: "slashed", subject: requestId, details, message });
  }

  /** Tells of an account that can hardly pay gas any more. */
  tellOfGas(balance: bigint): void {
    const { lowGasWei } = this.#options;
    if (balance >= lowGasWei) return;
    const details = { balanceWei: String(balance) };
    const message = `the account can pay gas of ${formatEther(balance)} only`;
    this.tell({ kind: "balanceLow", subject: "gas", details, message });
  }

  /** Tells of an operator whose stake is locked, or gone, but for less than one more result takes. */
  tellOfStake(unlocked: bigint, needed: bigint): void {
    if (unlocked >= needed) return;
    const details = { unlocked: String(unlocked), needed: String(needed) };
    const message = `stake of ${formatUnits(unlocked, 18)} tokens is not locked, and ${formatUnits(needed, 18)} are needed`;
    this.tell({ kind: "stakeLow", subject: "stake", details, message });
  }

  /** Tells of a free balance that is too small to stake from. */
  tellOfVault(balance: bigint, wanted: bigint): void {
    const details = { balance: String(balance), wanted: String(wanted) };
    const message = `the free balance of ${formatUnits(balance, 18)} tokens cannot stake ${formatUnits(wanted, 18)} more`;
    this.tell({ kind: "vaultLow", subject: "vault", details, message });
  }

  /** Waits for what is under way, for so long at most, and drops the rest. */
  async close(milliseconds: number): Promise<void> {
    const timer = setTimeout(() => this.#closed.abort(), milliseconds);
    while (this.#working.size > 0) await Promise.all(this.#working);
    clearTimeout(timer);
    this.#closed.abort();
  }

  #enqueue(url: string, letter: Letter): void {
    const queue = this.#queues.get(url) as Letter[];
    queue.push(letter);
    if (queue.length > MOST_WAITING) queue.splice(1, 1);
    if (queue.length > 1) return;
    const work = this.#work(url, queue).finally(() => this.#working.delete(work));
    this.#working.add(work);
  }

  /** Delivers what waits, one after the other: who listens gets things in their order. */
  async #work(url: string, queue: Letter[]): Promise<void> {
    for (let letter = queue[0]; letter !== undefined; letter = queue[0]) {
      await this.#deliver(url, letter);
      queue.shift();
    }
  }

  async #deliver(url: string, letter: Letter): Promise<void> {
    const { firstPauseMs = 1_000, log, metrics } = this.#options;
    const webhook = redactUrl(url);
    for (let attempt = 1; !this.#closed.signal.aborted; attempt++) {
      const problem = await this.#post(url, letter);
      if (problem === undefined) return;
      metrics.alertFailures.inc();
      if (attempt === ATTEMPTS) {
        log.error({ webhook, kind: letter.kind, problem }, "an alert could not be delivered");
        return;
      }
      await this.#pause(firstPauseMs * 2 ** (attempt - 1));
    }
  }

  /** What went wrong, without the address, which may hold a key. */
  async #post(url: string, { id, kind, body }: Letter): Promise<string | undefined> {
    try {
      const response = await fetch(url, {
        method: "POST",
        redirect: "manual",
        headers: {
          ...{ "content-type": "application/json", "x-assay-alert": kind, "x-assay-delivery": id },
          ...this.#signature(body),
        },
        body,
        signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), this.#closed.signal]),
      });
      await response.body?.cancel();
      return response.ok ? undefined : `status ${response.status}`;
    } catch (error) {
      return (error as Error).name;
    }
  }

  #signature(body: string): Readonly<Record<string, string>> {
    const { secret } = this.#options;
    if (secret === undefined) return {};
    const second = Math.floor(Date.now() / 1_000);
    const mac = createHmac("sha256", secret).update(`${second}.${body}`).digest("hex");
    return { "x-assay-signature": `t=${second},v1=${mac}` };
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const { signal } = this.#closed;
      const timer = setTimeout(resolve, milliseconds);
      const end = (): void => {
        clearTimeout(timer);
        resolve();
      };
      signal.addEventListener("abort", end, { once: true });
    });
  }
}

/** The secret that alerts are signed with, without the end of its line. */
export function readAlertSecret(path: string | undefined): Uint8Array | undefined {
  if (path === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch {
    throw new ConfigError("alertSecretFile", `${path} cannot be read`, "Check the path and its permissions.");
  }
  const secret = new TextEncoder().encode(text);
  if (secret.length < LEAST_SECRET_BYTES)
    throw new ConfigError(
      "alertSecretFile",
      `${path} has ${secret.length} bytes`,
      `Take at least ${LEAST_SECRET_BYTES} random ones.`,
    );
  return secret;
}
