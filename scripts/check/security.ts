import ts from "typescript";
import { type Check, readFiles, type SourceFile } from "./check.ts";
import { ATTACKS, EXPLOITS, PROMISES } from "./security-ids.ts";

/** A test that says in its title what it is about. */
export interface SecurityTest {
  readonly path: string;
  /** The title, with an ellipsis where it is put together. */
  readonly title: string;
  /** Numbers of attacks, and names of promises and exploits. */
  readonly ids: readonly string[];
}

const mention = /\b(attack|promise|exploit) ((?:[A-Z]?\d+)(?:(?:, | and )[A-Z]?\d+)*)/g;

/** The tests of these files that name an attack, a promise or an exploit. */
export function securityTests(files: readonly SourceFile[]): readonly SecurityTest[] {
  return files.flatMap((file) =>
    titlesOf(file).flatMap((title) => {
      const ids = [...title.matchAll(mention)].flatMap(([, , list = ""]) => list.split(/, | and /));
      return ids.length === 0 ? [] : [{ path: file.path, title, ids }];
    }),
  );
}

/** All of the repository. */
export function readSecurityTests(): readonly SecurityTest[] {
  return securityTests(readFiles((path) => path.startsWith("test/") && path.endsWith(".test.ts")));
}

/** Finds attacks, promises and exploits without a test, and titles that name what does not exist. */
export function checkSecurity(tests: readonly SecurityTest[]): readonly string[] {
  const known = [...ATTACKS.keys()]
    .map((index) => String(index + 1))
    .concat(Object.keys(PROMISES), Object.keys(EXPLOITS));
  const tested = new Set(tests.flatMap(({ ids }) => ids));
  return [
    ...known
      .filter((id) => !tested.has(id))
      .map(
        (id) => `no test names ${/^\d/.test(id) ? "attack" : id in EXPLOITS ? "exploit" : "promise"} ${id}`,
      ),
    ...tests.flatMap(({ path, title, ids }) =>
      ids
        .filter((id) => !known.includes(id))
        .map((id) => `${path}: "${title}" names ${id}, which is not known`),
    ),
  ];
}

function titlesOf({ path, text }: SourceFile): readonly string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "it") {
      const [argument] = node.arguments;
      if (argument !== undefined && ts.isStringLiteralLike(argument)) titles.push(argument.text);
      if (argument !== undefined && ts.isTemplateExpression(argument)) {
        titles.push(
          [argument.head.text, ...argument.templateSpans.map(({ literal }) => literal.text)].join("…"),
        );
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true));
  return titles;
}

export const security: Check = {
  name: "security",
  rule: "Every known attack and every promise has a test that names it in its title.",
  run: () => checkSecurity(readSecurityTests()),
};
