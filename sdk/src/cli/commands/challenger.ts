import type { Command } from "commander";
import {
  challengerSettings,
  connectionSettings,
  feeSettings,
  keySettings,
  operatorSettings,
  serviceSettings,
} from "../../node/daemon-settings.ts";
import { startChallenger } from "../../node/service.ts";
import { addRun } from "../daemon-options.ts";

/** `assay challenger`: contests wrong answers. */
export function addChallenger(program: Command): void {
  const challenger = program
    .command("challenger")
    .description("Compute results again, and contest what is wrong.");
  addRun(challenger, {
    section: "challenger",
    description:
      "Watch every result, compute it again, and challenge what is wrong. The strategy `watch`, the default, needs no key; `full` needs a free balance for bonds.",
    settings: {
      ...connectionSettings,
      ...keySettings,
      ...serviceSettings,
      ...feeSettings,
      ...challengerSettings,
    },
    others: operatorSettings,
    start: (config) => startChallenger(config),
  });
}
