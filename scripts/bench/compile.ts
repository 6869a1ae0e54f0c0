/**
 * Measures how long loading and compiling models of 30 MB takes, and how much of it is hashing their constants.
 *
 *     npm run bench:compile [-- --write]
 *
 * Ends with status 1 if a model takes longer than the target. `--write` commits the figures to `test/reports/compile.md` and `.json`.
 */

import { parseArgs } from "node:util";
import { LARGE_MODELS, type Measurement, measureCompile, TARGET_SECONDS } from "./compile/measure.ts";
import { type Column, markdownTable, writeReport } from "./reports.ts";

const RUNS = 5;

interface Line extends Measurement {
  readonly model: string;
}

const seconds = (value: number): string => value.toFixed(2);
const COLUMNS: readonly Column<Line>[] = [
  { title: "model", cell: ({ model }) => model },
  { title: "bytes", cell: ({ bytes }) => bytes },
  { title: "seconds", cell: (line) => seconds(line.seconds) },
  { title: "target", cell: () => seconds(TARGET_SECONDS) },
  { title: "of which hashing", cell: ({ hashing }) => `${Math.round(100 * hashing)} %` },
];

const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });
const lines = Object.entries(LARGE_MODELS).map(([model, bytes]) => ({
  model,
  ...measureCompile(bytes(), RUNS),
}));
const markdown = `# Compiling large models

Seconds of processor time from the bytes of an ONNX file to a model with its id, on one thread: the median of ${RUNS} runs. How much of it went into hashing the
constants was measured in the same runs.

${markdownTable(lines, COLUMNS)}`;
console.log(markdown);
for (const { model } of lines.filter((line) => line.seconds > TARGET_SECONDS)) {
  console.error(`${model}: takes longer than ${TARGET_SECONDS} s`);
  process.exitCode = 1;
}
if (values.write) writeReport("compile", "npm run bench:compile", markdown, lines);
