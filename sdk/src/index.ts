/** `@assay/sdk`: what an application needs. Models, runtime, traces, games and ethers have their own subpaths. */

export * from "./actions/index.ts";
export {
  CONTRACT_NAMES,
  type ContractName,
  type Deployment,
  type DeploymentInput,
  defineDeployment,
  deploymentOf,
  PROTOCOL_VERSION,
  supportedChains,
} from "./addresses.ts";
export * from "./clients/index.ts";
export * from "./errors/index.ts";
