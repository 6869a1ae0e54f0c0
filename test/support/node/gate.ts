/** An HTTP server in front of a node: hands questions on, notes what is asked, and can keep transactions to itself as a relay may. */

import { createServer } from "node:http";

interface Question {
  readonly id: unknown;
  readonly method: string;
}

export interface Gate {
  readonly url: string;
  /** Methods that were asked, in order. */
  readonly asked: readonly string[];
  /** Transactions that went no further. */
  readonly swallowed: number;
  /** Takes transactions, and drops them. */
  isSwallowing: boolean;
  close(): void;
}

const HASH = `0x${"11".repeat(32)}`;

export async function createGate(target: string): Promise<Gate> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked = JSON.parse(Buffer.concat(chunks).toString()) as Question | Question[];
    const answers = await Promise.all((Array.isArray(asked) ? asked : [asked]).map(answer));
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(Array.isArray(asked) ? answers : answers[0]));
  });
  const gate = { url: "", asked: [] as string[], swallowed: 0, isSwallowing: false, close };
  async function answer(question: Question): Promise<unknown> {
    gate.asked.push(question.method);
    if (gate.isSwallowing && question.method === "eth_sendRawTransaction") {
      gate.swallowed++;
      return { jsonrpc: "2.0", id: question.id, result: HASH };
    }
    const headers = { "content-type": "application/json" };
    return (await fetch(target, { method: "POST", headers, body: JSON.stringify(question) })).json();
  }
  function close(): void {
    server.close();
    server.closeAllConnections();
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  gate.url = `http://127.0.0.1:${(server.address() as { readonly port: number }).port}`;
  return gate;
}
