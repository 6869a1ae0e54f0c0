/** Reads the evidence of a dispute that may come from anybody. */

import { isHex } from "../../core/bytes.ts";
import { EvidenceMalformedError } from "../../game/evidence.ts";
import { OUTCOMES } from "../../game/state.ts";
import type { DisputeEvidence } from "./evidence.ts";
import { PROFILE_FIELDS, REQUEST_FIELDS } from "./evidence-terms.ts";

type Read = (value: unknown, path: string) => unknown;

/**
 * The evidence, if it has the form of one.
 *
 * @throws {EvidenceMalformedError} which names the place
 */
export function readEvidence(value: unknown): DisputeEvidence {
  return evidence(value, "") as DisputeEvidence;
}

const bytes =
  (length?: number): Read =>
  (value, path) => {
    if (typeof value !== "string" || !isHex(value, length))
      throw new EvidenceMalformedError(path, length === undefined ? "0x and whole bytes" : `${length} bytes`);
    return value.toLowerCase();
  };
const whole: Read = (value, path) => {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
    throw new EvidenceMalformedError(path, "a whole number");
  return value;
};
const oneOf =
  (...options: readonly unknown[]): Read =>
  (value, path) => {
    if (!options.includes(value)) throw new EvidenceMalformedError(path, `one of ${options.join(", ")}`);
    return value;
  };
const list =
  (item: Read): Read =>
  (value, path) => {
    if (!Array.isArray(value)) throw new EvidenceMalformedError(path, "a list");
    return value.map((entry, i) => item(entry, `${path}[${i}]`));
  };
const optional =
  (read: Read): Read =>
  (value, path) =>
    value === undefined ? undefined : read(value, path);
const nullable =
  (read: Read): Read =>
  (value, path) =>
    value === null ? null : read(value, path);
const fields =
  (shape: Readonly<Record<string, Read>>): Read =>
  (value, path) => {
    if (value === null || typeof value !== "object" || Array.isArray(value))
      throw new EvidenceMalformedError(path, "an object");
    const given = value as Readonly<Record<string, unknown>>;
    const entries = Object.entries(shape).map(([key, read]) => {
      const field = Object.hasOwn(given, key) ? given[key] : undefined;
      return [key, read(field, path === "" ? key : `${path}.${key}`)] as const;
    });
    return Object.fromEntries(entries.filter(([, field]) => field !== undefined));
  };

const hash = bytes(32);
const address = bytes(20);
const row = list(hash);
const statements: Readonly<Record<string, Readonly<Record<string, Read>>>> = {
  postTrace: { traceRoot: hash, outputProof: row },
  reveal: { traceRoot: hash, salt: hash, outputRoot: hash, outputProof: row, children: row },
  answer: { moverChildren: row, otherChildren: row, moverGrandchildren: row },
  step: { proof: bytes() },
  convict: { index: whole, place: whole, word: hash, siblings: row, proof: bytes() },
  publishInput: { input: bytes() },
  timeout: {},
  quit: {},
};
const move: Read = (value, path) => {
  const { kind } = fields({ kind: oneOf(...Object.keys(statements)) })(value, path) as {
    readonly kind: string;
  };
  const common = { kind: oneOf(kind), caller: address, time: whole, transaction: hash };
  return fields({ ...common, ...statements[kind] })(value, path);
};
const record = fields({
  ...{ machineVersion: whole, programRoot: hash, constantsRoot: hash, stepCount: whole },
  ...{ inputDepth: whole, constantsDepth: whole, stepDepth: whole, wordDepth: whole },
  ...{ inputBytes: whole, outputBytes: whole },
});
const verdict = fields({
  ...{ step: whole, byteOffset: whole, size: whole, operatorValue: whole },
  ...{ challengerValue: optional(whole), truth: whole },
});
const dispute = fields({
  court: fields({ chainId: whole, address }),
  ...{ gameId: hash, requestId: hash, challenger: address, openingHash: optional(hash) },
  ...{ openedAt: whole, clockSeconds: whole },
  commitment: fields({ operator: address, modelId: hash, record, inputRoot: hash, outputRoot: hash }),
  ...{ moves: list(move), outcome: oneOf(...OUTCOMES), verdict: optional(verdict) },
});
const transaction = fields({
  ...{ hash, blockNumber: whole, time: whole, from: address, to: nullable(address), data: bytes() },
  raw: optional(bytes()),
});
const decimal: Read = (value, path) => {
  if (typeof value !== "string" || !/^[0-9]{1,78}$/.test(value))
    throw new EvidenceMalformedError(path, "a number in decimal digits");
  return value;
};
const each = (names: readonly string[], read: Read): Readonly<Record<string, Read>> =>
  Object.fromEntries(names.map((name) => [name, read]));
const terms = fields({
  ...{ hub: address, requester: address, inputPublished: oneOf(true, false) },
  parameters: fields({
    ...each(REQUEST_FIELDS, decimal),
    ...{ modelId: hash, profileId: hash, operator: address },
  }),
  profile: fields(each(PROFILE_FIELDS, decimal)),
});
const evidence = fields({
  ...{ format: oneOf("assay-dispute"), version: oneOf(1), dispute, terms: optional(terms) },
  ...{ commitTransaction: optional(hash), openTransaction: hash, transactions: list(transaction) },
});
