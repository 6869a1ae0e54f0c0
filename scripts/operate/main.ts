/**
 * Serves the models of ASSAY_MODELS with the stake of ASSAY_KEYSTORE, until it is told to stop.
 *
 *     npm run operate
 *
 * Configured by the environment; `assay operator run --help` names every setting, and does the same for installed packages.
 */

import { loadConfig } from "../../sdk/src/node/config.ts";
import {
  connectionSettings,
  keySettings,
  operatorSettings,
  serviceSettings,
} from "../../sdk/src/node/daemon-settings.ts";
import { feeSettings } from "../../sdk/src/node/fee-settings.ts";
import { startOperator } from "../../sdk/src/node/start-operator.ts";

const settings = {
  ...connectionSettings,
  ...keySettings,
  ...serviceSettings,
  ...feeSettings,
  ...operatorSettings,
};
const { values } = loadConfig(settings, { env: process.env });
const service = await startOperator(values);
process.once("SIGTERM", () => void service.stop());
process.once("SIGINT", () => void service.stop());
await service.ended;
process.exit(0);
