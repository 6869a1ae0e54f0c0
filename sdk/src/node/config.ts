/**
 * Configuration from four places. What comes first counts: flags, the environment (`ASSAY_*`), a file (YAML or JSON), the defaults.
 * In the file a section named after the program (`operator:`, `challenger:`, `monitor:`) counts before the keys beside it, so that one file can serve several programs.
 */

import { readFileSync } from "node:fs";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { AssayError } from "../core/errors.ts";
import { flagOf, type Setting, type Settings, type Values, variableOf } from "./setting.ts";

/** Names of programs that a file can have a section for. */
export const SECTIONS = ["operator", "challenger", "monitor"] as const;
/** A part of a configuration file that counts for one daemon alone. */
export type Section = (typeof SECTIONS)[number];

/** Where a value came from. */
export type Origin = "flag" | "environment" | "file" | "default";

/** Where settings come from, the first before the next. */
export interface ConfigSources {
  /** Values of flags by the settings' names, as text or as the command line has parsed them. */
  readonly flags?: Readonly<Record<string, unknown>>;
  /** The environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A YAML or JSON file. */
  readonly file?: string;
  /** The file's section that counts before the keys beside it. */
  readonly section?: Section;
  /** Settings that the file may hold for other programs. They are not read, but are no mistake either. */
  readonly others?: Settings;
}

/** Settings with their values and where they come from. */
export interface Config<settings extends Settings> {
  /** What counts, by name. */
  readonly values: Values<settings>;
  /** Where each value comes from, by name. */
  readonly origins: Readonly<Record<keyof settings, Origin>>;
}

/** A configuration that cannot be used. Names the key, where its value came from, and what it may be. */
export class ConfigError extends AssayError {
  override readonly name = "ConfigError";

  constructor(
    key: string,
    problem: string,
    recovery: string,
    context: Readonly<Record<string, unknown>> = {},
  ) {
    super("CONFIG_INVALID", `Setting "${key}": ${problem}.`, { recovery, context: { key, ...context } });
  }
}

/**
 * Puts a configuration together and checks every value.
 *
 * @throws {ConfigError} for the first value that is wrong, the first key of the file that is not known, or a file that cannot be read
 */
export function loadConfig<const settings extends Settings>(
  settings: settings,
  { flags = {}, env = {}, file, section, others = {} }: ConfigSources,
): Config<settings> {
  const content = file === undefined ? {} : readConfigFile(file, section, { ...others, ...settings });
  const values: Record<string, unknown> = {};
  const origins: Record<string, Origin> = {};
  for (const [key, setting] of Object.entries(settings)) {
    const found = firstOf([
      ["flag", flags[key]],
      // An empty variable is how a shell leaves one out.
      ["environment", env[variableOf(key)] || undefined],
      ["file", content[key]],
    ]);
    values[key] =
      found === undefined ? setting.fallback : check(key, setting, found.origin, found.value, file);
    origins[key] = found?.origin ?? "default";
  }
  return { values, origins } as Config<settings>;
}

/**
 * The value of a setting that a program cannot do without.
 *
 * @throws {ConfigError} if it is missing
 */
export function required<value>(key: string, value: value | undefined, why: string): value {
  const isMissing = value === undefined || (Array.isArray(value) && value.length === 0);
  if (!isMissing) return value;
  throw new ConfigError(key, `is missing: ${why}`, waysToGive(key));
}

/** The effective configuration as plain data: what counts, where it came from, and no secrets. */
export function describeConfig<settings extends Settings>(
  settings: settings,
  { values, origins }: Config<settings>,
): Readonly<Record<string, { readonly value: unknown; readonly from: Origin }>> {
  const shown = Object.entries(settings).map(([key, { redact }]) => {
    const value: unknown = values[key];
    const safe = value === undefined || redact === undefined ? value : (redact(value) as unknown);
    const plain = typeof safe === "bigint" ? String(safe) : (safe ?? null);
    return [key, { value: plain, from: origins[key] as Origin }] as const;
  });
  return Object.fromEntries(shown);
}

function firstOf(
  candidates: readonly (readonly [Origin, unknown])[],
): { readonly origin: Origin; readonly value: unknown } | undefined {
  for (const [origin, value] of candidates) if (value !== undefined) return { origin, value };
  return undefined;
}

function check<value>(
  key: string,
  { schema, placeholder }: Setting<value>,
  origin: Origin,
  given: unknown,
  file: string | undefined,
): value {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const places: Readonly<Record<Origin, string>> = {
    flag: `the flag ${flagOf(key)}`,
    environment: `the variable ${variableOf(key)}`,
    file: `the file ${file}`,
    default: "the defaults",
  };
  // The value itself may be a secret that was put in the wrong place, and is not repeated.
  const [issue] = result.error.issues;
  const at = issue === undefined || issue.path.length === 0 ? "" : ` (entry ${Number(issue.path[0]) + 1})`;
  throw new ConfigError(
    key,
    `the value from ${places[origin]}${at} ${issue?.message ?? "is not valid"}`,
    `Give it as ${flagOf(key)} ${placeholder}.`,
    { origin, expected: issue?.message },
  );
}

function readConfigFile(
  file: string,
  section: Section | undefined,
  known: Settings,
): Readonly<Record<string, unknown>> {
  const problem = (what: string, recovery: string): ConfigError =>
    new ConfigError("config", `the file ${file} ${what}`, recovery, { file });
  let bytes: string;
  try {
    bytes = readFileSync(file, "utf8");
  } catch {
    throw problem("cannot be read", "Check the path and its permissions.");
  }
  let content: unknown;
  try {
    // JSON is a part of YAML. Aliases are left out, which could make a small file very large.
    content = parseYaml(bytes, { maxAliasCount: 0, intAsBigInt: false }) ?? {};
  } catch (cause) {
    const line = (cause as { linePos?: readonly { readonly line: number }[] }).linePos?.[0]?.line;
    throw problem(
      `is neither YAML nor JSON${line === undefined ? "" : ` (line ${line})`}`,
      "Correct it, or print a correct one with --print-config.",
    );
  }
  const map = z.record(z.string(), z.unknown());
  const top = map.safeParse(content);
  if (!top.success) throw problem("does not hold keys with values", "Write one `key: value` per line.");
  const { keys, sections } = splitSections(top.data);
  const own = section === undefined ? {} : (sections[section] ?? {});
  for (const [name, part] of [["", keys] as const, ...Object.entries(sections)]) {
    const parsed = map.safeParse(part ?? {});
    if (!parsed.success) throw problem(`has a section ${name} without keys`, "Indent its keys below it.");
    for (const key of Object.keys(parsed.data)) if (!(key in known)) throw unknownKey(key, file, known);
  }
  return { ...keys, ...(own as Record<string, unknown>) };
}

function splitSections(content: Readonly<Record<string, unknown>>) {
  const keys: Record<string, unknown> = {};
  const sections: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(content)) {
    if ((SECTIONS as readonly string[]).includes(key)) sections[key] = value;
    else keys[key] = value;
  }
  return { keys, sections };
}

function unknownKey(key: string, file: string, known: Settings): ConfigError {
  const plain = (name: string): string => name.replace(/[^a-z]/gi, "").toLowerCase();
  const close = Object.keys(known).find((name) => {
    const [a, b] = [plain(name), plain(key)];
    return a === b || `${a}s` === b || a === `${b}s` || (b.length > 4 && a.includes(b));
  });
  return new ConfigError(
    key,
    `the file ${file} has it, but there is no such setting`,
    close === undefined ? `Settings are ${Object.keys(known).join(", ")}.` : `Did you mean "${close}"?`,
    { file },
  );
}

function waysToGive(key: string): string {
  return `Give ${flagOf(key)}, set ${variableOf(key)}, or write "${key}" into the file of --config.`;
}
