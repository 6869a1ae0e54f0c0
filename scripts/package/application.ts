/** Builds an application with Vite that uses the package's hooks and its worker, and opens it: in happy-dom, and in Chromium where there is one. */

import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { compileOnnx } from "../../sdk/src/compiler/index.ts";
import { run } from "../../sdk/src/runtime/run.ts";
import { root } from "../check/check.ts";
import { chromiumNote, inChromium, serve } from "./browser.ts";
import { execute, executeLater } from "./project.ts";

const SHOWN = 'document.querySelector("output")?.textContent';

/** Needs the chain that the project's scene.json tells of; returns what was done, for the log, and throws if the page shows anything else than it must. */
export async function useInApplication(project: string, modelFile: string): Promise<string> {
  const vite = join(root, "node_modules/.bin/vite");
  execute(project, vite, ["build", "vite", "--base", "./", "--logLevel", "error"]);
  const built = join(project, "vite/dist");
  copyFileSync(join(project, "scene.json"), join(built, "scene.json"));
  copyFileSync(modelFile, join(built, "digits.onnx"));

  const expected = JSON.stringify(await expectedOf(modelFile));
  const site = await serve((path) => {
    const file = join(built, normalize(`/${path === "" ? "index.html" : path}`));
    return existsSync(file) ? readFileSync(file) : undefined;
  });
  try {
    const context = join(import.meta.dirname, "application-context.ts");
    const inContext = await executeLater(project, process.execPath, [context, built, site.url]);
    if (inContext !== expected) throw new Error(`In happy-dom: ${inContext}`);
    const found = await inChromium(site.url, SHOWN);
    if (found !== undefined && found !== expected) throw new Error(`In Chromium: ${found}`);
    return `\n       a result shown by hooks and verified in a worker, in happy-dom${chromiumNote(found)}`;
  } finally {
    site.close();
  }
}

async function expectedOf(modelFile: string): Promise<unknown> {
  const model = compileOnnx(new Uint8Array(readFileSync(modelFile)), { dims: { N: 1 } });
  const image = { type: "float32", dims: [1, 1, 28, 28], data: new Float32Array(784).fill(0.5) } as const;
  const { probabilities } = await run(model, { image });
  const data = probabilities?.data ?? new Float32Array();
  return {
    modelId: model.modelId,
    status: "final",
    isCorrect: true,
    bits: Array.from(new Uint32Array(data.buffer, data.byteOffset, data.length)),
    codes: ["PROFILE_UNKNOWN", "UNSUPPORTED_CHAIN"],
  };
}
