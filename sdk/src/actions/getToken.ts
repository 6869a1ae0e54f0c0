import type { Address } from "viem";
import type { TokenUnits } from "../core/amounts.ts";
import { describeFailure } from "../errors/wrap.ts";
import { checked } from "./internal/check.ts";
import { readContractAction } from "./internal/read.ts";
import type { AssayClient, ReadErrorType, ReadParameters } from "./internal/types.ts";

/** What {@link getToken} takes. */
export type GetTokenParameters = ReadParameters;

/** The vault's token, in which fees, stakes and bonds are paid. */
export interface GetTokenReturnType extends TokenUnits {
  /** The token's contract. */
  readonly address: Address;
}

/** What {@link getToken} can fail with. */
export type GetTokenErrorType = ReadErrorType;

/**
 * The token that the deployment's money is in, for `formatAmount` and `parseAmount`: its decimals and its symbol. Of a token that does not say its decimals, amounts are in
 * the smallest unit; a symbol that is no plain word of at most 16 letters is not passed on.
 *
 * @example
 * const token = await getToken(client, { deployment });
 * const { lock } = await getProfile(client, { deployment, profileId });
 * formatAmount(lock, token); // "500 ASSAY"
 */
export async function getToken(
  client: AssayClient,
  parameters: GetTokenParameters,
): Promise<GetTokenReturnType> {
  checked(parameters, {});
  return readContractAction(client, parameters, "AssayToken", async (address, block) => {
    // Loaded when it is used: who only reads results shows no money.
    const { readToken } = await import("./internal/token.ts");
    return { address, ...(await readToken(client, { address, block, describe: describeFailure })) };
  });
}
