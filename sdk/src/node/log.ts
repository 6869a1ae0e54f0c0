/** Structured logs without secrets. */

import { type DestinationStream, type Logger, pino } from "pino";
import { LogOutput } from "./log-output.ts";

export type { Logger } from "pino";

export interface LogOptions {
  readonly level: string;
  readonly format: "json" | "pretty";
  /** Where to write; default: the standard output. */
  readonly destination?: DestinationStream;
}

const SECRETS = [
  "password",
  "privateKey",
  "secret",
  "salt",
  "raw",
  "authorization",
  ...[
    "*.password",
    "*.privateKey",
    "*.secret",
    "*.salt",
    "*.raw",
    "*.authorization",
    "headers.authorization",
  ],
];

const STANDARD_OUTPUT = 1;

/** A logger for one daemon. Addresses keep their host only, since providers put keys into the rest. */
export function createLogger(role: string, { level, format, destination }: LogOptions): Logger {
  const options = {
    level,
    base: { role },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: SECRETS, censor: "[redacted]" },
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError, error: describeError },
    hooks: {
      streamWrite: (line: string) =>
        line.replace(/(https?:\/\/)(?:[^\s"\\/@]*@)?([^\s"\\/]+)(\/[^\s"\\]+)/g, "$1$2/..."),
    },
  };
  if (destination !== undefined) return pino(options, destination);
  if (format === "json") return pino(options, new LogOutput(STANDARD_OUTPUT));
  return pino({ ...options, formatters: {}, transport: { target: "pino-pretty" } });
}

/** What an error says; its cause only by name, which may quote whole requests. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { code, shortMessage, context, recovery } = error as Error & Record<string, unknown>;
  if (typeof code !== "string" || typeof shortMessage !== "string")
    return { message: error.message, stack: error.stack };
  const cause = error.cause instanceof Error ? error.cause.name : undefined;
  const plain = JSON.parse(
    JSON.stringify(context ?? {}, (_key, value) => (typeof value === "bigint" ? String(value) : value)),
  ) as unknown;
  return { code, message: shortMessage, recovery, context: plain, cause };
}
