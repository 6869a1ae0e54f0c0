/** `@assay/sdk/react`: hooks for React, on wagmi 3 and TanStack Query 5. */

export { ASSAY_KEY, assayQueryKey } from "./key.ts";
export {
  type AssayQuery,
  useAccountFunds,
  useFinality,
  useGame,
  useGames,
  useListings,
  useModel,
  useProfile,
  useReadings,
  useRequest,
  useResult,
} from "./reads.ts";
export {
  type AssayRead,
  type AssayReadOptions,
  type AssayReadParameters,
  useAssayRead,
} from "./useAssayRead.ts";
export {
  type AssayMutation,
  type AssayWrite,
  type AssayWriteOptions,
  type AssayWritten,
  useAssayWrite,
  type WritePhase,
} from "./useAssayWrite.ts";
export { type UseVerifyResultOptions, useVerifyResult } from "./useVerifyResult.ts";
export {
  useApproveToken,
  useClaimReward,
  useDeposit,
  useExpireRequest,
  useRequestInference,
  useSettleRequest,
  useSubscribeDelivery,
  useWithdraw,
} from "./writes.ts";
