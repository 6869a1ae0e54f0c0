/** A worker as an application has one. */

import { parentPort } from "node:worker_threads";
import { serveExecutions } from "../../sdk/src/worker/serve.ts";

serveExecutions(parentPort!);
