/** An endpoint that answers as a test wants. */

import { createServer } from "node:http";

export type Answer = { readonly result: unknown } | { readonly error: unknown } | { readonly status: number };
export type Answerer = (method: string, params: readonly unknown[]) => Answer | Promise<Answer>;

export interface Stub {
  readonly url: string;
  /** Questions that came, in order. */
  readonly asked: { readonly method: string; readonly params: readonly unknown[] }[];
  answer: Answerer;
  close(): void;
}

export async function createStub(answer: Answerer): Promise<Stub> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  const stub: Stub = { url: `http://127.0.0.1:${port}`, asked: [], answer, close };
  server.on("request", async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString());
    const answers: unknown[] = [];
    for (const { id, method, params = [] } of Array.isArray(body) ? body : [body]) {
      stub.asked.push({ method, params });
      const given = await stub.answer(method, params);
      if ("status" in given) {
        response.writeHead(given.status).end("no");
        return;
      }
      answers.push({ jsonrpc: "2.0", id, ...given });
    }
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(Array.isArray(body) ? answers : answers[0]));
  });
  return stub;
}
