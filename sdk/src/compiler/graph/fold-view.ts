/** Applies a view to a tensor that is known while compiling. */

import { toFloat } from "../../machine/scalar.ts";
import { range, take, transpose } from "../host/movement.ts";
import { type HostTensor, hostTensor, isFloat, toNumbers } from "../host/tensor.ts";
import type { View } from "./ir.ts";

/**
 * @param dims - of the result, which has elements
 * @returns `undefined` for a gather by coordinates that depend on the request
 */
export function foldView(source: HostTensor, dims: readonly number[], view: View): HostTensor | undefined {
  // None of these has no elements, so no dimension is larger than the number of them.
  const whole = dims.map((extent) => range(extent));
  switch (view.kind) {
    case "reshape":
      return hostTensor(source.type, dims, source.data);
    case "permute":
      return transpose(source, view.order);
    case "slice":
      return take(
        source,
        dims.map((extent, d) => range(extent, view.starts[d], view.steps[d])),
      );
    case "expand":
      return take(
        source,
        dims.map((extent, d) => (source.dims[d] === extent ? whole[d]! : new Array<number>(extent).fill(0))),
      );
    case "pad":
      return take(
        source,
        dims.map((extent, d) => range(extent, -view.before[d]!).map((c) => (c < source.dims[d]! ? c : -1))),
        isFloat(source.type) ? toFloat(view.fill) : view.fill | 0,
      );
    case "repeat":
      return take(
        source,
        replaced(
          whole,
          view.axis,
          range(dims[view.axis]!).map((c) => Math.floor(c / view.factor)),
        ),
      );
    case "tile":
      return take(
        source,
        replaced(
          whole,
          view.axis,
          range(dims[view.axis]!).map((c) => c % source.dims[view.axis]!),
        ),
      );
    case "gather":
      return undefined;
  }
}

/** Picks elements of one dimension by known coordinates, whose dimensions take its place. */
export function foldGather(source: HostTensor, axis: number, index: HostTensor): HostTensor {
  const picked = take(
    source,
    replaced(
      source.dims.map((extent) => range(extent)),
      axis,
      toNumbers(index),
    ),
  );
  const dims = [...source.dims.slice(0, axis), ...index.dims, ...source.dims.slice(axis + 1)];
  return hostTensor(source.type, dims, picked.data);
}

function replaced(
  list: readonly (readonly number[])[],
  at: number,
  item: readonly number[],
): (readonly number[])[] {
  return list.map((other, d) => (d === at ? item : other));
}
