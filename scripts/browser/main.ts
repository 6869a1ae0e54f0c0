/**
 * Runs a real model in a real browser, on its page and in a worker, on one thread and on several, and compares the traces with the reference's in Node.
 *
 *     npm run check:browser
 *
 * Needs Chromium, as `/usr/bin/chromium` or where CHROMIUM says. Ends with status 1 if a root differs, or threads are missing where the page allows them.
 */

import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { build } from "vite";
import { compileOnnx } from "../../sdk/src/compiler/index.ts";
import { traceBytes } from "../../sdk/src/runtime/trace.ts";
import { createRandom } from "../../test/support/random.ts";
import { root } from "../check/check.ts";
import type { Computed } from "./compute.ts";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
if (!existsSync(CHROMIUM)) {
  console.error(
    `There is no ${CHROMIUM}. Install Chromium, or say where it is: CHROMIUM=PATH npm run check:browser`,
  );
  process.exit(1);
}

interface Page {
  readonly title: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Threads that a run on three gets there. */
  readonly threads: number;
}

const ISOLATED = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};
const PAGES: readonly Page[] = [
  { title: "isolated page", headers: ISOLATED, threads: 3 },
  { title: "page without shared memory", headers: {}, threads: 1 },
  {
    title: "isolated page whose policy forbids workers from text",
    headers: {
      ...ISOLATED,
      "Content-Security-Policy": "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'",
    },
    threads: 1,
  },
];

async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    root: import.meta.dirname,
    build: { write: false, minify: true, lib: { entry: join(import.meta.dirname, entry), formats: ["es"] } },
  });
  const [first] = Array.isArray(built) ? built : [built];
  if (first === undefined || !("output" in first)) throw new Error("Vite built nothing");
  return first.output[0].code;
}

function serve(files: ReadonlyMap<string, string | Uint8Array>, headers: Page["headers"]): Promise<Server> {
  const types: Readonly<Record<string, string>> = { js: "text/javascript", html: "text/html" };
  const server = createServer((request, response) => {
    const name = request.url === "/" ? "index.html" : (request.url ?? "").slice(1);
    const file = files.get(name);
    const type = types[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
    response.writeHead(file === undefined ? 404 : 200, { ...headers, "Content-Type": type });
    response.end(file);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const bytes = new Uint8Array(readFileSync(join(root, "test/fixtures/models/blazeface_front_128.onnx")));
const model = compileOnnx(bytes);
const values = createRandom(1);
const input = new Uint8Array(
  Float32Array.from({ length: model.record.inputBytes / 4 }, () => values.integer(-1000, 1000) / 1000).buffer,
);
const { traceRoot } = await traceBytes(model, input, { engine: "reference" });
const files = new Map<string, string | Uint8Array>([
  ["index.html", '<!doctype html><script type="module" src="/page.js"></script>'],
  ["page.js", await bundle("page.ts")],
  ["worker.js", await bundle("worker.ts")],
  ["model.onnx", bytes],
  ["input.bin", input],
]);

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
let failures = 0;
for (const { title, headers, threads } of PAGES) {
  const server = await serve(files, headers);
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  for (const where of ["compute", "inWorker"] as const) {
    await page.waitForFunction((name) => name in globalThis, where);
    const computed = (await page.evaluate(`${where}()`)) as Computed;
    const isRight =
      computed.modelId === model.modelId &&
      Object.values(computed.roots).every((one) => one === traceRoot) &&
      computed.threads === threads;
    if (!isRight) failures++;
    const place = where === "compute" ? "on the page" : "in a worker";
    console.log(`${isRight ? "ok  " : "FAIL"} ${title}, ${place}: ${JSON.stringify(computed)}`);
  }
  await page.close();
  server.close();
}
await browser.close();
console.log(failures === 0 ? `All roots are the reference's, ${traceRoot}.` : `${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
