/** Where a trace has its tensors from. */

/** The tensors of a run by step. A run whose tensors do not all fit into memory computes them again when they are asked for. */
export interface TensorSource {
  /** Steps of the run. */
  readonly length: number;
  /** What a step wrote, padded to whole words or not, nothing for zeros; must not be changed. */
  readonly tensor: (step: number) => Uint8Array;
}

const NOTHING = new Uint8Array(0);

/** Tensors that are all there. */
export function sourceOf(tensors: readonly Uint8Array[]): TensorSource {
  return { length: tensors.length, tensor: (step) => tensors[step] ?? NOTHING };
}

/** The same tensors but for one. */
export function withTensor(source: TensorSource, changed: number, tensor: Uint8Array): TensorSource {
  return {
    length: Math.max(source.length, changed + 1),
    tensor: (step) => (step === changed ? tensor : source.tensor(step)),
  };
}
