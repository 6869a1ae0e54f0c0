/** Reads how a token wants its amounts written. Imports nothing that others import too, so that it can be loaded late as a whole. */

import {
  type Address,
  ContractFunctionZeroDataError,
  decodeFunctionResult,
  encodeFunctionData,
  erc20Abi,
  type Hex,
} from "viem";
import { call } from "viem/actions";
import type { TokenUnits } from "../../core/amounts.ts";
import type { AssayError } from "../../core/errors.ts";
import type { BlockOptions } from "./read.ts";
import type { AssayClient } from "./types.ts";

/** What is left of a symbol: nothing that a terminal or a page could take for more than a name. */
const SYMBOL = /^[\p{L}\p{N}\p{Sc}.$_+-]{1,16}$/u;

/** With more, no amount that a contract can hold would be a whole token. */
const MAX_DECIMALS = 77;

/** Where a token is, and what is made of a failed call. */
export interface TokenPlace {
  readonly address: Address;
  readonly block: BlockOptions;
  readonly describe: (thrown: unknown) => Promise<AssayError>;
}

/** See `getToken`. */
export async function readToken(client: AssayClient, place: TokenPlace): Promise<TokenUnits> {
  const [decimalsData, symbolData] = await Promise.all([
    answerOf(client, place, "decimals"),
    answerOf(client, place, "symbol"),
  ]);
  // A contract that has no such function refuses; only where there is none is there no answer at all.
  if (decimalsData === "0x") throw new ContractFunctionZeroDataError({ functionName: "decimals" });
  const stated = decoded(decimalsData, "decimals");
  if (typeof stated !== "number" || stated > MAX_DECIMALS) return { decimals: 0, symbol: "smallest units" };
  const symbol = decoded(symbolData, "symbol");
  return { decimals: stated, symbol: typeof symbol === "string" && SYMBOL.test(symbol) ? symbol : "tokens" };
}

/** What the token answers; nothing where it refuses. */
async function answerOf(
  client: AssayClient,
  { address, block, describe }: TokenPlace,
  functionName: "decimals" | "symbol",
): Promise<Hex | undefined> {
  try {
    const data = encodeFunctionData({ abi: erc20Abi, functionName });
    return (await call(client, { to: address, data, ...block })).data ?? "0x";
  } catch (error) {
    const failure = await describe(error);
    if (failure.name === "ContractRevertError") return undefined;
    throw failure;
  }
}

function decoded(data: Hex | undefined, functionName: "decimals" | "symbol"): unknown {
  if (data === undefined) return undefined;
  try {
    return decodeFunctionResult({ abi: erc20Abi, functionName, data });
  } catch {
    return undefined;
  }
}
