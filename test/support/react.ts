/** Hooks of React in a page without a browser, with a wallet that is the chain's own provider. */

import { environmentManager, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Window } from "happy-dom";
import { createElement, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { type Address, custom, defineChain, type EIP1193Provider } from "viem";
import { type Config, createConfig, injected, WagmiProvider } from "wagmi";
import { connect } from "wagmi/actions";
import type { Protocol } from "./sdk.ts";

const GLOBALS = ["window", "document"] as const;

/** A page. Its globals are put away by `close`, since other tests share the process. */
export function openPage(): { readonly root: () => Element; readonly close: () => Promise<void> } {
  const window = new Window({ url: "http://localhost" });
  const scope = globalThis as Record<string, unknown>;
  // Libraries that were loaded before the page was opened took this process for a server.
  environmentManager.setIsServer(() => false);
  const before = GLOBALS.map((name) => [name, Object.getOwnPropertyDescriptor(scope, name)] as const);
  const values = { window, document: window.document };
  for (const name of GLOBALS)
    Object.defineProperty(scope, name, { value: values[name], configurable: true, writable: true });
  return {
    root: () => window.document.body.appendChild(window.document.createElement("div")) as unknown as Element,
    close: async () => {
      for (const [name, descriptor] of before) {
        if (descriptor === undefined) delete scope[name];
        else Object.defineProperty(scope, name, descriptor);
      }
      await window.happyDOM.close();
    },
  };
}

/** What a wallet does with a request: pass it on, perhaps after its user has thought about it, or refuse it by throwing. */
export type Wallet = (method: string) => void | Promise<void>;

/** wagmi's configuration with a browser wallet whose accounts are the chain's own. */
export function configOf({ connection }: Protocol, account: Address, wallet: Wallet = () => {}): Config {
  const { provider } = connection;
  const chain = defineChain({
    id: 31337,
    name: "local",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [] } },
  });
  const request = async ({ method, params }: { method: string; params?: unknown[] }): Promise<unknown> => {
    await wallet(method);
    if (method === "eth_accounts" || method === "eth_requestAccounts") return [account];
    return provider.request({ method, params: params ?? [] });
  };
  const injectedProvider = { request, on: () => {}, removeListener: () => {} };
  const target = { id: "test", name: "Test wallet", provider: injectedProvider as never };
  return createConfig({
    chains: [chain],
    connectors: [injected({ target })],
    multiInjectedProviderDiscovery: false,
    storage: null,
    pollingInterval: 10,
    cacheTime: 0,
    transports: { [chain.id]: custom(provider as unknown as EIP1193Provider, { retryCount: 0 }) },
  });
}

/** Connects the only wallet of a configuration. */
export async function connectWallet(config: Config): Promise<void> {
  await connect(config, { connector: config.connectors[0]! });
}

/** A hook in a component of its own, and what it gives after every rendering. */
export interface Mounted<value, props> {
  readonly current: () => value;
  readonly rerender: (props: props) => void;
  /** Does something with what the hook gives, as a click would. */
  readonly perform: (action: (value: value) => void) => void;
  /** Waits until the hook gives what the test wants. */
  readonly until: (is: (value: value) => boolean) => Promise<value>;
  readonly unmount: () => void;
}

/** Renders a component that calls the hook. */
export function mountHook<value, props>(
  { root, config }: { readonly root: () => Element; readonly config: Config },
  hook: (props: props) => value,
  props: props,
): Mounted<value, props> {
  const queries = new QueryClient({
    defaultOptions: {
      queries: { retryDelay: 5, gcTime: Number.POSITIVE_INFINITY },
      mutations: { gcTime: Number.POSITIVE_INFINITY },
    },
  });
  let latest: { readonly value: value } | undefined;
  const Probe = (given: { readonly props: props }): ReactNode => {
    latest = { value: hook(given.props) };
    return null;
  };
  const reactRoot = createRoot(root());
  const render = (given: props): void =>
    flushSync(() => {
      reactRoot.render(
        createElement(
          WagmiProvider,
          { config, reconnectOnMount: false },
          createElement(QueryClientProvider, { client: queries }, createElement(Probe, { props: given })),
        ),
      );
    });
  render(props);
  const current = (): value => latest!.value;
  return {
    current,
    rerender: render,
    perform: (action) => flushSync(() => action(current())),
    until: async (is) => {
      const end = Date.now() + 30_000;
      while (!is(current())) {
        if (Date.now() > end) throw new Error(`the hook never got there: ${String(current())}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return current();
    },
    unmount: () => {
      flushSync(() => reactRoot.unmount());
      queries.clear();
    },
  };
}
