import { decodeModel, OPSETS } from "../../sdk/src/compiler/onnx/decode.ts";
import { firstOpset } from "../../sdk/src/compiler/operators/early.ts";
import { ML_OPERATORS } from "../../sdk/src/compiler/operators/ml/registry.ts";
import { OPERATORS } from "../../sdk/src/compiler/operators/registry.ts";
import { AssayError } from "../../sdk/src/core/errors.ts";
import { readArchive } from "../../test/support/conformance/archive.ts";
import type { Outcome } from "../../test/support/conformance/run-case.ts";
import { readTable, summarize, type Table } from "../../test/support/conformance/table.ts";
import { type Generator, textFile } from "./generator.ts";

/** What the compiler supports: its own registry of operators beside the results of the ONNX project's tests. */
export const operators: Generator = {
  name: "operators",
  generate: async () => [textFile("sdk/src/compiler/OPERATORS.md", page(readTable()))],
};

interface Tests {
  passed: number;
  cases: number;
}

function page(table: Table): string {
  const { cases, passed } = summarize(table);
  const tests = testsByOperator(table);
  const rows = Object.keys(OPERATORS)
    .sort()
    .map((name) => row(name, tests.get(name)));
  return `<!-- Written by scripts/generate/operators.ts: do not edit, run \`npm run generate\`. -->

# Operators

The compiler takes ONNX files of opset ${OPSETS.least} to ${OPSETS.most} and these ${rows.length} operators of the domain \`ai.onnx\`, ${Object.keys(ML_OPERATORS).length} of \`ai.onnx.ml\`, and functions that a file
defines by them. Anything else is refused with one error that names the node, its operator and its opset.

- Types: float32; float16, each result rounded once; bfloat16, which is moved and widened but not computed with; integers of 8 to 64 bits with and
  without a sign; bool. A request's 64-bit integers have to fit 32 bits. Doubles may be constants. Strings, maps, optional and complex values are refused.
- Shapes follow from the file and the sizes that open dimensions are given while compiling; so must axes, loop counts, and whatever else decides on shapes.
  An input that decides on them is given as an initializer. A condition may depend on the request: both branches are computed, or as many iterations
  as the loop may have, and the right values chosen, if they are of the same types and shapes.
- Nothing is random: Dropout does nothing, and training it is refused.

Of the ${cases} tests of the ONNX project ${passed} pass, within the tolerances of ONNX's own runner and exactly where nothing is rounded; the others are refused
for the reasons below. \`npm run conformance\` runs them, \`npm run conformance -- --prove\` has a chain compute an element of every step.

| operator | opsets | attributes | tests that pass, of those with it |
|---|---|---|---|
${rows.join("\n")}

## Operators of ai.onnx.ml

What exporters make of classical models, of features that are numbers and classes that are integers; texts are refused. Trees compare as IEEE-754 says, and
their weights are added up in the order of the trees. A ZipMap gives the tensor of its maps' values, in the order of their keys. Every operator is compared with
onnxruntime.

| operator | attributes |
|---|---|
${Object.keys(ML_OPERATORS).sort().map(mlRow).join("\n")}

## Why tests are refused

| reason | tests |
|---|---:|
${refusals(table).join("\n")}
`;
}

function mlRow(name: string): string {
  return `| ${name} | ${[...(ML_OPERATORS[name]!.attributes ?? [])].sort().join(", ")} |`;
}

function row(name: string, tests: Tests | undefined): string {
  const { since, until, attributes = [] } = OPERATORS[name]!;
  const opsets = `${firstOpset(name, since)} to ${until ?? OPSETS.most}`;
  const counts = tests === undefined ? "none has it" : `${tests.passed} of ${tests.cases}`;
  return `| ${name} | ${opsets} | ${[...attributes].sort().join(", ")} | ${counts} |`;
}

function testsByOperator(table: Table): ReadonlyMap<string, Tests> {
  const tests = new Map<string, Tests>();
  for (const { name, model } of readArchive()) {
    const isPassed = table.get(name)?.result === "pass";
    for (const operator of operatorsOf(model)) {
      const own = tests.get(operator) ?? { passed: 0, cases: 0 };
      tests.set(operator, { passed: own.passed + Number(isPassed), cases: own.cases + 1 });
    }
  }
  return tests;
}

function operatorsOf(model: Uint8Array): ReadonlySet<string> {
  try {
    return new Set(decodeModel(model).graph.nodes.map(({ operator }) => operator));
  } catch (error) {
    // Files that are refused before their nodes are read.
    if (AssayError.is(error)) return new Set();
    throw error;
  }
}

/** The errors without the names that are of one test only, the most frequent first. */
function refusals(table: Table): readonly string[] {
  const counts = new Map<string, number>();
  for (const outcome of table.values()) {
    if (outcome.result === "pass") continue;
    const reason = reasonOf(outcome);
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, own], [b, other]) => other - own || (a < b ? -1 : 1))
    .map(([reason, count]) => `| ${reason} | ${count} |`);
}

function reasonOf({ message }: Extract<Outcome, { result: "unsupported" }>): string {
  return message
    .replace(/^(Input|Output|The input) "[^"]*"/, "$1")
    .replace(/output "[^"]*" has/, "an output has")
    .replace(/ \(node "[^"]*", (\S+) of (\S+) opset \d+\)/, ": $1 of $2")
    .replace(/\.$/, "");
}
