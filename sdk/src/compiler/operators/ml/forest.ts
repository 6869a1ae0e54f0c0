/** Decision trees as nodes list them: one attribute for every field, one element of it for every node. */

import type { OperatorContext } from "../context.ts";

/** How a comparison of a feature with a node's value can end, as bits. */
export const OUTCOMES = { less: 1, equal: 2, greater: 4, unordered: 8 } as const;

/** The outcomes with which a mode takes the true branch. What is no number is unequal to everything. */
const MODES: ReadonlyMap<string, number> = new Map([
  ["LEAF", 0],
  ["BRANCH_LT", OUTCOMES.less],
  ["BRANCH_LEQ", OUTCOMES.less | OUTCOMES.equal],
  ["BRANCH_GT", OUTCOMES.greater],
  ["BRANCH_GTE", OUTCOMES.greater | OUTCOMES.equal],
  ["BRANCH_EQ", OUTCOMES.equal],
  ["BRANCH_NEQ", OUTCOMES.less | OUTCOMES.greater | OUTCOMES.unordered],
]);

/** Some trees. Lists have an element for every node, and nodes are called by their places in them. */
export interface Forest {
  readonly features: readonly number[];
  readonly values: readonly number[];
  /** Outcomes that lead to the true branch; 0 for leaves, whose branches lead to themselves. */
  readonly outcomes: readonly number[];
  readonly yes: readonly number[];
  readonly no: readonly number[];
  readonly roots: readonly number[];
  /** Branches on the longest way from a root to a leaf. */
  readonly depth: number;
  /** What leaves have for targets or classes. */
  readonly weights: readonly { readonly node: number; readonly target: number; readonly weight: number }[];
}

export const NODE_ATTRIBUTES = [
  ...["nodes_falsenodeids", "nodes_featureids", "nodes_hitrates", "nodes_missing_value_tracks_true"],
  ...["nodes_modes", "nodes_nodeids", "nodes_treeids", "nodes_truenodeids", "nodes_values"],
];

/**
 * Reads the trees of a node.
 *
 * @param part - `class` or `target`, with which the attributes of weights begin
 * @param features - how many features a row has
 * @param targets - how many targets or classes there are
 */
export function readForest(
  ctx: OperatorContext,
  part: "class" | "target",
  features: number,
  targets: number,
): Forest {
  const nodeIds = ctx.ints("nodes_nodeids") ?? [];
  const count = nodeIds.length;
  if (count === 0) throw ctx.malformed("it has no nodes");
  const field = <T>(name: string, list: readonly T[] | undefined, wanted = count): readonly T[] => {
    if (list?.length === wanted) return list;
    throw ctx.malformed(`attribute ${name} has ${list?.length ?? 0} elements, not ${wanted}`);
  };
  const ints = (name: string): readonly number[] => field(name, ctx.ints(name));
  const treeIds = ints("nodes_treeids");
  const places = new Map<string, number>();
  for (const [node, id] of nodeIds.entries()) {
    const key = `${treeIds[node]}:${id}`;
    if (places.has(key)) throw ctx.malformed(`tree ${treeIds[node]} has two nodes ${id}`);
    places.set(key, node);
  }
  const placeOf = (tree: number | undefined, id: number | undefined): number => {
    const place = places.get(`${tree}:${id}`);
    if (place === undefined) throw ctx.malformed(`tree ${tree} has no node ${id}`);
    return place;
  };

  const missing = ctx.ints("nodes_missing_value_tracks_true") ?? [];
  const outcomes = field("nodes_modes", ctx.strings("nodes_modes")).map((mode, node) => {
    const own = MODES.get(mode);
    if (own === undefined) throw ctx.unsupported("nodes_modes", mode, [...MODES.keys()].join(", "));
    return own !== 0 && missing[node] === 1 ? own | OUTCOMES.unordered : own;
  });
  const branches = (name: string): readonly number[] =>
    ints(name).map((id, node) => {
      if (outcomes[node] === 0) return node;
      const place = placeOf(treeIds[node], id);
      if (place === node) throw ctx.malformed(`node ${id} of tree ${treeIds[node]} leads to itself`);
      return place;
    });
  const [yes, no] = [branches("nodes_truenodeids"), branches("nodes_falsenodeids")];
  const featureIds = ints("nodes_featureids").map((feature, node) => (outcomes[node] === 0 ? 0 : feature));
  const outside = featureIds.find((feature) => !(feature >= 0 && feature < features));
  if (outside !== undefined) throw ctx.mismatch(`feature ${outside} of rows of ${features}`);
  const roots = [...treeIds.keys()].filter((node) => node === 0 || treeIds[node] !== treeIds[node - 1]);

  const [ids, nodes, trees] = ["ids", "nodeids", "treeids"].map((name) => ctx.ints(`${part}_${name}`) ?? []);
  const own = ctx.floats(`${part}_weights`) ?? [];
  const weights = own.map((weight, i) => {
    const target = ids![i];
    if (target === undefined || !(target >= 0 && target < targets))
      throw ctx.mismatch(`${part} ${target} of ${targets}`);
    return { node: placeOf(trees![i], nodes![i]), target, weight };
  });
  const depth = depthOf(ctx, roots, yes, no);
  const values = field("nodes_values", ctx.floats("nodes_values"));
  return { features: featureIds, values, outcomes, yes, no, roots, depth, weights };
}

/** Walks every tree downwards, a row of nodes at a time: a way longer than there are nodes is a circle. */
function depthOf(
  ctx: OperatorContext,
  roots: readonly number[],
  yes: readonly number[],
  no: readonly number[],
): number {
  let row = new Set(roots);
  for (let depth = 0; ; depth++) {
    const below = new Set<number>();
    for (const node of row) for (const child of [yes[node]!, no[node]!]) if (child !== node) below.add(child);
    if (below.size === 0) return depth;
    if (depth >= yes.length) throw ctx.malformed("a tree leads back to one of its nodes");
    ctx.graph.charge(4 * below.size);
    row = below;
  }
}
