/** What is computed in the browser, on its page and in its worker: everything from the file of a model to the root of its trace. */

import { compileOnnx } from "../../sdk/src/compiler/index.ts";
import { traceBytes } from "../../sdk/src/runtime/trace.ts";
import { crewOf } from "../../sdk/src/runtime/wasm/threads.ts";

export interface Computed {
  readonly modelId: string;
  /** By number of threads that were asked for. */
  readonly roots: Readonly<Record<number, string>>;
  /** Threads that a run on three gets. */
  readonly threads: number;
}

export async function compute(): Promise<Computed> {
  const fetched = async (name: string): Promise<Uint8Array> =>
    new Uint8Array(await (await fetch(`${self.location.origin}/${name}`)).arrayBuffer());
  const [bytes, input] = [await fetched("model.onnx"), await fetched("input.bin")];
  const model = compileOnnx(bytes);
  const roots: Record<number, string> = {};
  for (const threads of [1, 2, 3]) {
    // Who computes what differs from one run to the next.
    for (let times = 0; times < 5; times++) {
      const { traceRoot } = await traceBytes(model, input, { engine: "wasm", threads });
      if (roots[threads] !== undefined && roots[threads] !== traceRoot)
        throw new Error("Two roots of one run");
      roots[threads] = traceRoot;
    }
  }
  return { modelId: model.modelId, roots, threads: 1 + ((await crewOf(3))?.size ?? 0) };
}
