import type { Hex } from "viem";
import { CONTRACT_NAMES } from "../../sdk/src/addresses.ts";
import { type Generator, header, textFile } from "./generator.ts";
import { protocol } from "./protocol.ts";

/** The creation code of the contracts, from which `@assay/sdk/testing` deploys them without a Solidity compiler. */
export const bytecode: Generator = {
  name: "bytecode",
  generate: async () => {
    const { contracts } = await protocol();
    if (contracts.length === 0) return [];
    const { default: hre } = await import("hardhat");
    const lines: string[] = [];
    for (const name of CONTRACT_NAMES) {
      const { bytecode: code } = await hre.artifacts.readArtifact(name);
      lines.push(`  ${name}: "${code satisfies string as Hex}",\n`);
    }
    return [
      textFile(
        "sdk/src/testing/generated/bytecode.ts",
        `${header("bytecode")}\n/** Creation code of every contract of a deployment, without constructor arguments. */\nexport const creationCode = {\n${lines.join("")}} as const;\n`,
      ),
    ];
  },
};
