/** Tells what a client library, a wallet or a node threw. Knows viem, ethers and plain EIP-1193 by their shapes, and no error of a contract. */

import type { Hex } from "../core/bytes.ts";
import { isHex } from "../core/bytes.ts";
import { AssayError } from "../core/errors.ts";
import {
  type FailureOptions,
  InsufficientFundsError,
  InvalidCallError,
  NodeBehindError,
  NodeRateLimitedError,
  NodeRequestError,
  NodeUnreachableError,
  NonceError,
  UserRejectedError,
} from "./client.ts";

/** What errors of the libraries may carry. Nothing of it is relied on. */
type Thrown = {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly status?: unknown;
  readonly message?: unknown;
  readonly details?: unknown;
  readonly data?: unknown;
  readonly raw?: unknown;
  readonly cause?: unknown;
  readonly error?: unknown;
  readonly info?: unknown;
};

/** The error of the tree that describes what was thrown, or the bytes that a contract reverted with. */
export function classify(thrown: unknown, options: FailureOptions): AssayError | { readonly revert: Hex } {
  if (AssayError.is(thrown)) return thrown;
  const chain = causes(thrown);
  const inner = chain.find((error): error is AssayError & Thrown => AssayError.is(error));
  if (inner !== undefined) return inner;

  if (chain.some(isRejection)) return new UserRejectedError(options);
  const revert = revertData(chain);
  if (revert !== undefined && revert !== "0x") return { revert };
  if (chain.some(isShortOfFunds)) return new InsufficientFundsError(options);
  if (chain.some(isNonce)) return new NonceError(options);
  if (chain.some(isRateLimit)) return new NodeRateLimitedError(options);
  if (chain.some(isUnreachable)) return new NodeUnreachableError(options);
  if (chain.some(isBehind)) return new NodeBehindError(options);
  if (revert !== undefined || chain.some(isRevert)) return { revert: "0x" };
  if (chain.some(isUnencodable)) return new InvalidCallError(summary(chain), options);
  return new NodeRequestError(summary(chain), options);
}

/** The error and all errors inside of it, the outermost first. */
function causes(thrown: unknown): readonly Thrown[] {
  const found = new Set<Thrown>();
  const queue: unknown[] = [thrown];
  for (const value of queue) {
    if (typeof value !== "object" || value === null || found.has(value)) continue;
    found.add(value);
    const { cause, error, info } = value as Thrown;
    queue.push(cause, error, info);
    if (found.size >= 32) break;
  }
  return [...found];
}

/** The bytes of a revert: `data`, or `data.data` where the node wraps them. */
function revertData(chain: readonly Thrown[]): Hex | undefined {
  for (const { data, raw } of chain) {
    const nested = typeof data === "object" && data !== null ? (data as Thrown).data : undefined;
    for (const candidate of [data, nested, raw]) {
      if (typeof candidate === "string" && isHex(candidate)) return candidate;
    }
  }
  return undefined;
}

function isRejection({ code, name }: Thrown): boolean {
  return code === 4001 || code === "ACTION_REJECTED" || name === "UserRejectedRequestError";
}

function isShortOfFunds(error: Thrown): boolean {
  return (
    error.code === "INSUFFICIENT_FUNDS" ||
    error.name === "InsufficientFundsError" ||
    /insufficient funds|(?:doesn't|does not) have enough funds|exceeds transaction sender account balance/i.test(
      text(error),
    )
  );
}

function isNonce(error: Thrown): boolean {
  return (
    error.code === "NONCE_EXPIRED" ||
    error.code === "REPLACEMENT_UNDERPRICED" ||
    error.name === "NonceTooLowError" ||
    error.name === "NonceTooHighError" ||
    /nonce too (?:low|high)|replacement transaction underpriced|already known/i.test(text(error))
  );
}

function isRateLimit({ code, status, name }: Thrown): boolean {
  return code === -32005 || status === 429 || name === "LimitExceededRpcError";
}

const unreachableNames: ReadonlySet<unknown> = new Set([
  "HttpRequestError",
  "WebSocketRequestError",
  "SocketClosedError",
  "TimeoutError",
  "ProviderDisconnectedError",
  "ChainDisconnectedError",
]);

const unreachableCodes: ReadonlySet<unknown> = new Set([
  ...[4900, 4901],
  ...["NETWORK_ERROR", "TIMEOUT", "SERVER_ERROR"],
  ...["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"],
]);

function isUnreachable(error: Thrown): boolean {
  return (
    unreachableCodes.has(error.code) || unreachableNames.has(error.name) || /fetch failed/i.test(text(error))
  );
}

function isBehind(error: Thrown): boolean {
  return (
    error.name === "BlockNotFoundError" ||
    /header not found|unknown block|block not found|(?:beyond|after) (?:the )?(?:current )?(?:head|latest) block/i.test(
      text(error),
    )
  );
}

function isRevert(error: Thrown): boolean {
  return error.code === "CALL_EXCEPTION" || /\brevert(?:ed)?\b/i.test(text(error));
}

/** What viem and ethers call a value that they cannot encode. */
function isUnencodable({ name, code }: Thrown): boolean {
  return (
    code === "INVALID_ARGUMENT" ||
    code === "MISSING_ARGUMENT" ||
    code === "UNEXPECTED_ARGUMENT" ||
    code === "NUMERIC_FAULT" ||
    (typeof name === "string" &&
      /^(?:AbiEncoding\w+|IntegerOutOfRange|Invalid(?:Address|Array|AbiEncodingType)|Size\w+)Error$/.test(
        name,
      ))
  );
}

function text({ message, details }: Thrown): string {
  return [message, details].filter((part) => typeof part === "string").join("\n");
}

/** The innermost message, which is the node's own. viem's messages hold the whole request, so only the first line is kept. */
function summary(chain: readonly Thrown[]): string {
  const messages = chain
    .map(({ details, message }) => details ?? message)
    .filter((line) => typeof line === "string");
  return (messages.at(-1)?.split("\n")[0] ?? "no reason was given").slice(0, 200);
}
