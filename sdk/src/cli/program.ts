/** The command `assay` as commander knows it. */

import { Command } from "commander";
import { VERSION } from "../core/version.ts";
import { COMMANDS } from "./commands.ts";
import { addCommands } from "./lazy.ts";

/**
 * The program, with the command loaded that the arguments call.
 *
 * @param args - what was written behind `assay`
 * @param prepare - sets what the commands inherit from the program when they are added
 */
export async function createProgram(
  args: readonly string[],
  prepare: (program: Command) => void = () => {},
): Promise<Command> {
  const program = new Command("assay")
    .description("Compile, run and examine models whose results can be challenged on-chain.")
    .version(VERSION)
    .addHelpText(
      "after",
      `
Start:   assay init            a folder to work in
         assay devnet          a chain of your own with everything on it
         assay doctor          whether everything is in order
Guides:  sdk/docs in the repository, or node_modules/@assay/sdk/docs

Every command explains itself with examples: assay model compile --help
Every command takes --json, and every one that sends takes --dry-run and --output calldata.
Settings count from flags before the environment (ASSAY_...) before a file (--config).
Exit codes: 0 done, 1 error, 2 wrong usage or a file that is not there, 3 something is invalid (a wrong result, another model), 4 nothing to do.`,
    )
    .showHelpAfterError("See --help.");
  prepare(program);
  await addCommands(program, COMMANDS, args);
  return program;
}
