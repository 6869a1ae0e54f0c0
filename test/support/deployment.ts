import {
  CONTRACT_NAMES,
  type ContractName,
  type Deployment,
  defineDeployment,
} from "../../sdk/src/addresses.ts";

/** A deployment of contracts that are nowhere. */
export function deploymentForTests(chainId = 31337): Deployment {
  const address = (index: number): string => `0x${(0x1000 + index).toString(16).padStart(40, "0")}`;
  const contracts = Object.fromEntries(CONTRACT_NAMES.map((name, index) => [name, address(index)]));
  return defineDeployment({ chainId, contracts: contracts as Record<ContractName, string> });
}
