/** What people write, in the order in which commander looks for it. */

import type { CommandEntry, CommandTable } from "./lazy.ts";

/**
 * Moves `--json` and `help` from the front to the command that they are about. Help about a command that is not there becomes a call of it, for which commander has a suggestion.
 *
 * @param args - what was written behind `assay`
 */
export function arrangeArguments(args: readonly string[], table: CommandTable): readonly string[] {
  const words = [...args];
  const isJson = words[0] === "--json";
  if (isJson) words.shift();
  const isHelp = words[0] === "help";
  if (isHelp) words.shift();
  const path: string[] = [];
  let entry: CommandEntry = { summary: "", commands: table };
  while ("commands" in entry) {
    const name = words[0] ?? "";
    const next: CommandEntry | undefined = Object.hasOwn(entry.commands, name)
      ? entry.commands[name]
      : undefined;
    if (next === undefined) break;
    path.push(name);
    words.shift();
    entry = next;
  }
  if (!("commands" in entry)) {
    const moved = [...(isJson ? ["--json"] : []), ...(isHelp ? ["--help"] : [])];
    return [...path, ...moved, ...words];
  }
  const [called] = words;
  const isUnknown = called !== undefined && !called.startsWith("-");
  if (isUnknown) return [...path, ...words.filter((word) => word !== "--help" && word !== "-h")];
  // A group alone has nothing to print as JSON: what is missing is its command.
  return [...path, ...words.filter((word) => word !== "--json"), ...(isHelp ? ["--help"] : [])];
}
