/** Starts challengers and monitors. */

import { ChallengerRole } from "./challenger.ts";
import { required } from "./config.ts";
import type {
  challengerSettings,
  connectionSettings,
  keySettings,
  serviceSettings,
} from "./daemon-settings.ts";
import type { feeSettings } from "./fee-settings.ts";
import { missingKey, openSigner, readSecret } from "./open-signer.ts";
import { type MonitorConfig, type Service, type ServiceOptions, startService } from "./service.ts";
import type { Values } from "./setting.ts";

/** Settings of a challenger. */
export type ChallengerConfig = Values<
  typeof connectionSettings &
    typeof keySettings &
    typeof serviceSettings &
    typeof feeSettings &
    typeof challengerSettings
>;

/** Starts a challenger. With the strategy `watch` it needs no key. */
export async function startChallenger(
  config: ChallengerConfig,
  options: ServiceOptions = {},
): Promise<Service> {
  const { strategy, maxBond, claimFor, demandInputs, saltFile } = config;
  const signer = strategy === "watch" ? undefined : await openSigner(config);
  if (strategy !== "watch" && signer === undefined)
    throw missingKey(`the strategy ${strategy} sends transactions`);
  const keys = signer === undefined ? undefined : { signer, account: signer.address };
  return startService("challenger", config, keys, config.allowModels, options, async (tools) => {
    const { chainId, contracts } = tools.deployment;
    const secret =
      saltFile === undefined
        ? await signer?.secret(`salts on ${chainId}:${contracts.DisputeGame}`)
        : readSecret(saltFile);
    if (strategy === "full")
      required("saltFile", secret, "a signer behind HTTP cannot derive the secret of salts");
    const { canaryPercent: percent, canarySeed: seed, reorgDepth, blockRange } = config;
    const canary = percent === 0 ? undefined : { percent, seed, reorgDepth, blockRange };
    return new ChallengerRole(tools, { strategy, maxBond, demandInputs, claimFor, secret, canary });
  });
}

/** Starts a monitor: it computes every result again and reports. It has no key and sends nothing. */
export function startMonitor(config: MonitorConfig, options: ServiceOptions = {}): Promise<Service> {
  return startService("monitor", config, undefined, [], options, (tools) => {
    return new ChallengerRole(tools, {
      strategy: "watch",
      maxBond: undefined,
      demandInputs: false,
      claimFor: [],
      ...{ secret: undefined, canary: undefined },
    });
  });
}
