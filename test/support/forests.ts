/** Made-up decision trees, as the attributes of nodes. */

import type { Attributes } from "./onnx.ts";
import type { Random } from "./random.ts";

export interface ForestShape {
  readonly trees: number;
  readonly depth: number;
  readonly features: number;
  /** Classes or targets for which every leaf has a weight. */
  readonly targets: readonly number[];
  /** Modes of branches, of which each takes one. */
  readonly modes: readonly string[];
  readonly weight: () => number;
  readonly tracksMissing?: boolean;
}

interface Lists {
  readonly ints: Record<string, number[]>;
  readonly modes: string[];
  readonly values: number[];
  readonly weights: number[];
}

/** @param part - `class` or `target` */
export function forestAttributes(part: "class" | "target", shape: ForestShape, random: Random): Attributes {
  const names = ["treeids", "nodeids", "featureids", "truenodeids", "falsenodeids"];
  const ids = ["ids", "treeids", "nodeids"].map((name) => `${part}_${name}`);
  const lists: Lists = {
    ints: Object.fromEntries([...names.map((name) => `nodes_${name}`), ...ids].map((name) => [name, []])),
    ...{ modes: [], values: [], weights: [] },
  };
  const missing: number[] = [];
  const push = (name: string, value: number): unknown => lists.ints[name]?.push(value);
  for (let tree = 0; tree < shape.trees; tree++) {
    let next = 1;
    const grow = (node: number, depth: number): void => {
      // The first way down always has the full depth.
      const isLeaf = depth === shape.depth || (node !== depth && random.chance(0.3));
      const [yes, no] = isLeaf ? [0, 0] : [next, next + 1];
      if (!isLeaf) next += 2;
      const feature = isLeaf ? 0 : random.integer(0, shape.features - 1);
      for (const [i, value] of [tree, node, feature, yes, no].entries()) push(`nodes_${names[i]}`, value);
      lists.modes.push(isLeaf ? "LEAF" : random.pick(shape.modes));
      // Halves, so that inputs of halves meet them exactly.
      lists.values.push(isLeaf ? 0 : random.integer(-3, 3) / 2);
      missing.push(Number(random.chance(0.5)));
      for (const target of isLeaf ? shape.targets : []) {
        for (const [i, value] of [target, tree, node].entries()) push(ids[i] as string, value);
        lists.weights.push(Math.fround(shape.weight()));
      }
      if (isLeaf) return;
      grow(yes, depth + 1);
      grow(no, depth + 1);
    };
    grow(0, 0);
  }
  return {
    ...lists.ints,
    nodes_modes: { strings: lists.modes },
    nodes_values: { floats: lists.values },
    [`${part}_weights`]: { floats: lists.weights },
    ...(shape.tracksMissing === true ? { nodes_missing_value_tracks_true: missing } : {}),
  };
}
