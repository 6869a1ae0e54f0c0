import { acceptRequest, simulateAcceptRequest } from "../actions/acceptRequest.ts";
import { answerGame, simulateAnswerGame } from "../actions/answerGame.ts";
import { approveToken, simulateApproveToken } from "../actions/approveToken.ts";
import { cancelUnstake, simulateCancelUnstake } from "../actions/cancelUnstake.ts";
import { claimRefund, simulateClaimRefund } from "../actions/claimRefund.ts";
import { commitBatch, simulateCommitBatch } from "../actions/commitBatch.ts";
import { commitResult, simulateCommitResult } from "../actions/commitResult.ts";
import { commitResultByRoot, simulateCommitResultByRoot } from "../actions/commitResultByRoot.ts";
import { completeUnstake, simulateCompleteUnstake } from "../actions/completeUnstake.ts";
import { deposit, simulateDeposit } from "../actions/deposit.ts";
import { depositWithPermit, simulateDepositWithPermit } from "../actions/depositWithPermit.ts";
import { expireRequest, simulateExpireRequest } from "../actions/expireRequest.ts";
import type { AssayClient } from "../actions/internal/types.ts";
import { linkResult, simulateLinkResult } from "../actions/linkResult.ts";
import { playGame } from "../actions/playGame.ts";
import { postTrace, simulatePostTrace } from "../actions/postTrace.ts";
import { publishBatch, simulatePublishBatch } from "../actions/publishBatch.ts";
import { publishInput, simulatePublishInput } from "../actions/publishInput.ts";
import { requestUnstake, simulateRequestUnstake } from "../actions/requestUnstake.ts";
import { setPayout, simulateSetPayout } from "../actions/setPayout.ts";
import { setSigner, simulateSetSigner } from "../actions/setSigner.ts";
import { settleBatch, simulateSettleBatch } from "../actions/settleBatch.ts";
import { settleRequest, simulateSettleRequest } from "../actions/settleRequest.ts";
import { signDepositPermit } from "../actions/signDepositPermit.ts";
import { simulateStake, stake } from "../actions/stake.ts";
import { simulateStepGame, stepGame } from "../actions/stepGame.ts";
import { simulateSweepBurned, sweepBurned } from "../actions/sweepBurned.ts";
import { simulateTimeoutGame, timeoutGame } from "../actions/timeoutGame.ts";
import { simulateTransferStake, transferStake } from "../actions/transferStake.ts";
import { simulateWithdraw, withdraw } from "../actions/withdraw.ts";
import type { Deployment } from "../addresses.ts";
import { binder } from "./bind.ts";

/**
 * Writes of somebody who answers: money, stake, commitments, and their defence. Each is documented at the action of its name.
 *
 * @param deployment - the contracts to talk to; default: the bundled deployment of the client's chain
 *
 * @example
 * const client = createWalletClient({ account, chain, transport: http() }).extend(operatorActions(deployment));
 */
export function operatorActions(deployment?: Deployment) {
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
      stake: bind(stake),
      simulateStake: bind(simulateStake),
      requestUnstake: bind(requestUnstake),
      simulateRequestUnstake: bind(simulateRequestUnstake),
      cancelUnstake: bind(cancelUnstake),
      simulateCancelUnstake: bind(simulateCancelUnstake),
      completeUnstake: bind(completeUnstake),
      simulateCompleteUnstake: bind(simulateCompleteUnstake),
      acceptRequest: bind(acceptRequest),
      simulateAcceptRequest: bind(simulateAcceptRequest),
      commitResult: bind(commitResult),
      simulateCommitResult: bind(simulateCommitResult),
      commitResultByRoot: bind(commitResultByRoot),
      simulateCommitResultByRoot: bind(simulateCommitResultByRoot),
      postTrace: bind(postTrace),
      simulatePostTrace: bind(simulatePostTrace),
      settleRequest: bind(settleRequest),
      simulateSettleRequest: bind(simulateSettleRequest),
      expireRequest: bind(expireRequest),
      simulateExpireRequest: bind(simulateExpireRequest),
      answerGame: bind(answerGame),
      simulateAnswerGame: bind(simulateAnswerGame),
      stepGame: bind(stepGame),
      simulateStepGame: bind(simulateStepGame),
      timeoutGame: bind(timeoutGame),
      simulateTimeoutGame: bind(simulateTimeoutGame),
      claimRefund: bind(claimRefund),
      simulateClaimRefund: bind(simulateClaimRefund),
      signDepositPermit: bind(signDepositPermit),
      playGame: bind(playGame),
      publishInput: bind(publishInput),
      simulatePublishInput: bind(simulatePublishInput),
      commitBatch: bind(commitBatch),
      simulateCommitBatch: bind(simulateCommitBatch),
      publishBatch: bind(publishBatch),
      simulatePublishBatch: bind(simulatePublishBatch),
      linkResult: bind(linkResult),
      simulateLinkResult: bind(simulateLinkResult),
      settleBatch: bind(settleBatch),
      simulateSettleBatch: bind(simulateSettleBatch),
      setSigner: bind(setSigner),
      simulateSetSigner: bind(simulateSetSigner),
      setPayout: bind(setPayout),
      simulateSetPayout: bind(simulateSetPayout),
      transferStake: bind(transferStake),
      simulateTransferStake: bind(simulateTransferStake),
      sweepBurned: bind(sweepBurned),
      simulateSweepBurned: bind(simulateSweepBurned),
    };
  };
}

/** What {@link operatorActions} adds to a client. */
export type OperatorActions = ReturnType<ReturnType<typeof operatorActions>>;
