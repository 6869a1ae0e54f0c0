import { type Hex, parseSignature } from "viem";
import { readContract, signTypedData } from "viem/actions";
import { assayTokenAbi } from "../abis/generated/AssayToken.ts";
import { withAssayErrors } from "../errors/wrap.ts";
import { bigUint, checked, optional } from "./internal/check.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import { readContractAction } from "./internal/read.ts";
import type { AssayClient, WriteErrorType, WriteParameters } from "./internal/types.ts";
import { senderAddressOf, senderOf } from "./internal/write.ts";

/** An ERC-2612 permit for the vault. */
export interface DepositPermit {
  /** Unix second until which it can be used. */
  readonly deadline: bigint;
  /** 27 or 28. */
  readonly v: number;
  /** First 32 bytes of the signature. */
  readonly r: Hex;
  /** Second 32 bytes of the signature. */
  readonly s: Hex;
}

/** What {@link signDepositPermit} takes. */
export interface SignDepositPermitParameters extends WriteParameters {
  /** What the vault may take, in the token's smallest unit. */
  readonly amount: bigint;
  /** Unix second until which the permit can be used. Default: without end; it serves once only. */
  readonly deadline?: bigint;
}

/** What {@link signDepositPermit} gives. */
export type SignDepositPermitReturnType = DepositPermit;

/** What {@link signDepositPermit} can fail with. */
export type SignDepositPermitErrorType = WriteErrorType;

const FOREVER = 2n ** 256n - 1n;

/**
 * Signs a permit with which the vault can take tokens from the sender's wallet without a transaction for the approval. Sends nothing.
 *
 * @returns the permit, for {@link depositWithPermit}
 * @throws {UserRejectedError} if the signature is declined
 */
export async function signDepositPermit(
  client: AssayClient,
  parameters: SignDepositPermitParameters,
): Promise<SignDepositPermitReturnType> {
  const { amount, deadline = FOREVER } = checked(parameters, {
    amount: bigUint(256),
    deadline: optional(bigUint(256)),
  });
  const deployment = await resolveDeployment(client, parameters);
  const owner = senderAddressOf(client, parameters);
  const [domain, nonce] = await readContractAction(client, { deployment }, "AssayToken", (address) =>
    Promise.all([
      readContract(client, { address, abi: assayTokenAbi, functionName: "eip712Domain" }),
      readContract(client, { address, abi: assayTokenAbi, functionName: "nonces", args: [owner] }),
    ]),
  );
  const [, name, version, chainId, verifyingContract] = domain;
  const signature = await withAssayErrors({ owner, amount }, () =>
    signTypedData(client, {
      account: senderOf(client, parameters),
      domain: { name, version, chainId: Number(chainId), verifyingContract },
      types,
      primaryType: "Permit",
      message: { owner, spender: deployment.contracts.StakeVault, value: amount, nonce, deadline },
    }),
  );
  const { r, s, yParity } = parseSignature(signature);
  return { deadline, v: 27 + yParity, r, s };
}

const types = {
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
} as const;
