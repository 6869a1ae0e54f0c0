import { parseAssignment, UsageError } from "./output.ts";

/** The sizes that `--dim NAME=N` binds. */
export function dimensionsOf(given: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(given.map((text) => parseDimension(text)));
}

function parseDimension(text: string): readonly [name: string, size: number] {
  const [name, value] = parseAssignment("--dim", text);
  const size = Number(value);
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new UsageError(
      `--dim ${text}: ${value} is not a positive whole number.`,
      "For instance: --dim batch=1",
    );
  }
  return [name, size];
}
