/** Products of bytes less their zero points, which the machine computes exactly in 32 bits. */

import { Op } from "../../machine/opcodes.ts";
import type { NestForm, Value } from "../graph/ir.ts";
import { reshape } from "../graph/movement.ts";
import { elementCount } from "../host/tensor.ts";
import type { OperatorContext } from "./context.ts";
import { readWindows } from "./windows.ts";

/** An operand of a product of bytes: the value less its zero point, which is one number, or one for every row or column. */
interface Centered {
  readonly value: Value;
  readonly coordinates: readonly NestForm[];
  readonly zero: Value | undefined;
  readonly zeroCoordinates: readonly NestForm[];
  /** Bits that padding reads as: the zero point. */
  readonly pad?: number;
}

function bytesProduct(
  ctx: OperatorContext,
  dims: readonly number[],
  reduction: readonly number[],
  sides: readonly [Centered, Centered],
  init: number | Value,
  storage?: readonly number[],
): Value {
  const zeros = sides.flatMap(({ zero, zeroCoordinates }) =>
    zero === undefined ? [] : [{ source: zero, coordinates: zeroCoordinates }],
  );
  const values = sides.map(({ value, coordinates, pad = 0 }) => ({ source: value, coordinates, pad }));
  return ctx.graph.nest({
    ...{ type: "int32" as const, dims, reduction, fold: "i32.add" as const, init },
    ...(storage === undefined ? {} : { storage }),
    operands: [...values, ...zeros],
    body: (t, [a, b, ...rest]) => {
      const centered = [a!, b!].map((x, i) => {
        const zero = sides[i]!.zero === undefined ? undefined : rest.shift()!;
        return zero === undefined ? x : t.op(Op.i32Sub, x, zero);
      });
      return t.op(Op.i32Mul, centered[0]!, centered[1]!);
    },
  });
}

/** The product of stacks of matrices of bytes. */
export function matrixProduct(
  ctx: OperatorContext,
  left: Value,
  right: Value,
  leftZero: Value | undefined,
  rightZero: Value | undefined,
): Value {
  const { graph } = ctx;
  if (left.dims.length < 2 || right.dims.length < 2) throw ctx.mismatch("an input is not a matrix");
  const [rows, inner] = left.dims.slice(-2);
  const [height, columns] = right.dims.slice(-2);
  if (inner !== height)
    throw ctx.mismatch(`[${left.dims.join(", ")}] and [${right.dims.join(", ")}] cannot be multiplied`);
  const batch = graph.broadcast([left.dims.slice(0, -2), right.dims.slice(0, -2)]);
  const rank = batch.length;
  const stack = ({ dims }: Value): NestForm[] =>
    dims
      .slice(0, -2)
      .map((dim, d): NestForm => (dim === 1 ? {} : { out: [[d + rank - (dims.length - 2), 1]] }));
  const place = (zero: Value | undefined, d: number): NestForm[] =>
    zero === undefined || zero.dims.length === 0
      ? []
      : zero.dims.map((dim): NestForm => (dim === 1 ? {} : { out: [[d, 1]] }));
  const sides: readonly [Centered, Centered] = [
    {
      value: left,
      coordinates: [...stack(left), { out: [[rank, 1]] }, { reduced: [[0, 1]] }],
      zero: leftZero,
      zeroCoordinates: place(leftZero, rank),
    },
    {
      value: right,
      coordinates: [...stack(right), { reduced: [[0, 1]] }, { out: [[rank + 1, 1]] }],
      zero: rightZero,
      zeroCoordinates: place(rightZero, rank + 1),
    },
  ];
  return bytesProduct(ctx, [...batch, rows!, columns!], [inner!], sides, 0);
}

/** The convolution of bytes, with its channels last in memory. */
export function convolution(
  ctx: OperatorContext,
  input: Value,
  weights: Value,
  inputZero: Value | undefined,
  weightZero: Value | undefined,
  bias: Value | undefined,
): Value {
  const groups = ctx.int("group", 1);
  const [outputs = 1, channels = 1, ...kernel] = weights.dims;
  if (groups < 1 || outputs % groups !== 0 || input.dims[1] !== channels * groups) {
    throw ctx.mismatch(
      `an input [${input.dims.join(", ")}] for weights [${weights.dims.join(", ")}] in ${groups} groups`,
    );
  }
  if (inputZero !== undefined && inputZero.kind !== "host")
    throw ctx.dataDependent("input zero point", inputZero);
  const windows = readWindows(ctx, input.dims.slice(2), kernel);
  const own = outputs / groups;
  const places = windows.map(({ output }) => output);
  const scalar = (zero: Value | undefined): Value | undefined =>
    zero && reshape(ctx.graph, zero, elementCount(zero.dims) === 1 ? [] : zero.dims);
  const perChannel = scalar(weightZero);
  const sides: readonly [Centered, Centered] = [
    {
      value: input,
      coordinates: [
        { out: [[0, 1]] },
        { out: [[1, channels]], reduced: [[0, 1]] },
        ...windows.map(
          ({ stride, dilation, before }, d): NestForm => ({
            base: -before,
            out: [[3 + d, stride]],
            reduced: [[1 + d, dilation]],
          }),
        ),
      ],
      zero: scalar(inputZero),
      zeroCoordinates: [],
      pad: Number(inputZero?.data[0] ?? 0),
    },
    {
      value: weights,
      coordinates: [
        {
          out: [
            [1, own],
            [2, 1],
          ],
        },
        { reduced: [[0, 1]] },
        ...windows.map((_, d): NestForm => ({ reduced: [[1 + d, 1]] })),
      ],
      zero: perChannel,
      zeroCoordinates:
        perChannel?.dims.length === 1
          ? [
              {
                out: [
                  [1, own],
                  [2, 1],
                ],
              },
            ]
          : [],
    },
  ];
  const dims = [input.dims[0]!, groups, own, ...places];
  const init = bias === undefined ? 0 : reshape(ctx.graph, bias, [1, groups, own, ...places.map(() => 1)]);
  const nest = bytesProduct(ctx, dims, [channels, ...kernel], sides, init, [
    0,
    ...places.map((_, d) => 3 + d),
    1,
    2,
  ]);
  return reshape(ctx.graph, nest, [input.dims[0]!, outputs, ...places]);
}
