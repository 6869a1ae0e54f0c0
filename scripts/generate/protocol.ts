import { readFileSync } from "node:fs";
import type { Artifact } from "hardhat/types/artifacts";
import {
  collectSyntax,
  type EnumSyntax,
  type ErrorSyntax,
  importClosure,
  type SourceSyntax,
} from "./syntax.ts";

/** An item of an ABI, as far as the generators look at it. */
export type AbiItem = {
  readonly type: string;
  readonly name?: string;
  readonly inputs?: readonly { readonly name: string; readonly type: string }[];
};

/** A contract of the protocol: what the SDK has an ABI and a class for. */
export type ProtocolContract = {
  readonly name: string;
  /** Its functions, events and errors, and the errors of every contract that it calls, since these pass through it. */
  readonly abi: readonly AbiItem[];
};

/** The contracts of the protocol, sorted by name, and what their sources declare. */
export type Protocol = {
  readonly contracts: readonly ProtocolContract[];
  /** The enumerations of `contracts/`, sorted by name. */
  readonly enums: readonly EnumSyntax[];
  /** All errors, also those of imported packages, by signature. */
  readonly errors: ReadonlyMap<string, ErrorSyntax>;
};

/** What consumers test their own contracts with is no part of the protocol. */
const TESTING = "contracts/periphery/testing/";

let cached: Promise<Protocol> | undefined;

/** Compiles the contracts, once for all generators. Libraries, interfaces and abstract contracts are not among them. */
export function protocol(): Promise<Protocol> {
  cached ??= readProtocol();
  return cached;
}

async function readProtocol(): Promise<Protocol> {
  const { default: hre } = await import("hardhat");
  await hre.tasks.getTask("build").run({ quiet: true });

  const artifacts: Artifact[] = [];
  const sources = new Map<string, SourceSyntax>();
  const outputs = new Set<string>();
  for (const name of await hre.artifacts.getAllFullyQualifiedNames()) {
    const artifact = await hre.artifacts.readArtifact(name);
    if (!isProtocol(artifact)) continue;
    artifacts.push(artifact);
    const buildInfo = await hre.artifacts.getBuildInfoId(name);
    const output =
      buildInfo === undefined ? undefined : await hre.artifacts.getBuildInfoOutputPath(buildInfo);
    if (output === undefined || outputs.has(output)) continue;
    outputs.add(output);
    collectSyntax(JSON.parse(readFileSync(output, "utf8")), sources);
  }
  artifacts.sort((a, b) => (a.contractName < b.contractName ? -1 : 1));
  return {
    contracts: withPassingErrors(artifacts, sources),
    enums: [...sources]
      .flatMap(([name, { enums }]) => (name.startsWith("project/contracts/") ? enums : []))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    errors: new Map(
      [...sources.values()].flatMap((source) => source.errors.map((error) => [error.signature, error])),
    ),
  };
}

function isProtocol(artifact: Artifact): boolean {
  if (artifact.bytecode === "0x") return false;
  if (!artifact.abi.some((item: AbiItem) => item.type === "function")) return false;
  return artifact.sourceName.startsWith("contracts/") && !artifact.sourceName.startsWith(TESTING);
}

/** A contract calls another one through an interface of it, which it must therefore import. */
function withPassingErrors(
  artifacts: readonly Artifact[],
  sources: ReadonlyMap<string, SourceSyntax>,
): readonly ProtocolContract[] {
  const bases = new Map(
    [...sources.values()].flatMap(({ contracts }) => contracts).map((c) => [c.name, c.bases]),
  );
  const inherits = (name: string, base: string): boolean =>
    bases.get(name)?.some((direct) => direct === base || inherits(direct, base)) ?? false;
  const calls = (artifact: Artifact): readonly Artifact[] => {
    const known = importClosure(`project/${artifact.sourceName}`, sources).flatMap(
      ({ contracts }) => contracts,
    );
    return artifacts.filter((callee) => known.some(({ name }) => inherits(callee.contractName, name)));
  };

  return artifacts.map((artifact) => {
    const reached = new Set<Artifact>([artifact]);
    for (const contract of reached) for (const callee of calls(contract)) reached.add(callee);
    const own = artifact.abi as readonly AbiItem[];
    const passing = [...reached].flatMap(({ abi }) =>
      (abi as readonly AbiItem[]).filter(({ type }) => type === "error"),
    );
    const seen = new Set(own.filter(({ type }) => type === "error").map(signatureOf));
    const added = passing.filter((item) => !seen.has(signatureOf(item)) && seen.add(signatureOf(item)));
    added.sort((a, b) => (signatureOf(a) < signatureOf(b) ? -1 : 1));
    return { name: artifact.contractName, abi: [...own, ...added] };
  });
}

/** `ModelStepDepthTooLarge(uint256,uint256)`. Errors with struct parameters are not used. */
export function signatureOf(item: AbiItem): string {
  return `${item.name}(${(item.inputs ?? []).map(({ type }) => type).join(",")})`;
}
