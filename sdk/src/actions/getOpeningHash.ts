import type { Address, Hex } from "viem";
import { readContract } from "viem/actions";
import { address, checked, word } from "./internal/check.ts";
import { loadDisputeGameAbi } from "./internal/late-abis.ts";
import { readContractAction } from "./internal/read.ts";
import type { AssayClient, ReadErrorType, ReadParameters } from "./internal/types.ts";

/** What {@link getOpeningHash} takes. */
export interface GetOpeningHashParameters extends ReadParameters {
  /** Id of the request: a hash of 32 bytes. */
  readonly requestId: Hex;
  /** Account that will open the game. */
  readonly challenger: Address;
  /** Root of the challenger's trace. */
  readonly traceRoot: Hex;
  /** A secret of 32 random bytes, see {@link randomSalt}; whoever knows it can guess the root. */
  readonly salt: Hex;
}

/** What {@link getOpeningHash} gives. */
export type GetOpeningHashReturnType = Hex;

/** What {@link getOpeningHash} can fail with. */
export type GetOpeningHashErrorType = ReadErrorType;

/** The hash that binds a challenge without showing it, for {@link openGame}. */
export async function getOpeningHash(
  client: AssayClient,
  parameters: GetOpeningHashParameters,
): Promise<GetOpeningHashReturnType> {
  const { requestId, challenger, traceRoot, salt } = checked(parameters, {
    requestId: word,
    challenger: address,
    traceRoot: word,
    salt: word,
  });
  return readContractAction(client, parameters, "DisputeGame", async (address, block) => {
    const call = { address, abi: await loadDisputeGameAbi(), functionName: "openingHash", ...block } as const;
    return readContract(client, { ...call, args: [requestId, challenger, traceRoot, salt] });
  });
}
