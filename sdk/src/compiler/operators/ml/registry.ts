/** The operators of the domain ai.onnx.ml that are supported: what is left of classical models once they are exported. */

import type { Item } from "../../graph/ir.ts";
import type { OperatorContext, OperatorTable } from "../context.ts";
import { LINEAR_MODELS } from "./linear.ts";
import { PREPROCESSORS } from "./preprocess.ts";
import { TREES } from "./trees.ts";

/** A map for every row, from the classes that the node names to the row's elements: the tensor of the rows says the same. */
const identity = (ctx: OperatorContext): Item => ctx.input(0);

export const ML_OPERATORS: OperatorTable = {
  ...LINEAR_MODELS,
  ...PREPROCESSORS,
  ...TREES,
  ZipMap: {
    since: 1,
    attributes: ["classlabels_int64s", "classlabels_strings"],
    translate: identity,
  },
};
