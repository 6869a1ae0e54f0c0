/** Reverts of the contracts, decoded into the error tree. */

import { decodeErrorResult } from "viem";
import { enums } from "../abis/generated/enums.ts";
import { formatAmount, type TokenUnits } from "../core/amounts.ts";
import type { Hex } from "../core/bytes.ts";
import { AssayError, type ErrorContext } from "../core/errors.ts";
import { errorAmounts } from "./amounts.ts";
import type { FailureOptions } from "./client.ts";
import { contractErrors, contractErrorsAbi } from "./generated/contract-errors.ts";
import { recoveries } from "./recovery.ts";

/** Name of a custom error of the contracts, as in Solidity. */
export type ContractErrorName = keyof typeof contractErrors;

/** Stable code of a custom error: its name in SCREAMING_SNAKE_CASE. */
export type ContractErrorCode =
  | (typeof contractErrors)[ContractErrorName]["code"]
  | "SOLIDITY_PANIC"
  | "REVERTED_WITH_REASON"
  | "REVERTED_WITH_UNKNOWN_ERROR"
  | "REVERTED_WITHOUT_DATA";

/** A revert as the error tree describes it. */
export interface DecodedRevert {
  /** Stable code, made of the name of the Solidity error. */
  readonly code: ContractErrorCode;
  /** Name of the custom error; absent for panics, reason strings and errors of other protocols. */
  readonly errorName?: ContractErrorName;
  /** What happened, with the values. */
  readonly message: string;
  /** What to do about it. */
  readonly recovery: string;
  /** Whether the same call can succeed later. */
  readonly isTransient: boolean;
  /** The error's arguments by name. */
  readonly values: ErrorContext;
}

/** A contract refused a call. `code` names the custom error, `context` holds its arguments by name. */
export class ContractRevertError extends AssayError {
  override readonly name = "ContractRevertError";
  declare readonly code: ContractErrorCode;
  /** Name of the custom error; absent for panics, reason strings and errors of other protocols. */
  readonly errorName: ContractErrorName | undefined;
  /** The revert's bytes. */
  readonly data: Hex;

  /** @param units - how the message writes amounts of the token; default: in the smallest unit, as the context always has them */
  constructor(data: Hex, options: FailureOptions = {}, units?: TokenUnits) {
    const revert = decodeRevert(data, units);
    super(revert.code, revert.message, {
      recovery: revert.recovery,
      isTransient: revert.isTransient,
      ...options,
      context: { ...options.context, ...revert.values },
    });
    this.errorName = revert.errorName;
    this.data = data;
  }

  /**
   * The same error, whose message says amounts in whole tokens. What `getToken` gives says how.
   *
   * @example
   * catch (error) {
   *   if (error instanceof ContractRevertError) show(error.inUnitsOf(token).shortMessage);
   * }
   */
  inUnitsOf(units: TokenUnits): ContractRevertError {
    return new ContractRevertError(this.data, { cause: this, context: this.context }, units);
  }
}

const names = new Map<string, ContractErrorName>(
  (Object.keys(contractErrors) as ContractErrorName[]).map((name) => [contractErrors[name].selector, name]),
);

const PANIC = "0x4e487b71";
const REASON = "0x08c379a0";

/**
 * Explains the bytes that a call reverted with. Never throws: what is not known is said to be unknown.
 *
 * @param units - how the message writes amounts of the token; default: in the smallest unit
 */
export function decodeRevert(data: Hex, units?: TokenUnits): DecodedRevert {
  const selector = data.slice(0, 10).toLowerCase();
  const name = names.get(selector);
  try {
    if (name !== undefined) return decodeCustom(name, data, units);
    if (selector === PANIC || selector === REASON) return decodeBuiltIn(data);
  } catch {
    // Bytes that begin with a known selector and do not decode: an error of another contract.
  }
  if (data === "0x") {
    return {
      code: "REVERTED_WITHOUT_DATA",
      message: "The contract reverted without saying why.",
      recovery: "Check that the addresses belong to this deployment and that the transaction has enough gas.",
      isTransient: false,
      values: {},
    };
  }
  return {
    code: "REVERTED_WITH_UNKNOWN_ERROR",
    message: `A contract reverted with the unknown error ${selector}.`,
    recovery: "Look the selector up in the contracts that the call goes through, the token among them.",
    isTransient: false,
    values: { selector },
  };
}

function decodeCustom(name: ContractErrorName, data: Hex, units: TokenUnits | undefined): DecodedRevert {
  const { code, message, parameters } = contractErrors[name];
  const { args, abiItem } = decodeErrorResult({ abi: contractErrorsAbi, data });
  const given: readonly unknown[] = args ?? [];
  const types = abiItem.inputs.map(({ internalType }) => internalType);
  const values = Object.fromEntries(
    parameters.map((parameter, index) => [parameter, named(given[index], types[index] ?? "")]),
  );
  const { recovery, isTransient = false } = recoveries[name];
  return {
    code,
    errorName: name,
    message: message.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => {
      const value = values[parameter];
      const isAmount = typeof value === "bigint" && errorAmounts[name]?.includes(parameter) === true;
      return isAmount && units !== undefined ? formatAmount(value, units) : String(value);
    }),
    recovery,
    isTransient,
    values,
  };
}

/** The member's name for a number of an enumeration; any other value as it is. */
function named(value: unknown, type: string): unknown {
  const [kind, name] = type.split(" ");
  if (kind !== "enum" || typeof value !== "number") return value;
  const members = Object.entries<readonly string[]>(enums).find(([own]) => own === name)?.[1];
  return members?.[value] ?? value;
}

function decodeBuiltIn(data: Hex): DecodedRevert {
  const { errorName, args } = decodeErrorResult({ data });
  const [value] = args ?? [];
  if (errorName === "Panic") {
    return {
      code: "SOLIDITY_PANIC",
      message: `A contract failed an internal check (panic ${String(value)}).`,
      recovery: "This is a defect of a contract; report it with the transaction.",
      isTransient: false,
      values: { panic: value },
    };
  }
  return {
    code: "REVERTED_WITH_REASON",
    message: `A contract reverted: ${String(value)}.`,
    recovery: "The reason comes from a contract outside of the protocol, most likely the token.",
    isTransient: false,
    values: { reason: value },
  };
}
