import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import { type Config, useClient } from "wagmi";
import type { AssayClient, DeploymentParameter } from "../actions/internal/types.ts";
import {
  type VerifyResultParameters,
  type VerifyResultReturnType,
  verifyResult,
} from "../actions/verifyResult.ts";
import type { AssayError } from "../core/errors.ts";
import { MissingDeploymentError } from "../errors/client.ts";
import { describeFailure } from "../errors/wrap.ts";
import { ASSAY_KEY } from "./key.ts";

/** What {@link useVerifyResult} takes. */
export interface UseVerifyResultOptions extends DeploymentParameter {
  /** The chain to ask. Default: the one that the wallet is on, or the first one of the configuration. */
  readonly chainId?: number;
  /** Default: that of the nearest `WagmiProvider`. */
  readonly config?: Config;
}

/**
 * Executes a request again in the user's own browser and compares the result with the committed one, to the last bit. Happens when it is asked for, since it takes
 * as long as the model does; with `execute: executeInWorker(worker)` the page stays responsive meanwhile. See `verifyResult`.
 *
 * @example
 * const verify = useVerifyResult({ deployment });
 * verify.mutate({ requestId, model, execute: executeInWorker(worker) });
 * verify.data?.isCorrect;
 */
export function useVerifyResult({
  deployment,
  chainId,
  config,
}: UseVerifyResultOptions = {}): UseMutationResult<
  VerifyResultReturnType,
  AssayError,
  VerifyResultParameters
> {
  const client = useClient({
    ...(chainId === undefined ? {} : { chainId }),
    ...(config === undefined ? {} : { config }),
  });
  return useMutation<VerifyResultReturnType, AssayError, VerifyResultParameters>({
    mutationKey: [ASSAY_KEY, "verifyResult"],
    mutationFn: async (parameters) => {
      if (client === undefined) throw new MissingDeploymentError();
      try {
        const named = deployment === undefined ? parameters : { deployment, ...parameters };
        return await verifyResult(client as AssayClient, named);
      } catch (thrown) {
        throw await describeFailure(thrown);
      }
    },
  });
}
