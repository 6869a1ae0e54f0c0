import type { Command } from "commander";
import { deprecateModel, parseDeprecateModelReceipt } from "../../actions/deprecateModel.ts";
import { addWriteOptions, type ChainOptions, connectToWrite } from "../chain.ts";
import { guarded } from "../output.ts";
import { send } from "../send.ts";

interface Options extends ChainOptions {
  readonly release: string;
  readonly undo?: boolean;
}

/** `assay model deprecate`: advice against a listing. */
export function deprecate(command: Command): void {
  command
    .description(
      "Advise against a version that the sender has listed. A remark: requests of the model go on, and results stay.",
    )
    .argument("<name>", "name of the listing")
    .requiredOption("--release <version>", "version of the listing")
    .option("--undo", "take the advice back")
    .addHelpText(
      "after",
      "\nExample:\n  assay model deprecate digits --release 1.0.0 --keystore publisher.json --password-file publisher.pw",
    )
    .action((name: string, options: Options) => guarded(options, () => mark(name, options)));
  addWriteOptions(command);
}

async function mark(name: string, options: Options): Promise<void> {
  const context = await connectToWrite(options);
  const { deployment } = context;
  const { release: version, undo = false } = options;
  await send(context, options, [
    {
      title: `${undo ? "take back the advice against" : "advise against"} ${name} ${version}`,
      write: (sender) => deprecateModel(sender, { deployment, name, version, deprecated: !undo }),
      parse: (receipt) => parseDeprecateModelReceipt(receipt, { deployment }),
      tell: () => `${name} ${version} is ${undo ? "not deprecated any more" : "deprecated"}`,
    },
  ]);
}
