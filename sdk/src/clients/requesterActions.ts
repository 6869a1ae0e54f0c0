import { approveToken, simulateApproveToken } from "../actions/approveToken.ts";
import { deliverResult, simulateDeliverResult } from "../actions/deliverResult.ts";
import { deposit, simulateDeposit } from "../actions/deposit.ts";
import { depositWithPermit, simulateDepositWithPermit } from "../actions/depositWithPermit.ts";
import { expireRequest, simulateExpireRequest } from "../actions/expireRequest.ts";
import type { AssayClient } from "../actions/internal/types.ts";
import { linkResult, simulateLinkResult } from "../actions/linkResult.ts";
import { quoteInference } from "../actions/quoteInference.ts";
import { reopenRequest, simulateReopenRequest } from "../actions/reopenRequest.ts";
import { requestInference, simulateRequestInference } from "../actions/requestInference.ts";
import { requestInferenceByRoot, simulateRequestInferenceByRoot } from "../actions/requestInferenceByRoot.ts";
import { settleRequest, simulateSettleRequest } from "../actions/settleRequest.ts";
import { showResult, simulateShowResult } from "../actions/showResult.ts";
import { signDepositPermit } from "../actions/signDepositPermit.ts";
import { simulateSubscribeDelivery, subscribeDelivery } from "../actions/subscribeDelivery.ts";
import { simulateWithdraw, withdraw } from "../actions/withdraw.ts";
import type { Deployment } from "../addresses.ts";
import { binder } from "./bind.ts";

/**
 * Writes of somebody who wants answers: money, requests, and what ends them. Each is documented at the action of its name.
 *
 * @param deployment - the contracts to talk to; default: the bundled deployment of the client's chain
 *
 * @example
 * const client = createWalletClient({ account, chain, transport: http() }).extend(requesterActions(deployment));
 */
export function requesterActions(deployment?: Deployment) {
  return (client: AssayClient) => {
    const bind = binder(client, deployment);
    return {
      approveToken: bind(approveToken),
      simulateApproveToken: bind(simulateApproveToken),
      deposit: bind(deposit),
      simulateDeposit: bind(simulateDeposit),
      depositWithPermit: bind(depositWithPermit),
      simulateDepositWithPermit: bind(simulateDepositWithPermit),
      withdraw: bind(withdraw),
      simulateWithdraw: bind(simulateWithdraw),
      quoteInference: bind(quoteInference),
      requestInference: bind(requestInference),
      simulateRequestInference: bind(simulateRequestInference),
      requestInferenceByRoot: bind(requestInferenceByRoot),
      simulateRequestInferenceByRoot: bind(simulateRequestInferenceByRoot),
      settleRequest: bind(settleRequest),
      simulateSettleRequest: bind(simulateSettleRequest),
      expireRequest: bind(expireRequest),
      simulateExpireRequest: bind(simulateExpireRequest),
      signDepositPermit: bind(signDepositPermit),
      reopenRequest: bind(reopenRequest),
      simulateReopenRequest: bind(simulateReopenRequest),
      linkResult: bind(linkResult),
      simulateLinkResult: bind(simulateLinkResult),
      showResult: bind(showResult),
      simulateShowResult: bind(simulateShowResult),
      subscribeDelivery: bind(subscribeDelivery),
      simulateSubscribeDelivery: bind(simulateSubscribeDelivery),
      deliverResult: bind(deliverResult),
      simulateDeliverResult: bind(simulateDeliverResult),
    };
  };
}

/** What {@link requesterActions} adds to a client. */
export type RequesterActions = ReturnType<ReturnType<typeof requesterActions>>;
