/** The arithmetic of sliding windows, shared by convolutions and pools. */

import type { OperatorContext } from "./context.ts";

/** One spatial dimension of a convolution or pool. */
export interface Window {
  readonly input: number;
  readonly output: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** Elements added in front and behind. */
  readonly before: number;
  readonly after: number;
}

export const WINDOW_ATTRIBUTES = ["kernel_shape", "strides", "dilations", "pads", "auto_pad"] as const;

/** Reads the attributes of a sliding window. */
export function readWindows(
  ctx: OperatorContext,
  input: readonly number[],
  kernel: readonly number[],
  isCeil = false,
): readonly Window[] {
  const rank = kernel.length;
  if (input.length !== rank) throw ctx.mismatch(`${rank} kernel dimensions for ${input.length} spatial ones`);
  const strides = positive(ctx, "strides", rank);
  const dilations = positive(ctx, "dilations", rank);
  const pads = ctx.ints("pads") ?? new Array<number>(2 * rank).fill(0);
  if (pads.length !== 2 * rank) throw ctx.mismatch(`${pads.length} pads for ${rank} spatial dimensions`);
  const mode = ctx.string("auto_pad", "NOTSET");
  return input.map((extent, d) => {
    const size = { input: extent, kernel: kernel[d]!, stride: strides[d]!, dilation: dilations[d]! };
    const window = padded(ctx, mode, size, pads[d]!, pads[rank + d]!, isCeil);
    if (!(window.output >= 1) || size.kernel < 1) {
      throw ctx.mismatch(
        `a window of ${size.kernel} does not fit into ${extent} elements of spatial dimension ${d}`,
      );
    }
    return window;
  });
}

function padded(
  ctx: OperatorContext,
  mode: string,
  size: Pick<Window, "input" | "kernel" | "stride" | "dilation">,
  before: number,
  after: number,
  isCeil: boolean,
): Window {
  const reach = (size.kernel - 1) * size.dilation + 1;
  switch (mode) {
    case "NOTSET": {
      if (before < 0 || after < 0) throw ctx.unsupported("pads", [before, after], "pads of at least 0");
      const free = size.input + before + after - reach;
      const floor = Math.floor(free / size.stride) + 1;
      const ceil = Math.ceil(free / size.stride) + 1;
      // A window must not start behind the last element.
      const output = isCeil && (ceil - 1) * size.stride < size.input + before ? ceil : floor;
      return { ...size, output, before, after };
    }
    case "VALID":
      return { ...size, output: Math.floor((size.input - reach) / size.stride) + 1, before: 0, after: 0 };
    case "SAME_UPPER":
    case "SAME_LOWER": {
      const output = Math.ceil(size.input / size.stride);
      const total = Math.max(0, (output - 1) * size.stride + reach - size.input);
      const less = Math.floor(total / 2);
      return mode === "SAME_UPPER"
        ? { ...size, output, before: less, after: total - less }
        : { ...size, output, before: total - less, after: less };
    }
    default:
      throw ctx.unsupported("auto_pad", mode, "NOTSET, VALID, SAME_UPPER, SAME_LOWER");
  }
}

export function positive(ctx: OperatorContext, name: string, rank: number): readonly number[] {
  const values = ctx.ints(name) ?? new Array<number>(rank).fill(1);
  if (values.length !== rank || values.some((value) => value < 1)) {
    throw ctx.unsupported(name, values, `${rank} numbers of at least 1`);
  }
  return values;
}
