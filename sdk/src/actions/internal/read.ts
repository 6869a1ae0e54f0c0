import type { Address, BlockTag } from "viem";
import type { ContractName } from "../../addresses.ts";
import { AssayError } from "../../core/errors.ts";
import { ContractNotDeployedError } from "../../errors/client.ts";
import { describeFailure } from "../../errors/wrap.ts";
import { resolveDeployment } from "./deployment.ts";
import type { AssayClient, ReadParameters } from "./types.ts";

/** The block options of viem's reads; either or none. */
export type BlockOptions = { readonly blockNumber?: bigint } | { readonly blockTag?: BlockTag };

/** Calls a view of a contract, and turns failures into errors of the tree. */
export async function readContractAction<result>(
  client: AssayClient,
  parameters: ReadParameters,
  contract: ContractName,
  read: (address: Address, block: BlockOptions) => Promise<result>,
): Promise<result> {
  const { contracts } = await resolveDeployment(client, parameters);
  const address = contracts[contract];
  try {
    return await read(address, blockOptions(parameters));
  } catch (error) {
    if (isEmptyAnswer(error)) throw new ContractNotDeployedError(contract, address, { cause: error });
    throw await describeFailure(error, { contract, address });
  }
}

function blockOptions({ blockNumber, blockTag }: ReadParameters): BlockOptions {
  if (blockNumber !== undefined) return { blockNumber };
  return blockTag === undefined ? {} : { blockTag };
}

/** An address without code answers every call with nothing, which no view of the protocol does. */
function isEmptyAnswer(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 16; cause = cause.cause, depth++) {
    if (AssayError.is(cause)) return false;
    if (cause.name === "ContractFunctionZeroDataError") return true;
  }
  return false;
}
