import { answerGame, simulateAnswerGame } from "../actions/answerGame.ts";
import { approveToken, simulateApproveToken } from "../actions/approveToken.ts";
import { challengeResult } from "../actions/challengeResult.ts";
import { claimRefund, simulateClaimRefund } from "../actions/claimRefund.ts";
import { claimReward, simulateClaimReward } from "../actions/claimReward.ts";
import { convictGame, simulateConvictGame } from "../actions/convictGame.ts";
import { demandInput, simulateDemandInput } from "../actions/demandInput.ts";
import { deposit, simulateDeposit } from "../actions/deposit.ts";
import { depositWithPermit, simulateDepositWithPermit } from "../actions/depositWithPermit.ts";
import type { AssayClient } from "../actions/internal/types.ts";
import { openGame, simulateOpenGame } from "../actions/openGame.ts";
import { playGame } from "../actions/playGame.ts";
import { postTrace, simulatePostTrace } from "../actions/postTrace.ts";
import { publishInput, simulatePublishInput } from "../actions/publishInput.ts";
import { quitGame, simulateQuitGame } from "../actions/quitGame.ts";
import { revealGame, simulateRevealGame } from "../actions/revealGame.ts";
import { settleBatch, simulateSettleBatch } from "../actions/settleBatch.ts";
import { settleRequest, simulateSettleRequest } from "../actions/settleRequest.ts";
import { showResult, simulateShowResult } from "../actions/showResult.ts";
import { signDepositPermit } from "../actions/signDepositPermit.ts";
import { simulateStepGame, stepGame } from "../actions/stepGame.ts";
import { simulateTimeoutGame, timeoutGame } from "../actions/timeoutGame.ts";
import { simulateWithdraw, withdraw } from "../actions/withdraw.ts";
import type { Deployment } from "../addresses.ts";
import { binder } from "./bind.ts";

/**
 * Writes of somebody who contests answers: money, games, and what they yield. Each is documented at the action of its name.
 *
 * @param deployment - the contracts to talk to; default: the bundled deployment of the client's chain
 *
 * @example
 * const client = createWalletClient({ account, chain, transport: http() }).extend(challengerActions(deployment));
 */
export function challengerActions(deployment?: Deployment) {
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
      challengeResult: bind(challengeResult),
      openGame: bind(openGame),
      simulateOpenGame: bind(simulateOpenGame),
      revealGame: bind(revealGame),
      simulateRevealGame: bind(simulateRevealGame),
      answerGame: bind(answerGame),
      simulateAnswerGame: bind(simulateAnswerGame),
      stepGame: bind(stepGame),
      simulateStepGame: bind(simulateStepGame),
      convictGame: bind(convictGame),
      simulateConvictGame: bind(simulateConvictGame),
      timeoutGame: bind(timeoutGame),
      simulateTimeoutGame: bind(simulateTimeoutGame),
      quitGame: bind(quitGame),
      simulateQuitGame: bind(simulateQuitGame),
      claimReward: bind(claimReward),
      simulateClaimReward: bind(simulateClaimReward),
      claimRefund: bind(claimRefund),
      simulateClaimRefund: bind(simulateClaimRefund),
      settleRequest: bind(settleRequest),
      simulateSettleRequest: bind(simulateSettleRequest),
      signDepositPermit: bind(signDepositPermit),
      playGame: bind(playGame),
      demandInput: bind(demandInput),
      simulateDemandInput: bind(simulateDemandInput),
      publishInput: bind(publishInput),
      simulatePublishInput: bind(simulatePublishInput),
      showResult: bind(showResult),
      simulateShowResult: bind(simulateShowResult),
      settleBatch: bind(settleBatch),
      simulateSettleBatch: bind(simulateSettleBatch),
      postTrace: bind(postTrace),
      simulatePostTrace: bind(simulatePostTrace),
    };
  };
}

/** What {@link challengerActions} adds to a client. */
export type ChallengerActions = ReturnType<ReturnType<typeof challengerActions>>;
