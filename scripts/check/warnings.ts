import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Check, root } from "./check.ts";

type Diagnostic = { readonly severity: string; readonly message: string; readonly formattedMessage?: string };
type BuildOutput = { readonly output: { readonly errors?: readonly Diagnostic[] } };

/** Hardhat hides this one as well: the simulated chain's console is not bound by the contract size. */
const hidden = /Contract code size.*test/;

/** Finds what the Solidity compiler warned of. */
export function checkWarnings(output: BuildOutput): readonly string[] {
  return (output.output.errors ?? [])
    .filter(({ severity, message }) => severity === "warning" && !hidden.test(message))
    .map(({ message, formattedMessage }) => (formattedMessage ?? message).trim());
}

export const warnings: Check = {
  name: "warnings",
  rule: "The Solidity compiler warns of nothing.",
  run: async () => {
    const { default: hre } = await import("hardhat");
    await hre.tasks.getTask("build").run({ quiet: true });
    const folder = join(root, "artifacts", "build-info");
    return readdirSync(folder)
      .filter((name) => name.endsWith(".output.json"))
      .flatMap((name) => checkWarnings(JSON.parse(readFileSync(join(folder, name), "utf8")) as BuildOutput));
  },
};
