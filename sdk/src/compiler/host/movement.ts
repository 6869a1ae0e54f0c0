/** Rearranges tensors that are known while compiling. */

import { allocate, elementCount, type HostTensor, hostTensor, rowMajorStrides } from "./tensor.ts";

/**
 * Picks elements by coordinates: element (i, j, ...) of the result is element (picks[0][i], picks[1][j], ...) of the tensor.
 *
 * @param picks - for every dimension the coordinates to take, each valid or -1
 * @param fill - what an element with a coordinate of -1 is
 */
export function take(
  tensor: HostTensor,
  picks: readonly (readonly number[])[],
  fill: number | bigint = 0,
): HostTensor {
  const dims = picks.map((pick) => pick.length);
  const count = elementCount(dims);
  const data = allocate(tensor.type, count);
  const strides = rowMajorStrides(tensor.dims);
  // Missing coordinates make the address negative whatever the others are.
  const offsets = picks.map((pick, d) =>
    pick.map((c) => (c < 0 ? Number.NEGATIVE_INFINITY : c * strides[d]!)),
  );
  const filler = typeof data[0] === "bigint" ? BigInt(fill) : Number(fill);
  const counters = dims.map(() => 0);
  for (let i = 0; i < count; i++) {
    let address = 0;
    for (const [d, c] of counters.entries()) address += offsets[d]![c]!;
    data[i] = address < 0 ? filler : tensor.data[address]!;
    for (let d = dims.length - 1; d >= 0; d--) {
      counters[d]!++;
      if (counters[d]! < dims[d]!) break;
      counters[d] = 0;
    }
  }
  return hostTensor(tensor.type, dims, data);
}

/** Dimension d of the result is dimension `order[d]` of the tensor. */
export function transpose(tensor: HostTensor, order: readonly number[]): HostTensor {
  const dims = order.map((from) => tensor.dims[from]!);
  const source = rowMajorStrides(tensor.dims);
  const strides = order.map((from) => source[from]!);
  const count = elementCount(dims);
  const data = allocate(tensor.type, count);
  const counters = dims.map(() => 0);
  let address = 0;
  for (let i = 0; i < count; i++) {
    data[i] = tensor.data[address]!;
    for (let d = dims.length - 1; d >= 0; d--) {
      address += strides[d]!;
      counters[d]!++;
      if (counters[d]! < dims[d]!) break;
      address -= strides[d]! * dims[d]!;
      counters[d] = 0;
    }
  }
  return hostTensor(tensor.type, dims, data);
}

/** The whole numbers from `start` on, `step` apart. */
export function range(count: number, start = 0, step = 1): number[] {
  return Array.from({ length: count }, (_, i) => start + i * step);
}
