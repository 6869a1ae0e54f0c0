import { getBlockNumber } from "viem/actions";
import { withAssayErrors } from "../../errors/wrap.ts";
import type { AssayClient, ReadParameters } from "./types.ts";

/** The same reads fixed to one block, so that several of them agree with each other. */
export async function pinned<parameters extends ReadParameters>(
  client: AssayClient,
  parameters: parameters,
): Promise<parameters> {
  if (parameters.blockNumber !== undefined) return parameters;
  if (parameters.blockTag !== undefined && parameters.blockTag !== "latest") return parameters;
  const blockNumber = await withAssayErrors({}, () => getBlockNumber(client, { cacheTime: 0 }));
  return { ...parameters, blockNumber };
}
