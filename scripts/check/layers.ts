import { posix } from "node:path";
import ts from "typescript";
import { type Check, lineOf, readFiles, type SourceFile } from "./check.ts";
import { solidityImports } from "./solidity.ts";

/** Layers from the bottom up. A file imports its own layer and lower ones; layers of one line do not know each other. */
const sdkLayers: readonly (readonly string[])[] = [
  ["core"],
  ["machine"],
  ["trace"],
  ["compiler", "runtime", "game"],
  ["abis"],
  ["errors"],
  ["addresses"],
  ["actions"],
  ["clients", "worker"],
  ["ethers", "index"],
  ["node", "react", "testing"],
  ["cli"],
];

const contractLayers: readonly (readonly string[])[] = [
  ["types"],
  ["libraries"],
  ["interfaces"],
  ["machine"],
  ["registry", "staking"],
  ["inference", "dispute"],
  ["periphery"],
];

/** The layers that also run in a browser without any chain: they know no client library and no Node. */
const pureLayers: ReadonlySet<string> = new Set(["core", "machine", "trace", "compiler", "runtime", "game"]);

/** Which packages a layer may import; a layer that is not named may import those of "*". */
const packages: Readonly<Record<string, readonly string[]>> = {
  core: ["@noble/hashes"],
  machine: ["@noble/hashes"],
  trace: ["@noble/hashes"],
  compiler: ["@noble/hashes", "@bufbuild/protobuf"],
  runtime: ["@noble/hashes"],
  game: ["@noble/hashes"],
  ethers: ["viem", "ethers"],
  node: [
    ...["viem", "zod", "npyjs", "node:", "yaml", "pino", "prom-client", "hono", "@hono/node-server"],
    ...["node-sqlite3-wasm", "@ethereumjs/wallet", "@ipld/car", "ipfs-unixfs-importer", "multiformats"],
    // Blocks of archives are protocol buffers.
    "@bufbuild/protobuf",
  ],
  react: ["viem", "react", "wagmi", "@tanstack/react-query"],
  testing: ["viem", "node:"],
  cli: ["viem", "commander", "zod", "picocolors", "cli-progress", "cli-table3", "node:"],
  "*": ["viem"],
};

/** Names that exist in Node only, or differ between Node and browsers. */
const nodeGlobals: ReadonlySet<string> = new Set(["process", "Buffer", "require", "__dirname", "__filename"]);

/** Finds imports of the SDK that point upwards or sideways, leave their layer's packages, or close a cycle. */
export function checkSdkLayers(files: readonly SourceFile[]): readonly string[] {
  const problems: string[] = [];
  const graph = new Map<string, readonly string[]>();

  for (const file of files) {
    const layer = sdkLayer(file.path);
    const targets: string[] = [];
    if (rank(sdkLayers, layer) === undefined) {
      problems.push(`${file.path}: "${layer}" is not a layer of the SDK`);
      continue;
    }
    for (const { name, at } of typescriptImports(file)) {
      const where = `${file.path}:${lineOf(file.text, at)}`;
      if (!name.startsWith(".")) {
        if (!mayImportPackage(layer, name))
          problems.push(`${where}: ${layer} may not import the package ${name}`);
        continue;
      }
      const target = posix.join(posix.dirname(file.path), name);
      if (layer === "addresses" && target.startsWith("deployments/")) continue;
      if (!target.startsWith("sdk/src/")) {
        problems.push(`${where}: the SDK may not import ${target}, which is outside of it`);
        continue;
      }
      targets.push(target);
      const problem = direction(sdkLayers, layer, sdkLayer(target));
      if (problem !== undefined) problems.push(`${where}: ${problem}`);
    }
    if (pureLayers.has(layer)) problems.push(...nodeGlobalsIn(file));
    graph.set(file.path, targets);
  }
  return [...problems, ...cycles(graph)];
}

/** Finds imports of the contracts that point upwards or sideways, or close a cycle. */
export function checkContractLayers(files: readonly SourceFile[]): readonly string[] {
  const problems: string[] = [];
  const graph = new Map<string, readonly string[]>();

  for (const file of files) {
    const layer = contractLayer(file.path);
    const targets: string[] = [];
    if (rank(contractLayers, layer) === undefined) {
      problems.push(`${file.path}: "${layer}" is not a layer of the contracts`);
      continue;
    }
    for (const name of solidityImports(file.text)) {
      if (!name.startsWith(".")) {
        if (!name.startsWith("@openzeppelin/contracts/"))
          problems.push(`${file.path}: may not import ${name}`);
        continue;
      }
      const target = posix.join(posix.dirname(file.path), name);
      if (!target.startsWith("contracts/")) {
        problems.push(`${file.path}: may not import ${target}, which is outside of contracts/`);
        continue;
      }
      targets.push(target);
      const problem = direction(contractLayers, layer, contractLayer(target));
      if (problem !== undefined) problems.push(`${file.path}: ${problem}`);
    }
    graph.set(file.path, targets);
  }
  return [...problems, ...cycles(graph)];
}

/** `sdk/src/actions/request.ts` is in the layer `actions`, `sdk/src/addresses.ts` in `addresses`. */
function sdkLayer(path: string): string {
  return (path.slice("sdk/src/".length).split("/")[0] as string).replace(/\.ts$/, "");
}

function contractLayer(path: string): string {
  return path.slice("contracts/".length).split("/")[0] as string;
}

function rank(layers: readonly (readonly string[])[], layer: string): number | undefined {
  const index = layers.findIndex((line) => line.includes(layer));
  return index === -1 ? undefined : index;
}

function direction(
  layers: readonly (readonly string[])[],
  source: string,
  target: string,
): string | undefined {
  if (source === target) return undefined;
  if (source === "index" && target === "ethers") return "index may not import ethers, which is optional";
  const [from, to] = [rank(layers, source), rank(layers, target)];
  if (from === undefined || to === undefined) return `${target} is not a layer`;
  if (to > from) return `${source} may not import ${target}, which is above it`;
  if (to === from) return `${source} may not import ${target}, which is beside it`;
  return undefined;
}

function mayImportPackage(layer: string, name: string): boolean {
  const allowed = packages[layer] ?? (packages["*"] as readonly string[]);
  return allowed.some((entry) =>
    entry.endsWith(":") ? name.startsWith(entry) : name === entry || name.startsWith(`${entry}/`),
  );
}

/** Static, dynamic, type-only and re-exporting imports alike. */
function typescriptImports(file: SourceFile): readonly { name: string; at: number }[] {
  const { importedFiles } = ts.preProcessFile(file.text, true, true);
  return importedFiles.map(({ fileName, pos }) => ({ name: fileName, at: pos }));
}

function nodeGlobalsIn(file: SourceFile): readonly string[] {
  const problems: string[] = [];
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true);
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && nodeGlobals.has(node.text) && isReference(node)) {
      const line = lineOf(file.text, node.getStart());
      problems.push(`${file.path}:${line}: a layer that runs everywhere may not use ${node.text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return problems;
}

/** Whether an identifier stands for a value, and is not the name of a member, a declaration or a label. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) {
    const isGlobalMember = parent.name === node && parent.expression.getText() === "globalThis";
    return parent.expression === node || isGlobalMember;
  }
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  const named = parent as {
    readonly name?: ts.Node;
    readonly propertyName?: ts.Node;
    readonly label?: ts.Node;
  };
  return named.name !== node && named.propertyName !== node && named.label !== node;
}

/** One line per cycle of a graph, each found once. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const problems: string[] = [];
  const state = new Map<string, "open" | "done">();
  const path: string[] = [];
  const visit = (file: string): void => {
    if (state.get(file) === "done" || !graph.has(file)) return;
    if (state.get(file) === "open") {
      problems.push(`${[...path.slice(path.indexOf(file)), file].join(" -> ")}: imports in a circle`);
      return;
    }
    state.set(file, "open");
    path.push(file);
    for (const target of graph.get(file) ?? []) visit(target);
    path.pop();
    state.set(file, "done");
  };
  for (const file of graph.keys()) visit(file);
  return problems;
}

export const layers: Check = {
  name: "layers",
  rule: "Imports point downwards only, in Solidity and in TypeScript, and never in a circle.",
  run: () => [
    ...checkSdkLayers(readFiles((path) => path.startsWith("sdk/src/") && path.endsWith(".ts"))),
    ...checkContractLayers(readFiles((path) => path.startsWith("contracts/") && path.endsWith(".sol"))),
  ],
};
