/** The command `assay`. */

import { Command } from "commander";
import { addChallenger } from "./commands/challenger.ts";
import { addDevnet } from "./commands/devnet.ts";
import { addDispute } from "./commands/dispute.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addInit } from "./commands/init.ts";
import { addKeys } from "./commands/keys.ts";
import { addModelCompile } from "./commands/model-compile.ts";
import { addModelLook } from "./commands/model-look.ts";
import { addModelPublish } from "./commands/model-publish.ts";
import { addModelRun } from "./commands/model-run.ts";
import { addModelSample } from "./commands/model-sample.ts";
import { addMonitor } from "./commands/monitor.ts";
import { addOperator } from "./commands/operator.ts";
import { addRequest } from "./commands/request.ts";
import { print } from "./output.ts";

/** Programs that ask for JSON get it for what they have misspelled, too. */
const isJson = process.argv.includes("--json");

const program = new Command("assay")
  .description("Compile, run and examine models whose results can be challenged on-chain.")
  .addHelpText(
    "after",
    `
Guides:  sdk/docs in the repository, or node_modules/@assay/sdk/docs
Start:   assay devnet          a chain of your own with everything on it
         assay init            a folder to work in
         assay doctor          whether everything is in order

Exit codes: 0 done, 1 error, 2 wrong usage, 3 something is invalid (a wrong result, another model), 4 nothing to do.
Settings count from flags before the environment (ASSAY_...) before a file (--config).`,
  )
  .configureOutput({ writeErr: (text) => (isJson ? undefined : process.stderr.write(text)) })
  .exitOverride((error) => {
    if (error.exitCode === 0) process.exit(0);
    if (isJson) {
      const message = error.message.replace(/^error: /, "");
      print({ json: true }, { error: { code: "USAGE", message, recovery: "See --help." } }, "");
    }
    process.exit(2);
  });

addInit(program);
addDoctor(program);
addKeys(program);
const model = program.command("model").description("Compile, examine, run and publish models.");
addModelCompile(model);
addModelRun(model);
addModelLook(model);
addModelSample(model);
addModelPublish(model);
addModelRun(program);
addRequest(program);
addDispute(program);
addDevnet(program);
addOperator(program);
addChallenger(program);
addMonitor(program);

await program.parseAsync();
