/** The two builds of onnxruntime on the same model and inputs, on so many threads. */

import type { Tensor } from "../../../sdk/src/machine/model.ts";
import type { Run } from "./measure.ts";
import type { Subject } from "./subjects.ts";

/** What both builds have in common, as far as it is used here. */
interface Runtime {
  readonly env: { readonly wasm: { numThreads?: number } };
  readonly InferenceSession: {
    create(
      bytes: Uint8Array,
      options: unknown,
    ): Promise<{ run(feeds: Record<string, unknown>): Promise<unknown> }>;
  };
  readonly Tensor: new (type: string, data: unknown, dims: readonly number[]) => unknown;
}

async function peer(runtime: Runtime, options: unknown, { bytes, inputs }: Subject): Promise<Run> {
  const session = await runtime.InferenceSession.create(bytes, options);
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, { type, data, dims }]: [string, Tensor]) => [
      name,
      new runtime.Tensor(type, data, dims),
    ]),
  );
  return () => session.run(feeds);
}

/** On one thread. */
export async function webPeer(subject: Subject): Promise<Run> {
  const runtime = (await import("onnxruntime-web")) as unknown as Runtime;
  runtime.env.wasm.numThreads = 1;
  return peer(runtime, { executionProviders: ["wasm"], logSeverityLevel: 3 }, subject);
}

export async function nodePeer(subject: Subject, threads: number): Promise<Run> {
  const runtime = (await import("onnxruntime-node")) as unknown as Runtime;
  return peer(runtime, { intraOpNumThreads: threads, interOpNumThreads: 1, logSeverityLevel: 3 }, subject);
}
