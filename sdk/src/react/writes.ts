/** Hooks that write. Each sends the transaction of its action through the connected wallet, waits for it, and gives what its receipt says. */

import { type ApproveTokenParameters, approveToken } from "../actions/approveToken.ts";
import {
  type ClaimRewardParameters,
  type ClaimRewardReceipt,
  claimReward,
  parseClaimRewardReceipt,
} from "../actions/claimReward.ts";
import {
  type DepositParameters,
  type DepositReceipt,
  deposit,
  parseDepositReceipt,
} from "../actions/deposit.ts";
import {
  type ExpireRequestParameters,
  type ExpireRequestReceipt,
  expireRequest,
  parseExpireRequestReceipt,
} from "../actions/expireRequest.ts";
import {
  parseRequestInferenceReceipt,
  type RequestInferenceParameters,
  type RequestInferenceReceipt,
  requestInference,
} from "../actions/requestInference.ts";
import {
  parseSettleRequestReceipt,
  type SettleRequestParameters,
  type SettleRequestReceipt,
  settleRequest,
} from "../actions/settleRequest.ts";
import {
  parseSubscribeDeliveryReceipt,
  type SubscribeDeliveryParameters,
  type SubscribeDeliveryReceipt,
  subscribeDelivery,
} from "../actions/subscribeDelivery.ts";
import {
  parseWithdrawReceipt,
  type WithdrawParameters,
  type WithdrawReceipt,
  withdraw,
} from "../actions/withdraw.ts";
import { type AssayMutation, type AssayWriteOptions, useAssayWrite } from "./useAssayWrite.ts";

/**
 * Asks for an inference. See `requestInference`.
 *
 * @example
 * const ask = useRequestInference({ deployment });
 * ask.mutate({ model, inputs, profileId, fee, deadline });
 * ask.data?.outcome.requestId; // keep it: everything else follows from it
 */
export function useRequestInference(
  options?: AssayWriteOptions<RequestInferenceParameters, RequestInferenceReceipt>,
): AssayMutation<RequestInferenceParameters, RequestInferenceReceipt> {
  const write = { name: "requestInference", action: requestInference, parse: parseRequestInferenceReceipt };
  return useAssayWrite(write, options);
}

/** Lets the vault take tokens from the user's wallet. See `approveToken`. */
export function useApproveToken(
  options?: AssayWriteOptions<ApproveTokenParameters, undefined>,
): AssayMutation<ApproveTokenParameters, undefined> {
  return useAssayWrite({ name: "approveToken", action: approveToken, parse: () => undefined }, options);
}

/** Moves tokens from the user's wallet to a free balance in the vault. See `deposit`. */
export function useDeposit(
  options?: AssayWriteOptions<DepositParameters, DepositReceipt>,
): AssayMutation<DepositParameters, DepositReceipt> {
  return useAssayWrite({ name: "deposit", action: deposit, parse: parseDepositReceipt }, options);
}

/** Moves tokens from the free balance to a wallet. See `withdraw`. */
export function useWithdraw(
  options?: AssayWriteOptions<WithdrawParameters, WithdrawReceipt>,
): AssayMutation<WithdrawParameters, WithdrawReceipt> {
  return useAssayWrite({ name: "withdraw", action: withdraw, parse: parseWithdrawReceipt }, options);
}

/** Records that a result is final. See `settleRequest`. */
export function useSettleRequest(
  options?: AssayWriteOptions<SettleRequestParameters, SettleRequestReceipt>,
): AssayMutation<SettleRequestParameters, SettleRequestReceipt> {
  const write = { name: "settleRequest", action: settleRequest, parse: parseSettleRequestReceipt };
  return useAssayWrite(write, options);
}

/** Takes back the fee of a request that nobody answered in time. See `expireRequest`. */
export function useExpireRequest(
  options?: AssayWriteOptions<ExpireRequestParameters, ExpireRequestReceipt>,
): AssayMutation<ExpireRequestParameters, ExpireRequestReceipt> {
  const write = { name: "expireRequest", action: expireRequest, parse: parseExpireRequestReceipt };
  return useAssayWrite(write, options);
}

/** Has a result brought to a contract. See `subscribeDelivery`. */
export function useSubscribeDelivery(
  options?: AssayWriteOptions<SubscribeDeliveryParameters, SubscribeDeliveryReceipt>,
): AssayMutation<SubscribeDeliveryParameters, SubscribeDeliveryReceipt> {
  const write = {
    name: "subscribeDelivery",
    action: subscribeDelivery,
    parse: parseSubscribeDeliveryReceipt,
  };
  return useAssayWrite(write, options);
}

/** Collects what a won challenge yields. See `claimReward`. */
export function useClaimReward(
  options?: AssayWriteOptions<ClaimRewardParameters, ClaimRewardReceipt>,
): AssayMutation<ClaimRewardParameters, ClaimRewardReceipt> {
  return useAssayWrite({ name: "claimReward", action: claimReward, parse: parseClaimRewardReceipt }, options);
}
