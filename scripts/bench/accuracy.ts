/**
 * Compares what real models give in the machine with what onnxruntime gives, and has the chain prove their dearest steps.
 *
 *     npm run bench:accuracy [-- --write]
 *
 * Prints tables; ends with status 1 if a bound is broken. `--write` commits the figures to `accuracy.json`.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { compileOnnx } from "../../sdk/src/compiler/index.ts";
import { compare } from "./accuracy/compare.ts";
import { largeConvolutional, largePerceptron } from "./accuracy/large.ts";
import { proveDeepest } from "./accuracy/largest.ts";
import { REAL_MODELS } from "./accuracy/models.ts";
import {
  type Proof,
  proveWorst,
  startReferee,
  TRANSACTION_BYTES,
  TRANSACTION_GAS,
} from "./accuracy/prove.ts";

const FILE = join(import.meta.dirname, "accuracy.json");
const COMPILE_RUNS = 3;

const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });
const referee = await startReferee();
const number = (value: number): string => value.toLocaleString("en-US");
const report: Record<string, unknown>[] = [];
const agreements = new Table({
  head: ["model", "inputs", "elements", "max absolute", "max relative", "same decisions"],
});
const proofs = new Table({
  head: ["model", "steps", "trace words", "constant words", "step", "gas", "bound", "calldata", "bound"],
});

/** Whether a proof fits a transaction, and what it takes what the compiler said it could take. */
function isProvable({ gas, calldataBytes, estimatedGas }: Proof): boolean {
  return gas < TRANSACTION_GAS && calldataBytes < TRANSACTION_BYTES && gas < estimatedGas;
}

function row(proof: Proof): string[] {
  const { gas, estimatedGas, calldataBytes, estimatedBytes } = proof;
  return [gas, estimatedGas, calldataBytes, estimatedBytes].map(number);
}

for (const real of REAL_MODELS) {
  const model = compileOnnx(real.bytes(), { dims: real.dims });
  const inputs = real.inputs();
  const agreement = await compare(real, model, inputs);
  const worst = await proveWorst(referee, model, inputs[0]!);
  const { steps, traceWords, constantWords, depths } = model.report;
  report.push({
    model: real.name,
    about: real.about,
    agreement,
    steps,
    traceWords,
    constantWords,
    depths,
    worst,
  });
  agreements.push([
    ...[real.name, agreement.inputs, number(agreement.elements)],
    ...[agreement.absolute.toExponential(2), agreement.relative.toExponential(2)],
    `${number(agreement.same)} of ${number(agreement.decisions)}`,
  ]);
  for (const proof of worst) {
    const sizes = [steps, traceWords, constantWords].map(number);
    proofs.push([real.name, ...sizes, `${proof.step} ${proof.operator}`.slice(0, 28), ...row(proof)]);
  }
  const isGood = agreement.absolute <= real.bounds.absolute && worst.every(isProvable);
  if (!isGood || agreement.same < real.bounds.agreement * agreement.decisions) process.exitCode = 1;
  console.log(`${real.name}: ${isGood ? "within its bounds" : "BOUND BROKEN"}`);
}

const deepest = await proveDeepest(referee);
if (!isProvable(deepest)) process.exitCode = 1;
console.log(`${agreements}\n${proofs}`);
console.log(
  `In the deepest trees a record can have, a step with a dot product of ${number(deepest.length)} pairs:`,
);
console.log(`${row(deepest).join(", ")} (gas, its bound, calldata bytes, their bound)`);

/** Median seconds of the processor, which other programs on the machine change little. */
function compileSeconds(bytes: Uint8Array, dims: Readonly<Record<string, number>> = {}): number {
  const seconds = Array.from({ length: COMPILE_RUNS }, () => {
    const start = process.cpuUsage();
    compileOnnx(bytes, { dims });
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  });
  return Math.round(seconds.toSorted((a, b) => a - b)[1]! * 100) / 100;
}

const recognizer = REAL_MODELS.find(({ name }) => name.includes("rec"))!;
const large = [
  { model: "4 fully connected layers", bytes: largePerceptron(), dims: {} },
  { model: "13 convolutions", bytes: largeConvolutional(), dims: {} },
  { model: recognizer.name, bytes: recognizer.bytes(), dims: recognizer.dims },
].map(({ model, bytes, dims }) => ({ model, bytes: bytes.length, seconds: compileSeconds(bytes, dims) }));
for (const { model, bytes, seconds } of large)
  console.log(`compiling ${model}, ${number(bytes)} bytes: ${seconds} s of processor time`);

await referee.close();
if (values.write) {
  const machine = "two shared cores";
  writeFileSync(
    FILE,
    `${JSON.stringify({ models: report, deepest, compile: { machine, large } }, undefined, 2)}\n`,
  );
  console.log("Written.");
}
