import { reexecute } from "../actions/internal/reexecute.ts";
import { AssayError } from "../core/errors.ts";
import { type ExecutionReply, type Failure, isRequest } from "./messages.ts";

/** The worker's side of its channel: `self` in a browser, `parentPort` of `node:worker_threads` in Node. */
export interface ExecutionPort {
  /** Sends an answer. */
  postMessage(message: unknown): void;
  /** Listens, in a browser. */
  addEventListener?(type: "message", listener: (event: Event) => void): void;
  /** Listens, in Node. */
  on?(event: "message", listener: (message: unknown) => void): unknown;
}

/**
 * Executes what {@link executeInWorker} sends, one job after the other. To be called once, in the worker.
 *
 * @param port - the worker's side of its channel
 */
export function serveExecutions(port: ExecutionPort): void {
  const receive = (message: unknown): void => {
    if (!isRequest(message)) return;
    const { id, job } = message;
    let reply: ExecutionReply;
    try {
      reply = { assay: "executed", id, answer: reexecute(job) };
    } catch (thrown) {
      reply = { assay: "executed", id, failure: failureOf(thrown) };
    }
    port.postMessage(reply);
  };
  if (port.on !== undefined) port.on("message", receive);
  else port.addEventListener?.("message", (event) => receive((event as MessageEvent<unknown>).data));
}

function failureOf(thrown: unknown): Failure {
  if (!AssayError.is(thrown)) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { code: "WORKER_FAILED", message, recovery: undefined, isTransient: false, context: {} };
  }
  const { code, shortMessage: message, recovery, isTransient } = thrown;
  const { context } = thrown.toJSON() as { readonly context: Record<string, unknown> };
  return { code, message, recovery, isTransient, context };
}
