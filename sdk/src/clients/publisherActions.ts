import { createProfile, simulateCreateProfile } from "../actions/createProfile.ts";
import { deprecateModel, simulateDeprecateModel } from "../actions/deprecateModel.ts";
import type { AssayClient } from "../actions/internal/types.ts";
import { publishModel, simulatePublishModel } from "../actions/publishModel.ts";
import { registerModel, simulateRegisterModel } from "../actions/registerModel.ts";
import type { Deployment } from "../addresses.ts";
import { binder } from "./bind.ts";

/**
 * Writes of somebody who offers models and parameter sets. Each is documented at the action of its name.
 *
 * @param deployment - the contracts to talk to; default: the bundled deployment of the client's chain
 *
 * @example
 * const client = createWalletClient({ account, chain, transport: http() }).extend(publisherActions(deployment));
 */
export function publisherActions(deployment?: Deployment) {
  return (client: AssayClient) => {
    const bind = binder(client, deployment);
    return {
      registerModel: bind(registerModel),
      simulateRegisterModel: bind(simulateRegisterModel),
      publishModel: bind(publishModel),
      simulatePublishModel: bind(simulatePublishModel),
      deprecateModel: bind(deprecateModel),
      simulateDeprecateModel: bind(simulateDeprecateModel),
      createProfile: bind(createProfile),
      simulateCreateProfile: bind(simulateCreateProfile),
    };
  };
}

/** What {@link publisherActions} adds to a client. */
export type PublisherActions = ReturnType<ReturnType<typeof publisherActions>>;
