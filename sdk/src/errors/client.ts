/** What can go wrong between the caller and the chain, before any contract is asked. */

import type { Hex } from "../core/bytes.ts";
import { AssayError, type AssayErrorOptions } from "../core/errors.ts";

/** What all of these classes take: the values of the call that failed, and what it failed with. */
export type FailureOptions = Pick<AssayErrorOptions, "cause" | "context">;

/** The person or the policy behind the wallet declined to sign. */
export class UserRejectedError extends AssayError {
  override readonly name = "UserRejectedError";

  constructor(options: FailureOptions = {}) {
    super("USER_REJECTED", "The request was rejected in the wallet.", {
      recovery: "Nothing was sent; ask again when the user wants to.",
      ...options,
    });
  }
}

/** The node does not answer, or answers that it cannot. */
export class NodeUnreachableError extends AssayError {
  override readonly name = "NodeUnreachableError";

  constructor(options: FailureOptions = {}) {
    super("NODE_UNREACHABLE", "The node cannot be reached.", {
      recovery: "Check the node's address and the connection, then try again.",
      isTransient: true,
      ...options,
    });
  }
}

/** The node wants fewer requests. */
export class NodeRateLimitedError extends AssayError {
  override readonly name = "NodeRateLimitedError";

  constructor(options: FailureOptions = {}) {
    super("NODE_RATE_LIMITED", "The node refuses the request because there were too many.", {
      recovery: "Wait and try again, or use a node with a higher limit.",
      isTransient: true,
      ...options,
    });
  }
}

/** The node does not know a block that another node of the same address knows. */
export class NodeBehindError extends AssayError {
  override readonly name = "NodeBehindError";

  constructor(options: FailureOptions = {}) {
    super("NODE_BEHIND", "The node does not know the block yet.", {
      recovery: "Try again in a moment.",
      isTransient: true,
      ...options,
    });
  }
}

/** The node answered a request with an error that is none of the others. */
export class NodeRequestError extends AssayError {
  override readonly name = "NodeRequestError";

  constructor(detail: string, options: FailureOptions = {}) {
    super("NODE_REQUEST_FAILED", `The node refused the request: ${detail}`, {
      recovery: "See the cause for what the node said.",
      ...options,
    });
  }
}

/** A parameter cannot be encoded: it is missing, or of another form than the contract takes. No node was asked. */
export class InvalidCallError extends AssayError {
  override readonly name = "InvalidCallError";

  constructor(detail: string, options: FailureOptions = {}) {
    super("CALL_INVALID", `The call cannot be encoded: ${detail}`, {
      recovery: "Pass every parameter, in the form that its documentation states.",
      ...options,
    });
  }
}

/** The account cannot pay for the transaction. */
export class InsufficientFundsError extends AssayError {
  override readonly name = "InsufficientFundsError";

  constructor(options: FailureOptions = {}) {
    super("INSUFFICIENT_FUNDS", "The account cannot pay for the transaction's gas and value.", {
      recovery: "Send some of the chain's own currency to the account.",
      ...options,
    });
  }
}

/** The transaction's nonce does not follow the account's last one, or another transaction holds it. */
export class NonceError extends AssayError {
  override readonly name = "NonceError";

  constructor(options: FailureOptions = {}) {
    super("NONCE_INVALID", "The transaction's nonce is not the account's next one.", {
      recovery: "Send again without naming a nonce, and send from one place at a time.",
      isTransient: true,
      ...options,
    });
  }
}

/** The contracts are of another version than this package is made for: their meaning could differ. Nothing was sent. */
export class ProtocolVersionError extends AssayError {
  override readonly name = "ProtocolVersionError";

  /** @param what - the protocol, or the machine whose records the registry takes */
  constructor(what: "protocol" | "machine", actual: string, supported: string, options: FailureOptions = {}) {
    super(
      "PROTOCOL_VERSION_UNSUPPORTED",
      `The contracts are of ${what} version ${actual}, and this package is made for ${supported}.`,
      {
        recovery: `Install the version of @assay/sdk that is made for ${actual}, or use contracts of ${what} version ${supported}.`,
        ...options,
        context: { ...options.context, what, actual, supported },
      },
    );
  }
}

/** The client is connected to another chain than the deployment is on. */
export class WrongChainError extends AssayError {
  override readonly name = "WrongChainError";

  constructor(actual: number, expected: number, options: FailureOptions = {}) {
    super(
      "WRONG_CHAIN",
      `The client is connected to chain ${actual}, the deployment is on chain ${expected}.`,
      {
        recovery: `Switch the wallet or the node to chain ${expected}.`,
        ...options,
        context: { ...options.context, actual, expected },
      },
    );
  }
}

/** There is no bundled deployment on this chain. */
export class UnsupportedChainError extends AssayError {
  override readonly name = "UnsupportedChainError";

  constructor(chainId: number, supported: readonly number[], options: FailureOptions = {}) {
    const list = supported.length === 0 ? "none" : supported.join(", ");
    super("UNSUPPORTED_CHAIN", `No deployment on chain ${chainId} is known; known chains: ${list}.`, {
      recovery: "Connect to one of the known chains, or pass `deployment` from defineDeployment.",
      ...options,
      context: { ...options.context, chainId, supported },
    });
  }
}

/** The call needs the addresses of the contracts and has neither a deployment nor a chain to find one by. */
export class MissingDeploymentError extends AssayError {
  override readonly name = "MissingDeploymentError";

  constructor(options: FailureOptions = {}) {
    super("MISSING_DEPLOYMENT", "The addresses of the contracts are not known.", {
      recovery: "Pass `deployment` from defineDeployment, or a client with a chain that has a bundled one.",
      ...options,
    });
  }
}

/** A deployment as given is not usable. */
export class InvalidDeploymentError extends AssayError {
  override readonly name = "InvalidDeploymentError";

  constructor(field: string, value: unknown, expected: string) {
    super("INVALID_DEPLOYMENT", `The deployment's ${field} is ${String(value)}; it must be ${expected}.`, {
      recovery: "Compare it with the file that scripts/deploy wrote to deployments/.",
      context: { field, value, expected },
    });
  }
}

/** The address of a contract holds no code on this chain. */
export class ContractNotDeployedError extends AssayError {
  override readonly name = "ContractNotDeployedError";

  constructor(contract: string, address: Hex, options: FailureOptions = {}) {
    super("CONTRACT_NOT_DEPLOYED", `There is no ${contract} at ${address}.`, {
      recovery: "Check that the client's chain and the deployment belong together.",
      ...options,
      context: { ...options.context, contract, address },
    });
  }
}

/** A transaction needs somebody to send it. */
export class MissingAccountError extends AssayError {
  override readonly name = "MissingAccountError";

  constructor(options: FailureOptions = {}) {
    super("MISSING_ACCOUNT", "There is no account to send the transaction from.", {
      recovery: "Pass `account`, or create the client with one.",
      ...options,
    });
  }
}

/** The caller's signal was aborted. */
export class AbortedError extends AssayError {
  override readonly name = "AbortedError";

  constructor(options: FailureOptions = {}) {
    super("ABORTED", "The call was aborted by its signal.", {
      recovery: "Call again to go on: nothing is lost.",
      ...options,
    });
  }
}
