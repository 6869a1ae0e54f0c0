/**
 * Measures the runtime beside onnxruntime, in turns within one run: on another machine the times differ, the ratios hardly.
 *
 *     npm run bench:runtime [-- --write] [-- --seconds 6]
 *
 * `--write` commits the figures to `test/reports/runtime.md` and `.json`.
 */

import { parseArgs } from "node:util";
import { compileOnnx } from "../../sdk/src/compiler/index.ts";
import { executeModel } from "../../sdk/src/runtime/execute.ts";
import { packInputs } from "../../sdk/src/runtime/index.ts";
import { LARGE_MODELS } from "./compile/measure.ts";
import { type Column, markdownTable, writeReport } from "./reports.ts";
import { ceiling } from "./runtime/ceiling.ts";
import { type Hashing, measureHashes, measureHashing } from "./runtime/hashing.ts";
import { inTurns, median, type Times } from "./runtime/measure.ts";
import { type Memory, measureMemory } from "./runtime/memory.ts";
import { nodePeer, webPeer } from "./runtime/peers.ts";
import { type Subject, subjects } from "./runtime/subjects.ts";
import { measureThreads, profile, type Share, type Threads } from "./runtime/threads.ts";

const { values } = parseArgs({
  options: { write: { type: "boolean", default: false }, seconds: { type: "string", default: "6" } },
});
const milliseconds = 1000 * Number(values.seconds);

/** Runs of the comparison with the peers, of which the median counts. */
const REPEATS = 3;

const TARGETS = { geometricMean: 1.3, threads: 1.7, commitment: 0.01, megabytes: 60, memory: 2, seconds: 5 };

/** How many times as fast as onnxruntime's builds, one thread each. */
interface Ratios {
  readonly web: number;
  readonly node: number;
}

interface Speed {
  readonly model: string;
  /** From medians of runs, and from processor time. */
  readonly medians: Ratios;
  readonly processor: Ratios;
  readonly targets: Ratios;
}

async function measureSpeed(subject: Subject): Promise<Speed> {
  const { name, model, inputs, targets } = subject;
  const input = packInputs(model, inputs);
  const runs = {
    ours: () => executeModel(model, input),
    web: await webPeer(subject),
    node: await nodePeer(subject, 1),
  };
  const repeats: Record<keyof typeof runs, Times>[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) repeats.push(await inTurns(runs, milliseconds / REPEATS));
  const ratios = (by: keyof Times): Ratios => ({
    web: median(repeats.map(({ ours, web }) => web[by] / ours[by])),
    node: median(repeats.map(({ ours, node }) => node[by] / ours[by])),
  });
  return { model: name, medians: ratios("median"), processor: ratios("processor"), targets };
}

function meanOf(ratios: readonly number[]): number {
  return ratios.reduce((product, one) => product * one, 1) ** (1 / ratios.length);
}

const heldRatio = ({ weightBytes, liveBytes, heldBytes }: Memory): number =>
  heldBytes / (weightBytes + liveBytes);

/** From the bytes of a file to the end of the first run. */
interface Start {
  readonly model: string;
  readonly bytes: number;
  /** Median seconds, and those of processor time. */
  readonly seconds: number;
  readonly processor: number;
}

async function measureStarts(): Promise<Start[]> {
  const files = Object.entries(LARGE_MODELS).map(([model, make]) => ({ model, bytes: make() }));
  const runs = files.map(({ model, bytes }) => {
    const run = (): void => {
      const compiled = compileOnnx(bytes);
      executeModel(compiled, new Uint8Array(compiled.record.inputBytes));
    };
    return [model, run] as const;
  });
  const times = await inTurns(Object.fromEntries(runs), 0);
  return files.map(({ model, bytes }) => {
    const { median: wall, processor } = times[model] as Times;
    return { model, bytes: bytes.length, seconds: wall / 1e3, processor: processor / 1e3 };
  });
}

const ratio = (value: number): string => `${value.toFixed(2)} x`;
const percent = (value: number): string => `${(100 * value).toFixed(value < 0.1 ? 2 : 0)} %`;
const least = (value: number, target: number): string =>
  `>= ${target.toFixed(2)}${value >= target ? "" : ", missed"}`;
const most = (value: number, target: number, shown: string): string =>
  `<= ${shown}${value <= target ? "" : ", missed"}`;

const SPEED: readonly Column<Speed>[] = [
  { title: "model", cell: ({ model }) => model },
  { title: "speed / onnxruntime-web", cell: ({ medians }) => ratio(medians.web) },
  { title: "target", cell: ({ medians, targets }) => least(medians.web, targets.web) },
  { title: "by processor time", cell: ({ processor }) => ratio(processor.web) },
  { title: "speed / onnxruntime-node", cell: ({ medians }) => ratio(medians.node) },
  { title: "target", cell: ({ medians, targets }) => least(medians.node, targets.node) },
  { title: "by processor time", cell: ({ processor }) => ratio(processor.node) },
];
const THREADS: readonly Column<Threads>[] = [
  { title: "model", cell: ({ model }) => model },
  { title: "2 threads / 1", cell: ({ medians }) => ratio(medians) },
  { title: "target", cell: ({ medians }) => least(medians, TARGETS.threads) },
  { title: "with the trace's roots", cell: ({ traced }) => ratio(traced) },
  { title: "undisturbed", cell: ({ undisturbed }) => ratio(undisturbed) },
  { title: "onnxruntime-node's", cell: ({ node }) => ratio(node) },
];
const THREAD_PARTS: readonly Column<Threads>[] = [
  { title: "model", cell: ({ model }) => model },
  { title: "half of one thread's work", cell: ({ parts }) => percent(parts.half) },
  { title: "steps that are not shared", cell: ({ parts }) => percent(parts.unshared) },
  { title: "waking and waiting", cell: ({ parts }) => percent(parts.joining) },
  { title: "disturbed", cell: ({ parts }) => percent(parts.disturbed) },
  { title: "one thread's run disturbed", cell: ({ parts }) => percent(parts.disturbedAlone) },
  { title: "µs to hand a run over", cell: ({ parts }) => Math.round(parts.handOver) },
];
const HASHING: readonly Column<Hashing>[] = [
  { title: "model", cell: ({ model }) => model },
  { title: "bytes of output", cell: ({ outputBytes }) => outputBytes },
  { title: "hashes", cell: ({ hashes }) => hashes },
  { title: "ns per hash", cell: ({ medians }) => Math.round(medians.nanosecondsPerHash) },
  { title: "of a run", cell: ({ medians }) => percent(medians.commitment) },
  { title: "target", cell: ({ medians }) => most(medians.commitment, TARGETS.commitment, "1 %") },
  { title: "by processor time", cell: ({ processor }) => percent(processor.commitment) },
];
/** Where the time of a commitment goes: what its hashes take at least, and the rest. */
const COMMITTING: readonly Column<Hashing>[] = [
  { title: "model", cell: ({ model }) => model },
  { title: "hashes in rows", cell: ({ hashes, single }) => hashes - single },
  { title: "one by one", cell: ({ single }) => single },
  {
    title: "their shortest time, of a run",
    cell: (line) => percent(leastHashing(line) / line.runNanoseconds),
  },
  {
    title: "rest: copying, calling, cold caches and interruptions, of a run",
    cell: (line) => percent(Math.max(line.medians.commitment - leastHashing(line) / line.runNanoseconds, 0)),
  },
  {
    title: "hashes that 1 % of a run has time for",
    cell: ({ runNanoseconds }) => Math.floor((TARGETS.commitment * runNanoseconds) / hashTimes.inRows),
  },
];
const leastHashing = ({ hashes, single }: Hashing): number =>
  (hashes - single) * hashTimes.inRows + single * hashTimes.oneByOne;

const TRACING: readonly Column<Hashing>[] = [
  { title: "model", cell: ({ model }) => model },
  { title: "bytes of trace", cell: ({ traceBytes }) => traceBytes },
  { title: "run with trace / run", cell: ({ medians }) => ratio(medians.traced) },
  { title: "MB/s of trace hashed", cell: ({ medians }) => Math.round(medians.megabytesPerSecond) },
  { title: "target", cell: ({ medians }) => least(medians.megabytesPerSecond, TARGETS.megabytes) },
  { title: "by processor time", cell: ({ processor }) => Math.round(processor.megabytesPerSecond) },
];
const MEMORY: readonly Column<Memory>[] = [
  { title: "model", cell: ({ model }) => model },
  { title: "bytes of weights", cell: ({ weightBytes }) => weightBytes },
  { title: "most bytes of live tensors", cell: ({ liveBytes }) => liveBytes },
  { title: "bytes held", cell: ({ heldBytes }) => heldBytes },
  { title: "ratio", cell: (line) => ratio(heldRatio(line)) },
  { title: "target", cell: (line) => most(heldRatio(line), TARGETS.memory, "2 x") },
];
const MEMORY_PARTS: readonly Column<Memory>[] = [
  { title: "model", cell: ({ model }) => model },
  { title: "constants as given", cell: ({ weightBytes }) => weightBytes },
  { title: "pages", cell: ({ pages }) => pages },
  { title: "constants in them", cell: ({ fixedBytes }) => fixedBytes },
  { title: "unused end of the last page", cell: ({ unusedBytes }) => unusedBytes },
];
const START: readonly Column<Start>[] = [
  { title: "model", cell: ({ model }) => model },
  { title: "bytes", cell: ({ bytes }) => bytes },
  { title: "seconds", cell: ({ seconds }) => seconds.toFixed(2) },
  { title: "target", cell: ({ seconds }) => most(seconds, TARGETS.seconds, "5") },
  { title: "of processor time", cell: ({ processor }) => processor.toFixed(2) },
];
const PROFILE: readonly Column<Share>[] = [
  { title: "model", cell: ({ model }) => model },
  { title: "step", cell: ({ step }) => step },
  { title: "of a run", cell: ({ share }) => percent(share) },
  { title: "of the ceiling", cell: ({ ofCeiling }) => (ofCeiling === 0 ? "" : percent(ofCeiling)) },
];

const all = subjects();
const models = all.slice(1);
const speed: Speed[] = [];
for (const subject of all) speed.push(await measureSpeed(subject));
const geometricMeans = {
  medians: meanOf(speed.slice(1).map(({ medians }) => medians.web)),
  processor: meanOf(speed.slice(1).map(({ processor }) => processor.web)),
};
const threads: Threads[] = [];
for (const subject of models.slice(-1)) threads.push(await measureThreads(subject, 2 * milliseconds));
const hashTimes = measureHashes();
const hashing: Hashing[] = [];
for (const subject of models) hashing.push(await measureHashing(subject, milliseconds));
const memory = all.map(measureMemory);
const start = await measureStarts();
const fastest = ceiling();
const shares = all.flatMap((subject) => profile(subject, fastest));

const markdown = `# The runtime beside onnxruntime

What is compared runs in turns, and the medians of single runs are judged. Processor time of all threads stands beside them: on a busy machine medians favour whoever's
run is short enough not to be interrupted.

## Speed on one thread

Of ${REPEATS} repetitions the median.

${markdownTable(speed, SPEED)}

Geometric mean of the models against onnxruntime-web: ${ratio(geometricMeans.medians)}, target ${least(geometricMeans.medians, TARGETS.geometricMean)}; ${ratio(geometricMeans.processor)} by
processor time.

## Two threads

"Undisturbed" adds up the shortest time of each step over many runs in turns, which is what a run takes when nothing else wants the processor. The figures of
onnxruntime-node, from the same turns, show what the machine had to spare.

${markdownTable(threads, THREADS)}

Where the time of the median run with two threads goes. "Disturbed" is what it has beyond the shortest times of its steps.

${markdownTable(threads, THREAD_PARTS)}

## Commitments

A commitment hashes the words of the output, one hash for each, and nothing else. Its part of a run is therefore a property of the model: it is above the target where
the output is large beside the work that makes it, or where the whole run takes no longer than a few hashes.

${markdownTable(hashing, HASHING)}

Where it goes. A hash takes at least ${Math.round(hashTimes.inRows)} ns in rows of pairs, three at a time, and ${Math.round(hashTimes.oneByOne)} ns where each waits for the one below, as above the
output's own nodes. No memory is read but the output: a permutation is some thousand instructions, and WebAssembly has none that rotate vectors.

${markdownTable(hashing, COMMITTING)}

## Traces

Of one thread.

${markdownTable(hashing, TRACING)}

## Memory

What the engine holds while it runs, with the constants that it was given beside its own copy of them. A memory of WebAssembly consists of pages of 65,536 bytes,
of which a model that is smaller than one takes a whole one.

${markdownTable(memory, MEMORY)}

${markdownTable(memory, MEMORY_PARTS)}

## From a file of 30 MB to its first result

${markdownTable(start, START)}

## Where the time of a run goes

The steps that take longest, by their shortest times. The ceiling is how fast one thread multiplies and adds vectors of 128 bits that it need not read: WebAssembly has
no wider ones, and no instruction that does both and rounds as the machine does. onnxruntime-node has both.

${markdownTable(shares, PROFILE)}`;
console.log(markdown);
if (values.write)
  writeReport("runtime", "npm run bench:runtime", markdown, {
    ...{ speed, geometricMeans, threads, hashTimes, hashing, memory, start, shares },
  });
process.exit();
