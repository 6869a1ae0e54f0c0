/**
 * Measures the runtime beside onnxruntime, interleaved in one run, and prints ratios: on another machine the times differ, the ratios hardly.
 *
 *     npm run bench:runtime [-- --write] [-- --seconds 6]
 *
 * `--write` commits what was measured to `runtime.json`.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compileOnnx } from "../../sdk/src/compiler/index.ts";
import { rootOfBytes } from "../../sdk/src/core/tree.ts";
import { executeModel } from "../../sdk/src/runtime/execute.ts";
import { packInputs, run } from "../../sdk/src/runtime/index.ts";
import { workload } from "../../sdk/src/runtime/limits.ts";
import { programOf } from "../../sdk/src/runtime/wasm/engine.ts";
import { traceOf } from "../../sdk/src/trace/trace.ts";
import { floats, singleNode, weights } from "../../test/support/onnx.ts";
import { medians } from "./runtime/measure.ts";
import { nodePeer, webPeer } from "./runtime/peers.ts";
import { type Subject, subjects } from "./runtime/subjects.ts";

interface Line {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The value should be at least, or at most, so much. */
  readonly target?: readonly [bound: ">=" | "<=", value: number];
}

const { values } = parseArgs({
  options: { write: { type: "boolean", default: false }, seconds: { type: "string", default: "6" } },
});
const milliseconds = 1000 * Number(values.seconds);
const lines: Line[] = [];

function report(line: Line): void {
  lines.push(line);
  const { what, value, unit, target } = line;
  const isMet = target === undefined || (target[0] === ">=" ? value >= target[1] : value <= target[1]);
  const wanted = target === undefined ? "" : `  target ${target.join(" ")}${isMet ? "" : ", missed"}`;
  console.log(`${what.padEnd(66)} ${value.toFixed(3).padStart(9)} ${unit.padEnd(5)}${wanted}`);
}

/** Against both builds of onnxruntime, one thread each. */
async function compareWithPeers({ name, bytes, model, inputs, targets }: Subject): Promise<number> {
  const input = packInputs(model, inputs);
  const peers = { name, bytes, model, inputs, targets };
  const [web, node] = [await webPeer(peers), await nodePeer(peers)];
  const times = await medians({ ours: () => executeModel(model, input), web, node }, milliseconds);
  const ratio = times.web / times.ours;
  report({ what: `${name}: speed / onnxruntime-web`, value: ratio, unit: "x", target: [">=", targets.web] });
  report({
    ...{ what: `${name}: speed / onnxruntime-node`, value: times.node / times.ours, unit: "x" },
    target: [">=", targets.node],
  });
  return ratio;
}

async function measureThreads({ name, model, inputs }: Subject): Promise<void> {
  const times = await medians(
    { one: () => run(model, inputs, { threads: 1 }), two: () => run(model, inputs, { threads: 2 }) },
    milliseconds,
  );
  report({
    what: `${name}: speed, 2 threads / 1`,
    value: times.one / times.two,
    unit: "x",
    target: [">=", 1.7],
  });
}

/** What a commitment and a whole trace cost beside the run itself. */
async function measureHashing({ name, model, inputs }: Subject): Promise<void> {
  const input = packInputs(model, inputs);
  const { output, tensors } = executeModel(model, input, { keep: "all" });
  const bytes = tensors.reduce((sum, { length }) => sum + length, 0);
  const times = await medians(
    {
      inference: () => executeModel(model, input),
      commitment: () => rootOfBytes(output, model.record.wordDepth),
      tensors: () => executeModel(model, input, { keep: "all" }),
      tree: () => traceOf(model.record, input, tensors),
    },
    milliseconds,
  );
  report({
    ...{ what: `${name}: hash of the ${output.length} output bytes / inference`, unit: "" },
    ...{ value: times.commitment / times.inference, target: ["<=", 0.01] },
  });
  const traced = (times.tensors + times.tree) / times.inference;
  report({ what: `${name}: run with the whole trace tree / run`, value: traced, unit: "x" });
  const speed = bytes / 2 ** 20 / (times.tree / 1000);
  report({ what: `${name}: trace hashed by one thread`, value: speed, unit: "MiB/s", target: [">=", 60] });
}

function measureMemory({ name, model }: Subject): void {
  const program = programOf(model, false);
  if (program === undefined) return;
  const live = workload(model, "last").memoryBytes;
  report({
    ...{ what: `${name}: memory of the engine / (weights + live tensors)`, unit: "x" },
    ...{ value: program.memoryBytes / (model.constants.length + live), target: ["<=", 2] },
  });
}

/** A file of 30 MB: products with wide weights, one after the other. */
async function measureLoad(): Promise<void> {
  const side = 2740;
  const bytes = singleNode({ operator: "MatMul", inputs: [floats([1, side]), weights([side, side])] });
  const start = performance.now();
  const model = compileOnnx(bytes);
  executeModel(model, new Uint8Array(model.record.inputBytes));
  const seconds = (performance.now() - start) / 1000;
  const what = `load, compile and first run of a file of ${Math.round(bytes.length / 1e6)} MB`;
  report({ what, value: seconds, unit: "s", target: ["<=", 5] });
}

const all = subjects();
const ratios: number[] = [];
for (const subject of all) {
  const ratio = await compareWithPeers(subject);
  if (subject !== all[0]) ratios.push(ratio);
}
const mean = ratios.reduce((product, ratio) => product * ratio, 1) ** (1 / ratios.length);
report({ what: "models: geometric mean / onnxruntime-web", value: mean, unit: "x", target: [">=", 1.3] });
for (const subject of all.slice(-1)) await measureThreads(subject);
for (const subject of all.slice(1)) await measureHashing(subject);
for (const subject of all) measureMemory(subject);
await measureLoad();

if (values.write) {
  const rounded = lines.map((line) => ({ ...line, value: Number(line.value.toPrecision(3)) }));
  const text = `{\n  "lines": [\n${rounded.map((line) => `    ${JSON.stringify(line)}`).join(",\n")}\n  ]\n}\n`;
  writeFileSync(join(import.meta.dirname, "runtime.json"), text);
  console.log("\nWritten.");
}
process.exit();
