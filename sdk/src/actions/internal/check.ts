/** Parameters as plain JavaScript may pass them: every action looks at its own before it asks a node or sends anything. */

import { isAddress } from "viem";
import { isHex } from "../../core/bytes.ts";
import { InvalidParameterError } from "../../errors/protocol.ts";
import type { LogParameters, ReadParameters, WriteParameters } from "./types.ts";

/** Throws if a value is not of a kind. */
export type Kind = (value: unknown, name: string) => void;

type Shared = WriteParameters & ReadParameters & LogParameters;

/** A kind for each parameter that is an action's own. */
export type Kinds<parameters> = { readonly [name in Exclude<keyof parameters, keyof Shared>]-?: Kind };

/**
 * The parameters as they were given, if each of them is what it must be.
 *
 * @throws {InvalidParameterError} naming the first that is not
 */
export function checked<parameters extends object>(
  parameters: parameters,
  kinds: Kinds<parameters>,
): parameters {
  record(parameters, "parameters");
  shape(kinds)(parameters);
  for (const [name, kind] of Object.entries<Kind>(SHARED))
    optional(kind)((parameters as Record<string, unknown>)[name], name);
  return parameters;
}

function kindOf(expected: string, is: (value: unknown) => boolean): Kind {
  return (value, name) => {
    if (!is(value)) throw new InvalidParameterError(name, value, expected);
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Anything with properties; the kind of what is checked elsewhere. */
export const record = kindOf("an object", isRecord);

export const word = kindOf("32 bytes in hexadecimal: 0x and 64 digits", (value) => isHexText(value, 32));

export const address = kindOf(
  "an address: 0x and 40 hexadecimal digits, with the right checksum where both cases are used",
  (value) => typeof value === "string" && isAddress(value),
);

/** See `BytesLike`. Typed arrays of another realm count as well. */
export const bytes = kindOf(
  "bytes: a Uint8Array, or 0x and two hexadecimal digits for each byte",
  (value) => Object.prototype.toString.call(value) === "[object Uint8Array]" || isHexText(value),
);

export const text = kindOf("a string", (value) => typeof value === "string");

export const flag = kindOf("true or false", (value) => typeof value === "boolean");

export const callable = kindOf("a function", (value) => typeof value === "function");

export const milliseconds = kindOf(
  "a number of milliseconds, 0 or more",
  (value) => typeof value === "number" && value >= 0,
);

/** An amount, a block or another integer that a number may be too small for. */
export function bigUint(bits: number): Kind {
  return kindOf(
    `a bigint from 0n to 2^${bits} - 1, such as 10n`,
    (value) => typeof value === "bigint" && value >= 0n && value >> BigInt(bits) === 0n,
  );
}

/** A time, a count or an index. */
export function uint(bits: number): Kind {
  return kindOf(
    `a whole number from 0 to ${2 ** bits - 1}`,
    (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** bits,
  );
}

export function oneOf(...values: readonly unknown[]): Kind {
  return kindOf(`one of ${values.join(", ")}`, (value) => values.includes(value));
}

/** What may be left out. */
export function optional(kind: Kind): Kind {
  return (value, name) => {
    if (value !== undefined) kind(value, name);
  };
}

export function listOf(kind: Kind): Kind {
  return (value, name) => {
    if (!Array.isArray(value)) throw new InvalidParameterError(name, value, "an array");
    for (const [index, item] of value.entries()) kind(item, `${name}[${index}]`);
  };
}

/** An object with the properties that are named; the name of the object itself is left out where it is the parameters. */
export function shape(kinds: Readonly<Record<string, Kind>>): (value: unknown, name?: string) => void {
  return (value, name) => {
    record(value, name ?? "parameters");
    for (const [property, kind] of Object.entries(kinds))
      kind(
        (value as Record<string, unknown>)[property],
        name === undefined ? property : `${name}.${property}`,
      );
  };
}

/** How a call is sent or read, which is the same for every action. */
const SHARED: Readonly<Record<keyof Shared, Kind>> = {
  deployment: shape({ chainId: uint(53), contracts: record }),
  account: (value, name) =>
    isRecord(value) ? address(value.address, `${name}.address`) : address(value, name),
  ...{ gas: bigUint(64), maxFeePerGas: bigUint(256), maxPriorityFeePerGas: bigUint(256), nonce: uint(53) },
  ...{ blockNumber: bigUint(64), fromBlock: bigUint(64), toBlock: bigUint(64), blockRange: bigUint(64) },
  blockTag: oneOf("latest", "earliest", "pending", "safe", "finalized"),
  signal: kindOf("an AbortSignal", (value) => isRecord(value) && typeof value.aborted === "boolean"),
};

function isHexText(value: unknown, length?: number): boolean {
  return typeof value === "string" && isHex(value, length);
}

/** The terms of a request, see `RequestTerms`. */
export const TERMS = {
  ...{ profileId: word, fee: bigUint(96), deadline: uint(40) },
  ...{ operator: optional(address), minStake: optional(bigUint(96)), salt: optional(bigUint(256)) },
};

/** A model's record, see `ModelRecord`. */
export const RECORD = shape({
  ...{ machineVersion: uint(16), programRoot: word, constantsRoot: word },
  ...{ inputDepth: uint(8), constantsDepth: uint(8), stepDepth: uint(8), wordDepth: uint(8) },
  ...{ stepCount: uint(32), inputBytes: uint(32), outputBytes: uint(32) },
});

const list = listOf(record);

/** A model as the compiler gives it, see `MachineModel`. */
export const MODEL = shape({
  ...{ modelId: word, record: RECORD, program: listOf(bytes), constants: bytes, inputs: list, outputs: list },
});

/** See `GamePosition`. */
export const POSITION = shape({
  ...{ operator: address, challenger: address, index: uint(53) },
  ...{ operatorNode: word, challengerNode: word, defence: word },
});

/** See `Batch`. */
export const BATCH = shape({
  ...{ operator: address, profileId: word, root: word, count: uint(32), published: flag },
});

/** See `DepositPermit`. */
export const PERMIT = shape({ deadline: bigUint(256), v: uint(8), r: word, s: word });

/** See `Profile`. */
export const PROFILE = shape({
  ...{ windowSeconds: uint(32), clockSeconds: uint(32), censorshipSeconds: uint(32) },
  ...{ inclusionSeconds: uint(32), traceSeconds: uint(32), maxDemandBytes: uint(32) },
  ...{ lockBurnBps: uint(16), requesterBps: uint(16), bondBurnBps: uint(16), maxBatchResults: uint(16) },
  ...{ lock: bigUint(96), bond: bigUint(96), missedDeadlinePenalty: bigUint(96), voidPenalty: bigUint(96) },
  ...{ answerRefund: bigUint(96), stepRefund: bigUint(96) },
});

/** See `Trace`. */
export const TRACE = shape({
  outputBytes: bytes,
  inputRoot: word,
  outputRoot: word,
  traceRoot: word,
  tree: record,
});

/** See `BatchInclusion`. */
export const INCLUSION = shape({
  batch: BATCH,
  result: shape({ requestId: word, modelId: word, inputRoot: word, outputRoot: word, traceRoot: word }),
  index: uint(32),
  proof: listOf(word),
});
