/** Follows documents with the packed SDK, in a project that knows nothing of this repository. */

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { blocksOf } from "../../test/support/markdown.ts";
import { root } from "../check/check.ts";
import { executeLater } from "./project.ts";
import { follow } from "./reader.ts";

/** What a user of each kind follows literally, from one end to the other. */
const GUIDES = [
  "sdk/README.md",
  ...["applications", "operators", "challengers", "publishers", "trust"].map((name) => `sdk/docs/${name}.md`),
];

/** Returns what was followed, for the log. */
export async function followGuides(project: string, modelFile: string): Promise<string> {
  // Beside each other: they wait for chains and for key derivation most of the time.
  await Promise.all(
    GUIDES.map((guide, index) => {
      const folder = withModel(join(project, `guide-${index}`), "digits.onnx", modelFile);
      return follow(readFileSync(join(root, guide), "utf8"), { folder });
    }),
  );
  await followReadme(withModel(join(project, "readme"), "test/fixtures/models/digits.onnx", modelFile));
  return ["README.md", ...GUIDES].map((name) => `\n       ${name}`).join("");
}

function withModel(folder: string, path: string, modelFile: string): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  copyFileSync(modelFile, join(folder, path));
  return folder;
}

/** The repository's own README: its programs and its commands that are the package's. Each of them prints the id of the model. */
async function followReadme(folder: string): Promise<void> {
  for (const { language, code } of blocksOf(readFileSync(join(root, "README.md"), "utf8"))) {
    const isCommand = language === "sh" && code.startsWith("npx assay ");
    if (language !== "ts" && !isCommand) continue;
    if (language === "ts") writeFileSync(join(folder, "block.ts"), code);
    const [program = "", ...args] = isCommand ? code.trim().split(/\s+/) : [process.execPath, "block.ts"];
    const printed = await executeLater(folder, program, args);
    if (!/0x[0-9a-f]{64}/.test(printed)) throw new Error(`${code}\nprinted no id: ${printed}`);
  }
}
