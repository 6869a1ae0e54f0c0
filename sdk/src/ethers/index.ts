/** `@assay/sdk/ethers`: the same actions over ethers, and TypeChain's classes of the contracts. */

export { type EthersClient, type EthersReader, type FromEthersOptions, fromEthers } from "./client.ts";
export * from "./generated/index.ts";
export { type EthersTransportOptions, ethersTransport, SignerDisconnectedError } from "./transport.ts";
