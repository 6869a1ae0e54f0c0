/**
 * Packs the operator tests of the ONNX project into the archive that `npm run conformance` reads.
 *
 *     node scripts/conformance/pack.ts FOLDER
 *
 * FOLDER is `usr/share/libonnx-testdata/data` of Debian's package libonnx-testdata.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import {
  ARCHIVE,
  caseBytes,
  MOST_BYTES,
  packArchive,
  readFolder,
} from "../../test/support/conformance/archive.ts";

const folder = process.argv[2];
if (folder === undefined) throw new Error("Name the folder: node scripts/conformance/pack.ts FOLDER");
const all = readFolder(folder);
const kept = all.filter((item) => caseBytes(item) <= MOST_BYTES);
const bytes = packArchive(kept);
mkdirSync(dirname(ARCHIVE), { recursive: true });
writeFileSync(ARCHIVE, bytes);
console.log(`${kept.length} of ${all.length} cases, ${bytes.length} bytes`);
for (const item of all)
  if (!kept.includes(item)) console.log(`left out: ${item.name}, ${caseBytes(item)} bytes`);
