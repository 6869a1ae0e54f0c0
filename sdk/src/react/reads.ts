/** Hooks that read. Each takes the parameters of its action, and waits until all that the action needs is there. */

import type { UseQueryResult } from "@tanstack/react-query";
import { type GetAccountParameters, type GetAccountReturnType, getAccount } from "../actions/getAccount.ts";
import {
  type FinalityProgress,
  type GetFinalityProgressParameters,
  getFinalityProgress,
} from "../actions/getFinalityProgress.ts";
import { type DisputeGameState, type GetGameParameters, getGame } from "../actions/getGame.ts";
import { type GetGamesParameters, type GetGamesReturnType, getGames } from "../actions/getGames.ts";
import {
  type GetListingsParameters,
  type GetListingsReturnType,
  getListings,
} from "../actions/getListings.ts";
import { type GetModelParameters, type GetModelReturnType, getModel } from "../actions/getModel.ts";
import { type GetProfileParameters, getProfile, type Profile } from "../actions/getProfile.ts";
import {
  type GetReadingsParameters,
  type GetReadingsReturnType,
  getReadings,
} from "../actions/getReadings.ts";
import { type GetRequestParameters, getRequest, type InferenceRequest } from "../actions/getRequest.ts";
import { type GetResultParameters, getResult, type InferenceResult } from "../actions/getResult.ts";
import type { AssayError } from "../core/errors.ts";
import { type AssayReadParameters, useAssayRead } from "./useAssayRead.ts";

/** What a query of a reading hook gives: TanStack Query's result, with an error of the one tree. */
export type AssayQuery<data> = UseQueryResult<data, AssayError>;

const isAlive = ({ status }: InferenceRequest): boolean =>
  status === "requested" || status === "accepted" || status === "committed";

/** A request, read again until it is over. See `getRequest`. */
export function useRequest(
  parameters: AssayReadParameters<GetRequestParameters, InferenceRequest>,
): AssayQuery<InferenceRequest> {
  return useAssayRead(
    { name: "getRequest", action: getRequest, required: ["requestId"], canChange: isAlive },
    parameters,
  );
}

/**
 * How far a request is on its way to finality, read again until it is over. It is named by its id alone, so it goes on where it was after the page was left or
 * loaded again. See `getFinalityProgress`.
 *
 * @example
 * const { data: progress } = useFinality({ requestId });
 * if (progress?.isOver === false) return <p>{progress.request.status}, {progress.secondsLeft} s left</p>;
 */
export function useFinality(
  parameters: AssayReadParameters<GetFinalityProgressParameters, FinalityProgress>,
): AssayQuery<FinalityProgress> {
  return useAssayRead(
    {
      ...{ name: "getFinalityProgress", action: getFinalityProgress, required: ["requestId"] },
      canChange: ({ isOver }) => !isOver,
    },
    parameters,
  );
}

/**
 * The result of a request. An error with the code `RESULT_NOT_FINAL` says that it can still change: wait by {@link useFinality}, or read it anyway by
 * `allowPending`. See `getResult`.
 */
export function useResult(
  parameters: AssayReadParameters<GetResultParameters, InferenceResult>,
): AssayQuery<InferenceResult> {
  return useAssayRead({ name: "getResult", action: getResult, required: ["requestId"] }, parameters);
}

/** All that decides how far results can be relied upon, of many at once. See `getReadings`. */
export function useReadings(
  parameters: AssayReadParameters<GetReadingsParameters, GetReadingsReturnType>,
): AssayQuery<GetReadingsReturnType> {
  return useAssayRead({ name: "getReadings", action: getReadings, required: ["requestIds"] }, parameters);
}

/** The record of a registered model. See `getModel`. */
export function useModel(
  parameters: AssayReadParameters<GetModelParameters, GetModelReturnType>,
): AssayQuery<GetModelReturnType> {
  return useAssayRead({ name: "getModel", action: getModel, required: ["modelId"] }, parameters);
}

/** What publishers list: all, of one model, or of one publisher. See `getListings`. */
export function useListings(
  parameters: AssayReadParameters<GetListingsParameters, GetListingsReturnType>,
): AssayQuery<GetListingsReturnType> {
  return useAssayRead({ name: "getListings", action: getListings, required: [] }, parameters);
}

/** The parameters that a commitment lives under. See `getProfile`. */
export function useProfile(
  parameters: AssayReadParameters<GetProfileParameters, Profile>,
): AssayQuery<Profile> {
  return useAssayRead({ name: "getProfile", action: getProfile, required: ["profileId"] }, parameters);
}

/** What an account holds, in the vault and outside of it. See `getAccount`. */
export function useAccountFunds(
  parameters: AssayReadParameters<GetAccountParameters, GetAccountReturnType>,
): AssayQuery<GetAccountReturnType> {
  return useAssayRead({ name: "getAccount", action: getAccount, required: ["address"] }, parameters);
}

/** A dispute, read again until it has ended. See `getGame`. */
export function useGame(
  parameters: AssayReadParameters<GetGameParameters, DisputeGameState>,
): AssayQuery<DisputeGameState> {
  return useAssayRead(
    {
      ...{ name: "getGame", action: getGame, required: ["gameId"] },
      canChange: ({ phase }) => phase !== "ended",
    },
    parameters,
  );
}

/** The disputes about a result. See `getGames`. */
export function useGames(
  parameters: AssayReadParameters<GetGamesParameters, GetGamesReturnType>,
): AssayQuery<GetGamesReturnType> {
  return useAssayRead({ name: "getGames", action: getGames, required: ["requestId"] }, parameters);
}
