/** A webhook of this computer, which can fail. */

import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** What a webhook was told. */
export interface Letter {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A webhook that answers with the given statuses, then with 200. */
export async function startWebhook(...statuses: readonly (number | "hang" | "drop")[]) {
  const letters: Letter[] = [];
  const left = [...statuses];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    letters.push({ path: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
    const status = left.shift() ?? 200;
    if (status === "drop") request.socket.destroy();
    else if (status === 302) response.writeHead(302, { location: "/elsewhere" }).end();
    else if (status !== "hang") response.writeHead(status).end("answer");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A test that fails does not wait for it.
  server.unref();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/KEY-IN-PATH`;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url, letters, close };
}
