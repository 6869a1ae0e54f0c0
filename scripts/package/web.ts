/** Uses the package in a page without any build: in a context with nothing but what browsers have, and in Chromium where there is one. */

import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { compileOnnx } from "../../sdk/src/compiler/index.ts";
import { rootOfBytes } from "../../sdk/src/core/tree.ts";
import { packInputs } from "../../sdk/src/runtime/tensors.ts";
import { traceBytes } from "../../sdk/src/runtime/trace.ts";
import { type ImportMap, importMapOf, type ModuleGraph, modulesOf } from "./modules.ts";
import { executeLater } from "./project.ts";

const ENTRY = "web/main.js";
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Returns what was done, for the log; throws if anything is not as it is in Node. */
export async function useInPage(project: string, modelFile: string): Promise<string> {
  const bytes = new Uint8Array(readFileSync(modelFile));
  const expected = await expectedOf(bytes);
  const modules = modulesOf(project, ENTRY);
  const server = await serve(modules, importMapOf(modules), bytes);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const context = join(import.meta.dirname, "web-context.ts");
    const flags = ["--experimental-vm-modules", "--no-warnings"];
    const inContext = await executeLater(project, process.execPath, [...flags, context, project, ENTRY, url]);
    compare("a context with web globals only", inContext, expected);
    if (!existsSync(CHROMIUM))
      return `\n       ${modules.size} modules in a context with web globals only; there is no ${CHROMIUM} here to load them`;
    compare("Chromium", await inChromium(url), expected);
    return `\n       ${modules.size} modules in a context with web globals only, and in Chromium`;
  } finally {
    server.close();
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

function serve(modules: ModuleGraph, map: ImportMap, model: Uint8Array): Promise<Server> {
  const page = `<!doctype html><script type="importmap">${JSON.stringify(map)}</script><script type="module" src="/${ENTRY}"></script>`;
  const server = createServer(({ url = "/" }, response) => {
    const path = url.slice(1);
    const [type, body] =
      path === ""
        ? ["text/html", page]
        : path === "digits.onnx"
          ? ["application/octet-stream", model]
          : ["text/javascript", modules.get(path)?.source];
    response.writeHead(body === undefined ? 404 : 200, { "Content-Type": type });
    response.end(body);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function inChromium(url: string): Promise<string> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    await page.goto(url);
    await page.waitForFunction("self.found !== undefined").catch((error: unknown) => {
      throw new Error([...problems, String(error)].join("\n"));
    });
    return await page.evaluate("self.found");
  } finally {
    await browser.close();
  }
}
