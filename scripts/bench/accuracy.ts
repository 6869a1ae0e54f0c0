/**
 * Compares what real models give in the machine with what onnxruntime gives, on real inputs.
 *
 *     npm run bench:accuracy [-- --write]
 *
 * Ends with status 1 if a bound is broken. `--write` commits the figures to `test/reports/accuracy.md` and `.json`.
 */

import { parseArgs } from "node:util";
import { compileOnnx } from "../../sdk/src/compiler/index.ts";
import { type Agreement, compare, isWithin } from "./accuracy/compare.ts";
import { REAL_MODELS, type RealModel } from "./accuracy/models.ts";
import { type Column, markdownTable, writeReport } from "./reports.ts";

interface Line extends Agreement {
  readonly model: string;
  readonly about: string;
  readonly bounds: RealModel["bounds"];
}

const COLUMNS: readonly Column<Line>[] = [
  { title: "model", cell: ({ model }) => model },
  { title: "inputs", cell: ({ about }) => about },
  { title: "elements", cell: ({ elements }) => elements },
  { title: "largest difference", cell: ({ absolute }) => absolute.toExponential(1) },
  { title: "bound", cell: ({ bounds }) => bounds.absolute.toExponential(0) },
  { title: "largest relative difference", cell: ({ relative }) => relative.toExponential(1) },
  {
    title: "same decisions",
    cell: ({ same, decisions }) => `${same.toLocaleString("en-US")} of ${decisions.toLocaleString("en-US")}`,
  },
];

const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });
const lines: Line[] = [];
for (const real of REAL_MODELS) {
  const model = compileOnnx(real.bytes(), { dims: real.dims });
  const agreement = await compare(real, model, real.inputs());
  const { name, about, bounds } = real;
  lines.push({ model: name, about, ...agreement, bounds });
  if (isWithin(agreement, bounds)) continue;
  console.error(`${name}: a bound is broken`);
  process.exitCode = 1;
}

const markdown = `# Accuracy

What the machine computes beside what onnxruntime-node computes on its processor, without its graph optimizations, from the same ONNX files and the same inputs.
The machine's results are the same bits everywhere; onnxruntime's differ a little from one processor to another, and so may these differences.
Relative differences are those of elements that are at least a thousandth of the largest one of their output. A decision is what an application takes from the outputs.

${markdownTable(lines, COLUMNS)}`;
console.log(markdown);
if (values.write) writeReport("accuracy", "npm run bench:accuracy", markdown, lines);
