import { type Address, encodeAbiParameters, type Hex, keccak256, stringToHex, zeroHash } from "viem";
import type { Deployment } from "../addresses.ts";
import { fromHex } from "../core/bytes.ts";
import { pathOf, WordTree } from "../core/tree.ts";
import { InvalidParameterError } from "../errors/protocol.ts";
import { address, checked, flag, listOf, optional, shape, word } from "./internal/check.ts";
import { givenDeployment } from "./internal/deployment.ts";

/** Many results under one root, one lock and one challenge window. The chain keeps only its hash: whoever talks about a batch gives these five values. */
export interface Batch {
  /** Whose stake backs all of it. */
  readonly operator: Address;
  /** Id of the profile: a hash of 32 bytes over its parameters. */
  readonly profileId: Hex;
  /** Root of the tree over the results. */
  readonly root: Hex;
  /** Number of results, at least 1. */
  readonly count: number;
  /** Whether the results are published with the commitment. If not, only those whom the operator gives them to can check them. */
  readonly published: boolean;
}

/** What a batch says about one input. */
export interface BatchResult {
  /** The request that is answered; for one that was not made on-chain any 32 bytes that its requester and the operator agreed upon. */
  readonly requestId: Hex;
  /** Id of the model: a hash of 32 bytes over its record. */
  readonly modelId: Hex;
  /** Root of the tree over the words of the input, 32 bytes. */
  readonly inputRoot: Hex;
  /** Root of the tree over the words of the output, 32 bytes. */
  readonly outputRoot: Hex;
  /** Root of the execution trace (anybody can post it when it is challenged), or zero (the operator alone can). */
  readonly traceRoot: Hex;
}

/** A result and the proof that it is in a batch: what a requester keeps. */
export interface BatchInclusion {
  /** What is committed to. */
  readonly batch: Batch;
  /** One result of it. */
  readonly result: BatchResult;
  /** Number of the result in the batch, from 0. */
  readonly index: number;
  /** Siblings from the leaf upwards, as many as the tree has levels. */
  readonly proof: readonly Hex[];
}

const RESULT = shape({
  ...{ requestId: word, modelId: word, inputRoot: word, outputRoot: word, traceRoot: optional(word) },
});

/** What a batch is made of. */
export interface MakeBatchParameters {
  /** The contracts that the batch is for: its leaves bind the chain and the hub. */
  readonly deployment: Deployment;
  /** Account that commits, and whose stake is locked. */
  readonly operator: Address;
  /** Id of the profile: a hash of 32 bytes over its parameters. */
  readonly profileId: Hex;
  /** In the order that numbers them; at least one. Published results have no trace root. */
  readonly results: readonly (Omit<BatchResult, "traceRoot"> & { readonly traceRoot?: Hex })[];
  /** Whether {@link publishBatch} is going to commit to them, and not {@link commitBatch}. Default `false`. */
  readonly published?: boolean;
}

/** A batch with everything that its operator knows. */
export interface MakeBatchReturnType {
  /** What is committed to. */
  readonly batch: Batch;
  /** The batch's id. */
  readonly batchId: Hex;
  /** All results, in the order of their leaves. */
  readonly results: readonly BatchResult[];
  /** The proof of a result. `index` counts from 0. */
  readonly inclusionOf: (index: number) => BatchInclusion;
  /** What a result is called once it is shown. `index` counts from 0. */
  readonly resultIdOf: (index: number) => Hex;
}

/** What {@link makeBatch} can fail with. */
export type MakeBatchErrorType = InvalidParameterError;

/**
 * Puts results into a batch: its root, its id, and a proof for everyone whom a result is for. Asks no chain.
 *
 * @throws {InvalidParameterError} if there is no result, or if published ones differ in their model or have a trace root
 *
 * @example
 * const { batch, inclusionOf } = makeBatch({ deployment, operator, profileId, results });
 * await commitBatch(client, { deployment, ...batch });
 * const receipt = inclusionOf(0); // for the first requester, who can show and challenge it
 */
export function makeBatch(parameters: MakeBatchParameters): MakeBatchReturnType {
  const {
    deployment,
    operator,
    profileId,
    published = false,
  } = checked(parameters, {
    ...{ operator: address, profileId: word, results: listOf(RESULT), published: optional(flag) },
  });
  givenDeployment(parameters);
  const results = parameters.results.map((result) => ({ traceRoot: zeroHash, ...result }));
  const [first] = results;
  if (first === undefined) throw new InvalidParameterError("results", results, "at least one result");
  for (const { modelId, traceRoot } of published ? results : []) {
    if (modelId !== first.modelId)
      throw new InvalidParameterError(
        "modelId",
        modelId,
        `${first.modelId}, as of the whole published batch`,
      );
    if (traceRoot !== zeroHash)
      throw new InvalidParameterError("traceRoot", traceRoot, "zero in a published batch");
  }
  const count = results.length;
  const leaves = new Uint8Array(32 * count);
  for (const [index, result] of results.entries()) leaves.set(leafOf(deployment, result), 32 * index);
  const tree = new WordTree(leaves, Math.ceil(Math.log2(count)));
  const batch: Batch = { operator, profileId, root: tree.root, count, published };
  const batchId = batchIdOf(deployment, batch);
  const inside = (index: number): number => {
    if (Number.isInteger(index) && index >= 0 && index < count) return index;
    throw new InvalidParameterError("index", index, `a whole number from 0 to ${count - 1}`);
  };
  return {
    batch,
    batchId,
    results,
    inclusionOf: (index) => {
      const result = results[inside(index)] ?? first;
      return { batch, result, index, proof: pathOf(tree, 0, index) };
    },
    resultIdOf: (index) => resultIdOf(batchId, inside(index)),
  };
}

/** The id of a batch: hash(abi.encode(hash("Assay batch"), chain id, hub, operator, profileId, root, count, published)). */
function batchIdOf({ chainId, contracts }: Deployment, batch: Batch): Hex {
  const { operator, profileId, root, count, published } = batch;
  const types = [
    ...([{ type: "bytes32" }, { type: "uint256" }, { type: "address" }, { type: "address" }] as const),
    ...([{ type: "bytes32" }, { type: "bytes32" }, { type: "uint32" }, { type: "bool" }] as const),
  ] as const;
  const place = [tagOf("Assay batch"), BigInt(chainId), contracts.InferenceHub] as const;
  return keccak256(encodeAbiParameters(types, [...place, operator, profileId, root, count, published]));
}

/** The leaf of a result: hash(abi.encode(hash("Assay batch leaf"), chain id, hub, requestId, modelId, inputRoot, outputRoot, traceRoot)). */
function leafOf({ chainId, contracts }: Deployment, result: BatchResult): Uint8Array {
  const { requestId, modelId, inputRoot, outputRoot, traceRoot } = result;
  const word = { type: "bytes32" } as const;
  const types = [word, { type: "uint256" }, { type: "address" }, word, word, word, word, word] as const;
  const place = [tagOf("Assay batch leaf"), BigInt(chainId), contracts.InferenceHub] as const;
  const roots = [requestId, modelId, inputRoot, outputRoot, traceRoot] as const;
  return fromHex(keccak256(encodeAbiParameters(types, [...place, ...roots])));
}

/** The id under which a result in a batch is shown: hash(abi.encode(hash("Assay batch result"), batchId, index)). */
function resultIdOf(batchId: Hex, index: number): Hex {
  const types = [{ type: "bytes32" }, { type: "bytes32" }, { type: "uint32" }] as const;
  return keccak256(encodeAbiParameters(types, [tagOf("Assay batch result"), batchId, index]));
}

function tagOf(text: string): Hex {
  return keccak256(stringToHex(text));
}
