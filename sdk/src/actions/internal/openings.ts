import type { Address, Hex } from "viem";
import { getContractEvents } from "viem/actions";
import { loadDisputeGameAbi } from "./late-abis.ts";
import { readLogs } from "./logs.ts";
import type { AssayClient, DeploymentParameter, LogParameters } from "./types.ts";

/** The beginning of a game: a challenge of a result, or a demand for its input. */
export interface GameOpening {
  readonly gameId: Hex;
  readonly requestId: Hex;
  readonly challenger: Address;
}

/** The beginnings of all games, or of those about one request, in the order of the chain. */
export async function findOpenings(
  client: AssayClient,
  parameters: LogParameters & Required<DeploymentParameter> & { readonly requestId?: Hex },
): Promise<readonly GameOpening[]> {
  const { deployment, requestId } = parameters;
  const abi = await loadDisputeGameAbi();
  const place = {
    ...({ address: deployment.contracts.DisputeGame, abi, strict: true } as const),
    ...(requestId === undefined ? {} : { args: { requestId } }),
  };
  const logs = await readLogs(client, deployment, parameters, async (range) => {
    const found = await Promise.all([
      getContractEvents(client, { ...place, ...range, eventName: "GameOpened" }),
      getContractEvents(client, { ...place, ...range, eventName: "GameDemanded" }),
    ]);
    return found.flat().sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex);
  });
  return logs.map(({ args }) => args);
}
