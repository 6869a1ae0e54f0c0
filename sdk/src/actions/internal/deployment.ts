import { getChainId, getCode } from "viem/actions";
import { type ContractName, type Deployment, deploymentOf } from "../../addresses.ts";
import { ContractNotDeployedError, MissingDeploymentError, WrongChainError } from "../../errors/client.ts";
import { InvalidParameterError } from "../../errors/protocol.ts";
import { withAssayErrors } from "../../errors/wrap.ts";
import type { AssayClient, DeploymentParameter } from "./types.ts";

/**
 * The deployment that a call is about: the one given, else the bundled one of the client's chain.
 *
 * @throws {WrongChainError} if the deployment given is on another chain than the client
 * @throws {UnsupportedChainError} if none is given and the chain has no bundled one
 */
export async function resolveDeployment(
  client: AssayClient,
  { deployment }: DeploymentParameter,
): Promise<Deployment> {
  assertClient(client);
  const declared = client.chain?.id;
  if (deployment === undefined) return deploymentOf(declared ?? (await nodeChainId(client)));
  if (declared !== undefined && declared !== deployment.chainId) {
    throw new WrongChainError(declared, deployment.chainId);
  }
  return deployment;
}

/**
 * Tells a client from what plain JavaScript may pass in its place.
 *
 * @throws {InvalidParameterError} if it is none
 */
export function assertClient(client: AssayClient): void {
  if (typeof client !== "object" || client === null || typeof client.request !== "function")
    throw new InvalidParameterError("client", client, "a viem client, such as createPublicClient gives");
}

/** The deployment of a call that is made without a client. */
export function givenDeployment({ deployment }: DeploymentParameter): Deployment {
  if (deployment === undefined) throw new MissingDeploymentError();
  return deployment;
}

/** Asks the node itself on which chain it is: a wallet may have been switched since the client was made. */
export async function assertNodeChain(client: AssayClient, { chainId }: Deployment): Promise<void> {
  const actual = await nodeChainId(client);
  if (actual !== chainId) throw new WrongChainError(actual, chainId);
}

/** Code does not go away, so every contract is looked for once per client. */
const found = new WeakMap<AssayClient, Set<string>>();

/** Throws where a call would silently succeed because there is no contract at all. */
export async function assertDeployed(
  client: AssayClient,
  { chainId, contracts }: Deployment,
  contract: ContractName,
): Promise<void> {
  const address = contracts[contract];
  const key = `${chainId}:${address}`;
  if (found.get(client)?.has(key) === true) return;
  const code = await withAssayErrors({ contract, address }, () => getCode(client, { address }));
  if (code === undefined || code === "0x") throw new ContractNotDeployedError(contract, address);
  found.set(client, (found.get(client) ?? new Set()).add(key));
}

function nodeChainId(client: AssayClient): Promise<number> {
  return withAssayErrors({}, () => getChainId(client));
}
