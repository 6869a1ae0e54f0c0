/**
 * What the compiler refuses to grow beyond, so that a hostile file can take neither unbounded memory nor unbounded time.
 * Together they keep the memory that compiling takes below `mostMemoryBytes`, and its time, for files of some megabytes, below `MOST_SECONDS`.
 * They count work instead of looking at a clock: the same file must be refused everywhere, or nowhere.
 */
export const LIMITS = {
  /** Bytes of an ONNX file; protobuf itself ends at 2 GiB. */
  fileBytes: 2 ** 30,
  /** Estimated bytes of the decoded messages, tensors' raw bytes (which are never copied) apart. */
  decodedBytes: 2 ** 29,
  /** Messages within messages; a graph within a graph takes three. */
  messageDepth: 64,
  /** Subgraphs within subgraphs. */
  graphDepth: 16,
  /** Dimensions of a tensor. */
  rank: 16,
  /** Elements of one tensor. */
  elements: 2 ** 31 - 1,
  /** Elements of a tensor that is computed while compiling and is larger than what it is computed from. */
  foldedGrowth: 2 ** 20,
  /** Elementary operations spent on computing one constant. */
  foldedWork: 2 ** 24,
  /** Elementary operations spent on computing, and elements of, all constants that are computed. */
  totalFoldedWork: 2 ** 26,
  /** Numbers in a list that an operator makes while compiling, for instance of coordinates. */
  listed: 2 ** 22,
  /** Nodes visited, counting each iteration of an unrolled loop. */
  visitedNodes: 200_000,
  /** Iterations of one unrolled loop. */
  loopIterations: 4096,
  /** Elements of all sequences that recurrent layers are unrolled over; each takes a step or several. */
  unrolledIterations: 16_384,
  /** Steps of a program. */
  steps: 65_536,
  /** Bytes of the encodings of all steps, on which the time for laying them out depends. */
  programBytes: 2 ** 24,
  /** Bytes of the constants of a program. */
  constantBytes: 2 ** 31,
  /** Bytes of all inputs, or of all outputs; the record has 32 bits for them. */
  slotBytes: 2 ** 32 - 1,
} as const;

/** Bytes that compiling a file can take at most. */
export function mostMemoryBytes(fileBytes: number): number {
  return 8 * fileBytes + 2 ** 31;
}

/** Seconds of one processor of today that compiling a file of some megabytes can take at most. */
export const MOST_SECONDS = 60;
