/** Several JSON-RPC endpoints, none of which is trusted alone: looks at the chain take turns, and what puts money at stake is asked of several. */

import { createClient, type Hash, type Hex, http } from "viem";
import { sendRawTransaction } from "viem/actions";
import type { AssayClient } from "../actions/internal/types.ts";
import { AssayError } from "../core/errors.ts";
import { toAssayError } from "../errors/normalize.ts";
import { redactUrl } from "./setting.ts";

/** One endpoint, and how it has behaved. */
export interface Endpoint {
  /** The address without what may be secret. Also its name in logs, metrics and the store. */
  readonly label: string;
  readonly client: AssayClient;
  /** Failures since the last success. */
  failures: number;
  /** Milliseconds since the Unix epoch before which it is only asked if there is no other. */
  restsUntil: number;
}

export interface RpcOptions {
  readonly urls: readonly string[];
  /** Endpoints that have to agree; default 2, or 1 if there is only one. */
  readonly quorum?: number;
  readonly timeoutSeconds: number;
  /** Called for every failed question. */
  readonly onError?: (endpoint: Endpoint, error: AssayError) => void;
}

/** Too few endpoints gave the same answer. Money is not put at stake then. */
export class QuorumError extends AssayError {
  override readonly name = "QuorumError";

  constructor(question: string, agreeing: number, quorum: number, answers: readonly string[]) {
    super(
      "QUORUM_NOT_REACHED",
      `${agreeing} endpoints agree on ${question}, where ${quorum} have to: ${answers.join("; ")}.`,
      {
        recovery: "Look which endpoint is wrong or unreachable, and replace it.",
        isTransient: true,
        context: { question, agreeing, quorum, answers },
      },
    );
  }
}

const FIRST_REST_MS = 250;
const LONGEST_REST_MS = 30_000;
/** How long the rest may take whose answer could still make a number larger. */
const LAST_MOMENT_MS = 250;

export class Rpc {
  readonly endpoints: readonly Endpoint[];
  readonly quorum: number;
  readonly #onError: NonNullable<RpcOptions["onError"]>;
  #turn = 0;

  constructor({ urls, quorum, timeoutSeconds, onError = () => {} }: RpcOptions) {
    const labels = new Map<string, number>();
    this.endpoints = urls.map((url) => {
      const label = redactUrl(url);
      const count = (labels.get(label) ?? 0) + 1;
      labels.set(label, count);
      const transport = http(url, { retryCount: 0, timeout: timeoutSeconds * 1_000, batch: { wait: 0 } });
      const client = createClient({ transport, cacheTime: 0 });
      return { label: count === 1 ? label : `${label}#${count}`, client, failures: 0, restsUntil: 0 };
    });
    this.quorum = quorum ?? Math.min(2, this.endpoints.length);
    this.#onError = onError;
  }

  /** The endpoint whose turn it is, among those that do not rest; they take turns so that none can hide anything for long. */
  next(): Endpoint {
    const now = Date.now();
    const { endpoints } = this;
    for (let i = 0; i < endpoints.length; i++) {
      const endpoint = endpoints[(this.#turn + i) % endpoints.length] as Endpoint;
      if (endpoint.restsUntil > now) continue;
      this.#turn = (this.#turn + i + 1) % endpoints.length;
      return endpoint;
    }
    // All rest: the one that has rested longest.
    return endpoints.reduce((best, endpoint) => (endpoint.restsUntil < best.restsUntil ? endpoint : best));
  }

  /** Asks one endpoint, and takes note of how it went. */
  async ask<result>(endpoint: Endpoint, question: (client: AssayClient) => Promise<result>): Promise<result> {
    try {
      const answer = await question(endpoint.client);
      endpoint.failures = 0;
      endpoint.restsUntil = 0;
      return answer;
    } catch (thrown) {
      const error = toAssayError(thrown, { endpoint: endpoint.label });
      if (isEndpointFault(error)) {
        endpoint.failures++;
        const rest = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (endpoint.failures - 1));
        // All clients of an endpoint that was down would otherwise come back at the same moment.
        endpoint.restsUntil = Date.now() + rest * (0.5 + Math.random() / 2);
        this.#onError(endpoint, error);
      }
      throw error;
    }
  }

  /**
   * The answer that as many endpoints give as have to agree, as soon as so many have given it: one that is slow keeps nobody waiting.
   *
   * @param question - names what is asked, for people
   * @throws {QuorumError} if too few agree, be it that they are down
   */
  async agree<result>(question: string, read: (client: AssayClient) => Promise<result>): Promise<result> {
    const votes = new Map<string, number>();
    const answers: string[] = [];
    const agreed = await this.#fromEach(read, (answer, i) => {
      const { label } = this.endpoints[i] as Endpoint;
      if ("error" in answer) {
        answers[i] = `${label}: ${answer.error.code}`;
        return false;
      }
      const text = canonical(answer.value);
      answers[i] = `${label}: ${text}`;
      const count = (votes.get(text) ?? 0) + 1;
      votes.set(text, count);
      return count >= this.quorum;
    });
    if (agreed !== undefined) return agreed.value;
    throw new QuorumError(question, Math.max(0, ...votes.values()), this.quorum, answers);
  }

  /**
   * The largest number that as many endpoints reach as have to agree: endpoints that lag, or one that exaggerates, do not count. Once enough have answered, the
   * others have a moment left.
   *
   * @throws {QuorumError} if too few answer
   */
  async atLeast(question: string, read: (client: AssayClient) => Promise<number>): Promise<number> {
    const numbers: number[] = [];
    const isOver = new AbortController();
    const every = this.#fromEach(read, (answer) => {
      if ("value" in answer) numbers.push(answer.value);
      if (numbers.length === this.quorum) setTimeout(() => isOver.abort(), LAST_MOMENT_MS);
      return false;
    });
    const last = new Promise<void>((resolve) => isOver.signal.addEventListener("abort", () => resolve()));
    await Promise.race([every, last]);
    const reached = numbers.sort((a, b) => b - a)[this.quorum - 1];
    if (reached === undefined)
      throw new QuorumError(question, numbers.length, this.quorum, numbers.map(String));
    return reached;
  }

  /** Gives a signed transaction to every endpoint; it is enough if one takes it, and the others are not waited for. What it is refused with is thrown if none does. */
  async broadcast(raw: Hex): Promise<Hash> {
    const errors: AssayError[] = [];
    const send = (client: AssayClient): Promise<Hash> =>
      sendRawTransaction(client, { serializedTransaction: raw });
    const taken = await this.#fromEach(send, (answer, i) => {
      if ("error" in answer) errors[i] = answer.error;
      return "value" in answer;
    });
    if (taken !== undefined) return taken.value;
    throw errors[0] as AssayError;
  }

  /** Asks every endpoint, until an answer is enough; nothing if none is. */
  #fromEach<result>(
    question: (client: AssayClient) => Promise<result>,
    isEnough: (answer: { readonly value: result } | { readonly error: AssayError }, index: number) => boolean,
  ): Promise<{ readonly value: result } | undefined> {
    return new Promise((resolve) => {
      let open = this.endpoints.length;
      const note = (answer: { readonly value: result } | { readonly error: AssayError }, i: number): void => {
        if (isEnough(answer, i) && "value" in answer) resolve(answer);
        if (--open === 0) resolve(undefined);
      };
      for (const [i, endpoint] of this.endpoints.entries()) {
        this.ask(endpoint, question).then(
          (value) => note({ value }, i),
          (thrown: unknown) => note({ error: toAssayError(thrown) }, i),
        );
      }
    });
  }
}

/** Whether an error says something about the endpoint, and not about the question. */
function isEndpointFault({ code }: AssayError): boolean {
  return code === "NODE_UNREACHABLE" || code === "NODE_RATE_LIMITED" || code === "NODE_REQUEST_FAILED";
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === "bigint") return String(item);
    if (item === null || typeof item !== "object" || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
