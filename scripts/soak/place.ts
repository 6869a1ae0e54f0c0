/** Where some requests say that their inputs are: a server of this computer, which operators ask and challengers do not. */

import { createServer } from "node:http";
import type { Hex } from "viem";

export interface Place {
  /** Inputs by their roots: what requests that tell a root alone are about. */
  readonly inputs: Map<Hex, Uint8Array>;
  /** Where an input is. */
  readonly uriOf: (inputRoot: Hex) => string;
  close(): void;
}

export async function openPlace(): Promise<Place> {
  const inputs = new Map<Hex, Uint8Array>();
  const server = createServer(({ url = "" }, response) => {
    const input = inputs.get(url.slice(1) as Hex);
    response.writeHead(input === undefined ? 404 : 200).end(input);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { inputs, uriOf: (inputRoot) => `http://127.0.0.1:${port}/${inputRoot}`, close };
}
