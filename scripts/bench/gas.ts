/**
 * Measures the gas of every kind of transaction, prints it beside what it should not exceed, and compares it with the committed figures.
 *
 *     npm run bench:gas [-- --write]
 *
 * Ends with status 1 if a figure is not the committed one. `--write` commits what was measured to `gas.json`.
 * HARDHAT_BUILD_PROFILE=production measures what is deployed; its figures stand beside the others in the same file.
 */

import { parseArgs } from "node:util";
import hre from "hardhat";
import { measureGas } from "./scenes.ts";
import { builtProfile, differences, readSnapshot, writeSnapshot } from "./snapshot.ts";
import { differencesIn, tableOf } from "./table.ts";

const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });
await hre.tasks.getTask("build").run({ quiet: true });
const profile = await builtProfile();
const figures = await measureGas();
console.log(`Gas of transactions, contracts built with the profile "${profile}"`);
console.log(tableOf(figures));

const changes = differences(readSnapshot(profile), figures);
console.log(
  changes.length === 0
    ? "\nAll figures are the committed ones."
    : `\nNot the committed figures:\n${differencesIn(changes)}`,
);
if (values.write) {
  writeSnapshot(profile, figures);
  console.log("\nWritten.");
} else if (changes.length > 0) {
  console.log("\nIf that is intended: npm run bench:gas -- --write");
  process.exitCode = 1;
}
