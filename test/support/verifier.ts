/** A worker as an application has one. */

import { parentPort } from "node:worker_threads";
import { serveExecutions } from "../../sdk/src/worker/serve.ts";

// The test runner loads every file here, outside of a worker.
if (parentPort !== null) serveExecutions(parentPort);
