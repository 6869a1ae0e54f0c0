/** The command `assay`. */

import { Command } from "commander";
import { addModelCompile } from "./commands/model-compile.ts";
import { addModelRun } from "./commands/model-run.ts";

const program = new Command("assay")
  .description("Compile, run and examine models whose results can be challenged on-chain.")
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2);
  });

const model = program.command("model").description("Compile and run models.");
addModelCompile(model);
addModelRun(model);

await program.parseAsync();
