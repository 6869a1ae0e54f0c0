/** The model of ToyReferee in TypeScript: traces of a machine whose tensors are noise. */

import {
  AbiCoder,
  concat,
  dataLength,
  dataSlice,
  getBytes,
  hexlify,
  id,
  keccak256,
  zeroPadBytes,
} from "ethers";
import { type Orphan, SparseTree } from "./sparse-tree.ts";

export type ModelRecord = {
  readonly machineVersion: number;
  readonly programRoot: string;
  readonly constantsRoot: string;
  readonly inputDepth: number;
  readonly constantsDepth: number;
  readonly stepDepth: number;
  readonly wordDepth: number;
  readonly stepCount: number;
  readonly inputBytes: number;
  readonly outputBytes: number;
};

/** Depth 5, so that games have two answers; the last word of a tensor is not full. */
export const toyRecord: ModelRecord = {
  machineVersion: 1,
  programRoot: id("program"),
  constantsRoot: id("constants"),
  inputDepth: 1,
  constantsDepth: 3,
  stepDepth: 3,
  wordDepth: 2,
  stepCount: 6,
  inputBytes: 5,
  outputBytes: 40,
};

/** Root of some bytes in a tree of that depth. */
export function rootOfBytes(data: string, depth: number): string {
  const words = new Map<bigint, string>();
  for (let i = 0; i < Math.ceil(dataLength(data) / 32); i++) {
    words.set(BigInt(i), zeroPadBytes(dataSlice(data, 32 * i, Math.min(32 * i + 32, dataLength(data))), 32));
  }
  return new SparseTree(depth, words).root;
}

/** Where a liar departs from the truth: byte `byte` of step `step` is changed by `mask`. */
export type Lie = { readonly step: number; readonly byte: number; readonly mask: number };

/** A trace of the toy machine: the true one, or one with lies. */
export class ToyTrace {
  readonly record: ModelRecord;
  readonly tree: SparseTree;
  readonly lies: readonly Lie[];

  constructor(record: ModelRecord, inputRoot: string, lies: readonly Lie[] = [], orphan?: Orphan) {
    this.record = record;
    this.lies = lies;
    const words = new Map<bigint, string>();
    const coder = AbiCoder.defaultAbiCoder();
    for (let step = 0; step < record.stepCount; step++) {
      for (let word = 0; 32 * word < record.outputBytes; word++) {
        const noise = keccak256(coder.encode(["bytes32", "uint256", "uint256"], [inputRoot, step, word]));
        const length = Math.min(32, record.outputBytes - 32 * word);
        words.set(this.leaf(step, word), zeroPadBytes(dataSlice(noise, 0, length), 32));
      }
    }
    for (const { step, byte, mask } of lies) {
      const leaf = this.leaf(step, Math.floor(byte / 32));
      const bytes = getBytes(words.get(leaf) ?? zeroPadBytes("0x", 32));
      bytes[byte % 32] = (bytes[byte % 32] as number) ^ mask;
      words.set(leaf, hexlify(bytes));
    }
    this.tree = new SparseTree(record.stepDepth + record.wordDepth, words, orphan);
  }

  leaf(step: number, word: number): bigint {
    return (BigInt(step) << BigInt(this.record.wordDepth)) + BigInt(word);
  }

  get root(): string {
    return this.tree.root;
  }

  get depth(): number {
    return this.tree.depth;
  }

  get output(): string {
    const words = Array.from({ length: Math.ceil(this.record.outputBytes / 32) }, (_, word) =>
      this.tree.node(this.depth, this.leaf(this.record.stepCount - 1, word)),
    );
    return dataSlice(concat(words), 0, this.record.outputBytes);
  }

  get outputRoot(): string {
    return this.tree.node(this.record.stepDepth, BigInt(this.record.stepCount - 1));
  }

  get outputProof(): string[] {
    return this.tree.path(this.record.stepDepth, BigInt(this.record.stepCount - 1));
  }

  /** What ToyReferee takes for a proof against this trace. */
  get proof(): string {
    return keccak256(this.root);
  }
}
