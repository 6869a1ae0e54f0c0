import type { Command } from "commander";
import {
  challengerSettings,
  connectionSettings,
  feeSettings,
  keySettings,
  operatorSettings,
  serviceSettings,
} from "../../node/daemon-settings.ts";
import { startOperator } from "../../node/service.ts";
import { addRun } from "../daemon-options.ts";

/** `assay operator`: answers requests. */
export function addOperator(program: Command): void {
  const operator = program.command("operator").description("Answer requests, and stake on the answers.");
  addRun(operator, {
    section: "operator",
    description:
      "Serve models: accept requests, compute, commit, defend the answers in games, settle, and collect. Needs a key with stake in the vault and currency for gas.",
    settings: {
      ...connectionSettings,
      ...keySettings,
      ...serviceSettings,
      ...feeSettings,
      ...operatorSettings,
    },
    others: challengerSettings,
    start: (config) => startOperator(config),
  });
}
