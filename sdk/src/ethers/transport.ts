/** A viem transport over an ethers signer or provider. Only types of ethers are imported, so whichever copy the caller has will do. */

import type { Provider, Signer, TypedDataDomain, TypedDataField } from "ethers";
import { type CustomTransport, custom } from "viem";
import { fromHex, type Hex, isHex } from "../core/bytes.ts";
import { AssayError } from "../core/errors.ts";
import { reads } from "./reads.ts";

export interface EthersTransportOptions {
  /** Milliseconds after which a read that is not answered fails; ethers itself would wait for ever for a node that is not there. Default 30,000. */
  readonly timeout?: number;
}

/** A signer that is not connected to a provider cannot read or send. */
export class SignerDisconnectedError extends AssayError {
  override readonly name = "SignerDisconnectedError";

  constructor() {
    super("SIGNER_DISCONNECTED", "The signer has no provider.", {
      recovery: "Connect it: signer.connect(provider).",
    });
  }
}

type Request = { readonly method: string; readonly params?: unknown };

/** Whether an ethers object signs, and does not only read. */
export function isSigner(runner: Signer | Provider): runner is Signer {
  return "getAddress" in runner;
}

/** Passes node requests on to ethers. Nothing is tried twice: a second attempt could send a transaction again. */
export function ethersTransport(
  runner: Signer | Provider,
  { timeout = 30_000 }: EthersTransportOptions = {},
): CustomTransport {
  const signer = isSigner(runner) ? runner : undefined;
  const provider = isSigner(runner) ? runner.provider : runner;
  if (provider === null) throw new SignerDisconnectedError();

  const request = async ({ method, params }: Request): Promise<unknown> => {
    const parameters = Array.isArray(params) ? (params as readonly unknown[]) : [];
    try {
      const signed = signer === undefined ? undefined : signing[method];
      if (signer !== undefined && signed !== undefined) return await signed(signer, parameters);
      return await withTimeout(read(provider, method, parameters), timeout, method);
    } catch (error) {
      throw rpcError(error);
    }
  };
  return custom({ request }, { retryCount: 0, key: "ethers", name: "ethers" });
}

type Signing = (signer: Signer, parameters: readonly unknown[]) => Promise<unknown>;

/** What the signer does itself; all else is read. */
const signing: Readonly<Record<string, Signing>> = {
  eth_accounts: async (signer) => [await signer.getAddress()],
  eth_requestAccounts: async (signer) => [await signer.getAddress()],
  eth_sendTransaction: async (signer, [transaction]) => {
    const { gas, ...rest } = transaction as Readonly<Record<string, string>>;
    const { hash } = await signer.sendTransaction(gas === undefined ? rest : { ...rest, gasLimit: gas });
    return hash;
  },
  personal_sign: (signer, [message]) => signer.signMessage(fromHex(message as Hex)),
  eth_signTypedData_v4: (signer, [, json]) => {
    const { domain, types, message } = JSON.parse(json as string) as {
      domain: TypedDataDomain;
      types: Record<string, TypedDataField[]>;
      message: Record<string, unknown>;
    };
    const { EIP712Domain: _, ...own } = types;
    return signer.signTypedData(domain, own, message);
  },
};

type RawProvider = Provider & {
  readonly send: (method: string, parameters: readonly unknown[]) => Promise<unknown>;
};

function read(provider: Provider, method: string, parameters: readonly unknown[]): Promise<unknown> {
  if ("send" in provider && typeof provider.send === "function") {
    return (provider as RawProvider).send(method, [...parameters]);
  }
  const answer = reads[method];
  if (answer !== undefined) return answer(provider, parameters);
  return Promise.reject(Object.assign(new Error(`the provider cannot pass on ${method}`), { code: -32601 }));
}

function withTimeout<result>(promise: Promise<result>, timeout: number, method: string): Promise<result> {
  return new Promise((resolve, reject) => {
    const expire = (): void => {
      reject(Object.assign(new Error(`${method} was not answered for ${timeout} ms`), { code: "TIMEOUT" }));
    };
    const timer = setTimeout(expire, timeout);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** The error as a node would have put it, so that viem finds the bytes of a revert and a declined signature where it looks for them. */
function rpcError(error: unknown): unknown {
  const { code, data, message } = error as {
    readonly code?: unknown;
    readonly data?: unknown;
    readonly message?: unknown;
  };
  const translated = new Error(String(message), { cause: error });
  if (code === "CALL_EXCEPTION" && typeof data === "string" && isHex(data)) {
    return Object.assign(translated, { code: 3, data });
  }
  return code === "ACTION_REJECTED" ? Object.assign(translated, { code: 4001 }) : error;
}
