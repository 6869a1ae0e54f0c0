/** A development chain behind HTTP, with nothing on it. */

import { network } from "hardhat";

export interface TestChain {
  readonly url: string;
  rpc<result>(method: string, ...params: readonly unknown[]): Promise<result>;
  close(): Promise<void>;
}

export async function createChain(): Promise<TestChain> {
  const server = await network.createServer("default", "127.0.0.1", 0);
  const { address, port } = await server.listen();
  const url = `http://${address}:${port}`;
  const rpc = async <result>(method: string, ...params: readonly unknown[]): Promise<result> => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    });
    const { result, error } = (await response.json()) as { result: result; error?: { message: string } };
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  };
  return { url, rpc, close: () => server.close() };
}
