/** The command `assay`. */

import { CommanderError } from "commander";
import { VERSION } from "../core/version.ts";
import { arrangeArguments } from "./arguments.ts";
import { COMMANDS } from "./commands.ts";
import { print } from "./output.ts";
import { createProgram } from "./program.ts";

const written = process.argv.slice(2);
const args = arrangeArguments(written, COMMANDS);
/** Programs that ask for JSON get it for what they have misspelled, too. */
const isJson = written.includes("--json");

// Whoever reads only the first lines of what is printed has had enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  process.stderr.write(
    `OUTPUT_FAILED: What is printed cannot be written (${error.code ?? error.message}).\n`,
  );
  process.exit(1);
});
// Whoever does not read what goes wrong has the exit code.
process.stderr.on("error", () => {});

try {
  const program = await createProgram(args, (created) => {
    created.configureOutput({
      writeErr: (text) => (isJson ? undefined : process.stderr.write(text)),
      writeOut: (text) =>
        isJson && text.trim() === VERSION
          ? print({ json: true }, { version: VERSION }, "")
          : process.stdout.write(text),
    });
    created.exitOverride((error) => {
      // What was printed may still be on its way out.
      if (error.exitCode === 0) throw error;
      if (isJson) {
        const message =
          error.code === "commander.help" ? "no command is named" : error.message.replace(/^error: /, "");
        print({ json: true }, { error: { code: "USAGE", message, recovery: "See --help." } }, "");
      }
      process.exit(2);
    });
  });
  await program.parseAsync(args, { from: "user" });
} catch (error) {
  if (!(error instanceof CommanderError && error.exitCode === 0)) throw error;
}
