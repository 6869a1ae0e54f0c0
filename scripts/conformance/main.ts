/**
 * Takes the operator tests of the ONNX project through the compiler and the machine, and compares what becomes of them with the committed table.
 *
 *     npm run conformance [-- --write] [-- --data FOLDER]
 *
 * Ends with status 1 if a case comes out in another way than the table says, and throws if one gives a wrong output. `--write` writes the table.
 * `--data` names the folder of Debian's package libonnx-testdata, for the cases that are too large for the archive in this repository as well.
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

const { values } = parseArgs({
  options: { write: { type: "boolean", default: false }, data: { type: "string" } },
});
const measured = await runAll(values.data === undefined ? readArchive() : readFolder(values.data));
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
