import { type Address, zeroAddress } from "viem";
import { readContract } from "viem/actions";
import { bigUint, checked } from "./internal/check.ts";
import { loadStakeVaultAbi } from "./internal/late-abis.ts";
import { readContractAction } from "./internal/read.ts";
import type { AssayClient, ReadErrorType, ReadParameters } from "./internal/types.ts";

/** What {@link getTicket} takes. */
export interface GetTicketParameters extends ReadParameters {
  /** The ticket that {@link requestUnstake} made. */
  readonly ticketId: bigint;
}

/** Stake on its way out. */
export interface UnstakeTicket {
  readonly operator: Address;
  /** In the token's smallest unit. */
  readonly amount: bigint;
  /** From this Unix second on it can be completed. */
  readonly readyAt: number;
}

/** `undefined` if there is no such ticket, or not any more. */
export type GetTicketReturnType = UnstakeTicket | undefined;

/** What {@link getTicket} can fail with. */
export type GetTicketErrorType = ReadErrorType;

/** A ticket for stake that is leaving the vault. */
export async function getTicket(
  client: AssayClient,
  parameters: GetTicketParameters,
): Promise<GetTicketReturnType> {
  const { ticketId } = checked(parameters, { ticketId: bigUint(256) });
  const [operator, amount, readyAt] = await readContractAction(
    client,
    parameters,
    "StakeVault",
    async (address, block) => {
      const abi = await loadStakeVaultAbi();
      const call = { address, abi, functionName: "ticketOf", ...block } as const;
      return readContract(client, { ...call, args: [ticketId] });
    },
  );
  return operator === zeroAddress ? undefined : { operator, amount, readyAt };
}
