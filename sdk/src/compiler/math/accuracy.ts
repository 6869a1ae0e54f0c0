/** What is promised of every function that is compiled into operations of the machine: the one place where error bounds are stated. */

import type { Register, Tape } from "../tape/tape.ts";
import { erf } from "./erf.ts";
import { exp, expMinusOne } from "./exp.ts";
import { gelu, geluTanh } from "./gelu.ts";
import { acosh, asinh, atanh, cosh, sinh } from "./hyperbolic.ts";
import { acos, asin, atan } from "./inverse-trigonometry.ts";
import { log } from "./log.ts";
import { sigmoid } from "./sigmoid.ts";
import { mish, softplus } from "./softplus.ts";
import { tanh } from "./tanh.ts";
import { cos, sin, tan } from "./trigonometry.ts";

/** A bound for `least <= x <= most`. */
export interface ErrorBound {
  readonly least: number;
  readonly most: number;
  /** Representable numbers between the result and the exact value rounded to binary32, at most; subnormal results included. Some argument has as many. */
  readonly ulp: number;
}

export interface MathFunction {
  readonly name: string;
  /** The ONNX operators that are computed by it, alone or among others. */
  readonly operators: readonly string[];
  readonly emit: (t: Tape, x: Register) => Register;
  /** The first bound that is about a number holds for it; together they are about all numbers. */
  readonly bounds: readonly ErrorBound[];
}

const ALL = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };

/** A bound that holds for every argument. */
function everywhere(ulp: number): readonly ErrorBound[] {
  return [{ ...ALL, ulp }];
}

/** All functions of one argument. */
export const MATH_FUNCTIONS: readonly MathFunction[] = [
  {
    name: "exp",
    operators: ["Exp", "Softmax", "LogSoftmax", "ReduceLogSumExp"],
    emit: exp,
    bounds: everywhere(1),
  },
  { name: "expMinusOne", operators: ["Elu", "Selu", "Celu"], emit: expMinusOne, bounds: everywhere(2) },
  {
    name: "log",
    operators: ["Log", "LogSoftmax", "ReduceLogSum", "ReduceLogSumExp"],
    emit: log,
    bounds: everywhere(1),
  },
  { name: "sigmoid", operators: ["Sigmoid", "LSTM", "GRU"], emit: sigmoid, bounds: everywhere(2) },
  { name: "softplus", operators: ["Softplus"], emit: softplus, bounds: everywhere(2) },
  {
    name: "mish",
    operators: ["Mish"],
    emit: mish,
    bounds: [
      { ...ALL, least: -87, ulp: 5 },
      { ...ALL, ulp: 52 },
    ],
  },
  { name: "erf", operators: ["Erf"], emit: erf, bounds: everywhere(1) },
  { name: "gelu", operators: ["Gelu"], emit: gelu, bounds: everywhere(7) },
  {
    name: "geluTanh",
    operators: ["Gelu (tanh)"],
    emit: geluTanh,
    bounds: [
      { ...ALL, least: -1, ulp: 3 },
      { ...ALL, least: -4, ulp: 23 },
      { ...ALL, ulp: 214 },
    ],
  },
  { name: "tanh", operators: ["Tanh", "LSTM", "GRU", "RNN"], emit: tanh, bounds: everywhere(1) },
  { name: "sinh", operators: ["Sinh"], emit: sinh, bounds: everywhere(2) },
  { name: "cosh", operators: ["Cosh"], emit: cosh, bounds: everywhere(1) },
  { name: "asinh", operators: ["Asinh"], emit: asinh, bounds: everywhere(2) },
  { name: "acosh", operators: ["Acosh"], emit: acosh, bounds: everywhere(3) },
  { name: "atanh", operators: ["Atanh"], emit: atanh, bounds: everywhere(2) },
  { name: "sin", operators: ["Sin"], emit: sin, bounds: everywhere(2) },
  { name: "cos", operators: ["Cos"], emit: cos, bounds: everywhere(2) },
  { name: "tan", operators: ["Tan"], emit: tan, bounds: everywhere(3) },
  { name: "asin", operators: ["Asin"], emit: asin, bounds: everywhere(2) },
  { name: "acos", operators: ["Acos"], emit: acos, bounds: everywhere(1) },
  { name: "atan", operators: ["Atan"], emit: atan, bounds: everywhere(2) },
];
