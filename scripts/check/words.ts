import { type Check, lineOf, readFiles, type SourceFile } from "./check.ts";

type Pattern = { readonly pattern: RegExp; readonly what: string; readonly only?: RegExp };

/** The words are put together from parts, so that this file passes its own check. */
const patterns: readonly Pattern[] = [
  { pattern: /(?<![\w.@~-])\/(?:work|tmp|root|home|Users)\/[\w.]/g, what: "a path of one machine" },
  {
    pattern: new RegExp(`\\b(?:${["TO" + "DO", "FIX" + "ME", "XX" + "X"].join("|")})\\b`, "g"),
    what: "a note to self",
  },
  {
    pattern:
      /\b(?:describe|context|suite|it|specify|test)\.(?:only|skip)\b|\bx(?:it|describe|context|specify)\(/g,
    what: "a test that is left out, or leaves out the others",
    only: /^(?:test|sdk|scripts)\/.*\.ts$/,
  },
];

/** Files that are written by programs from elsewhere, whose words are not ours. */
const excluded: ReadonlySet<string> = new Set(["package-lock.json"]);

/** Finds words that do not belong into the repository. */
export function checkWords(files: readonly SourceFile[]): readonly string[] {
  const problems: string[] = [];
  for (const { path, text } of files) {
    if (excluded.has(path)) continue;
    for (const { pattern, what, only } of patterns) {
      if (only !== undefined && !only.test(path)) continue;
      for (const match of text.matchAll(pattern)) {
        problems.push(`${path}:${lineOf(text, match.index)}: "${match[0]}" is ${what}`);
      }
    }
  }
  return problems;
}

export const words: Check = {
  name: "words",
  rule: "No file names a path of one machine, holds a note to self, or leaves out a test.",
  run: () => checkWords(readFiles(() => true)),
};
