/** What every command prints, and how it fails. Exit codes: 0 done, 1 error, 2 wrong usage, a file that cannot be read or written among it. */

import { AssayError } from "../core/errors.ts";
import { recoveryOf } from "./recovery.ts";

/** Options of every command. */
export interface OutputOptions {
  readonly json?: boolean;
}

/** Codes of errors that the user's words cause, and not what they are about. */
const USAGE_CODES: ReadonlySet<string> = new Set(["USAGE", "CONFIG_INVALID", "INVALID_PARAMETER"]);

/** The option that every command has. */
export const JSON_OPTION = ["--json", "print one line of JSON"] as const;

/** Prints `value` as one line of JSON, or `text` for people. */
export function print(options: OutputOptions, value: unknown, text: string): void {
  const line = options.json
    ? JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? item.toString() : item))
    : text;
  process.stdout.write(`${line}\n`);
}

/** Tells people what goes on, beside what is printed. */
export function note(options: OutputOptions, text: string): void {
  if (options.json !== true) process.stderr.write(`${text}\n`);
}

/** Runs a command's action; a failure is printed in the chosen form and sets the exit code. */
export async function guarded(options: OutputOptions, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (thrown) {
    const error = fileErrorOf(thrown) ?? thrown;
    process.exitCode = isUsage(error) ? 2 : 1;
    if (AssayError.is(error)) {
      const recovery = recoveryOf(error);
      if (options.json) print(options, { error: { ...error.toJSON(), recovery } }, "");
      else process.stderr.write(`${[`${error.code}: ${error.shortMessage}`, recovery].join(" ").trim()}\n`);
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    if (options.json) print(options, { error: { code: "UNEXPECTED", message } }, "");
    else process.stderr.write(`UNEXPECTED: ${message}\n`);
  }
}

/** Options that the command line accepts but that make no sense. */
export class UsageError extends AssayError {
  override readonly name = "UsageError";
  constructor(message: string, recovery: string) {
    super("USAGE", message, { recovery });
  }
}

const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: "is not there",
  EACCES: "may not be used by this user",
  EPERM: "may not be used by this user",
  EISDIR: "is a folder",
  ENOTDIR: "is no folder",
  EEXIST: "is there already",
  ENOSPC: "has no room left",
  EROFS: "can only be read",
};

/** What is done to files, as the system names it; a program that cannot be started is another matter. */
const FILE_CALLS: ReadonlySet<string> = new Set([
  ...["open", "read", "write", "stat", "lstat", "scandir", "mkdir", "link", "rename", "unlink", "realpath"],
  ...["copyfile", "access"],
]);

/** Whether another call would have been right: one of other words, or with other files. What files hold and chains say is no matter of usage. */
function isUsage(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 16; cause = cause.cause, depth++) {
    if (AssayError.is(cause) && USAGE_CODES.has(cause.code)) return true;
    const { code = "", syscall = "" } = cause as NodeJS.ErrnoException;
    if (FILE_CALLS.has(syscall) && code in FILE_PROBLEMS) return true;
  }
  return false;
}

/** What the system says about a file, in words. */
function fileErrorOf(thrown: unknown): AssayError | undefined {
  const { code = "", path } = (thrown ?? {}) as NodeJS.ErrnoException;
  const problem = FILE_PROBLEMS[code];
  // A folder can be opened, and what fails is a read that does not know of what.
  if (code === "EISDIR" && path === undefined)
    return new UsageError("A folder stands where a file is to be read.", "Check the paths.");
  if (problem === undefined || path === undefined) return undefined;
  return new UsageError(`${path} ${problem}.`, "Check the path and its permissions.");
}

/** Splits `NAME=VALUE`. */
function parseAssignment(option: string, text: string): readonly [name: string, value: string] {
  const at = text.indexOf("=");
  if (at <= 0 || at === text.length - 1) {
    throw new UsageError(
      `${option} ${text} is not of the form NAME=VALUE.`,
      `For instance: ${option} image=digit.npy`,
    );
  }
  return [text.slice(0, at), text.slice(at + 1)];
}

/** The values of a repeatable option by their names. */
export function assignmentsOf(option: string, given: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const text of given) {
    const [name, value] = parseAssignment(option, text);
    if (values.has(name)) throw new UsageError(`${option} gives ${name} twice.`, "Leave one of them out.");
    values.set(name, value);
  }
  return values;
}

/** Collects the values of an option that can be given more than once. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
