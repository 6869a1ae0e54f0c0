import { join } from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import { expect } from "chai";
import { reexecute } from "../../../sdk/src/actions/internal/reexecute.ts";
import { rootOfBytes } from "../../../sdk/src/core/tree.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { executeInWorker } from "../../../sdk/src/worker/execute.ts";
import { serveExecutions } from "../../../sdk/src/worker/serve.ts";
import { caught } from "../../support/caught.ts";
import { squaresModel as model, squaresInputs } from "../../support/squares.ts";

const VERIFIER = join(import.meta.dirname, "../../support/verifier.ts");

describe("sdk/worker", () => {
  const input = packInputs(model, squaresInputs(1, 2, 3, 4));
  const job = {
    model,
    modelId: model.modelId,
    input,
    inputRoot: rootOfBytes(input, model.record.inputDepth),
  };

  it("default: a worker of Node gives what this thread gives, several jobs at a time", async () => {
    const worker = new Worker(VERIFIER);
    try {
      const execute = executeInWorker(worker);
      const answers = await Promise.all([execute(job, {}), execute(job, {}), execute(job, {})]);
      for (const answer of answers) expect(answer).to.deep.equal(reexecute(job));
    } finally {
      await worker.terminate();
    }
  });

  it("default: a browser's ports serve as well", async () => {
    const { port1, port2 } = new MessageChannel();
    // Ports of the browser's kind have no `on`.
    const browserPort = (port: typeof port1) => ({
      postMessage: (message: unknown) => port.postMessage(message),
      addEventListener: (type: string, listener: (event: Event) => void) => {
        if (type === "message") port.on("message", (data) => listener(new MessageEvent("message", { data })));
      },
      terminate: () => port.close(),
    });
    serveExecutions(browserPort(port1));
    const worker = browserPort(port2);
    try {
      // What others say to the same worker is none of its business.
      worker.postMessage("hello");
      expect(await executeInWorker(worker)(job, {})).to.deep.equal(reexecute(job));
    } finally {
      port1.close();
    }
  });

  it("error: what goes wrong in the worker arrives as the same error", async () => {
    const worker = new Worker(VERIFIER);
    try {
      const execute = executeInWorker(worker);
      const foreign = await caught(execute({ ...job, modelId: job.inputRoot }, {}));
      expect(foreign).to.include({ code: "ROOT_MISMATCH" });
      expect(foreign.context).to.include({ what: "model" });
      const limited = await caught(execute({ ...job, limits: { operations: 1 } }, {}));
      expect(limited.code).to.match(/LIMIT/);
      expect(limited.recovery).to.be.a("string");
      expect((await execute(job, {})).outputRoot).to.equal(reexecute(job).outputRoot);
    } finally {
      await worker.terminate();
    }
  });

  it("behavior: an aborted job ends at once, with its worker", async () => {
    const worker = new Worker(VERIFIER);
    const exit = new Promise((resolve) => worker.once("exit", resolve));
    const execute = executeInWorker(worker);
    const controller = new AbortController();
    const running = execute(job, { signal: controller.signal });
    const waiting = execute(job, {});
    controller.abort("enough");
    expect(await caught(running)).to.include({ code: "ABORTED", cause: "enough" });
    expect((await caught(waiting)).code).to.equal("ABORTED");
    await exit;
    expect((await caught(execute(job, {}))).code).to.equal("ABORTED");
    const aborted = executeInWorker(worker)(job, { signal: controller.signal });
    expect((await caught(aborted)).code).to.equal("ABORTED");
  });

  it("error: a worker that cannot start", async () => {
    const worker = new Worker("throw new Error('no such thing')", { eval: true });
    const error = await caught(executeInWorker(worker)(job, {}));
    expect(error.code).to.equal("WORKER_FAILED");
    expect(error.message).to.contain("no such thing");
  });
});
