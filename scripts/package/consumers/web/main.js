// A page without any build: a browser loads the files as they are. Every entry is here that can be: React, for the hooks, comes as CommonJS only.
import { AssayError, defineDeployment, publicActions } from "@assay/sdk";
import { inferenceHubAbi } from "@assay/sdk/abis";
import { encodeClaimReward } from "@assay/sdk/actions";
import { CONTRACT_NAMES } from "@assay/sdk/addresses";
import { requesterActions } from "@assay/sdk/clients";
import { compileOnnx } from "@assay/sdk/compiler";
import { toAssayError } from "@assay/sdk/errors";
import { decide } from "@assay/sdk/game";
import { modelId } from "@assay/sdk/machine";
import { packInputs, run, traceBytes } from "@assay/sdk/runtime";
import { checkProof } from "@assay/sdk/trace";
import { executeInWorker, serveExecutions } from "@assay/sdk/worker";
import { createClient, custom } from "viem";

/** A worker's two ends on one thread: what is posted on one side is received on the other. */
function pairOfPorts() {
  const { port1, port2 } = new MessageChannel();
  const listen = (port) => (type, listener) => {
    port.addEventListener(type, listener);
    port.start();
  };
  const post = (port) => (message) => port.postMessage(message);
  const page = {
    postMessage: post(port1),
    addEventListener: listen(port1),
    terminate: () => port1.close(),
  };
  return { page, worker: { postMessage: post(port2), addEventListener: listen(port2) } };
}

async function find() {
  for (const used of [encodeClaimReward, requesterActions, toAssayError, decide, modelId, checkProof])
    if (typeof used !== "function") throw new Error("An export is missing");
  const bytes = new Uint8Array(await (await fetch(`${self.location.origin}/digits.onnx`)).arrayBuffer());
  const model = compileOnnx(bytes, { dims: { N: 1 } });
  const image = { type: "float32", dims: [1, 1, 28, 28], data: new Float32Array(784).fill(0.5) };
  const { probabilities } = await run(model, { image });
  const input = packInputs(model, { image });
  const { traceRoot, inputRoot } = await traceBytes(model, input);

  const { page, worker } = pairOfPorts();
  serveExecutions(worker);
  const job = { model, modelId: model.modelId, input, inputRoot };
  const { outputRoot } = await executeInWorker(page)(job, {});
  page.terminate();

  const contracts = Object.fromEntries(
    CONTRACT_NAMES.map((name, index) => [name, `0x${String(index + 1).padStart(40, "0")}`]),
  );
  const request = async ({ method }) => {
    if (method === "eth_chainId") return "0x1";
    throw Object.assign(new Error("declined"), { code: 4001 });
  };
  const client = createClient({ transport: custom({ request }, { retryCount: 0 }) }).extend(
    publicActions(defineDeployment({ chainId: 1, contracts })),
  );
  const code = await client
    .getProfile({ profileId: `0x${"00".repeat(32)}` })
    .catch((error) => AssayError.is(error) && error.code);
  const { data } = probabilities;
  const bits = Array.from(new Uint32Array(data.buffer, data.byteOffset, data.length));
  return { modelId: model.modelId, traceRoot, outputRoot, bits, code, abi: inferenceHubAbi.length > 0 };
}

self.found = find().then(
  (found) => JSON.stringify(found),
  (error) => JSON.stringify({ error: String(error?.stack ?? error) }),
);
