/** The tensors of a run that writes more than fits into memory: computed again in windows, since a run is short and its tensors are many. */

import type { TensorSource } from "../trace/source.ts";

type OnStep = (step: number, tensor: Uint8Array) => void;

const NOTHING = new Uint8Array(0);

export class RecomputedTensors implements TensorSource {
  readonly length: number;
  readonly #windowBytes: number;
  readonly #run: (onStep: OnStep) => unknown;
  /** Bytes by step, known after the first run. */
  readonly #sizes: number[] = [];
  /** Least recently asked for first. */
  readonly #kept = new Map<number, Uint8Array>();
  #keptBytes = 0;

  /**
   * @param windowBytes - most bytes of tensors that are kept; a single larger one is kept alone
   * @param run - runs the model from start to end and hands out every tensor in order
   */
  constructor(length: number, windowBytes: number, run: (onStep: OnStep) => unknown) {
    this.length = length;
    this.#windowBytes = windowBytes;
    this.#run = run;
  }

  tensor(step: number): Uint8Array {
    if (!(step >= 0 && step < this.length)) return NOTHING;
    if (this.#sizes.length < this.length) this.recompute(() => {});
    const kept = this.#kept.get(step) ?? (this.#sizes[step] === 0 ? NOTHING : this.#recomputeAround(step));
    if (this.#kept.delete(step)) this.#kept.set(step, kept);
    return kept;
  }

  /** Runs the model and shows every tensor. The last ones stay. */
  recompute(onStep: OnStep): void {
    this.#run((step, tensor) => {
      this.#sizes[step] = tensor.length;
      onStep(step, tensor);
      this.#keep(step, tensor);
    });
  }

  /** A run that keeps the tensor and those before it, which its proof and its neighbours' will ask for, in up to half of the room. */
  #recomputeAround(step: number): Uint8Array {
    let first = step;
    let bytes = this.#sizes[step] ?? 0;
    while (first > 0 && bytes + (this.#sizes[first - 1] ?? 0) <= this.#windowBytes / 2) {
      first--;
      bytes += this.#sizes[first] ?? 0;
    }
    let wanted: Uint8Array = NOTHING;
    this.#run((at, tensor) => {
      if (at === step) wanted = tensor;
      if (at >= first && at <= step) this.#keep(at, tensor);
    });
    return wanted;
  }

  #keep(step: number, tensor: Uint8Array): void {
    this.#keptBytes += tensor.length - (this.#kept.get(step)?.length ?? 0);
    this.#kept.delete(step);
    this.#kept.set(step, tensor);
    for (const [oldest, { length }] of this.#kept) {
      if (this.#keptBytes <= this.#windowBytes || oldest === step) break;
      this.#kept.delete(oldest);
      this.#keptBytes -= length;
    }
  }
}
