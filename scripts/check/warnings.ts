import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Check, root } from "./check.ts";

type Diagnostic = { readonly severity: string; readonly message: string; readonly formattedMessage?: string };
type BuildOutput = { readonly output: { readonly errors?: readonly Diagnostic[] } };

/** A contract that is only a test is not bound by the size that a chain allows. */
const hidden = /^Warning: Contract (?:init)?code size[^\n]*\n\s*--> (?:project|\.)\/test\//;

/** Finds what the Solidity compiler warned of. */
export function checkWarnings(output: BuildOutput): readonly string[] {
  return (output.output.errors ?? [])
    .filter(({ severity }) => severity === "warning")
    .map(({ message, formattedMessage }) => (formattedMessage ?? message).trim())
    .filter((text) => !hidden.test(text));
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
