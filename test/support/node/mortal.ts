/**
 * Kills a daemon at every point of what it does. Between it and the chain stands an endpoint that falls silent at the next point at which it never did before,
 * and keeps what the daemon's directory holds at that moment: that is what a new process finds after the old one was killed.
 */

import { cpSync } from "node:fs";
import { type Hex, keccak256, parseTransaction } from "viem";
import { type Answer, createStub, type Stub } from "./stub.ts";

/** Points of a transaction: it is decided but not written down, written down but not sent, sent without an answer, and included without the daemon knowing. */
export const MOMENTS = ["decided", "written", "sent", "included"] as const;
export type Moment = (typeof MOMENTS)[number];

const SILENCE: Answer = { status: 503 };

export class Mortality {
  readonly #url: string;
  readonly #moments: readonly Moment[];
  readonly #points = new Set<string>();
  readonly #calls = new Map<Hex, Hex>();
  #stub: Stub | undefined;
  #life: { readonly directory: string; readonly image: string } | undefined;

  private constructor(url: string, moments: readonly Moment[]) {
    this.#url = url;
    this.#moments = moments;
  }

  /** @param url - the chain's */
  static async create(url: string, moments: readonly Moment[]): Promise<Mortality> {
    const mortality = new Mortality(url, moments);
    mortality.#stub = await createStub((method, params) => mortality.#answer(method, params as [unknown]));
    return mortality;
  }

  /** The endpoint, for one daemon at a time. */
  get url(): string {
    return (this.#stub as Stub).url;
  }

  get isDead(): boolean {
    return this.#life === undefined;
  }

  /** Calls that were written down, each with the moments at which a daemon has died of it. */
  get deaths(): readonly (readonly Moment[])[] {
    const written = [...this.#points].filter((point) => point.startsWith("written:"));
    return written.map((point) => {
      const call = point.slice("written:".length);
      return this.#moments.filter((moment) => this.#points.has(`${moment}:${call}`));
    });
  }

  /** Lets the next daemon live, whose directory this is; what that holds when it dies is copied to `image`. */
  live(directory: string, image: string): void {
    this.#life = { directory, image };
  }

  close(): void {
    this.#stub?.close();
  }

  async #answer(method: string, [first, ...rest]: readonly unknown[]): Promise<Answer> {
    if (this.isDead) return SILENCE;
    if (method === "eth_estimateGas" && this.#dies("decided", (first as { data: Hex }).data)) return SILENCE;
    const params = first === undefined ? [] : [first, ...rest];
    if (method === "eth_sendRawTransaction") {
      const call = parseTransaction(first as Hex).data as Hex;
      this.#calls.set(keccak256(first as Hex), call);
      if (this.#dies("written", call)) return SILENCE;
      const answer = await this.#ask(method, params);
      return this.#dies("sent", call) ? SILENCE : answer;
    }
    const answer = await this.#ask(method, params);
    const call = method === "eth_getTransactionReceipt" ? this.#calls.get(first as Hex) : undefined;
    const isIncluded = call !== undefined && "result" in answer && answer.result !== null;
    return this.isDead || (isIncluded && this.#dies("included", call)) ? SILENCE : answer;
  }

  /** Whether this is the end. */
  #dies(moment: Moment, call: Hex): boolean {
    const point = `${moment}:${call}`;
    if (this.#life === undefined) return true;
    if (!this.#moments.includes(moment) || this.#points.has(point)) return false;
    this.#points.add(point);
    cpSync(this.#life.directory, this.#life.image, { recursive: true });
    this.#life = undefined;
    return true;
  }

  async #ask(method: string, params: readonly unknown[]): Promise<Answer> {
    const response = await fetch(this.#url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    });
    const { result, error } = (await response.json()) as { result: unknown; error?: unknown };
    return error === undefined ? { result } : { error };
  }
}
