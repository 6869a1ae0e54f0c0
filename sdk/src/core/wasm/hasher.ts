/** Trees are hashed in WebAssembly where there is WebAssembly with vectors: several times as fast as in JavaScript. */

import { concatBytes } from "../bytes.ts";
import { HASH_BYTES, keccak, type NodeHasher, type PairHasher, setHasher } from "../hash.ts";
import { BATCH_PAIRS, keccakModule } from "./keccak.ts";

interface Hasher {
  readonly module: WebAssembly.Module;
  readonly bytes: Uint8Array;
  /** Replaces so many pairs at the beginning of the bytes, at most `BATCH_PAIRS`, by their hashes. What is behind them is lost. */
  readonly hash: (pairs: number) => void;
  /** Replaces the first word by the root that follows from it and the words behind it, one for each level. */
  readonly hashUp: (levels: number) => void;
  readonly first: Uint8Array;
}

let compiled: Hasher | "none" | undefined;

/** Has all trees hashed in WebAssembly from now on, once that has given the right answers. Does nothing where it cannot, or when called again. */
export function accelerateHashing(): void {
  if (compiled !== undefined) return;
  compiled = compileHasher() ?? "none";
  if (compiled === "none") return;
  const made = compiled;
  const inPairs: PairHasher = (source, sourceOffset, target, targetOffset, pairs) => {
    if (pairs === 1) {
      made.bytes.set(source.subarray(sourceOffset, sourceOffset + 64));
      made.hashUp(1);
      target.set(made.first, targetOffset);
      return;
    }
    for (let done = 0; done < pairs; done += BATCH_PAIRS) {
      const batch = Math.min(BATCH_PAIRS, pairs - done);
      const from = sourceOffset + 64 * done;
      made.bytes.set(source.subarray(from, from + 64 * batch));
      made.hash(batch);
      target.set(made.bytes.subarray(0, 32 * batch), targetOffset + 32 * done);
    }
  };
  const up: NodeHasher = (node, siblings) => {
    if (siblings.length === 0) return;
    made.first.set(node);
    made.bytes.set(siblings, HASH_BYTES);
    made.hashUp(siblings.length / HASH_BYTES);
    node.set(made.first);
  };
  setHasher({ pairs: inPairs, up });
}

/** The module that hashes, once `accelerateHashing` was called and if it could: for other threads. */
export function hasherModule(): WebAssembly.Module | undefined {
  return compiled === undefined || compiled === "none" ? undefined : compiled.module;
}

function compileHasher(): Hasher | undefined {
  if (typeof WebAssembly !== "object") return undefined;
  const bytesOfModule = keccakModule();
  if (!WebAssembly.validate(bytesOfModule)) return undefined;
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const module = new WebAssembly.Module(bytesOfModule);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const bytes = new Uint8Array(memory.buffer);
  const { hash, hashUp } = exports as unknown as Pick<Hasher, "hash" | "hashUp">;
  const hasher: Hasher = { module, bytes, hash, hashUp, first: bytes.subarray(0, HASH_BYTES) };
  return isRight(hasher) ? hasher : undefined;
}

/** Whether three pairs of words hash to what they must, all together, and four words upwards. */
function isRight({ bytes, hash, hashUp, first }: Hasher): boolean {
  const pairs = Uint8Array.from({ length: 192 }, (_, i) => (7 * i + 3) % 256);
  const hashes = [0, 64, 128].map((from) => keccak(pairs.subarray(from, from + 64)));
  const begins = (expected: Uint8Array, at: number): boolean =>
    expected.every((byte, i) => byte === bytes[at + i]);
  bytes.set(pairs);
  hash(3);
  if (!hashes.every((one, pair) => begins(one, HASH_BYTES * pair))) return false;
  bytes.set(pairs);
  hashUp(3);
  let up: Uint8Array = pairs.subarray(0, HASH_BYTES);
  for (const level of [1, 2, 3])
    up = keccak(concatBytes(up, pairs.subarray(HASH_BYTES * level, HASH_BYTES * (level + 1))));
  return up.every((byte, i) => byte === first[i]);
}
