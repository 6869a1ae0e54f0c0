import { expect } from "chai";

/** A file of a repository, by its path and its lines. */
export const file = (path: string, ...lines: string[]) => ({ path, text: lines.join("\n") });

/** Expects exactly these problems, each given by a part of its line. */
export function expectProblems(problems: readonly string[], ...parts: string[]): void {
  expect(problems, problems.join("\n")).to.have.length(parts.length);
  for (const [i, part] of parts.entries()) expect(problems[i]).to.contain(part);
}
