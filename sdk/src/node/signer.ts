/** Who signs for a daemon: a key that it has opened itself, or a signer behind HTTP that never gives its key away. */

import {
  type Address,
  type Hex,
  isAddressEqual,
  keccak256,
  parseTransaction,
  recoverTransactionAddress,
  serializeTransaction,
  type TransactionSerializableEIP1559,
  type TransactionSerializedEIP1559,
  type TypedDataDefinition,
} from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import { AssayError } from "../core/errors.ts";

/** Signs for one account. */
export interface Signer {
  /** Account that it signs for. */
  readonly address: Address;
  /** The transaction, signed and serialised. */
  signTransaction(transaction: TransactionSerializableEIP1559): Promise<Hex>;
  /** An EIP-712 signature. */
  signTypedData(data: TypedDataDefinition): Promise<Hex>;
  /** 32 bytes that only the holder of the key can derive, and that are the same every time; `undefined` where that is not possible. */
  secret(purpose: string): Promise<Hex | undefined>;
}

/** The signer behind HTTP fails, refuses, or signs something else than it was asked to. */
export class SignerError extends AssayError {
  override readonly name = "SignerError";

  constructor(problem: string, isTransient: boolean, context: Readonly<Record<string, unknown>> = {}) {
    super("SIGNER_FAILED", `The signer ${problem}.`, {
      recovery: "Check the signer's log, that it runs, and that it holds the account's key.",
      isTransient,
      context,
    });
  }
}

/** A signer with an opened key. */
export function localSigner(account: PrivateKeyAccount): Signer {
  return {
    address: account.address,
    signTransaction: (transaction) => account.signTransaction(transaction),
    signTypedData: (data) => account.signTypedData(data),
    // Signatures are deterministic (RFC 6979), so that the chain can restore what is derived from them.
    secret: async (purpose) => keccak256(await account.signMessage({ message: `Assay secret: ${purpose}` })),
  };
}

/** Where a remote signer is, and for whom it signs. */
export interface RemoteSignerOptions {
  /** Where it answers over HTTP. */
  readonly url: string;
  /** Account that it signs for. */
  readonly address: Address;
  /** How long it may take to answer. */
  readonly timeoutSeconds: number;
}

/** A signer with `eth_signTransaction` and, for receipts, `eth_signTypedData`, such as Web3Signer. What it signs is checked. */
export function remoteSigner({ url, address, timeoutSeconds }: RemoteSignerOptions): Signer {
  let id = 0;
  const ask = async (method: string, params: readonly unknown[]): Promise<Hex> => {
    let answer: { readonly result?: unknown; readonly error?: { readonly message?: unknown } };
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", id: ++id, method, params }),
        signal: AbortSignal.timeout(timeoutSeconds * 1_000),
      });
      answer = (await response.json()) as typeof answer;
    } catch {
      throw new SignerError("does not answer", true, { method });
    }
    const { result, error } = answer;
    if (typeof result === "string" && /^0x[0-9a-fA-F]*$/.test(result)) return result as Hex;
    throw new SignerError(`refuses ${method}: ${String(error?.message ?? "no result")}`, false, { method });
  };
  const signTransaction = async (transaction: TransactionSerializableEIP1559): Promise<Hex> => {
    const { chainId, nonce, gas, to, data, value, maxFeePerGas, maxPriorityFeePerGas } = transaction;
    const hex = (quantity: bigint | number | undefined): Hex => `0x${(quantity ?? 0).toString(16)}`;
    const raw = await ask("eth_signTransaction", [
      {
        ...{
          from: address,
          to,
          data,
          value: hex(value),
          chainId: hex(chainId),
          nonce: hex(nonce),
          gas: hex(gas),
        },
        ...{ maxFeePerGas: hex(maxFeePerGas), maxPriorityFeePerGas: hex(maxPriorityFeePerGas) },
      },
    ]);
    await checkSigned(raw, transaction, address);
    return raw;
  };
  return {
    address,
    signTransaction,
    signTypedData: (data) => ask("eth_signTypedData", [address, withDomainType(data)]),
    secret: async () => undefined,
  };
}

async function checkSigned(raw: Hex, asked: TransactionSerializableEIP1559, address: Address): Promise<void> {
  let unsigned: Hex;
  let sender: Address;
  try {
    const {
      r: _r,
      s: _s,
      v: _v,
      yParity: _y,
      ...signed
    } = parseTransaction(raw as TransactionSerializedEIP1559);
    unsigned = serializeTransaction({ ...signed, type: "eip1559" });
    sender = await recoverTransactionAddress({ serializedTransaction: raw as TransactionSerializedEIP1559 });
  } catch {
    throw new SignerError("answers with something that is no signed transaction", false);
  }
  if (unsigned !== serializeTransaction({ ...asked, type: "eip1559" })) {
    throw new SignerError("has signed another transaction than it was asked to", false, {
      nonce: asked.nonce,
    });
  }
  if (!isAddressEqual(sender, address)) {
    throw new SignerError(`signs as ${sender}, not as ${address}`, false, {
      actual: sender,
      expected: address,
    });
  }
}

/** Signers want the domain's type spelled out, and numbers that JSON can hold. */
function withDomainType(data: TypedDataDefinition): unknown {
  const {
    domain = {},
    types,
    primaryType,
    message,
  } = data as TypedDataDefinition & {
    readonly types: Record<string, unknown>;
    readonly message: unknown;
  };
  const known = {
    name: "string",
    version: "string",
    chainId: "uint256",
    verifyingContract: "address",
  } as const;
  const fields = Object.entries(known).filter(([name]) => name in domain);
  const json = {
    domain,
    types: { EIP712Domain: fields.map(([name, type]) => ({ name, type })), ...types },
    primaryType,
    message,
  };
  return JSON.parse(
    JSON.stringify(json, (_key, value) => (typeof value === "bigint" ? String(value) : value)),
  );
}
