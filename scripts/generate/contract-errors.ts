import { toFunctionSelector } from "viem";
import { type GeneratedFile, type Generator, header, textFile } from "./generator.ts";
import { type AbiItem, type Protocol, protocol, signatureOf } from "./protocol.ts";

type ErrorEntry = { readonly item: AbiItem; readonly signature: string };

/** Every error that a call of the protocol can revert with: its code, what it says, and the names of its parameters. */
export const contractErrors: Generator = {
  name: "contract-errors",
  generate: async () => {
    const compiled = await protocol();
    return compiled.contracts.length === 0 ? [] : [errorsFile(compiled)];
  },
};

function errorsFile(compiled: Protocol): GeneratedFile {
  const entries = collectErrors(compiled);
  const table = entries.map((entry) => `  ${entry.item.name}: ${describe(entry, compiled)},\n`);
  const abi = entries.map(({ item }) => `  ${JSON.stringify(item)},\n`);
  return textFile(
    "sdk/src/errors/generated/contract-errors.ts",
    [
      header("contract-errors"),
      "/** What every custom error says, by its name. */",
      `export const contractErrors = {\n${table.join("")}} as const;\n`,
      "/** The ABI of the same errors. */",
      `export const contractErrorsAbi = [\n${abi.join("")}] as const;\n`,
    ].join("\n"),
  );
}

/** The errors of all contracts by name. Two errors of one name cannot be told apart by a reader, and are refused. */
function collectErrors({ contracts }: Protocol): readonly ErrorEntry[] {
  const entries = new Map<string, ErrorEntry>();
  for (const { abi } of contracts) {
    for (const item of abi.filter(({ type }) => type === "error")) {
      const signature = signatureOf(item);
      const entry = entries.get(item.name as string);
      if (entry === undefined) entries.set(item.name as string, { item, signature });
      else if (entry.signature !== signature)
        throw new Error(`two errors have the name of ${signature} and ${entry.signature}`);
    }
  }
  const sorted = [...entries.values()].sort((a, b) => (a.signature < b.signature ? -1 : 1));
  const codes = new Set(sorted.map(({ item }) => codeOf(item.name as string)));
  if (codes.size !== sorted.length) throw new Error("two errors have the same code");
  return sorted;
}

function describe({ item, signature }: ErrorEntry, { errors }: Protocol): string {
  const parameters = (item.inputs ?? []).map(({ name }, index) => (name === "" ? `argument${index}` : name));
  return JSON.stringify({
    code: codeOf(item.name as string),
    selector: toFunctionSelector(signature),
    message: template(sentence(item.name as string, errors.get(signature)?.notice ?? ""), parameters),
    parameters,
  });
}

/** `The tree is too deep (depth {depth}, maximum {maximum}).` */
function template(notice: string, parameters: readonly string[]): string {
  const values = parameters.map((name) => `${words(name)} {${name}}`).join(", ");
  return `${notice.replace(/\.$/, "")}${values === "" ? "" : ` (${values})`}.`;
}

/** What the documentation says; that of some packages only says that there is an error, where its name says which. */
function sentence(name: string, notice: string): string {
  if (notice === "" || notice.startsWith("Indicates")) return `${name.slice(0, 1)}${words(name).slice(1)}`;
  return notice.replaceAll("`", "");
}

/** `ERC20InsufficientBalance` has the code `ERC20_INSUFFICIENT_BALANCE`. */
export function codeOf(name: string): string {
  return words(name).replaceAll(" ", "_").toUpperCase();
}

/** `ERC20InsufficientBalance` reads as `ERC20 insufficient balance`. */
function words(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .replaceAll(/\b[A-Z][a-z]/g, (start) => start.toLowerCase());
}
