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

/** `assay challenger run`: contests wrong answers. */
export function challenger(command: Command): void {
  addRun(command, {
    section: "challenger",
    description:
      "Watch every result, compute it again, and challenge what is wrong. The strategy `watch`, the default, needs no key; `full` needs a free balance for bonds.",
    example: `assay challenger run --rpc-urls https://a.example,https://b.example --models models
  assay challenger run --config assay.yaml --strategy full`,
    settings: {
      ...connectionSettings,
      ...keySettings,
      ...serviceSettings,
      ...feeSettings,
      ...challengerSettings,
    },
    others: operatorSettings,
    // Help and a wrong configuration need nothing of what runs.
    start: async (config) => (await import("../../node/start-challenger.ts")).startChallenger(config),
  });
}
