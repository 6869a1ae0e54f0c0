import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../check/check.ts";
import { type Generator, header, textFile } from "./generator.ts";

/** What `scripts/deploy` writes to `deployments/<chainId>.json`, as far as the SDK needs it. */
export type DeploymentFile = {
  readonly chainId: number;
  readonly name?: string;
  readonly protocolVersion?: string;
  readonly contracts: Readonly<Record<string, { readonly address: string; readonly startBlock?: number }>>;
};

/** The deployments that the SDK finds by chain id. Local chains are all alike in their id, so they are left out. */
const localChains: ReadonlySet<number> = new Set([1337, 31337]);

/** Those on public chains, by ascending ids. */
export function publicDeployments(): readonly DeploymentFile[] {
  const folder = join(root, "deployments");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d+\.json$/.test(name)) : [];
  return names
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as DeploymentFile)
    .filter(({ chainId }) => !localChains.has(chainId))
    .sort((a, b) => a.chainId - b.chainId);
}

export const deployments: Generator = {
  name: "deployments",
  generate: async () => {
    const items = publicDeployments()
      .map((file) => `  ${JSON.stringify(summary(file))},\n`)
      .join("");
    return [
      textFile(
        "sdk/src/addresses/generated/deployments.ts",
        `${header("deployments")}\n/** The deployments of the protocol on public chains. */\nexport const deployments = [\n${items}] as const;\n`,
      ),
    ];
  },
};

function summary(file: DeploymentFile): unknown {
  const contracts = Object.entries(file.contracts);
  return {
    chainId: file.chainId,
    ...(file.name === undefined ? {} : { name: file.name }),
    ...(file.protocolVersion === undefined ? {} : { protocolVersion: file.protocolVersion }),
    startBlock: Math.min(...contracts.map(([, { startBlock }]) => startBlock ?? 0)),
    contracts: Object.fromEntries(contracts.map(([name, { address }]) => [name, address])),
  };
}
