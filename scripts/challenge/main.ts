/**
 * Computes every result again, and challenges what is wrong from the balance of ASSAY_KEYSTORE, until it is told to stop.
 *
 *     npm run challenge
 *
 * Configured by the environment; `assay challenger run --help` names every setting, and does the same for installed packages.
 */

import { loadConfig } from "../../sdk/src/node/config.ts";
import {
  challengerSettings,
  connectionSettings,
  keySettings,
  serviceSettings,
} from "../../sdk/src/node/daemon-settings.ts";
import { feeSettings } from "../../sdk/src/node/fee-settings.ts";
import { startChallenger } from "../../sdk/src/node/start-challenger.ts";

const settings = {
  ...connectionSettings,
  ...keySettings,
  ...serviceSettings,
  ...feeSettings,
  ...challengerSettings,
};
const { values } = loadConfig(settings, { env: { ASSAY_STRATEGY: "full", ...process.env } });
const service = await startChallenger(values);
process.once("SIGTERM", () => void service.stop());
process.once("SIGINT", () => void service.stop());
await service.ended;
process.exit(0);
