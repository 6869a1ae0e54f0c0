/**
 * `@assay/sdk/worker`: executes models in a worker, so that a page or a server stays responsive meanwhile.
 *
 * @example
 * // verifier.ts, the worker: in a browser, or with `parentPort` of node:worker_threads in Node
 * import { serveExecutions } from "@assay/sdk/worker";
 * serveExecutions(self);
 *
 * // the page
 * import { executeInWorker } from "@assay/sdk/worker";
 * const worker = new Worker(new URL("./verifier.ts", import.meta.url), { type: "module" });
 * await verifyResult(client, { requestId, model, execute: executeInWorker(worker) });
 */

export { type ExecutionWorker, executeInWorker, WorkerFailedError } from "./execute.ts";
export { type ExecutionPort, serveExecutions } from "./serve.ts";
