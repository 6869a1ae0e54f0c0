import { assignmentsOf, UsageError } from "./output.ts";

/** The sizes that `--dim NAME=N` binds. */
export function dimensionsOf(given: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...assignmentsOf("--dim", given)].map(([name, value]) => [name, sizeOf(name, value)]),
  );
}

function sizeOf(name: string, value: string): number {
  const size = Number(value);
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new UsageError(
      `--dim ${name}=${value}: ${value} is not a positive whole number.`,
      "For instance: --dim batch=1",
    );
  }
  return size;
}
