/** What a page and its worker say to each other. All of it survives being cloned. */

import type { ExecutionJob, Reexecution } from "../actions/internal/reexecute.ts";

/** A job with a number, under which it is answered. */
export interface ExecutionRequest {
  readonly assay: "execute";
  readonly id: number;
  readonly job: ExecutionJob;
}

/** What became of a job. */
export type ExecutionReply = { readonly assay: "executed"; readonly id: number } & (
  | { readonly answer: Reexecution }
  | { readonly failure: Failure }
);

/** An error of the tree, as far as it can be cloned. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly recovery: string | undefined;
  readonly isTransient: boolean;
  readonly context: Readonly<Record<string, unknown>>;
}

/** Whether a message is one of ours: others may use the same worker. */
export function isRequest(message: unknown): message is ExecutionRequest {
  return isRecord(message) && message.assay === "execute" && typeof message.id === "number";
}

/** See {@link isRequest}. */
export function isReply(message: unknown): message is ExecutionReply {
  return isRecord(message) && message.assay === "executed" && typeof message.id === "number";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
