import { exportDispute } from "../actions/exportDispute.ts";
import { getAccount } from "../actions/getAccount.ts";
import { getBatch } from "../actions/getBatch.ts";
import { getDelivery } from "../actions/getDelivery.ts";
import { getFinalityEta } from "../actions/getFinalityEta.ts";
import { getFinalityProgress } from "../actions/getFinalityProgress.ts";
import { getGame } from "../actions/getGame.ts";
import { getGameHistory } from "../actions/getGameHistory.ts";
import { getGames } from "../actions/getGames.ts";
import { getGameView } from "../actions/getGameView.ts";
import { getInput } from "../actions/getInput.ts";
import { getListing } from "../actions/getListing.ts";
import { getListings } from "../actions/getListings.ts";
import { getModel } from "../actions/getModel.ts";
import { getOpeningHash } from "../actions/getOpeningHash.ts";
import { getProfile } from "../actions/getProfile.ts";
import { getReadings } from "../actions/getReadings.ts";
import { getRequest } from "../actions/getRequest.ts";
import { getResult } from "../actions/getResult.ts";
import { getStatus } from "../actions/getStatus.ts";
import { getTicket } from "../actions/getTicket.ts";
import { getToken } from "../actions/getToken.ts";
import type { AssayClient } from "../actions/internal/types.ts";
import { isFinal } from "../actions/isFinal.ts";
import { iterateRequests } from "../actions/iterateRequests.ts";
import { verifyResult } from "../actions/verifyResult.ts";
import { waitForFinality } from "../actions/waitForFinality.ts";
import type { Deployment } from "../addresses.ts";
import { binder } from "./bind.ts";

/**
 * Reads that need no account: models, requests, results, games, and re-execution. Each is documented at the action of its name.
 *
 * @param deployment - the contracts to talk to; default: the bundled deployment of the client's chain
 *
 * @example
 * const client = createPublicClient({ chain, transport: http() }).extend(publicActions(deployment));
 */
export function publicActions(deployment?: Deployment) {
  return (client: AssayClient) => {
    const bind = binder(client, deployment);
    return {
      getModel: bind(getModel),
      getListing: bind(getListing),
      getListings: bind(getListings),
      getProfile: bind(getProfile),
      getAccount: bind(getAccount),
      getRequest: bind(getRequest),
      getStatus: bind(getStatus),
      isFinal: bind(isFinal),
      getFinalityEta: bind(getFinalityEta),
      getFinalityProgress: bind(getFinalityProgress),
      getInput: bind(getInput),
      getResult: bind(getResult),
      waitForFinality: bind(waitForFinality),
      verifyResult: bind(verifyResult),
      getGame: bind(getGame),
      getGames: bind(getGames),
      getGameHistory: bind(getGameHistory),
      getGameView: bind(getGameView),
      exportDispute: bind(exportDispute),
      getOpeningHash: bind(getOpeningHash),
      getBatch: bind(getBatch),
      getDelivery: bind(getDelivery),
      getReadings: bind(getReadings),
      getTicket: bind(getTicket),
      iterateRequests: bind(iterateRequests),
      getToken: bind(getToken),
    };
  };
}

/** What {@link publicActions} adds to a client. */
export type PublicActions = ReturnType<ReturnType<typeof publicActions>>;
