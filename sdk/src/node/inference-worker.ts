/** The thread of `inference.ts`: reads models from their directories, which checks them, and runs them. Knows no chain and no key. */

import { parentPort } from "node:worker_threads";
import { bindTrace } from "../actions/bindTrace.ts";
import { AssayError } from "../core/errors.ts";
import { rootOfBytes } from "../core/tree.ts";
import { decide } from "../game/strategy.ts";
import type { MachineModel } from "../machine/model.ts";
import { assertSelfTest } from "../runtime/engine-selftest.ts";
import { executeModel } from "../runtime/execute.ts";
import { traceBytes } from "../runtime/trace.ts";
import { proveElement } from "../trace/prove.ts";
import { differsInOutputOnly, reconstructTrace } from "../trace/reconstruct.ts";
import type { Trace } from "../trace/trace.ts";
import type { Answer, JobAnswer, JobMessage, TracedAnswer } from "./inference.ts";
import { readModelDirectory } from "./model-directory.ts";

const MODELS_KEPT = 4;
const TRACES_KEPT = 8;

/** The most recently used values of something that is costly to make. */
class Recent<value> {
  readonly #size: number;
  readonly #values = new Map<string, value>();

  constructor(size: number) {
    this.#size = size;
  }

  async get(key: string, make: () => Promise<value>): Promise<value> {
    const known = this.#values.get(key);
    const value = known ?? (await make());
    this.#values.delete(key);
    this.#values.set(key, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.#size && oldest !== undefined) this.#values.delete(oldest);
    return value;
  }
}

const models = new Recent<MachineModel>(MODELS_KEPT);
const traces = new Recent<Trace>(TRACES_KEPT);

async function perform(message: JobMessage): Promise<Answer | TracedAnswer | ReturnType<typeof decide>> {
  const { modelId, directory, input, maxMemoryBytes, job } = message;
  const limits = { memoryBytes: maxMemoryBytes };
  const model = await models.get(modelId, async () => {
    const { model } = await readModelDirectory(directory);
    if (model.modelId !== modelId) throw new OtherModelError(directory, model.modelId, modelId);
    return model;
  });
  if (job.kind === "run") {
    assertSelfTest();
    const { output } = executeModel(model, input, { limits });
    return { output, outputRoot: rootOfBytes(output, model.record.wordDepth) };
  }
  // The reference is as slow as it is simple: no other engine has a part in it, nor what another one has computed.
  if (job.kind === "trace" && job.isSecondOpinion)
    return bindTrace(model, await traceBytes(model, input, { engine: "reference", limits }));
  const key = `${modelId}:${rootOfBytes(input, model.record.inputDepth)}`;
  const trace = await traces.get(key, () => traceBytes(model, input, { limits }));
  if (job.kind === "trace") return bindTrace(model, trace);
  const { view, side, account, salt, time, committedOutput: output } = job.turn;
  const { record } = model;
  const operatorTree =
    output !== undefined && differsInOutputOnly(record, trace.tree, view.dossier)
      ? reconstructTrace(record, trace.tree, { ...view.dossier, output })
      : undefined;
  return decide(
    view,
    {
      ...{ side, account, claim: trace },
      prove: ({ step, byteOffset }, tree) => proveElement(model, input, trace, step, byteOffset, tree),
      ...(salt === undefined ? {} : { salt }),
      ...(operatorTree === undefined ? {} : { operatorTree }),
    },
    time,
  );
}

/** A directory has been given another model since the daemon started. */
class OtherModelError extends AssayError {
  override readonly name = "OtherModelError";

  constructor(directory: string, actual: string, expected: string) {
    super("MODEL_REPLACED", `${directory} holds model ${actual}, not ${expected}.`, {
      recovery: "Put the model back, or start the daemon again.",
      context: { directory, actual, expected },
    });
  }
}

parentPort?.on("message", (message: JobMessage) => {
  const { id } = message;
  perform(message).then(
    (value) => parentPort?.postMessage({ id, ok: true, value } satisfies JobAnswer),
    (thrown: unknown) => {
      const code = AssayError.is(thrown) ? thrown.code : "INFERENCE_FAILED";
      const text = thrown instanceof Error ? thrown.message : String(thrown);
      parentPort?.postMessage({ id, ok: false, code, message: text } satisfies JobAnswer);
    },
  );
});
