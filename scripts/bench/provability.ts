/**
 * Has the chain prove steps of real models: the worst ones and random ones, and the longest ones of the largest model that there can be.
 *
 *     npm run bench:provability [-- --write]
 *
 * Ends with status 1 if a proof takes more than was promised. `--write` commits the figures to `test/reports/provability.md` and `.json`.
 */

import { parseArgs } from "node:util";
import { type CompileReport, compileOnnx } from "../../sdk/src/compiler/index.ts";
import { LIMITS } from "../../sdk/src/compiler/limits.ts";
import { RECORD_LIMITS } from "../../sdk/src/machine/record.ts";
import { isExecutable } from "../../sdk/src/machine/validity.ts";
import { BUDGET } from "../../sdk/src/machine/weights.ts";
import { createRandom } from "../../test/support/random.ts";
import { REAL_MODELS } from "./accuracy/models.ts";
import { proveDeepest } from "./provability/largest.ts";
import { isProvable, type Proof, proveSteps, startReferee } from "./provability/prove.ts";
import { type Column, markdownTable, writeReport } from "./reports.ts";

const SEED = 1;
const SAMPLES = 4;

interface ModelLine extends Pick<CompileReport, "traceWords" | "constantWords" | "depths" | "worstStep"> {
  readonly model: string;
  readonly steps: number;
  readonly withinBudget: number;
}

interface ProofLine extends Proof {
  readonly model: string;
}

const share = (value: number, whole: number): string => `${((100 * value) / whole).toFixed(0)} %`;

const MODEL_COLUMNS: readonly Column<ModelLine>[] = [
  { title: "model", cell: ({ model }) => model },
  { title: "steps", cell: ({ steps }) => steps },
  { title: "within the budget", cell: ({ withinBudget }) => withinBudget },
  { title: "trace words", cell: ({ traceWords }) => traceWords },
  { title: "constant words", cell: ({ constantWords }) => constantWords },
  {
    title: "depth of the trace",
    cell: ({ depths }) =>
      `${depths.stepDepth + depths.wordDepth} (${depths.stepDepth} + ${depths.wordDepth})`,
  },
  { title: "depth of the constants", cell: ({ depths }) => depths.constantsDepth },
  { title: "worst step", cell: ({ worstStep }) => `${worstStep.index}, ${worstStep.operator}` },
  { title: "its gas, at most", cell: ({ worstStep }) => worstStep.gas },
  { title: "of the budget", cell: ({ worstStep }) => share(worstStep.gas, BUDGET.gas) },
  { title: "its bytes, at most", cell: ({ worstStep }) => worstStep.bytes },
  { title: "of the budget", cell: ({ worstStep }) => share(worstStep.bytes, BUDGET.bytes) },
];

const PROOF_COLUMNS: readonly Column<ProofLine>[] = [
  { title: "model", cell: ({ model }) => model },
  { title: "step", cell: ({ step, operator }) => `${step}, ${operator}` },
  { title: "chosen", cell: ({ chosen }) => chosen },
  { title: "gas", cell: ({ gas }) => gas },
  { title: "at most", cell: ({ bound }) => bound.gas },
  { title: "opened bytes", cell: ({ openedBytes }) => openedBytes },
  { title: "at most", cell: ({ bound }) => bound.bytes },
  { title: "calldata", cell: ({ calldataBytes }) => calldataBytes },
];

const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });
const referee = await startReferee();
const models: ModelLine[] = [];
const proofs: ProofLine[] = [];
for (const { name, bytes, dims, inputs } of REAL_MODELS) {
  const model = compileOnnx(bytes(), { dims });
  const { steps, traceWords, constantWords, depths, worstStep } = model.report;
  const isLegal = (i: number): boolean =>
    isExecutable(model.steps[i], model.program[i]!.length, model.record);
  const withinBudget = model.steps.filter((_, i) => isLegal(i)).length;
  models.push({ model: name, steps, withinBudget, traceWords, constantWords, depths, worstStep });
  const options = { random: createRandom(SEED), samples: SAMPLES };
  for (const proof of await proveSteps(referee, model, inputs()[0]!, options))
    proofs.push({ model: name, ...proof });
}
const deepest = (await proveDeepest(referee)).map((proof) => ({ model: "of the greatest depths", ...proof }));
await referee.close();

for (const proof of [...proofs, ...deepest].filter((each) => !isProvable(each))) {
  console.error(`${proof.model}, step ${proof.step}: takes more than was promised`);
  process.exitCode = 1;
}
for (const { model } of models.filter(({ steps, withinBudget }) => withinBudget < steps)) {
  console.error(`${model}: a step is not within the budget`);
  process.exitCode = 1;
}

const { stepDepth, wordDepth, traceDepth, constantsDepth } = RECORD_LIMITS;
const power = (bits: number): string => `2^${bits}`;
const markdown = `# Provability

A step is within the budget if its proof takes at most ${BUDGET.gas.toLocaleString("en-US")} gas and opens at most ${BUDGET.bytes.toLocaleString("en-US")} bytes, whatever its data: SPEC.md section 5.

${markdownTable(models, MODEL_COLUMNS)}

## Proofs

The steps that may take most gas and most bytes, and ${SAMPLES} random ones (seed ${SEED}) of each model, proven to the deployed Referee on a chain with the gas limit of
EIP-7825. Of every step up to four elements were proven, the values compared, and the dearest transaction stands here, all its gas and calldata counted.

${markdownTable(proofs, PROOF_COLUMNS)}

## The largest model

Whatever can be registered can be convicted: a record allows up to ${power(stepDepth)} steps, ${power(wordDepth)} words (8 GiB) for each tensor, ${power(traceDepth)} words (32 TiB) for the whole trace and
${power(constantsDepth)} words (128 GiB) of constants, and narrowing a trace of ${power(traceDepth)} words to one word takes ${traceDepth / 4} answers of four levels each. Steps that are as long as the budget allows
in trees of these depths:

${markdownTable(deepest, PROOF_COLUMNS.slice(1))}

The compiler ends sooner: ONNX files up to 1 GiB, ${LIMITS.steps.toLocaleString("en-US")} steps, 2 GiB of constants. Reductions that are longer than a step may be are cut into several steps,
whose fold continues, so no layer is too wide.`;
console.log(markdown);
if (values.write)
  writeReport("provability", "npm run bench:provability", markdown, {
    budget: BUDGET,
    models,
    proofs,
    deepest,
  });
