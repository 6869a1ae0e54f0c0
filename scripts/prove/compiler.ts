import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, posix } from "node:path";
import { root } from "../check/check.ts";
import type { Solver } from "./solver.ts";

const solc = createRequire(import.meta.url)("solc") as { compile(input: string): string; version(): string };

export const COMPILER = solc.version();

/** What became of one assertion. */
export type Finding = {
  readonly contract: string;
  /** The function that asserts it. */
  readonly name: string;
  readonly line: number;
  readonly text: string;
  readonly fate: "proven" | "violated" | "open";
};

type Message = {
  readonly errorCode?: string;
  readonly severity: string;
  readonly formattedMessage: string;
  readonly sourceLocation?: { readonly file: string; readonly start: number; readonly end: number };
};
type Output = {
  readonly errors?: readonly Message[];
  readonly auxiliaryInputRequested?: { readonly smtlib2queries?: Readonly<Record<string, string>> };
};

/** Numbers by which the compiler tells apart what it says about an assertion. */
const fates: Readonly<Record<string, Finding["fate"]>> = { 9576: "proven", 6328: "open" };

/** Has the compiler turn every assertion of a contract into Horn clauses, and the solver decide them. */
export async function prove(file: string, contract: string, solve: Solver): Promise<readonly Finding[]> {
  const sources: Record<string, { content: string }> = {};
  gather(file, sources);
  const responses: Record<string, string> = {};
  for (;;) {
    const output = compile(file, contract, sources, responses);
    const queries = Object.entries(output.auxiliaryInputRequested?.smtlib2queries ?? {});
    const fresh = queries.filter(([id]) => !(id in responses));
    if (fresh.length === 0)
      return findings(contract, sources[file]?.content ?? "", file, output.errors ?? []);
    for (const [id, query] of fresh) responses[id] = await solve(query);
  }
}

function gather(path: string, sources: Record<string, { content: string }>): void {
  if (path in sources) return;
  const content = readFileSync(join(root, path), "utf8");
  sources[path] = { content };
  for (const [, from = ""] of content.matchAll(/from "(\.[^"]+)"/g)) {
    gather(posix.join(posix.dirname(path), from), sources);
  }
}

function compile(
  file: string,
  contract: string,
  sources: Readonly<Record<string, { content: string }>>,
  smtlib2responses: Readonly<Record<string, string>>,
): Output {
  const modelChecker = {
    engine: "chc",
    contracts: { [file]: [contract] },
    targets: ["assert"],
    showProvedSafe: true,
    showUnproved: true,
    solvers: ["smtlib2"],
  };
  const settings = { evmVersion: "cancun", modelChecker, outputSelection: { "*": { "*": [] } } };
  const input = { language: "Solidity", sources, settings, auxiliaryInput: { smtlib2responses } };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as Output;
  const failed = output.errors?.find(({ severity }) => severity === "error");
  if (failed !== undefined) throw new Error(failed.formattedMessage);
  return output;
}

function findings(
  contract: string,
  text: string,
  file: string,
  messages: readonly Message[],
): readonly Finding[] {
  return messages
    .flatMap(({ errorCode = "", formattedMessage, sourceLocation }) => {
      const fate = fates[errorCode];
      if (fate === undefined || sourceLocation?.file !== file) return [];
      const { start, end } = sourceLocation;
      const before = text.slice(0, start);
      const isViolated = formattedMessage.includes("violation happens");
      return {
        contract,
        name: [...before.matchAll(/\bfunction (\w+)/g)].at(-1)?.[1] ?? contract,
        line: before.split("\n").length,
        text: text.slice(start, end).replaceAll(/\s+/g, " "),
        fate: isViolated ? ("violated" as const) : fate,
      };
    })
    .sort((a, b) => a.line - b.line);
}

/** Lines of the assertions that a source text makes. */
export function assertionsOf(text: string): readonly number[] {
  return text.split("\n").flatMap((line, i) => (/\bassert\(/.test(line) ? [i + 1] : []));
}
