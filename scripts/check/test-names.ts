import ts from "typescript";
import { type Check, lineOf, readFiles, type SourceFile } from "./check.ts";
import { stripSolidity } from "./solidity.ts";

const vocabulary = "default, args:, behavior: or error:";
const title = /^(?:default(?:$|[:, ])|(?:args|behavior|error): \S)/;
const headOfTemplate = /^(?:default(?:$|[:, ])|(?:args|behavior|error): )/;
const solidityTest = /^(?:test|testFuzz|testDiff|invariant)_[A-Za-z0-9]/;

/** Finds titles of mocha tests that do not begin with a word of the vocabulary. */
export function checkMochaTitles(files: readonly SourceFile[]): readonly string[] {
  const problems: string[] = [];
  for (const file of files) {
    const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && isTest(node.expression)) {
        const problem = problemOfTitle(node.arguments[0]);
        if (problem !== undefined)
          problems.push(`${file.path}:${lineOf(file.text, node.getStart())}: ${problem}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return problems;
}

/** `it(...)`, `specify(...)` and their `.only` and `.skip` forms. */
function isTest(callee: ts.Expression): boolean {
  const name = ts.isPropertyAccessExpression(callee) ? callee.expression : callee;
  return ts.isIdentifier(name) && (name.text === "it" || name.text === "specify");
}

function problemOfTitle(argument: ts.Expression | undefined): string | undefined {
  if (argument === undefined) return "a test without a title";
  if (ts.isStringLiteralLike(argument)) {
    return title.test(argument.text) ? undefined : `"${argument.text}" begins with none of ${vocabulary}`;
  }
  if (ts.isTemplateExpression(argument)) {
    const head = argument.head.text;
    return headOfTemplate.test(head) ? undefined : `"${head}..." begins with none of ${vocabulary}`;
  }
  return `a title must be written out, beginning with ${vocabulary}`;
}

/** Finds Solidity tests whose name does not say of which kind they are. */
export function checkSolidityTests(files: readonly SourceFile[]): readonly string[] {
  const problems: string[] = [];
  for (const { path, text } of files) {
    const code = stripSolidity(text);
    for (const match of code.matchAll(/\bfunction\s+((?:test|invariant)\w*)/g)) {
      const name = match[1] as string;
      if (!solidityTest.test(name)) {
        problems.push(
          `${path}:${lineOf(code, match.index)}: ${name} is none of test_, testFuzz_, testDiff_, invariant_`,
        );
      }
    }
  }
  return problems;
}

export const testNames: Check = {
  name: "test-names",
  rule: `Every mocha test is titled ${vocabulary}; every Solidity test test_, testFuzz_, testDiff_ or invariant_.`,
  run: () => [
    ...checkMochaTitles(readFiles((path) => path.startsWith("test/") && path.endsWith(".ts"))),
    ...checkSolidityTests(readFiles((path) => path.endsWith(".t.sol"))),
  ],
};
