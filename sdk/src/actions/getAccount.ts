import { type Address, erc20Abi, zeroAddress } from "viem";
import { readContract } from "viem/actions";
import { address, checked } from "./internal/check.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import { loadStakeVaultAbi } from "./internal/late-abis.ts";
import { readContractAction } from "./internal/read.ts";
import type { AssayClient, ReadErrorType, ReadParameters } from "./internal/types.ts";

/** What {@link getAccount} takes. */
export interface GetAccountParameters extends ReadParameters {
  /** Account that is looked at. */
  readonly address: Address;
}

/** All amounts in the token's smallest unit. */
export interface GetAccountReturnType {
  /** Free balance in the vault: pays fees, stakes and bonds, and can be withdrawn. */
  readonly balance: bigint;
  /** Stake as an operator, the locked part included. */
  readonly stake: bigint;
  /** The part of the stake that is locked for commitments. */
  readonly locked: bigint;
  /** The part of the stake that can be locked or unstaked. */
  readonly unlocked: bigint;
  /** Who accepts and commits for the account beside itself; `undefined` for nobody. */
  readonly signer: Address | undefined;
  /** Whose free balance receives what the account earns as an operator: its own, unless it has named another one. */
  readonly payout: Address;
  /** Tokens in the account's own wallet. */
  readonly wallet: bigint;
  /** What the vault may take from the wallet. */
  readonly allowance: bigint;
}

/** What {@link getAccount} can fail with. */
export type GetAccountErrorType = ReadErrorType;

/** What an account holds, in the vault and outside of it. */
export async function getAccount(
  client: AssayClient,
  parameters: GetAccountParameters,
): Promise<GetAccountReturnType> {
  checked(parameters, { address });
  const deployment = await resolveDeployment(client, parameters);
  const owner = parameters.address;
  const read = { ...parameters, deployment };
  const { StakeVault: vault } = deployment.contracts;
  const [[balance, [stake, locked], signer, payout], [wallet, allowance]] = await Promise.all([
    readContractAction(client, read, "StakeVault", async (address, block) => {
      const abi = await loadStakeVaultAbi();
      const account = { address, abi, args: [owner], ...block } as const;
      return Promise.all([
        readContract(client, { ...account, functionName: "balanceOf" }),
        readContract(client, { ...account, functionName: "stakeOf" }),
        readContract(client, { ...account, functionName: "signerOf" }),
        readContract(client, { ...account, functionName: "payoutOf" }),
      ]);
    }),
    readContractAction(client, read, "AssayToken", (address, block) =>
      Promise.all([
        readContract(client, {
          address,
          abi: erc20Abi,
          functionName: "balanceOf",
          args: [owner],
          ...block,
        }),
        readContract(client, {
          address,
          abi: erc20Abi,
          functionName: "allowance",
          args: [owner, vault],
          ...block,
        }),
      ]),
    ),
  ]);
  return {
    ...{ balance, stake, locked, unlocked: stake - locked, wallet, allowance },
    signer: signer === zeroAddress ? undefined : signer,
    payout,
  };
}
