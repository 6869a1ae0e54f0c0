/** Opens a built page in happy-dom, with Node's threads for its workers, and prints what its output element shows. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { Window } from "happy-dom";

const [folder = "", url = ""] = process.argv.slice(2);
/** Milliseconds. */
const TIMEOUT = 600_000;

/** What a worker of a browser has and a thread of Node has not. */
const PRELUDE = `
  const { parentPort } = require("node:worker_threads");
  const listen = (type, listener) => parentPort.on(type, (data) => listener({ data }));
  Object.assign(globalThis, { self: globalThis, postMessage: (data) => parentPort.postMessage(data), addEventListener: listen });
`;

class BrowserWorker {
  readonly #thread: Worker;

  constructor(file: URL) {
    this.#thread = new Worker(`${PRELUDE}${readFileSync(fileURLToPath(file), "utf8")}`, { eval: true });
  }

  postMessage(data: unknown): void {
    this.#thread.postMessage(data);
  }

  addEventListener(type: string, listener: (event: object) => void): void {
    this.#thread.on(type, (value) => listener(type === "message" ? { data: value } : value));
  }

  terminate(): void {
    void this.#thread.terminate();
  }
}

const window = new Window({ url });
const page = readFileSync(join(folder, "index.html"), "utf8");
window.document.body.innerHTML = /<body>([\s\S]*)<\/body>/.exec(page)?.[1] ?? "";
const { document, Event, CustomEvent } = window;
const globals = { window, document, Event, CustomEvent, Worker: BrowserWorker };
for (const [name, value] of Object.entries(globals))
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });

const script = /<script[^>]* src="([^"]+)"/.exec(page)?.[1] ?? "";
await import(pathToFileURL(join(folder, script)).href);
const end = Date.now() + TIMEOUT;
while (window.document.querySelector("output") === null && Date.now() < end)
  await new Promise((resolve) => setTimeout(resolve, 20));
process.stdout.write(window.document.querySelector("output")?.textContent ?? "nothing is shown");
process.exit(0);
