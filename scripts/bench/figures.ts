import type { Sent } from "./chain.ts";

/** The gas that one transaction took, or several together. */
export interface Figure {
  /** What the figure belongs to; together with `name` it is unique. */
  readonly group: string;
  readonly name: string;
  readonly gas: number;
  readonly calldataBytes: number;
}

/** Collects figures in the order in which they are measured. */
export class Figures {
  readonly #all: Figure[] = [];

  get all(): readonly Figure[] {
    return this.#all;
  }

  /** Notes what one transaction took, or some together. */
  note(group: string, name: string, ...parts: readonly Sent[]): void {
    const gas = parts.reduce((total, part) => total + part.gas, 0);
    const calldataBytes = parts.reduce((total, part) => total + part.calldataBytes, 0);
    if (this.#all.some((other) => keyOf(other) === keyOf({ group, name })))
      throw new Error(`The figure "${keyOf({ group, name })}" was measured twice.`);
    this.#all.push({ group, name, gas, calldataBytes });
  }
}

/** Name of a figure in the snapshot, and for targets. */
export function keyOf({ group, name }: Pick<Figure, "group" | "name">): string {
  return `${group}: ${name}`;
}
