/** `@assay/sdk/actions`: what can be done with the contracts, one function each. */

export { formatAmount, parseAmount, type TokenUnits } from "../core/amounts.ts";
export {
  type AcceptRequestErrorType,
  type AcceptRequestParameters,
  type AcceptRequestReceipt,
  type AcceptRequestReturnType,
  acceptRequest,
  encodeAcceptRequest,
  parseAcceptRequestReceipt,
  simulateAcceptRequest,
} from "./acceptRequest.ts";
export {
  type AnswerGameErrorType,
  type AnswerGameParameters,
  type AnswerGameReceipt,
  type AnswerGameReturnType,
  answerGame,
  encodeAnswerGame,
  parseAnswerGameReceipt,
  simulateAnswerGame,
} from "./answerGame.ts";
export {
  type ApproveTokenErrorType,
  type ApproveTokenParameters,
  type ApproveTokenReturnType,
  approveToken,
  encodeApproveToken,
  simulateApproveToken,
} from "./approveToken.ts";
export { type BoundTrace, bindTrace } from "./bindTrace.ts";
export {
  type CancelUnstakeErrorType,
  type CancelUnstakeParameters,
  type CancelUnstakeReceipt,
  type CancelUnstakeReturnType,
  cancelUnstake,
  encodeCancelUnstake,
  parseCancelUnstakeReceipt,
  simulateCancelUnstake,
} from "./cancelUnstake.ts";
export {
  type Challenge,
  type ChallengeResultErrorType,
  type ChallengeResultParameters,
  type ChallengeResultReturnType,
  challengeResult,
} from "./challengeResult.ts";
export {
  type ClaimRefundErrorType,
  type ClaimRefundParameters,
  type ClaimRefundReceipt,
  type ClaimRefundReturnType,
  claimRefund,
  encodeClaimRefund,
  parseClaimRefundReceipt,
  simulateClaimRefund,
} from "./claimRefund.ts";
export {
  type ClaimRewardErrorType,
  type ClaimRewardParameters,
  type ClaimRewardReceipt,
  type ClaimRewardReturnType,
  claimReward,
  encodeClaimReward,
  parseClaimRewardReceipt,
  simulateClaimReward,
} from "./claimReward.ts";
export {
  type CommitBatchErrorType,
  type CommitBatchParameters,
  type CommitBatchReceipt,
  type CommitBatchReturnType,
  commitBatch,
  encodeCommitBatch,
  parseCommitBatchReceipt,
  simulateCommitBatch,
} from "./commitBatch.ts";
export {
  type CommitResultErrorType,
  type CommitResultParameters,
  type CommitResultReceipt,
  type CommitResultReturnType,
  commitResult,
  encodeCommitResult,
  parseCommitResultReceipt,
  simulateCommitResult,
} from "./commitResult.ts";
export {
  type CommitResultByRootErrorType,
  type CommitResultByRootParameters,
  type CommitResultByRootReturnType,
  commitResultByRoot,
  encodeCommitResultByRoot,
  MAX_PUBLISHED_OUTPUT_BYTES,
  simulateCommitResultByRoot,
} from "./commitResultByRoot.ts";
export {
  type CompleteUnstakeErrorType,
  type CompleteUnstakeParameters,
  type CompleteUnstakeReceipt,
  type CompleteUnstakeReturnType,
  completeUnstake,
  encodeCompleteUnstake,
  parseCompleteUnstakeReceipt,
  simulateCompleteUnstake,
} from "./completeUnstake.ts";
export {
  type ConvictGameErrorType,
  type ConvictGameParameters,
  type ConvictGameReceipt,
  type ConvictGameReturnType,
  convictGame,
  encodeConvictGame,
  parseConvictGameReceipt,
  simulateConvictGame,
} from "./convictGame.ts";
export {
  type CreateProfileErrorType,
  type CreateProfileParameters,
  type CreateProfileReceipt,
  type CreateProfileReturnType,
  createProfile,
  encodeCreateProfile,
  parseCreateProfileReceipt,
  simulateCreateProfile,
} from "./createProfile.ts";
export {
  type DeliverResultErrorType,
  type DeliverResultParameters,
  type DeliverResultReceipt,
  type DeliverResultReturnType,
  deliverResult,
  encodeDeliverResult,
  parseDeliverResultReceipt,
  simulateDeliverResult,
} from "./deliverResult.ts";
export {
  type DemandInputErrorType,
  type DemandInputParameters,
  type DemandInputReceipt,
  type DemandInputReturnType,
  demandInput,
  encodeDemandInput,
  parseDemandInputReceipt,
  simulateDemandInput,
} from "./demandInput.ts";
export {
  type DepositErrorType,
  type DepositParameters,
  type DepositReceipt,
  type DepositReturnType,
  deposit,
  encodeDeposit,
  parseDepositReceipt,
  simulateDeposit,
} from "./deposit.ts";
export {
  type DepositWithPermitErrorType,
  type DepositWithPermitParameters,
  type DepositWithPermitReturnType,
  depositWithPermit,
  encodeDepositWithPermit,
  simulateDepositWithPermit,
} from "./depositWithPermit.ts";
export {
  type DeprecateModelErrorType,
  type DeprecateModelParameters,
  type DeprecateModelReceipt,
  type DeprecateModelReturnType,
  deprecateModel,
  encodeDeprecateModel,
  parseDeprecateModelReceipt,
  simulateDeprecateModel,
} from "./deprecateModel.ts";
export {
  type ExpireRequestErrorType,
  type ExpireRequestParameters,
  type ExpireRequestReceipt,
  type ExpireRequestReturnType,
  encodeExpireRequest,
  expireRequest,
  parseExpireRequestReceipt,
  simulateExpireRequest,
} from "./expireRequest.ts";
export {
  type ExportDisputeErrorType,
  type ExportDisputeParameters,
  type ExportDisputeReturnType,
  exportDispute,
} from "./exportDispute.ts";
export {
  type GetAccountErrorType,
  type GetAccountParameters,
  type GetAccountReturnType,
  getAccount,
} from "./getAccount.ts";
export {
  type GetBatchErrorType,
  type GetBatchParameters,
  type GetBatchReturnType,
  getBatch,
} from "./getBatch.ts";
export {
  type GetDefendersErrorType,
  type GetDefendersParameters,
  type GetDefendersReturnType,
  getDefenders,
} from "./getDefenders.ts";
export {
  type GetDeliveryErrorType,
  type GetDeliveryParameters,
  type GetDeliveryReturnType,
  getDelivery,
} from "./getDelivery.ts";
export {
  type GetFinalityEtaErrorType,
  type GetFinalityEtaParameters,
  type GetFinalityEtaReturnType,
  getFinalityEta,
} from "./getFinalityEta.ts";
export {
  type FinalityProgress,
  type GetFinalityProgressErrorType,
  type GetFinalityProgressParameters,
  type GetFinalityProgressReturnType,
  getFinalityProgress,
} from "./getFinalityProgress.ts";
export {
  type DisputeGameState,
  type GetGameErrorType,
  type GetGameParameters,
  type GetGameReturnType,
  getGame,
} from "./getGame.ts";
export {
  type GetGameHistoryErrorType,
  type GetGameHistoryParameters,
  type GetGameHistoryReturnType,
  getGameHistory,
} from "./getGameHistory.ts";
export {
  type GetGamesErrorType,
  type GetGamesParameters,
  type GetGamesReturnType,
  getGames,
} from "./getGames.ts";
export {
  type GetGameViewErrorType,
  type GetGameViewParameters,
  type GetGameViewReturnType,
  getGameView,
} from "./getGameView.ts";
export {
  type GetInputErrorType,
  type GetInputParameters,
  type GetInputReturnType,
  getInput,
} from "./getInput.ts";
export {
  type GetListingErrorType,
  type GetListingParameters,
  type GetListingReturnType,
  getListing,
  type ModelListing,
} from "./getListing.ts";
export {
  type GetListingsErrorType,
  type GetListingsParameters,
  type GetListingsReturnType,
  getListings,
  type PublishedListing,
} from "./getListings.ts";
export {
  type GetModelErrorType,
  type GetModelParameters,
  type GetModelReturnType,
  getModel,
} from "./getModel.ts";
export {
  type GetOpeningHashErrorType,
  type GetOpeningHashParameters,
  type GetOpeningHashReturnType,
  getOpeningHash,
} from "./getOpeningHash.ts";
export {
  type GetProfileErrorType,
  type GetProfileParameters,
  type GetProfileReturnType,
  getProfile,
  type Profile,
} from "./getProfile.ts";
export {
  type GetReadingsErrorType,
  type GetReadingsParameters,
  type GetReadingsReturnType,
  getReadings,
  type ResultReading,
} from "./getReadings.ts";
export {
  type GetRequestErrorType,
  type GetRequestParameters,
  type GetRequestReturnType,
  getRequest,
  type InferenceRequest,
} from "./getRequest.ts";
export {
  type GetResultErrorType,
  type GetResultParameters,
  type GetResultReturnType,
  getResult,
  type InferenceResult,
} from "./getResult.ts";
export {
  type GetStatusErrorType,
  type GetStatusParameters,
  type GetStatusReturnType,
  getStatus,
} from "./getStatus.ts";
export {
  type GetTicketErrorType,
  type GetTicketParameters,
  type GetTicketReturnType,
  getTicket,
} from "./getTicket.ts";
export {
  type GetTokenErrorType,
  type GetTokenParameters,
  type GetTokenReturnType,
  getToken,
} from "./getToken.ts";
export type { DisputeEvidence } from "./internal/evidence.ts";
export type { GameEvent, GameEventData } from "./internal/game-history.ts";
export type { DeliveryStatus, RequestStatus } from "./internal/names.ts";
export type { RequestTerms } from "./internal/parameters.ts";
export type { ReceiptLike } from "./internal/receipts.ts";
export type { ExecutionJob, Reexecution } from "./internal/reexecute.ts";
export type {
  AssayClient,
  BytesLike,
  DeploymentParameter,
  EncodedCall,
  EncodeParameters,
  LogParameters,
  ReadErrorType,
  ReadParameters,
  SendParameters,
  WriteErrorType,
  WriteParameters,
} from "./internal/types.ts";
export { type IsFinalErrorType, type IsFinalParameters, type IsFinalReturnType, isFinal } from "./isFinal.ts";
export {
  type IterateRequestsErrorType,
  type IterateRequestsParameters,
  type IterateRequestsReturnType,
  iterateRequests,
  type MadeRequest,
} from "./iterateRequests.ts";
export {
  encodeLinkResult,
  type LinkResultErrorType,
  type LinkResultParameters,
  type LinkResultReceipt,
  type LinkResultReturnType,
  linkResult,
  parseLinkResultReceipt,
  simulateLinkResult,
} from "./linkResult.ts";
export {
  type Batch,
  type BatchInclusion,
  type BatchResult,
  type MakeBatchErrorType,
  type MakeBatchParameters,
  type MakeBatchReturnType,
  makeBatch,
} from "./makeBatch.ts";
export {
  encodeOpenGame,
  type OpenGameErrorType,
  type OpenGameParameters,
  type OpenGameReceipt,
  type OpenGameReturnType,
  openGame,
  parseOpenGameReceipt,
  simulateOpenGame,
} from "./openGame.ts";
export {
  type PlayGameErrorType,
  type PlayGameParameters,
  type PlayGameReturnType,
  playGame,
} from "./playGame.ts";
export {
  encodePostTrace,
  type PostTraceErrorType,
  type PostTraceParameters,
  type PostTraceReceipt,
  type PostTraceReturnType,
  parsePostTraceReceipt,
  postTrace,
  simulatePostTrace,
} from "./postTrace.ts";
export {
  encodePublishBatch,
  type PublishBatchErrorType,
  type PublishBatchParameters,
  type PublishBatchReturnType,
  publishBatch,
  simulatePublishBatch,
} from "./publishBatch.ts";
export {
  encodePublishInput,
  type PublishInputErrorType,
  type PublishInputParameters,
  type PublishInputReceipt,
  type PublishInputReturnType,
  parsePublishInputReceipt,
  publishInput,
  simulatePublishInput,
} from "./publishInput.ts";
export {
  encodePublishModel,
  type PublishModelErrorType,
  type PublishModelParameters,
  type PublishModelReceipt,
  type PublishModelReturnType,
  parsePublishModelReceipt,
  publishModel,
  simulatePublishModel,
} from "./publishModel.ts";
export {
  encodeQuitGame,
  parseQuitGameReceipt,
  type QuitGameErrorType,
  type QuitGameParameters,
  type QuitGameReceipt,
  type QuitGameReturnType,
  quitGame,
  simulateQuitGame,
} from "./quitGame.ts";
export {
  type QuoteInferenceErrorType,
  type QuoteInferenceParameters,
  type QuoteInferenceReturnType,
  quoteInference,
} from "./quoteInference.ts";
export { randomSalt } from "./randomSalt.ts";
export {
  encodeRegisterModel,
  parseRegisterModelReceipt,
  type RegisterModelErrorType,
  type RegisterModelParameters,
  type RegisterModelReceipt,
  type RegisterModelReturnType,
  registerModel,
  simulateRegisterModel,
} from "./registerModel.ts";
export {
  encodeReopenRequest,
  parseReopenRequestReceipt,
  type ReopenRequestErrorType,
  type ReopenRequestParameters,
  type ReopenRequestReceipt,
  type ReopenRequestReturnType,
  type ReopenTerms,
  reopenRequest,
  simulateReopenRequest,
} from "./reopenRequest.ts";
export {
  encodeRequestInference,
  type NamedInputs,
  parseRequestInferenceReceipt,
  type RawInput,
  type RequestInferenceErrorType,
  type RequestInferenceParameters,
  type RequestInferenceReceipt,
  type RequestInferenceReturnType,
  requestInference,
  simulateRequestInference,
} from "./requestInference.ts";
export {
  encodeRequestInferenceByRoot,
  type RequestInferenceByRootErrorType,
  type RequestInferenceByRootParameters,
  type RequestInferenceByRootReturnType,
  requestInferenceByRoot,
  simulateRequestInferenceByRoot,
} from "./requestInferenceByRoot.ts";
export {
  encodeRequestUnstake,
  parseRequestUnstakeReceipt,
  type RequestUnstakeErrorType,
  type RequestUnstakeParameters,
  type RequestUnstakeReceipt,
  type RequestUnstakeReturnType,
  requestUnstake,
  simulateRequestUnstake,
} from "./requestUnstake.ts";
export {
  encodeRevealGame,
  parseRevealGameReceipt,
  type RevealGameErrorType,
  type RevealGameParameters,
  type RevealGameReceipt,
  type RevealGameReturnType,
  revealGame,
  simulateRevealGame,
} from "./revealGame.ts";
export {
  encodeSetPayout,
  parseSetPayoutReceipt,
  type SetPayoutErrorType,
  type SetPayoutParameters,
  type SetPayoutReceipt,
  type SetPayoutReturnType,
  setPayout,
  simulateSetPayout,
} from "./setPayout.ts";
export {
  encodeSetSigner,
  parseSetSignerReceipt,
  type SetSignerErrorType,
  type SetSignerParameters,
  type SetSignerReceipt,
  type SetSignerReturnType,
  setSigner,
  simulateSetSigner,
} from "./setSigner.ts";
export {
  encodeSettleBatch,
  parseSettleBatchReceipt,
  type SettleBatchErrorType,
  type SettleBatchParameters,
  type SettleBatchReceipt,
  type SettleBatchReturnType,
  settleBatch,
  simulateSettleBatch,
} from "./settleBatch.ts";
export {
  encodeSettleRequest,
  parseSettleRequestReceipt,
  type SettleRequestErrorType,
  type SettleRequestParameters,
  type SettleRequestReceipt,
  type SettleRequestReturnType,
  settleRequest,
  simulateSettleRequest,
} from "./settleRequest.ts";
export {
  encodeShowResult,
  parseShowResultReceipt,
  type ShowResultErrorType,
  type ShowResultParameters,
  type ShowResultReceipt,
  type ShowResultReturnType,
  showResult,
  simulateShowResult,
} from "./showResult.ts";
export {
  type DepositPermit,
  type SignDepositPermitErrorType,
  type SignDepositPermitParameters,
  type SignDepositPermitReturnType,
  signDepositPermit,
} from "./signDepositPermit.ts";
export {
  encodeStake,
  parseStakeReceipt,
  type StakeErrorType,
  type StakeParameters,
  type StakeReceipt,
  type StakeReturnType,
  simulateStake,
  stake,
} from "./stake.ts";
export {
  encodeStepGame,
  parseStepGameReceipt,
  type StepGameErrorType,
  type StepGameParameters,
  type StepGameReceipt,
  type StepGameReturnType,
  simulateStepGame,
  stepGame,
} from "./stepGame.ts";
export {
  encodeSubscribeDelivery,
  parseSubscribeDeliveryReceipt,
  type SubscribeDeliveryErrorType,
  type SubscribeDeliveryParameters,
  type SubscribeDeliveryReceipt,
  type SubscribeDeliveryReturnType,
  simulateSubscribeDelivery,
  subscribeDelivery,
} from "./subscribeDelivery.ts";
export {
  encodeSweepBurned,
  parseSweepBurnedReceipt,
  type SweepBurnedErrorType,
  type SweepBurnedParameters,
  type SweepBurnedReceipt,
  type SweepBurnedReturnType,
  simulateSweepBurned,
  sweepBurned,
} from "./sweepBurned.ts";
export {
  encodeTimeoutGame,
  parseTimeoutGameReceipt,
  simulateTimeoutGame,
  type TimeoutGameErrorType,
  type TimeoutGameParameters,
  type TimeoutGameReceipt,
  type TimeoutGameReturnType,
  timeoutGame,
} from "./timeoutGame.ts";
export {
  encodeTransferStake,
  parseTransferStakeReceipt,
  simulateTransferStake,
  type TransferStakeErrorType,
  type TransferStakeParameters,
  type TransferStakeReceipt,
  type TransferStakeReturnType,
  transferStake,
} from "./transferStake.ts";
export {
  type VerifyDisputeErrorType,
  type VerifyDisputeReturnType,
  verifyDispute,
} from "./verifyDispute.ts";
export {
  type Execute,
  type VerifyResultErrorType,
  type VerifyResultParameters,
  type VerifyResultReturnType,
  verifyResult,
} from "./verifyResult.ts";
export {
  type WaitForFinalityErrorType,
  type WaitForFinalityParameters,
  type WaitForFinalityReturnType,
  waitForFinality,
} from "./waitForFinality.ts";
export {
  encodeWithdraw,
  parseWithdrawReceipt,
  simulateWithdraw,
  type WithdrawErrorType,
  type WithdrawParameters,
  type WithdrawReceipt,
  type WithdrawReturnType,
  withdraw,
} from "./withdraw.ts";
