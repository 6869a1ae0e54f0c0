/** Endpoints between the daemons and the node that misbehave on demand, in a thread of their own: they have to be prompt when they are asked to be. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

/** What an endpoint can have. `stale` shows an old chain, `lying` another one. */
export const FAULTS = ["none", "down", "slow", "limited", "broken", "stale", "lying"] as const;
export type Fault = (typeof FAULTS)[number];

interface Question {
  readonly id: unknown;
  readonly method: string;
  readonly params?: readonly unknown[];
}

interface Answer {
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
}

const SLOW_MS = 3_000;
/** Blocks that a stale endpoint is behind. */
const STALE_BLOCKS = 6;

/** One endpoint, as the main thread knows it. */
export class FaultyEndpoint {
  readonly url: string;
  readonly #index: number;
  readonly #worker: Worker;
  #fault: Fault = "none";

  constructor(url: string, index: number, worker: Worker) {
    this.url = url;
    this.#index = index;
    this.#worker = worker;
  }

  get fault(): Fault {
    return this.#fault;
  }

  set fault(fault: Fault) {
    this.#fault = fault;
    this.#worker.postMessage({ index: this.#index, fault } satisfies Order);
  }
}

/** Endpoints in front of one node. */
export interface FaultyEndpoints {
  readonly endpoints: readonly FaultyEndpoint[];
  /** Questions that were answered while there was a fault, by fault. */
  readonly spoiled: () => Readonly<Record<string, number>>;
  close(): Promise<void>;
}

interface Order {
  readonly index: number;
  readonly fault: Fault;
}

type News = { readonly urls: readonly string[] } | { readonly spoiled: Readonly<Record<string, number>> };

/** Opens some endpoints in front of the node. */
export function openEndpoints(target: string, count: number): Promise<FaultyEndpoints> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { target, count } });
  let spoiled: Readonly<Record<string, number>> = {};
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.on("message", (news: News) => {
      if ("spoiled" in news) {
        spoiled = news.spoiled;
        return;
      }
      const endpoints = news.urls.map((url, index) => new FaultyEndpoint(url, index, worker));
      resolve({ endpoints, spoiled: () => spoiled, close: async () => void (await worker.terminate()) });
    });
  });
}

const spoiled: Record<string, number> = {};

class Gate {
  readonly url: string;
  fault: Fault = "none";

  private constructor(url: string) {
    this.url = url;
  }

  static async create(target: string): Promise<Gate> {
    const server: Server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const endpoint = new Gate(`http://127.0.0.1:${port}`);
    server.on("request", (request, response) => {
      endpoint.#serve(target, request, response).catch(() => response.destroy());
    });
    return endpoint;
  }

  async #serve(target: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { fault } = this;
    if (fault !== "none") {
      spoiled[fault] = (spoiled[fault] ?? 0) + 1;
      parentPort?.postMessage({ spoiled } satisfies News);
    }
    if (fault === "down") {
      request.socket.destroy();
      return;
    }
    if (fault === "limited") {
      response.writeHead(429, { "content-type": "text/plain" }).end("too many requests");
      return;
    }
    if (fault === "broken") {
      response.writeHead(200, { "content-type": "text/html" }).end("<html>maintenance</html>");
      return;
    }
    if (fault === "slow") await new Promise((resolve) => setTimeout(resolve, SLOW_MS * Math.random()));
    if (fault !== "stale" && fault !== "lying") {
      const headers = { "content-type": "application/json" };
      const whole = await fetch(target, { method: "POST", headers, body: Buffer.concat(chunks) });
      response.writeHead(whole.status, headers).end(await whole.text());
      return;
    }
    const asked = JSON.parse(Buffer.concat(chunks).toString()) as Question | Question[];
    const questions = Array.isArray(asked) ? asked : [asked];
    const old = fault === "stale" ? await oldBlock(target) : undefined;
    const tell = async (question: Question): Promise<Answer> => {
      const isSwallowed = fault === "lying" && question.method === "eth_sendRawTransaction";
      const answer = isSwallowed
        ? { id: question.id, result: `0x${"11".repeat(32)}` }
        : await ask(target, old === undefined ? question : behind(question, old));
      return fault === "lying" ? lieIn(question.method, answer) : answer;
    };
    const answers = await Promise.all(questions.map(tell));
    const body = answers.map((answer) => ({ jsonrpc: "2.0", ...answer }));
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify(Array.isArray(asked) ? body : body[0]));
  }
}

async function ask(target: string, question: Question): Promise<Answer> {
  const response = await fetch(target, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", ...question }),
  });
  const { result, error } = (await response.json()) as Answer;
  return { id: question.id, ...(error === undefined ? { result } : { error }) };
}

async function oldBlock(target: string): Promise<string> {
  const { result } = await ask(target, { id: 1, method: "eth_blockNumber", params: [] });
  return `0x${Math.max(0, Number(result) - STALE_BLOCKS).toString(16)}`;
}

/** The same question to a backend that hangs: it knows nothing of the latest blocks. */
function behind(question: Question, block: string): Question {
  const isLatest = (param: unknown): boolean => param === "latest" || param === "pending";
  return { ...question, params: question.params?.map((param) => (isLatest(param) ? block : param)) ?? [] };
}

/** Lies about what matters: what contracts hold, what has happened, which blocks there are, and what an account has sent. */
function lieIn(method: string, answer: Answer): Answer {
  const { result } = answer;
  switch (method) {
    case "eth_call":
      return { ...answer, result: typeof result === "string" ? flipByte(result) : result };
    case "eth_getLogs":
      return { ...answer, result: Array.isArray(result) ? result.filter((_, i) => i % 2 === 0) : result };
    case "eth_getTransactionCount":
      return { ...answer, result: `0x${(Number(result) + 3).toString(16)}` };
    case "eth_getTransactionReceipt":
      return { ...answer, result: null };
    case "eth_getBlockByNumber": {
      const block = result as { readonly hash?: string } | null;
      return block?.hash === undefined
        ? answer
        : { ...answer, result: { ...block, hash: flipByte(block.hash) } };
    }
    default:
      return answer;
  }
}

/** Changes one byte, most often one that means something: words begin with zeros. */
function flipByte(hex: string): string {
  if (hex.length < 4) return hex;
  const word = Math.floor(Math.random() * Math.ceil((hex.length - 2) / 64));
  const end = Math.min(2 + 64 * (word + 1), hex.length);
  const at = end - 2 * (1 + Math.floor(Math.random() * Math.min(4, (end - 2) / 2)));
  const byte = Number.parseInt(hex.slice(at, at + 2), 16) ^ (1 + Math.floor(Math.random() * 255));
  return hex.slice(0, at) + byte.toString(16).padStart(2, "0") + hex.slice(at + 2);
}

if (!isMainThread) {
  const { target, count } = workerData as { readonly target: string; readonly count: number };
  const gates: Gate[] = [];
  for (let i = 0; i < count; i++) gates.push(await Gate.create(target));
  parentPort?.on("message", ({ index, fault }: Order) => {
    (gates[index] as Gate).fault = fault;
  });
  parentPort?.postMessage({ urls: gates.map(({ url }) => url) } satisfies News);
}
