/** Batches as an operator makes them: leaves, roots and proofs, computed apart from the contracts and the SDK. */

import { AbiCoder, id, keccak256, ZeroHash } from "ethers";
import { SparseTree } from "./sparse-tree.ts";
import { type Lie, ToyTrace } from "./toy-model.ts";
import { freshSalt, type Sent, type Signer, type World } from "./world.ts";

export type BatchResult = {
  requestId: string;
  modelId: string;
  inputRoot: string;
  outputRoot: string;
  traceRoot: string;
};

export type Batch = {
  operator: string;
  profileId: string;
  root: string;
  count: number;
  published: boolean;
};

export type Inclusion = { batch: Batch; result: BatchResult; index: number; proof: string[] };

/** A batch that was committed to, with all that its operator knows. */
export type MadeBatch = {
  readonly batchId: string;
  readonly batch: Batch;
  readonly results: readonly BatchResult[];
  readonly traces: readonly ToyTrace[];
  readonly inclusion: (index: number) => Inclusion;
};

const coder = AbiCoder.defaultAbiCoder();

export async function leafOf(world: World, result: BatchResult): Promise<string> {
  const { chainId } = await world.ethers.provider.getNetwork();
  const { requestId, modelId, inputRoot, outputRoot, traceRoot } = result;
  return keccak256(
    coder.encode(
      ["bytes32", "uint256", "address", ...Array(5).fill("bytes32")],
      [
        id("Assay batch leaf"),
        chainId,
        await world.hub.getAddress(),
        requestId,
        modelId,
        inputRoot,
        outputRoot,
        traceRoot,
      ],
    ),
  );
}

export async function batchIdOf(world: World, batch: Batch): Promise<string> {
  const { chainId } = await world.ethers.provider.getNetwork();
  return keccak256(
    coder.encode(
      ["bytes32", "uint256", "address", "address", "bytes32", "bytes32", "uint32", "bool"],
      [
        id("Assay batch"),
        chainId,
        await world.hub.getAddress(),
        batch.operator,
        batch.profileId,
        batch.root,
        batch.count,
        batch.published,
      ],
    ),
  );
}

export function resultIdOf(batchId: string, index: number): string {
  return keccak256(
    coder.encode(["bytes32", "bytes32", "uint32"], [id("Assay batch result"), batchId, index]),
  );
}

/** The tree over the leaves: as shallow as it can be. */
export function treeOf(leaves: readonly string[]): SparseTree {
  const depth = Math.ceil(Math.log2(leaves.length));
  return new SparseTree(depth, new Map(leaves.map((leaf, i) => [BigInt(i), leaf])));
}

/** A result about the world's input, and the operator's trace of it. */
export function resultOf(
  world: World,
  options: { lies?: readonly Lie[]; requestId?: string; inputRoot?: string; eager?: boolean } = {},
): { result: BatchResult; trace: ToyTrace } {
  const { lies = [], requestId = freshSalt(), inputRoot = world.inputRoot, eager = false } = options;
  const trace = new ToyTrace(world.record, inputRoot, lies);
  const { outputRoot } = trace;
  const traceRoot = eager ? trace.root : ZeroHash;
  return { result: { requestId, modelId: world.modelId, inputRoot, outputRoot, traceRoot }, trace };
}

/** Commits to results, published or not. */
export async function makeBatch(
  world: World,
  made: readonly { result: BatchResult; trace: ToyTrace }[],
  options: { published?: boolean; profileId?: string; operator?: Signer } = {},
): Promise<MadeBatch> {
  const { published = false, profileId = world.profileId, operator = world.operator } = options;
  const results = made.map(({ result }) => result);
  const tree = treeOf(await Promise.all(results.map((result) => leafOf(world, result))));
  const count = results.length;
  const batch = { operator: operator.address, profileId, root: tree.root, count, published };
  await sendBatch(world, batch, results, operator);
  const inclusion = (index: number): Inclusion => ({
    batch,
    result: results[index] as BatchResult,
    index,
    proof: tree.path(tree.depth, BigInt(index)),
  });
  return {
    batchId: await batchIdOf(world, batch),
    batch,
    results,
    traces: made.map(({ trace }) => trace),
    inclusion,
  };
}

export function sendBatch(
  world: World,
  batch: Batch,
  results: readonly BatchResult[],
  sender: Signer = world.operator,
): Sent {
  const { operator, profileId, root, count, published } = batch;
  const hub = world.hub.connect(sender);
  return published
    ? hub.publishBatch(operator, profileId, world.modelId, [...results])
    : hub.commitBatch(operator, profileId, root, count);
}

/** Shows a result, and gives what a game about it needs. */
export async function showResult(
  world: World,
  made: MadeBatch,
  index: number,
): Promise<{ requestId: string; trace: ToyTrace }> {
  await world.hub.connect(world.challenger).showResult(made.inclusion(index));
  return { requestId: resultIdOf(made.batchId, index), trace: made.traces[index] as ToyTrace };
}
