import { type GeneratedFile, type Generator, header, textFile } from "./generator.ts";
import { type Protocol, type ProtocolContract, protocol } from "./protocol.ts";

/** The constant that holds the ABI of a contract: `ModelRegistry` has `modelRegistryAbi`. */
function constantName({ name }: ProtocolContract): string {
  return `${lowerFirst(name)}Abi`;
}

function lowerFirst(name: string): string {
  return `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
}

/** What only the protocol's own contracts call. */
export const INTERNAL: Readonly<Record<string, readonly string[]>> = {
  InferenceHub: [
    ...["openGame", "openDemand", "publishInput", "closeGame"],
    ...["commitmentOf", "claimOf", "operatorOf", "traceRootOf", "profileOf"],
  ],
  StakeVault: ["take", "give", "pay", "burn", "lock", "unlock", "slash"],
};

/** What the SDK's own actions call and read. Errors are decoded elsewhere, and a reading application should not have to load them. */
function callsFile(contract: ProtocolContract): GeneratedFile {
  const items = contract.abi
    .filter(({ type, name = "" }) =>
      type === "function" ? INTERNAL[contract.name]?.includes(name) !== true : type === "event",
    )
    .map((item) => `  ${JSON.stringify(item, withoutInternalTypes)},\n`)
    .join("");
  return textFile(
    `sdk/src/abis/generated/${contract.name}.ts`,
    `${header("abis")}\n/** Functions that people call and events of ${contract.name}; \`@assay/sdk/abis\` has the whole ABI. */\nexport const ${constantName(contract)} = [\n${items}] as const;\n`,
  );
}

function withoutInternalTypes(key: string, value: unknown): unknown {
  return key === "internalType" ? undefined : value;
}

function abiFile(contract: ProtocolContract): GeneratedFile {
  const items = contract.abi.map((item: unknown) => `  ${JSON.stringify(item)},\n`).join("");
  return textFile(
    `sdk/src/abis/generated/whole/${contract.name}.ts`,
    `${header("abis")}\n/** The ABI of ${contract.name}, with every error that a call of it can revert with. */\nexport const ${constantName(contract)} = [\n${items}] as const;\n`,
  );
}

function enumsFile({ enums }: Protocol): GeneratedFile {
  const items = enums
    .map(({ name, members }) => `  ${name}: ${JSON.stringify(members.map(lowerFirst))},\n`)
    .join("");
  return textFile(
    "sdk/src/abis/generated/enums.ts",
    `${header("abis")}\n/** Members of Solidity's enumerations as the SDK writes them, in the order of their numbers. */\nexport const enums = {\n${items}} as const;\n`,
  );
}

function indexFile(contracts: readonly ProtocolContract[]): GeneratedFile {
  const lines = contracts.map(
    (contract) => `export { ${constantName(contract)} } from "./generated/whole/${contract.name}.ts";\n`,
  );
  lines.push(`export { enums } from "./generated/enums.ts";\n`);
  return textFile("sdk/src/abis/index.ts", `${header("abis")}\n${lines.join("")}`);
}

/** The ABIs of the protocol as constants, from which viem infers its types. */
export const abis: Generator = {
  name: "abis",
  generate: async () => {
    const compiled = await protocol();
    const { contracts } = compiled;
    return contracts.length === 0
      ? []
      : [...contracts.map(abiFile), ...contracts.map(callsFile), enumsFile(compiled), indexFile(contracts)];
  },
};
