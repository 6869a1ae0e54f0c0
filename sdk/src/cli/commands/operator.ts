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

/** `assay operator run`: answers requests. */
export function operator(command: Command): void {
  addRun(command, {
    section: "operator",
    description:
      "Serve models: accept requests, compute, commit, defend the answers in games, settle, and collect. Needs a key with stake in the vault and currency for gas.",
    example: `assay operator run --config assay.yaml
  assay operator run --config assay.yaml --print-config`,
    settings: {
      ...connectionSettings,
      ...keySettings,
      ...serviceSettings,
      ...feeSettings,
      ...operatorSettings,
    },
    others: challengerSettings,
    // Help and a wrong configuration need nothing of what runs.
    start: async (config) => (await import("../../node/start-operator.ts")).startOperator(config),
  });
}
