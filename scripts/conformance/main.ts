/**
 * Takes the operator tests of the ONNX project through the compiler and the machine, and compares what becomes of them with the committed table.
 *
 *     npm run conformance [-- --write] [-- --data FOLDER] [-- --prove]
 *
 * Ends with status 1 if a case comes out in another way than the table says, and throws if one gives a wrong output. `--write` writes the table.
 * `--data` names the folder of Debian's package libonnx-testdata, for the cases that are too large for the archive in this repository as well.
 * `--prove` has the chain compute a random element of every step of every case that passes; `ASSAY_SEED` chooses them.
 */

import { parseArgs } from "node:util";
import { readArchive, readFolder } from "../../test/support/conformance/archive.ts";
import {
  differences,
  readTable,
  runAll,
  summarize,
  writeTable,
} from "../../test/support/conformance/table.ts";
import { createRandom } from "../../test/support/random.ts";

const { values } = parseArgs({
  options: {
    write: { type: "boolean", default: false },
    data: { type: "string" },
    prove: { type: "boolean", default: false },
  },
});
const all = values.data === undefined ? readArchive() : readFolder(values.data);
const measured = await runAll(all);
const { cases, passed, knowing, constant } = summarize(measured);
console.log(`${cases} cases: ${passed} pass, ${cases - passed} are refused with a reason, none is wrong.`);
console.log(
  `Of those that pass, ${knowing} have inputs that must be known while compiling, ${constant} no other inputs.`,
);
const committed = readTable();
const changes = differences(committed, measured);
for (const change of changes) console.log(change);
if (values.write) {
  writeTable(new Map([...committed, ...measured]));
  console.log("Written.");
} else if (changes.length > 0) {
  console.log("If that is intended: npm run conformance -- --write");
  process.exitCode = 1;
} else console.log("The table says the same.");
if (values.prove) {
  // Only this needs a chain.
  const { proveCases } = await import("./prove.ts");
  const seed = Number(process.env.ASSAY_SEED ?? 1);
  const passing = all.filter(({ name }) => measured.get(name)?.result === "pass");
  const proven = await proveCases(passing, createRandom(seed));
  console.log(
    `The chain computed an element (seed ${seed}) of each of the ${proven.steps} steps of ${proven.cases} cases, and each is the machine's own.`,
  );
  console.log(`The dearest took ${proven.gas} gas, the longest ${proven.calldataBytes} bytes.`);
}
