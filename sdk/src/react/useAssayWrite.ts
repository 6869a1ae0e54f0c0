import {
  type UseMutationOptions,
  type UseMutationResult,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { useState } from "react";
import type { Hash, TransactionReceipt } from "viem";
import { waitForTransactionReceipt } from "viem/actions";
import { type Config, useConfig } from "wagmi";
import { getConnectorClient } from "wagmi/actions";
import { resolveDeployment } from "../actions/internal/deployment.ts";
import type { AssayClient, DeploymentParameter, WriteParameters } from "../actions/internal/types.ts";
import type { Deployment } from "../addresses.ts";
import type { AssayError } from "../core/errors.ts";
import { MissingAccountError, UserRejectedError } from "../errors/client.ts";
import { TransactionRevertedError } from "../errors/transaction.ts";
import { describeFailure } from "../errors/wrap.ts";
import { ASSAY_KEY } from "./key.ts";

/** Where a transaction is: the wallet is asked, it is sent and waits for a block, or it is included. */
export type WritePhase = "idle" | "signing" | "mining" | "done" | "failed";

/** A transaction that was included, and what it did. */
export interface AssayWritten<outcome> {
  /** Hash of the transaction. */
  readonly hash: Hash;
  /** Receipt of the transaction, which succeeded. */
  readonly receipt: TransactionReceipt;
  /** What its receipt says: the ids and amounts that the action's parser finds. */
  readonly outcome: outcome;
}

/** What every writing hook takes. */
export interface AssayWriteOptions<parameters, outcome> extends DeploymentParameter {
  /** The chain to write on. Default: that of the deployment, or the one that the wallet is on. */
  readonly chainId?: number;
  /** Default: that of the nearest `WagmiProvider`. */
  readonly config?: Config;
  /** Options of TanStack Query, `onSuccess` and `onError` among them. */
  readonly mutation?: Omit<
    UseMutationOptions<AssayWritten<outcome>, AssayError, parameters>,
    "mutationFn" | "mutationKey"
  >;
}

/** What a writing hook gives: TanStack Query's mutation, and what a wallet's user wants to see meanwhile. */
export type AssayMutation<parameters, outcome> = UseMutationResult<
  AssayWritten<outcome>,
  AssayError,
  parameters
> & {
  /** What to tell the user. */
  readonly phase: WritePhase;
  /** Known as soon as the transaction is sent, before it is included. */
  readonly hash: Hash | undefined;
  /** Whether the user has declined it in the wallet: nothing has failed, and nothing was sent. */
  readonly isRejected: boolean;
};

/** What a writing hook does. */
export interface AssayWrite<parameters, outcome> {
  /** Name of the action; part of the mutation's key. */
  readonly name: string;
  /** The action that sends, and gives the transaction's hash. */
  readonly action: (client: AssayClient, parameters: parameters) => Promise<Hash>;
  /** Reads from the receipt what the transaction did. */
  readonly parse: (receipt: TransactionReceipt, parameters: { readonly deployment: Deployment }) => outcome;
}

/**
 * Writes by any action, through wagmi's wallet, and waits until the transaction is included. The named hooks are made of it. Afterwards everything that the
 * reading hooks show is read anew. `error` is always an {@link AssayError}; a user's refusal is told from a failure by `isRejected`.
 *
 * @throws {MissingAccountError} by the mutation, if no wallet is connected
 * @throws {UserRejectedError} by the mutation, if the user declines
 * @throws {TransactionRevertedError} by the mutation, if something else came before the transaction
 */
export function useAssayWrite<parameters extends WriteParameters, outcome>(
  { name, action, parse }: AssayWrite<parameters, outcome>,
  options: AssayWriteOptions<parameters, outcome> = {},
): AssayMutation<parameters, outcome> {
  const { deployment: given, mutation: mutationOptions = {} } = options;
  const config = useConfig(options.config === undefined ? {} : { config: options.config });
  const queries = useQueryClient();
  const [hash, setHash] = useState<Hash>();

  const write = async (parameters: parameters): Promise<AssayWritten<outcome>> => {
    setHash(undefined);
    const named = parameters.deployment ?? given;
    const chainId = options.chainId ?? named?.chainId;
    try {
      const client = await walletOf(config, chainId);
      const deployment = await resolveDeployment(client, named === undefined ? {} : { deployment: named });
      const sent = await action(client, { ...parameters, deployment });
      setHash(sent);
      const receipt = await waitForTransactionReceipt(client, { hash: sent });
      if (receipt.status !== "success") throw new TransactionRevertedError(name, sent);
      return { hash: sent, receipt, outcome: parse(receipt, { deployment }) };
    } catch (thrown) {
      throw await describeFailure(thrown);
    } finally {
      void queries.invalidateQueries({ queryKey: [ASSAY_KEY] });
    }
  };
  const mutation = useMutation<AssayWritten<outcome>, AssayError, parameters>({
    ...mutationOptions,
    mutationKey: [ASSAY_KEY, name],
    mutationFn: write,
  });
  const isRejected = mutation.error instanceof UserRejectedError;
  return { ...mutation, phase: phaseOf(mutation.status, hash), hash, isRejected };
}

function phaseOf(status: "idle" | "pending" | "success" | "error", hash: Hash | undefined): WritePhase {
  if (status === "pending") return hash === undefined ? "signing" : "mining";
  if (status === "success") return "done";
  return status === "error" ? "failed" : "idle";
}

async function walletOf(config: Config, chainId: number | undefined): Promise<AssayClient> {
  try {
    return (await getConnectorClient(config, chainId === undefined ? {} : { chainId })) as AssayClient;
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === "ConnectorNotConnectedError")
      throw new MissingAccountError({ cause: thrown });
    throw thrown;
  }
}
