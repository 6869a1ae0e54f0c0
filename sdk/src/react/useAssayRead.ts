import { skipToken, type UseQueryOptions, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { type Config, useClient } from "wagmi";
import type { AssayClient } from "../actions/internal/types.ts";
import type { AssayError } from "../core/errors.ts";
import { describeFailure } from "../errors/wrap.ts";
import { assayQueryKey } from "./key.ts";

/** What every reading hook takes beside the parameters of its action. */
export interface AssayReadOptions<data> {
  /** The chain to ask. Default: the one that the wallet is on, or the first one of the configuration. */
  readonly chainId?: number | undefined;
  /** Default: that of the nearest `WagmiProvider`. */
  readonly config?: Config | undefined;
  /** Options of TanStack Query, `enabled` and `refetchInterval` among them. */
  readonly query?: Omit<UseQueryOptions<data, AssayError>, "queryKey" | "queryFn"> | undefined;
}

/** The parameters of an action, all of which may still be missing: the hook waits for them. */
export type AssayReadParameters<parameters, data> = {
  readonly [name in keyof parameters]?: parameters[name] | undefined;
} & AssayReadOptions<data>;

/** What a reading hook does. */
export interface AssayRead<parameters, data> {
  /** Name of the action; part of the query's key. */
  readonly name: string;
  /** The action that reads. */
  readonly action: (client: AssayClient, parameters: parameters) => Promise<data>;
  /** The parameters without which there is nothing to ask. */
  readonly required: readonly (keyof parameters & string)[];
  /** Whether what was read last can still change by itself; then it is read again with every polling interval of the client. */
  readonly canChange?: (data: data) => boolean;
}

/**
 * Reads by any action, through wagmi's client, with TanStack Query's cache. The named hooks are made of it.
 *
 * Failures that can pass are tried again three times, others are not. `error` is always an {@link AssayError}.
 */
export function useAssayRead<parameters extends object, data>(
  read: AssayRead<parameters, data>,
  given: AssayReadParameters<parameters, data>,
): UseQueryResult<data, AssayError> {
  const { chainId, config, query = {}, ...rest } = given as AssayReadOptions<data> & Record<string, unknown>;
  const client = useClient({
    ...(chainId === undefined ? {} : { chainId }),
    ...(config === undefined ? {} : { config }),
  });
  const named = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const isComplete = read.required.every((name) => named[name] !== undefined);
  const ask = async ({ signal }: { readonly signal: AbortSignal }): Promise<data> => {
    try {
      return await read.action(client as AssayClient, { ...named, signal } as unknown as parameters);
    } catch (thrown) {
      throw await describeFailure(thrown);
    }
  };
  return useQuery<data, AssayError>({
    retry: (count, { isTransient }) => isTransient && count < 3,
    ...(read.canChange === undefined
      ? {}
      : { refetchInterval: pollWhile(read.canChange, client?.pollingInterval) }),
    ...query,
    queryKey: assayQueryKey(read.name, client?.chain.id ?? chainId, named),
    queryFn: isComplete && client !== undefined ? ask : skipToken,
  });
}

function pollWhile<data>(canChange: (data: data) => boolean, interval = 4_000) {
  return ({ state }: { readonly state: { readonly data: data | undefined } }): number | false =>
    state.data === undefined || canChange(state.data) ? interval : false;
}
