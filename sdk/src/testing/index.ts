/** `@assay/sdk/testing`: the protocol on a chain of its own, with honest and lying operators and challengers. Runs on Node. */

export type { LocalActor } from "./actor.ts";
export { deployProtocol, LOCAL_SUPPLY } from "./deploy.ts";
export { LocalNetworkError } from "./errors.ts";
export { flipOutputBit, type Tamper, traceWith } from "./lie.ts";
export type { LocalChallengerOptions } from "./local-challenger.ts";
export { type LocalNode, type LocalNodeOptions, startLocalNode } from "./local-node.ts";
export type { LocalOperatorOptions } from "./local-operator.ts";
export {
  type AskParameters,
  LOCAL_FUNDS,
  LOCAL_PROFILE,
  type LocalNetwork,
  type StartLocalNetworkOptions,
  startLocalNetwork,
} from "./network.ts";
export { accountOf, type LocalClient, PEOPLE, type Person, TEST_MNEMONIC } from "./people.ts";
