/** Where a tensor lies. */

import type { ElementType, Space } from "../../machine/opcodes.ts";
import { rowMajorStrides } from "../host/tensor.ts";

/** Part of a dimension: elements `stride` apart. */
export interface Axis {
  readonly extent: number;
  readonly stride: number;
}

export interface Placement {
  readonly space: Space;
  readonly type: ElementType;
  /** Step that wrote it; 0 outside of the space `step`. */
  readonly step: number;
  /** Element at which it starts within its space. */
  readonly base: number;
  /** For every logical dimension the axes that it consists of, outermost first. */
  readonly dims: readonly (readonly Axis[])[];
  /** Row-major elements of a constant, which has no place yet: it is laid out for each step that reads it. */
  readonly constant?: Uint8Array;
}

/** The axes of a dense tensor whose dimensions lie in their logical order. */
export function rowMajorAxes(dims: readonly number[]): readonly (readonly Axis[])[] {
  const strides = rowMajorStrides(dims);
  return dims.map((extent, d) => [{ extent, stride: strides[d]! }]);
}

/** Axes of one iteration left out, and neighbours joined that follow each other without a gap. */
export function joinedAxes(axes: readonly Axis[]): readonly Axis[] {
  const joined: Axis[] = [];
  for (const axis of axes) {
    const last = joined.at(-1);
    if (axis.extent === 1) continue;
    if (last !== undefined && last.stride === axis.stride * axis.extent) {
      joined[joined.length - 1] = { extent: last.extent * axis.extent, stride: axis.stride };
    } else joined.push(axis);
  }
  return joined;
}
