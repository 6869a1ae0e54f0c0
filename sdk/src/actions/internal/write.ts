import { type Account, type Address, type Hash, type Hex, isAddressEqual } from "viem";
import { call, estimateGas, sendTransaction } from "viem/actions";
import type { ContractName, Deployment } from "../../addresses.ts";
import { MissingAccountError } from "../../errors/client.ts";
import { withAssayErrors } from "../../errors/wrap.ts";
import {
  assertClient,
  assertDeployed,
  assertNodeChain,
  givenDeployment,
  resolveDeployment,
} from "./deployment.ts";
import type {
  AssayClient,
  DeploymentParameter,
  EncodedCall,
  SendParameters,
  WriteParameters,
} from "./types.ts";

/** A function of a contract with its arguments, and how to read what it returns. */
export interface ContractCall<result> {
  readonly contract: ContractName;
  readonly functionName: string;
  readonly data: Hex;
  readonly decode: (data: Hex) => result;
}

/** For functions that return nothing. */
export const decodeNothing = (): void => undefined;

/** The most gas that one transaction may have (EIP-7825). */
const TRANSACTION_GAS_CAP = 1n << 24n;

/** Runs a call against the latest state, without sending it, and returns what it returns. */
export async function simulateContractAction<result>(
  client: AssayClient,
  parameters: WriteParameters,
  prepared: ContractCall<result>,
): Promise<result> {
  const deployment = await resolveDeployment(client, parameters);
  await assertDeployed(client, deployment, prepared.contract);
  const account = parameters.account ?? client.account;
  return prepared.decode(await callContract(client, deployment, prepared, account, parameters));
}

/** Sends a call as a transaction, after it has succeeded against the latest state, and returns the transaction's hash. */
export async function writeContractAction(
  client: AssayClient,
  parameters: WriteParameters,
  prepared: ContractCall<unknown>,
): Promise<Hash> {
  const deployment = await resolveDeployment(client, parameters);
  const account = senderOf(client, parameters);
  await assertNodeChain(client, deployment);
  await assertDeployed(client, deployment, prepared.contract);

  const to = deployment.contracts[prepared.contract];
  const { data } = prepared;
  return withAssayErrors(contextOf(deployment, prepared), async () => {
    // Either way the call is tried out before anything is signed.
    if (parameters.gas !== undefined) await callContract(client, deployment, prepared, account, parameters);
    const gas =
      parameters.gas ?? withMargin(await estimateGas(client, { account: addressOf(account), to, data }));
    return sendTransaction(client, {
      ...feeOptions(parameters),
      account: typeof account === "string" ? sameAccount(client, account) : account,
      chain: client.chain ?? null,
      to,
      data,
      gas,
    });
  });
}

/** A call as it stands, for somebody else to send. */
export function encodeContractAction(
  parameters: DeploymentParameter,
  { contract, data }: ContractCall<unknown>,
): EncodedCall {
  return { to: givenDeployment(parameters).contracts[contract], data, value: 0n };
}

/** The account that a call is sent from. */
export function senderOf(client: AssayClient, { account }: SendParameters): Account | Address {
  assertClient(client);
  const sender = account ?? client.account;
  if (sender === undefined) throw new MissingAccountError();
  return sender;
}

/** The address of the account that a call is sent from. */
export function senderAddressOf(client: AssayClient, parameters: SendParameters): Address {
  return addressOf(senderOf(client, parameters));
}

function addressOf(account: Account | Address): Address {
  return typeof account === "string" ? account : account.address;
}

/** The client's own account where the address is its, since that one may be able to sign locally. */
function sameAccount(client: AssayClient, address: Address): Account | Address {
  const { account } = client;
  return account !== undefined && isAddressEqual(account.address, address) ? account : address;
}

async function callContract(
  client: AssayClient,
  deployment: Deployment,
  prepared: ContractCall<unknown>,
  account: Account | Address | undefined,
  { gas }: SendParameters,
): Promise<Hex> {
  const { data: answer } = await withAssayErrors(contextOf(deployment, prepared), () =>
    call(client, {
      ...(account === undefined ? {} : { account: addressOf(account) }),
      ...(gas === undefined ? {} : { gas }),
      to: deployment.contracts[prepared.contract],
      data: prepared.data,
    }),
  );
  return answer ?? "0x";
}

function contextOf({ contracts }: Deployment, { contract, functionName }: ContractCall<unknown>) {
  return { contract, address: contracts[contract], functionName };
}

function withMargin(estimate: bigint): bigint {
  const padded = estimate + estimate / 5n;
  if (padded <= TRANSACTION_GAS_CAP) return padded;
  return estimate <= TRANSACTION_GAS_CAP ? TRANSACTION_GAS_CAP : estimate;
}

function feeOptions({ maxFeePerGas, maxPriorityFeePerGas, nonce }: SendParameters) {
  return {
    ...(maxFeePerGas === undefined ? {} : { maxFeePerGas }),
    ...(maxPriorityFeePerGas === undefined ? {} : { maxPriorityFeePerGas }),
    ...(nonce === undefined ? {} : { nonce }),
  };
}
