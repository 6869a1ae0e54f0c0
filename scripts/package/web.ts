/** Uses the package in a page without any build: in a context with nothing but what browsers have, and in Chromium where there is one. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compileOnnx } from "../../sdk/src/compiler/index.ts";
import { rootOfBytes } from "../../sdk/src/core/tree.ts";
import { packInputs } from "../../sdk/src/runtime/tensors.ts";
import { traceBytes } from "../../sdk/src/runtime/trace.ts";
import { chromiumNote, inChromium, serve } from "./browser.ts";
import { importMapOf, modulesOf } from "./modules.ts";
import { executeLater } from "./project.ts";

const ENTRY = "web/main.js";

/** Returns what was done, for the log; throws if anything is not as it is in Node. */
export async function useInPage(project: string, modelFile: string): Promise<string> {
  const bytes = new Uint8Array(readFileSync(modelFile));
  const expected = await expectedOf(bytes);
  const modules = modulesOf(project, ENTRY);
  const map = JSON.stringify(importMapOf(modules));
  const page = `<!doctype html><script type="importmap">${map}</script><script type="module" src="/${ENTRY}"></script>`;
  const site = await serve((path) =>
    path === "" ? page : path === "digits.onnx" ? bytes : modules.get(path)?.source,
  );
  try {
    const context = join(import.meta.dirname, "web-context.ts");
    const flags = ["--experimental-vm-modules", "--no-warnings"];
    const inContext = await executeLater(project, process.execPath, [
      ...flags,
      context,
      project,
      ENTRY,
      site.url,
    ]);
    compare("a context with web globals only", inContext, expected);
    const found = await inChromium(site.url, "self.found");
    if (found !== undefined) compare("Chromium", found, expected);
    return `\n       ${modules.size} modules in a context with web globals only${chromiumNote(found)}`;
  } finally {
    site.close();
  }
}

async function expectedOf(bytes: Uint8Array): Promise<unknown> {
  const model = compileOnnx(bytes, { dims: { N: 1 } });
  const image = { type: "float32", dims: [1, 1, 28, 28], data: new Float32Array(784).fill(0.5) } as const;
  const { traceRoot, outputs, outputBytes } = await traceBytes(model, packInputs(model, { image }));
  const data = outputs.probabilities?.data ?? new Float32Array();
  return {
    modelId: model.modelId,
    traceRoot,
    outputRoot: rootOfBytes(outputBytes, model.record.wordDepth),
    bits: Array.from(new Uint32Array(data.buffer, data.byteOffset, data.length)),
    code: "USER_REJECTED",
    abi: true,
  };
}

function compare(where: string, found: string, expected: unknown): void {
  if (found.trim() !== JSON.stringify(expected)) throw new Error(`In ${where}: ${found}`);
}
