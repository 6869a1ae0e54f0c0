import ts from "typescript";
import { type Check, lineOf, readFiles, type SourceFile } from "./check.ts";

/**
 * The functions of `Math` whose result is exact, hence the same on every engine. All others are approximations whose
 * last bits ECMAScript leaves open, and so does `**`, unless it is a power of two or of bigints.
 */
const exact: ReadonlySet<string> = new Set(
  "abs ceil clz32 floor fround imul max min round sign sqrt trunc".split(" "),
);

/** Finds arithmetic whose result may differ between JavaScript engines. */
export function checkNumerics(files: readonly SourceFile[]): readonly string[] {
  const problems: string[] = [];
  for (const file of files) {
    const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true);
    const report = (node: ts.Node, what: string) =>
      problems.push(
        `${file.path}:${lineOf(file.text, node.getStart())}: ${what} is not the same on every machine`,
      );

    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && node.text === "Math" && !isExactCall(node)) {
        report(node, node.parent.getText().split("\n")[0] as string);
      }
      if (ts.isBinaryExpression(node) && isPower(node.operatorToken.kind) && !isExactPower(node)) {
        report(node, "**");
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return problems;
}

function isExactCall(node: ts.Identifier): boolean {
  const { parent } = node;
  return ts.isPropertyAccessExpression(parent) && parent.expression === node && exact.has(parent.name.text);
}

function isPower(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.AsteriskAsteriskToken || kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken;
}

function isExactPower({ left, right }: ts.BinaryExpression): boolean {
  const isPowerOfTwo = ts.isNumericLiteral(left) && left.text === "2";
  return isPowerOfTwo || ts.isBigIntLiteral(left) || ts.isBigIntLiteral(right);
}

const consensusLayers = ["core", "machine", "trace", "compiler", "runtime"];

export const numerics: Check = {
  name: "numerics",
  rule: "Code that decides consensus values uses no arithmetic that differs between JavaScript engines.",
  run: () =>
    checkNumerics(
      readFiles(
        (path) =>
          path.endsWith(".ts") && consensusLayers.some((layer) => path.startsWith(`sdk/src/${layer}/`)),
      ),
    ),
};
