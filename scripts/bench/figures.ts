import type { Sent } from "./chain.ts";

/** The gas that one transaction took, or several together. */
export interface Figure {
  /** What the figure belongs to; together with `name` it is unique. */
  readonly group: string;
  readonly name: string;
  readonly gas: number;
  readonly calldataBytes: number;
  /** How many transactions took it together. */
  readonly transactions: number;
  /** How many results share it, if it is about a batch. */
  readonly results?: number;
}

/** Collects figures in the order in which they are measured. */
export class Figures {
  readonly #all: Figure[] = [];

  get all(): readonly Figure[] {
    return this.#all;
  }

  /** Notes what one transaction took, or some together. */
  note(group: string, name: string, ...parts: readonly Sent[]): void {
    this.#add(group, name, parts, {});
  }

  /** Notes what the commitment to a batch took, or that to several batches together. */
  noteBatch(group: string, name: string, results: number, ...parts: readonly Sent[]): void {
    this.#add(group, name, parts, { results });
  }

  #add(group: string, name: string, parts: readonly Sent[], about: Pick<Figure, "results">): void {
    const gas = parts.reduce((total, part) => total + part.gas, 0);
    const calldataBytes = parts.reduce((total, part) => total + part.calldataBytes, 0);
    if (this.#all.some((other) => keyOf(other) === keyOf({ group, name })))
      throw new Error(`The figure "${keyOf({ group, name })}" was measured twice.`);
    this.#all.push({ group, name, gas, calldataBytes, transactions: parts.length, ...about });
  }
}

/** Name of a figure in the snapshot, and for targets. */
export function keyOf({ group, name }: Pick<Figure, "group" | "name">): string {
  return `${group}: ${name}`;
}
