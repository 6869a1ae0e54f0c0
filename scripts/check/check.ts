import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The root of the repository. */
export const root: string = dirname(dirname(import.meta.dirname));

/** A text file of the repository; the path is relative to its root, with forward slashes. */
export type SourceFile = { readonly path: string; readonly text: string };

/** One rule of the repository that a program can verify. */
export type Check = {
  readonly name: string;
  /** What must hold, as a sentence. */
  readonly rule: string;
  /** Returns one line per violation, each naming the file. */
  readonly run: () => Promise<readonly string[]> | readonly string[];
};

/** The files that are tracked or would be, without the ignored ones. */
export function listFiles(): readonly string[] {
  const output = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return [...new Set(output.split("\0").filter((path) => path !== ""))].sort();
}

/** The text files whose path matches. Binary files, and files listed but deleted, are left out. */
export function readFiles(matches: (path: string) => boolean): readonly SourceFile[] {
  const files: SourceFile[] = [];
  for (const path of listFiles().filter(matches)) {
    const text = readText(path);
    if (text !== undefined && !text.includes("\0")) files.push({ path, text });
  }
  return files;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch (error) {
    if (
      (error as NodeJS.ErrnoException).code === "ENOENT" ||
      (error as NodeJS.ErrnoException).code === "EISDIR"
    ) {
      return undefined;
    }
    throw error;
  }
}

/** The number of the line in which an offset lies, counted from one. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let i = text.indexOf("\n"); i !== -1 && i < offset; i = text.indexOf("\n", i + 1)) line++;
  return line;
}
