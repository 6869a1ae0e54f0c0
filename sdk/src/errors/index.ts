/** `@assay/sdk/errors`: the error tree, and what turns foreign errors into it. */

export { AmountMalformedError } from "../core/amounts.ts";
export { AssayError, type AssayErrorOptions, type ErrorContext } from "../core/errors.ts";
export {
  AbortedError,
  ContractNotDeployedError,
  InsufficientFundsError,
  InvalidCallError,
  InvalidDeploymentError,
  MissingAccountError,
  MissingDeploymentError,
  NodeBehindError,
  NodeRateLimitedError,
  NodeRequestError,
  NodeUnreachableError,
  NonceError,
  ProtocolVersionError,
  UnsupportedChainError,
  UserRejectedError,
  WrongChainError,
} from "./client.ts";
export {
  type ContractErrorCode,
  type ContractErrorName,
  ContractRevertError,
  type DecodedRevert,
  decodeRevert,
} from "./contract.ts";
export { contractErrors, contractErrorsAbi } from "./generated/contract-errors.ts";
export { toAssayError } from "./normalize.ts";
export {
  EnginesDisagreeError,
  EventNotFoundError,
  FinalityTimeoutError,
  GameNotFoundError,
  InputNotPublishedError,
  InvalidParameterError,
  OutputNotPublishedError,
  ReceiptMismatchError,
  RequestNotFoundError,
  ResultNotCommittedError,
  ResultNotFinalError,
  RootMismatchError,
} from "./protocol.ts";
export { TransactionRevertedError } from "./transaction.ts";
