/**
 * Openings of many words of a tree at once: SPEC.md section 6.
 *
 *     u16 runs; if there are any: per run u40 first word, u24 number of words; the words of all runs; then the siblings, level by level from the leaves
 */

import { concatBytes, readUint, uintBytes } from "./bytes.ts";
import { AssayError, type AssayErrorOptions } from "./errors.ts";
import { HASH_BYTES } from "./hash.ts";
import { checkNode, hashPair, type Tree } from "./tree.ts";

const MAX_RUNS = 0xffff;
const MAX_RUN_WORDS = 0xff_ffff;
const RUN_BYTES = 8;

/** Neighbouring nodes of one height: the numbers in [start, end). */
interface Run {
  readonly start: number;
  readonly end: number;
}

/** What an opening shows, once it has been hashed. */
export interface Opening {
  /** Root that the words and siblings hash to; `undefined` when no word is opened, which shows nothing. */
  readonly root: Uint8Array | undefined;
  /** Opened words by number. */
  readonly words: ReadonlyMap<number, Uint8Array>;
  /** Offset of the first byte behind the opening. */
  readonly end: number;
}

/**
 * The opening of some words.
 *
 * @param indices - numbers of words in any order; repetitions do no harm
 */
export function openWords(tree: Tree, indices: Iterable<number>): Uint8Array {
  const runs = runsOf(tree.depth, indices);
  if (runs.length > MAX_RUNS || runs.some(({ start, end }) => end - start > MAX_RUN_WORDS)) {
    throw new OpeningTooLargeError(runs.length, Math.max(...runs.map(({ start, end }) => end - start)));
  }
  const parts: Uint8Array[] = [uintBytes(runs.length, 2)];
  for (const { start, end } of runs) parts.push(uintBytes(start, 5), uintBytes(end - start, 3));
  for (const { start, end } of runs) for (let i = start; i < end; i++) parts.push(tree.nodeBytes(0, i));

  let row = runs;
  for (let height = 0; height < tree.depth && row.length > 0; height++) {
    const above: Run[] = [];
    for (const { start, end } of row) {
      if (start % 2 === 1) parts.push(tree.nodeBytes(height, start - 1));
      if (end % 2 === 1) parts.push(tree.nodeBytes(height, end));
      append(above, { start: Math.floor(start / 2), end: Math.ceil(end / 2) });
    }
    row = above;
  }
  return concatBytes(...parts);
}

/**
 * Reads the opening that starts at `offset` of `bytes` and hashes it up to the root of a tree of the given depth.
 *
 * @returns the opening, or `undefined` if it is malformed
 */
export function readOpening(bytes: Uint8Array, offset: number, depth: number): Opening | undefined {
  let end = offset;
  const take = (length: number): Uint8Array | undefined => {
    end += length;
    return end <= bytes.length ? bytes.subarray(end - length, end) : undefined;
  };

  const head = take(2);
  if (head === undefined) return undefined;
  const table = take(RUN_BYTES * readUint(head, 0, 2));
  if (table === undefined) return undefined;
  if (table.length === 0) return { root: undefined, words: new Map(), end };

  const words = new Map<number, Uint8Array>();
  let free = 0;
  for (let at = 0; at < table.length; at += RUN_BYTES) {
    const first = readUint(table, at, 5);
    const count = readUint(table, at + 5, 3);
    if (count === 0 || first < free || first + count > 2 ** depth) return undefined;
    // The next run may not touch this one.
    free = first + count + 1;
    for (let i = 0; i < count; i++) {
      const word = take(HASH_BYTES);
      if (word === undefined) return undefined;
      words.set(first + i, word);
    }
  }

  let row = words;
  for (let height = 0; height < depth; height++) {
    const above = new Map<number, Uint8Array>();
    for (const [index, node] of row) {
      if (index % 2 === 1 && row.has(index - 1)) continue;
      const sibling = row.get(index % 2 === 0 ? index + 1 : index - 1) ?? take(HASH_BYTES);
      if (sibling === undefined) return undefined;
      above.set(Math.floor(index / 2), index % 2 === 0 ? hashPair(node, sibling) : hashPair(sibling, node));
    }
    row = above;
  }
  return { root: row.get(0), words, end };
}

/** The fewest bytes: a gap of one word costs less to open than a new run. */
function runsOf(depth: number, indices: Iterable<number>): Run[] {
  const runs: Run[] = [];
  for (const index of [...new Set(indices)].sort((a, b) => a - b)) {
    checkNode(depth, 0, index);
    const last = runs.at(-1);
    append(
      runs,
      last !== undefined && index === last.end + 1
        ? { start: last.end, end: index + 1 }
        : { start: index, end: index + 1 },
    );
  }
  return runs;
}

/** Adds a run behind the others, joined with the last one if they touch. */
function append(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  if (last !== undefined && last.end >= run.start)
    runs[runs.length - 1] = { start: last.start, end: run.end };
  else runs.push(run);
}

/** More words than an opening can name. */
export class OpeningTooLargeError extends AssayError {
  override readonly name = "OpeningTooLargeError";

  constructor(runs: number, words: number, options: AssayErrorOptions = {}) {
    super(
      "OPENING_TOO_LARGE",
      `An opening of ${runs} runs with up to ${words} words each cannot be encoded.`,
      {
        recovery: `Open at most ${MAX_RUNS} runs of at most ${MAX_RUN_WORDS} words.`,
        ...options,
        context: { runs, words },
      },
    );
  }
}
