import type { Command } from "commander";
import { deploymentOf, supportedChains } from "../../addresses.ts";
import { guarded, JSON_OPTION, type OutputOptions, print } from "../output.ts";

/** `assay networks`: where no `--deployment` is needed. */
export function networks(command: Command): void {
  command
    .description("List the chains whose contracts this package knows. On any other one, name a --deployment.")
    .option(...JSON_OPTION)
    .addHelpText("after", "\nThe exit code is 4 if there are none.")
    .action((options: OutputOptions) => guarded(options, async () => show(options)));
}

function show(options: OutputOptions): void {
  const found = supportedChains().map((chainId) => deploymentOf(chainId));
  if (found.length === 0) process.exitCode = 4;
  const lines = found.map(
    ({ chainId, name = "unnamed", startBlock }) => `${chainId}  ${name}, since block ${startBlock}`,
  );
  print(
    options,
    { networks: found },
    lines.join("\n") || "None yet: name the contracts with --deployment, as `assay devnet` writes them.",
  );
}
