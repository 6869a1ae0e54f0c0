import type { Command } from "commander";
import {
  challengerSettings,
  connectionSettings,
  keySettings,
  operatorSettings,
  serviceSettings,
} from "../../node/daemon-settings.ts";
import { feeSettings } from "../../node/fee-settings.ts";
import { addRun } from "../daemon-options.ts";

/** `assay monitor run`: metrics and alerts without a key. */
export function monitor(command: Command): void {
  addRun(command, {
    section: "monitor",
    description:
      "Compute every result again and report: metrics, status and logs only. Has no key and sends nothing.",
    example: `assay monitor run --rpc-urls https://a.example,https://b.example --models models`,
    settings: { ...connectionSettings, ...serviceSettings },
    others: { ...keySettings, ...feeSettings, ...operatorSettings, ...challengerSettings },
    // Help and a wrong configuration need nothing of what runs.
    start: async (config) => (await import("../../node/start-challenger.ts")).startMonitor(config),
  });
}
