import type { Hex } from "viem";
import { estimateGas, getBlockNumber, getContractEvents, getGasPrice } from "viem/actions";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import type { Deployment } from "../addresses.ts";
import { withAssayErrors } from "../errors/wrap.ts";
import { getAccount } from "./getAccount.ts";
import { getProfile } from "./getProfile.ts";
import { getReadings } from "./getReadings.ts";
import { getRequest } from "./getRequest.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import { readLogs } from "./internal/logs.ts";
import type { AssayClient } from "./internal/types.ts";
import { senderAddressOf } from "./internal/write.ts";
import {
  encodeRequestInference,
  packedRequest,
  type RequestInferenceErrorType,
  type RequestInferenceParameters,
} from "./requestInference.ts";

/** What {@link quoteInference} takes: the very request that would be made. */
export type QuoteInferenceParameters = RequestInferenceParameters;

/** What a request would cost, and what it would buy. Amounts of tokens are in the token's smallest unit. */
export interface QuoteInferenceReturnType {
  /** What the operator gets when the result is final, in tokens; it comes back if nobody answers or the answer is convicted. */
  readonly fee: bigint;
  /** What operators have lately been content with for this model, in tokens, the latest last; at most 20. Empty if there is nothing to compare with. */
  readonly recentFees: readonly bigint[];
  /** What the sender has in the vault, in tokens. */
  readonly balance: bigint;
  /** What has to be deposited first, in tokens; 0 if the balance is enough. */
  readonly shortfall: bigint;
  /** What the transaction takes. Where there is a shortfall, that of the same request with a fee that the balance can pay. */
  readonly gas: bigint;
  /** Wei per gas, as the node has it now. */
  readonly gasPrice: bigint;
  /** Wei for gas at that price. */
  readonly gasCost: bigint;
  /** Stake that the operator loses if its answer is convicted, in tokens. */
  readonly lock: bigint;
  /** From the answer to its finality, if nobody challenges it. */
  readonly windowSeconds: number;
  /** From the answer to its end, whatever anybody does. */
  readonly latestSeconds: number;
}

/** What {@link quoteInference} can fail with. */
export type QuoteInferenceErrorType = RequestInferenceErrorType;

/** How many blocks back, how many acceptances and how many fees of this model are looked at. */
const RECENT = { blocks: 10_000n, acceptances: 100, fees: 20 } as const;

/**
 * What a request would cost, before it is made. Sends nothing, and needs nothing deposited.
 *
 * @throws {ContractRevertError} what the request itself would be refused with, but for a balance that is too low: `REGISTRY_MODEL_UNKNOWN`, `PROFILE_UNKNOWN`
 * @throws {MissingAccountError} if it is not known who would ask
 *
 * @example
 * const request = { deployment, model, inputs, profileId, fee, deadline };
 * const { shortfall, gasCost } = await quoteInference(client, request);
 * if (shortfall > 0n) await deposit(client, { deployment, amount: shortfall });
 * await requestInference(client, request);
 */
export async function quoteInference(
  client: AssayClient,
  parameters: QuoteInferenceParameters,
): Promise<QuoteInferenceReturnType> {
  const { modelId } = packedRequest(parameters);
  const deployment = await resolveDeployment(client, parameters);
  const sender = senderAddressOf(client, parameters);
  const { fee, profileId } = parameters;
  const [{ balance }, profile, gasPrice, recentFees] = await Promise.all([
    getAccount(client, { deployment, address: sender }),
    getProfile(client, { deployment, profileId }),
    withAssayErrors({}, () => getGasPrice(client)),
    feesFor(client, deployment, modelId),
  ]);
  const affordable = balance < fee ? balance : fee;
  const { to, data } = encodeRequestInference({ ...parameters, deployment, fee: affordable });
  const gas = await withAssayErrors({ contract: "InferenceHub", address: to, functionName: "request" }, () =>
    estimateGas(client, { account: sender, to, data }),
  );
  const { lock, windowSeconds, clockSeconds } = profile;
  return {
    ...{ fee, recentFees, balance, shortfall: fee - affordable },
    ...{ gas, gasPrice, gasCost: gas * gasPrice },
    ...{ lock, windowSeconds, latestSeconds: windowSeconds + 2 * clockSeconds },
  };
}

/** The fees of the latest requests for a model that operators have accepted. */
async function feesFor(
  client: AssayClient,
  deployment: Deployment,
  modelId: Hex,
): Promise<readonly bigint[]> {
  const toBlock = await withAssayErrors({}, () => getBlockNumber(client, { cacheTime: 0 }));
  const earliest = toBlock > RECENT.blocks ? toBlock - RECENT.blocks : 0n;
  const fromBlock = earliest > deployment.startBlock ? earliest : deployment.startBlock;
  const accepted = await readLogs(client, deployment, { fromBlock, toBlock }, (range) =>
    getContractEvents(client, {
      address: deployment.contracts.InferenceHub,
      abi: inferenceHubAbi,
      eventName: "RequestAccepted",
      strict: true,
      ...range,
    }),
  );
  const requestIds = accepted.slice(-RECENT.acceptances).map(({ args }) => args.requestId);
  const readings = await getReadings(client, { deployment, requestIds });
  const alike = readings.filter((reading) => reading.modelId === modelId).slice(-RECENT.fees);
  const requests = alike.map(({ requestId }) => getRequest(client, { deployment, requestId }));
  return (await Promise.all(requests)).map(({ fee }) => fee);
}
