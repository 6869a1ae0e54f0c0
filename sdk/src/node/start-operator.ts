/** Starts operators. */

import { answerRoutes } from "./answer-api.ts";
import { Batcher } from "./batcher.ts";
import { ConfigError, required } from "./config.ts";
import type {
  connectionSettings,
  keySettings,
  operatorSettings,
  serviceSettings,
} from "./daemon-settings.ts";
import type { feeSettings } from "./fee-settings.ts";
import { missingKey, openSigner } from "./open-signer.ts";
import { OperatorRole } from "./operator.ts";
import { OutputShelf } from "./output-shelf.ts";
import { checkOwner } from "./owner.ts";
import { type Service, type ServiceOptions, startService } from "./service.ts";
import type { Values } from "./setting.ts";
import { listen } from "./status-server.ts";
import type { Sending } from "./tools.ts";
import { Treasury } from "./treasury.ts";

/** Settings of an operator. */
export type OperatorConfig = Values<
  typeof connectionSettings &
    typeof keySettings &
    typeof serviceSettings &
    typeof feeSettings &
    typeof operatorSettings
>;

/** Starts an operator. It needs a key, models, stake and currency for gas. */
export async function startOperator(config: OperatorConfig, options: ServiceOptions = {}): Promise<Service> {
  const signer = await openSigner(config);
  if (signer === undefined) throw missingKey("an operator signs its answers");
  const keys = { signer, account: config.owner ?? signer.address };
  const isTopped = config.topUpBelow !== undefined;
  if (isTopped && keys.account !== signer.address)
    throw new ConfigError(
      "topUpBelow",
      "is given beside an owner, whose money no signer can move",
      "Leave it out.",
    );
  if (isTopped) required("topUpCap", config.topUpCap, "topping up has an end");
  const { apiPort, apiHost, batchSeconds, batchSize } = config;
  const profileId =
    apiPort === undefined
      ? undefined
      : required("apiProfile", config.apiProfile, "batches are made under one");
  return startService(
    "operator",
    config,
    keys,
    config.allowModels,
    options,
    async (tools, store, cleanups) => {
      const sending = tools.sending as Sending;
      await checkOwner(tools, sending);
      const wanted = [...config.allowProfiles, ...(profileId === undefined ? [] : [profileId])];
      const profiles = await Promise.all(wanted.map((id) => tools.profileOf(id)));
      const treasury = new Treasury(tools, sending, config);
      for (const { lock } of profiles) treasury.need(lock);
      if (apiPort === undefined || profileId === undefined)
        return new OperatorRole(tools, sending, config, { treasury });
      const { maxBatchResults } = await tools.profileOf(profileId);
      if (maxBatchResults === 0)
        throw new ConfigError(
          "apiProfile",
          "allows no batches",
          "Choose a profile whose maxBatchResults is not 0.",
        );
      // Half of the promised time is for the transaction.
      const marginSeconds = Math.ceil(batchSeconds / 2);
      const batcher = new Batcher(tools, sending, store, { profileId, batchSize, marginSeconds });
      const shelf = new OutputShelf(store, config.apiUrl);
      const role = new OperatorRole(tools, sending, config, { treasury, batcher, shelf });
      const refusal = () => role.refusal();
      const routes = answerRoutes(tools, sending, batcher, { profileId, batchSeconds, refusal });
      const api = await listen(routes.route("/", shelf.routes()), apiHost, apiPort);
      cleanups.push(() => api.close());
      tools.log.info({ host: api.host, port: api.port }, "answering over HTTP");
      return role;
    },
  );
}
