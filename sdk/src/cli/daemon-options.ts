/** What the commands of all daemons have in common: their options come from the settings, and so do their help and their errors. */

import type { Command } from "commander";
import { type Config, type ConfigSources, describeConfig, loadConfig } from "../node/config.ts";
import type { Service } from "../node/service.ts";
import { flagOf, type Settings, variableOf } from "../node/setting.ts";
import { guarded, type OutputOptions, print } from "./output.ts";

/** Options that are no settings. */
interface RunOptions extends OutputOptions {
  readonly config?: string;
  readonly printConfig?: boolean;
  readonly [key: string]: unknown;
}

export interface DaemonCommand<settings extends Settings> {
  readonly section: NonNullable<ConfigSources["section"]>;
  readonly description: string;
  readonly example: string;
  readonly settings: settings;
  /** Settings that a shared file may hold for the other daemons. */
  readonly others: Settings;
  readonly start: (config: Config<settings>["values"]) => Promise<Service>;
}

/** Makes a command run a daemon. */
export function addRun<const settings extends Settings>(
  command: Command,
  daemon: DaemonCommand<settings>,
): void {
  command
    .description(daemon.description)
    .option("--config <file>", "YAML or JSON file with settings by their names (ASSAY_CONFIG)")
    .option("--print-config", "print what would count, where it comes from, without secrets, and exit")
    .option("--json", "print the configuration, or an error, as one line of JSON; logs are JSON by default");
  for (const [key, { placeholder, description, fallback }] of Object.entries(daemon.settings)) {
    const shown = Array.isArray(fallback) ? fallback.join(",") : String(fallback ?? "");
    const otherwise = shown === "" ? "" : ` (default: ${shown})`;
    command.option(`${flagOf(key)} ${placeholder}`, `${description}${otherwise} [${variableOf(key)}]`);
  }
  command.addHelpText(
    "after",
    "\nFlags count before the environment, the environment before the file, the file before the defaults.\n" +
      "SIGTERM, SIGINT and SIGHUP end it when what it has begun is done; a second one ends it at once.\n" +
      "The exit code is 0 after a stop by signal, 1 after an error or a second signal, 2 if the configuration is wrong.\n\n" +
      `Example:\n  ${daemon.example}`,
  );
  command.action((options: RunOptions) => guarded(options, () => run(daemon, options)));
}

async function run<const settings extends Settings>(
  { section, settings, others, start }: DaemonCommand<settings>,
  { config: given, printConfig, json = false, ...flags }: RunOptions,
): Promise<void> {
  const { env } = process;
  const file = given ?? (env.ASSAY_CONFIG || undefined);
  const config = loadConfig(settings, {
    flags,
    env,
    section,
    others,
    ...(file === undefined ? {} : { file }),
  });
  if (printConfig === true) {
    const shown = describeConfig(settings, config);
    print({ json }, shown, JSON.stringify(shown, undefined, 2));
    return;
  }
  const service = await start(config.values);
  let signals = 0;
  const stop = (signal: string): void => {
    signals++;
    service.log.info(
      { signal },
      signals === 1 ? "stopping; a second signal ends it at once" : "ended at once",
    );
    if (signals > 1) process.exit(1);
    void service.stop();
  };
  // A terminal that is closed asks for no other end than the others do.
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => stop(signal));
  await service.ended;
  process.exit(0);
}
