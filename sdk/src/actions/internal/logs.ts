import { getBlockNumber } from "viem/actions";
import type { Deployment } from "../../addresses.ts";
import { AbortedError, NodeUnreachableError } from "../../errors/client.ts";
import { InvalidParameterError } from "../../errors/protocol.ts";
import { describeFailure, withAssayErrors } from "../../errors/wrap.ts";
import type { AssayClient, LogParameters } from "./types.ts";

/** Fetches the logs of the blocks `fromBlock` to `toBlock`, both included. */
export type FetchLogs<log> = (range: {
  readonly fromBlock: bigint;
  readonly toBlock: bigint;
}) => Promise<readonly log[]>;

const DEFAULT_BLOCK_RANGE = 10_000n;

/** All logs of the searched blocks, in the order of the chain. */
export async function readLogs<log>(
  client: AssayClient,
  deployment: Deployment,
  parameters: LogParameters,
  fetch: FetchLogs<log>,
): Promise<readonly log[]> {
  const chunks: (readonly log[])[] = [];
  for await (const chunk of logsFromEnd(client, deployment, parameters, fetch)) chunks.push(chunk);
  return chunks.reverse().flat();
}

/** The latest log of the searched blocks. Searches backwards, so that what happened recently is found soon. */
export async function findLastLog<log>(
  client: AssayClient,
  deployment: Deployment,
  parameters: LogParameters,
  fetch: FetchLogs<log>,
): Promise<log | undefined> {
  for await (const chunk of logsFromEnd(client, deployment, parameters, fetch)) {
    if (chunk.length > 0) return chunk.at(-1);
  }
  return undefined;
}

/** The logs of a limited number of blocks at a time, the latest blocks first, each chunk in the order of the chain. Asks for no filter that the node would have to keep. */
export async function* logsFromEnd<log>(
  client: AssayClient,
  deployment: Deployment,
  parameters: LogParameters,
  fetch: FetchLogs<log>,
): AsyncGenerator<readonly log[]> {
  const first = parameters.fromBlock ?? deployment.startBlock;
  let size = parameters.blockRange ?? DEFAULT_BLOCK_RANGE;
  if (size < 1n) throw new InvalidParameterError("blockRange", size, "a positive number of blocks");
  let end = parameters.toBlock ?? (await withAssayErrors({}, () => getBlockNumber(client, { cacheTime: 0 })));

  while (end >= first) {
    if (parameters.signal?.aborted === true) throw new AbortedError({ cause: parameters.signal.reason });
    const start = end - first + 1n > size ? end - size + 1n : first;
    let chunk: readonly log[];
    try {
      chunk = await fetch({ fromBlock: start, toBlock: end });
    } catch (thrown) {
      // Every provider says in its own words that it wants a smaller range, so a smaller one is tried whatever it says.
      const error = await describeFailure(thrown, { fromBlock: start, toBlock: end });
      if (start === end || error instanceof NodeUnreachableError) throw error;
      size = (end - start + 1n) / 2n;
      continue;
    }
    yield chunk;
    end = start - 1n;
  }
}
