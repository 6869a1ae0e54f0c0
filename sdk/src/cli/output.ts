/** What every command prints, and how it fails. Exit codes: 0 done, 1 error, 2 wrong usage. */

import { AssayError } from "../core/errors.ts";
import { recoveryOf } from "./recovery.ts";

export interface OutputOptions {
  readonly json?: boolean;
}

/** Codes of errors that the user's words cause, and not what they are about. */
const USAGE_CODES: ReadonlySet<string> = new Set(["USAGE", "CONFIG_INVALID"]);

/** Prints `value` as one line of JSON, or `text` for people. */
export function print(options: OutputOptions, value: unknown, text: string): void {
  const line = options.json
    ? JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? item.toString() : item))
    : text;
  process.stdout.write(`${line}\n`);
}

/** Runs a command's action; a failure is printed in the chosen form and sets the exit code. */
export async function guarded(options: OutputOptions, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    process.exitCode = AssayError.is(error) && USAGE_CODES.has(error.code) ? 2 : 1;
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

/** Splits `NAME=VALUE`. */
export function parseAssignment(option: string, text: string): readonly [name: string, value: string] {
  const at = text.indexOf("=");
  if (at <= 0 || at === text.length - 1) {
    throw new UsageError(
      `${option} ${text} is not of the form NAME=VALUE.`,
      `For instance: ${option} image=digit.npy`,
    );
  }
  return [text.slice(0, at), text.slice(at + 1)];
}
