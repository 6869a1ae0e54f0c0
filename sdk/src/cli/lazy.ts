/** Commands whose code is loaded when they are called: `assay --help` loads none of it, and no command loads another's. */

import type { Command } from "commander";

/** One command, or a group of them. */
export type CommandEntry = LazyCommand | CommandGroup;

/** A command that is in a file of its own. */
interface LazyCommand {
  /** One line for the list of commands. */
  readonly summary: string;
  /** What stands behind its name in that list. */
  readonly args?: string;
  /** Loads what adds the command's description, options and action. */
  readonly load: () => Promise<(command: Command) => void>;
}

interface CommandGroup {
  readonly summary: string;
  readonly commands: CommandTable;
}

/** Commands by name. */
export type CommandTable = Readonly<Record<string, CommandEntry>>;

/**
 * Adds the commands of a table, and loads the one that is called.
 *
 * @param args - what was written behind the parent's name
 */
export async function addCommands(
  parent: Command,
  table: CommandTable,
  args: readonly string[],
): Promise<void> {
  const words = args.filter((arg) => !arg.startsWith("-"));
  const [called, ...rest] = words[0] === "help" ? words.slice(1) : words;
  for (const [name, entry] of Object.entries(table)) {
    const isCalled = name === called;
    const isListed = !("commands" in entry) && !isCalled && entry.args !== undefined;
    const command = parent.command(isListed ? `${name} ${entry.args}` : name).summary(entry.summary);
    if ("commands" in entry) {
      command.description(`${entry.summary.charAt(0).toUpperCase()}${entry.summary.slice(1)}.`);
      await addCommands(command, entry.commands, isCalled ? rest : []);
    } else if (isCalled) (await entry.load())(command);
  }
}
