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
import { addMonitor } from "./commands/monitor.ts";
import { addOperator } from "./commands/operator.ts";
import { addRequest } from "./commands/request.ts";

const program = new Command("assay")
  .description("Compile, run and examine models whose results can be challenged on-chain.")
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2);
  });

addInit(program);
addDoctor(program);
addKeys(program);
const model = program.command("model").description("Compile, examine, run and publish models.");
addModelCompile(model);
addModelRun(model);
addModelLook(model);
addModelPublish(model);
addModelRun(program);
addRequest(program);
addDispute(program);
addDevnet(program);
addOperator(program);
addChallenger(program);
addMonitor(program);

await program.parseAsync();
