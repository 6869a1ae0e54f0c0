import { type Check, lineOf, readFiles, type SourceFile } from "./check.ts";
import { parenthesised, splitArguments, stripSolidity } from "./solidity.ts";

/** Finds custom errors that are declared twice, and those that nothing reverts with. */
export function checkErrors(files: readonly SourceFile[]): readonly string[] {
  const problems: string[] = [];
  const declaredAt = new Map<string, string>();
  const used = new Set<string>();

  for (const { path, text } of files) {
    const code = stripSolidity(text);
    for (const match of code.matchAll(/\berror\s+(\w+)\s*\(/g)) {
      const name = match[1] as string;
      const here = `${path}:${lineOf(code, match.index)}`;
      const first = declaredAt.get(name);
      if (first === undefined) declaredAt.set(name, here);
      else problems.push(`${here}: error ${name} is already declared at ${first}`);
    }
    for (const name of raisedErrors(code)) used.add(name);
  }
  for (const [name, where] of declaredAt) {
    if (!used.has(name)) problems.push(`${where}: error ${name} is never raised`);
  }
  return problems;
}

/** The names of the errors that a file reverts with: in `revert`, as last argument of `require`, or by selector. */
function raisedErrors(code: string): readonly string[] {
  const names: string[] = [];
  for (const match of code.matchAll(/\brevert\s+(?:\w+\s*\.\s*)*(\w+)\s*\(/g)) names.push(match[1] as string);
  for (const match of code.matchAll(/\b(\w+)\s*\.\s*selector\b/g)) names.push(match[1] as string);
  for (const match of code.matchAll(/\brequire\s*\(/g)) {
    const list = splitArguments(parenthesised(code, match.index + match[0].length - 1));
    const name = /^(?:\w+\s*\.\s*)*(\w+)\s*\(/.exec(list.at(-1) ?? "")?.[1];
    if (list.length > 1 && name !== undefined) names.push(name);
  }
  return names;
}

export const errors: Check = {
  name: "errors",
  rule: "Every custom error of the contracts is declared once and raised somewhere.",
  run: () => checkErrors(readFiles((path) => path.startsWith("contracts/") && path.endsWith(".sol"))),
};
