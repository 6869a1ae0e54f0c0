/** All operators that are supported, by domain and name. */

import { ACTIVATIONS } from "./activation.ts";
import { ARITHMETIC } from "./arithmetic.ts";
import { COLUMNS } from "./col2im.ts";
import type { OperatorTable } from "./context.ts";
import { CONTROLS } from "./control.ts";
import { CONVOLUTIONS } from "./conv.ts";
import { TRANSPOSED_CONVOLUTIONS } from "./conv-transpose.ts";
import { BENT_CONVOLUTIONS } from "./deform-conv.ts";
import { DETERMINANTS } from "./determinant.ts";
import { SUMS } from "./einsum.ts";
import { LOSSES } from "./loss.ts";
import { PRODUCTS } from "./matmul.ts";
import { ML_OPERATORS } from "./ml/registry.ts";
import { MOVEMENTS } from "./movement.ts";
import { NORMALIZATIONS } from "./normalize.ts";
import { PICKS } from "./pick.ts";
import { POOLS } from "./pool.ts";
import { POWERS } from "./power.ts";
import { QUANTIZATIONS } from "./quantize.ts";
import { RECURRENCES } from "./recurrent.ts";
import { REDUCTIONS } from "./reduce.ts";
import { REGIONS } from "./regions.ts";
import { RESIZES } from "./resize.ts";
import { SAMPLES } from "./sample.ts";
import { SCATTERS } from "./scatter.ts";
import { SEQUENCES } from "./sequence.ts";
import { SHAPES } from "./shape.ts";
import { SORTS } from "./sort.ts";
import { SPECTRA } from "./spectral.ts";
import { TOKEN_COUNTS } from "./tfidf.ts";

export const OPERATORS: OperatorTable = {
  ...ACTIVATIONS,
  ...ARITHMETIC,
  ...BENT_CONVOLUTIONS,
  ...COLUMNS,
  ...CONTROLS,
  ...CONVOLUTIONS,
  ...DETERMINANTS,
  ...LOSSES,
  ...MOVEMENTS,
  ...NORMALIZATIONS,
  ...PICKS,
  ...POOLS,
  ...POWERS,
  ...PRODUCTS,
  ...REDUCTIONS,
  ...REGIONS,
  ...RESIZES,
  ...QUANTIZATIONS,
  ...RECURRENCES,
  ...SAMPLES,
  ...SCATTERS,
  ...SEQUENCES,
  ...SHAPES,
  ...SORTS,
  ...SPECTRA,
  ...SUMS,
  ...TOKEN_COUNTS,
  ...TRANSPOSED_CONVOLUTIONS,
};

/** The tables by their domains; ai.onnx is the empty name. */
export const DOMAINS: Readonly<Record<string, OperatorTable>> = { "": OPERATORS, "ai.onnx.ml": ML_OPERATORS };
