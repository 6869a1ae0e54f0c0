import type { Provider, Signer } from "ethers";
import { type Address, createClient } from "viem";
import type { Deployment } from "../addresses.ts";
import { challengerActions } from "../clients/challengerActions.ts";
import { operatorActions } from "../clients/operatorActions.ts";
import { publicActions } from "../clients/publicActions.ts";
import { publisherActions } from "../clients/publisherActions.ts";
import { requesterActions } from "../clients/requesterActions.ts";
import { type EthersTransportOptions, ethersTransport, isSigner } from "./transport.ts";

/** How an ethers signer or provider is turned into a client. */
export interface FromEthersOptions extends EthersTransportOptions {
  /** The contracts to talk to. Default: the bundled deployment of the provider's chain. */
  readonly deployment?: Deployment;
  /** Milliseconds between two looks at the chain while waiting. Default 4,000. */
  readonly pollingInterval?: number;
}

/** All reads, over an ethers provider. */
export type EthersReader = ReturnType<typeof reader>;

/** All reads and writes, over an ethers signer. */
export type EthersClient = ReturnType<typeof writer>;

/**
 * The actions of this package over an ethers signer: any of ethers' own, or one of another library that implements `Signer`.
 *
 * @example
 * const provider = new BrowserProvider(window.ethereum);
 * const assay = await fromEthers(await provider.getSigner(), { deployment });
 * const hash = await assay.requestInference({ model, inputs, profileId, fee, deadline });
 * await provider.waitForTransaction(hash);
 */
export async function fromEthers(signer: Signer, options?: FromEthersOptions): Promise<EthersClient>;
/** The reading actions of this package over an ethers provider. */
export async function fromEthers(provider: Provider, options?: FromEthersOptions): Promise<EthersReader>;
export async function fromEthers(
  runner: Signer | Provider,
  options: FromEthersOptions = {},
): Promise<EthersReader | EthersClient> {
  if (!isSigner(runner)) return reader(runner, options);
  return writer(runner, (await runner.getAddress()) as Address, options);
}

function reader(provider: Provider, options: FromEthersOptions) {
  return createClient({ transport: ethersTransport(provider, options), ...polling(options) }).extend(
    publicActions(options.deployment),
  );
}

function writer(signer: Signer, account: Address, options: FromEthersOptions) {
  const { deployment } = options;
  return createClient({ account, transport: ethersTransport(signer, options), ...polling(options) })
    .extend(publicActions(deployment))
    .extend(requesterActions(deployment))
    .extend(operatorActions(deployment))
    .extend(challengerActions(deployment))
    .extend(publisherActions(deployment));
}

function polling({ pollingInterval = 4_000 }: FromEthersOptions) {
  return { cacheTime: 0, pollingInterval };
}
