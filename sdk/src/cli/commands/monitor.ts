import type { Command } from "commander";
import {
  challengerSettings,
  connectionSettings,
  feeSettings,
  keySettings,
  operatorSettings,
  serviceSettings,
} from "../../node/daemon-settings.ts";
import { startMonitor } from "../../node/service.ts";
import { addRun } from "../daemon-options.ts";

/** `assay monitor`: metrics and alerts without a key. */
export function addMonitor(program: Command): void {
  const monitor = program.command("monitor").description("Watch the protocol without a key.");
  addRun(monitor, {
    section: "monitor",
    description:
      "Compute every result again and report: metrics, status and logs only. Has no key and sends nothing.",
    settings: { ...connectionSettings, ...serviceSettings },
    others: { ...keySettings, ...feeSettings, ...operatorSettings, ...challengerSettings },
    start: (config) => startMonitor(config),
  });
}
