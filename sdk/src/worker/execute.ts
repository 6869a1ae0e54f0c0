import type { Reexecution } from "../actions/internal/reexecute.ts";
import type { Execute } from "../actions/verifyResult.ts";
import { AssayError } from "../core/errors.ts";
import { AbortedError } from "../errors/client.ts";
import { type Failure, isReply } from "./messages.ts";

/** A worker of a browser or of Node, with {@link serveExecutions} inside. */
export interface ExecutionWorker {
  /** Sends a job. */
  postMessage(message: unknown): void;
  /** Ends the worker, whatever it does. */
  terminate(): unknown;
  /** Listens, in a browser. */
  addEventListener?(type: "message" | "error", listener: (event: Event) => void): void;
  /** Listens, in Node. */
  on?(event: "message" | "error", listener: (value: unknown) => void): unknown;
}

interface Pending {
  readonly resolve: (answer: Reexecution) => void;
  readonly reject: (error: AssayError) => void;
}

/**
 * Executes in a worker, for `verifyResult`. A job whose signal is aborted ends with its worker, since nothing else can interrupt a computation; jobs that
 * wait behind it fail as well, and the next one needs a new worker.
 *
 * @param worker - runs {@link serveExecutions}; stays the caller's, who terminates it in the end
 * @throws {WorkerFailedError} by the promise that it gives, if the worker ends before it has answered
 */
export function executeInWorker(worker: ExecutionWorker): Execute {
  const pending = new Map<number, Pending>();
  let jobs = 0;
  let ended: AssayError | undefined;
  const end = (error: AssayError): void => {
    ended ??= error;
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };
  const receive = (message: unknown): void => {
    if (!isReply(message)) return;
    const waiting = pending.get(message.id);
    pending.delete(message.id);
    if ("answer" in message) waiting?.resolve(message.answer);
    else waiting?.reject(errorOf(message.failure));
  };
  if (worker.on !== undefined) {
    worker.on("message", receive);
    worker.on("error", (cause) => end(new WorkerFailedError(cause)));
  } else {
    worker.addEventListener?.("message", (event) => receive((event as MessageEvent<unknown>).data));
    worker.addEventListener?.("error", (event) => end(new WorkerFailedError((event as ErrorEvent).message)));
  }

  return (job, { signal }) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(new AbortedError({ cause: signal.reason }));
      if (ended !== undefined) return reject(ended);
      const id = jobs++;
      const abort = (): void => {
        worker.terminate();
        end(new AbortedError({ cause: signal?.reason }));
      };
      const settled = (): void => signal?.removeEventListener("abort", abort);
      pending.set(id, {
        resolve: (answer) => {
          settled();
          resolve(answer);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
      signal?.addEventListener("abort", abort, { once: true });
      worker.postMessage({ assay: "execute", id, job });
    });
}

function errorOf({ code, message, recovery, isTransient, context }: Failure): AssayError {
  return new AssayError(code, message, {
    ...(recovery === undefined ? {} : { recovery }),
    isTransient,
    context,
  });
}

/** A worker ended, or never came to life. */
export class WorkerFailedError extends AssayError {
  override readonly name = "WorkerFailedError";

  constructor(cause: unknown) {
    const message = cause instanceof Error ? cause.message : String(cause ?? "no reason was given");
    super("WORKER_FAILED", `The worker has failed: ${message}.`, {
      recovery: "Look at the worker's own console, and make a new worker.",
      cause,
    });
  }
}
