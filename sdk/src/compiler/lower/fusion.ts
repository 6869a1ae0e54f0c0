/** Decides which nodes share a step. A step writes one tensor, so a node can live inside a step only if nobody else reads it. */

import { type IrNode, type PointwiseNode, sourcesOf } from "../graph/ir.ts";
import { elementCount } from "../host/tensor.ts";
import { scheduled, Tape } from "../tape/tape.ts";

/** Registers that the parts of one step may need together; the machine has 256, some of which the operands take. */
const MOST_REGISTERS = 200;

/** Nodes that are written to memory, each at the end of a step of its own. */
export interface FusionPlan {
  /** In ascending order of id; views are never among them. */
  readonly roots: readonly IrNode[];
  /** Whether a node is computed inside the step of another one. */
  isInlined(node: IrNode): boolean;
}

interface Use {
  readonly by: IrNode;
  /** Whether element for element of the user is computed from one element, each being used once. */
  readonly isAligned: boolean;
}

/** What the nodes of a step need: an upper bound, since they share operands and operations too. */
class Group {
  readonly #immediates = new Set<number>();
  #others = 0;
  #nests = 0;

  fits(needs: Needs): boolean {
    const fresh = [...needs.immediates].filter((bits) => !this.#immediates.has(bits)).length;
    const registers = this.#immediates.size + fresh + this.#others + needs.others;
    return registers <= MOST_REGISTERS && this.#nests + needs.nests <= 1;
  }

  add(needs: Needs): void {
    for (const bits of needs.immediates) this.#immediates.add(bits);
    this.#others += needs.others;
    this.#nests += needs.nests;
  }
}

/** What one node needs: immediates, which are shared, and registers for its operations and operands. */
interface Needs {
  readonly immediates: ReadonlySet<number>;
  readonly others: number;
  readonly nests: number;
}

const NEST: Needs = { immediates: new Set(), others: 8, nests: 1 };

/**
 * Walks backwards from the outputs. A node joins the step that all of its readers are part of; of several reductions only the last can.
 *
 * @param outputs - nodes whose elements leave the model
 */
export function planFusion(outputs: readonly IrNode[]): FusionPlan {
  const nodes = reachable(outputs);
  const uses = collectUses(nodes);
  const escaping = new Set(outputs.map(stripViews));
  const rootOf = new Map<IrNode, IrNode>();
  const groups = new Map<IrNode, Group>();
  for (const node of nodes.toReversed()) {
    if (node.kind !== "pointwise" && node.kind !== "nest") continue;
    const needs = node.kind === "pointwise" ? needsOf(node) : NEST;
    const root = escaping.has(node) ? undefined : commonRoot(uses.get(node) ?? [], rootOf);
    let group = root === undefined ? undefined : groups.get(root);
    if (root === undefined || group === undefined || !group.fits(needs)) {
      rootOf.set(node, node);
      group = new Group();
      groups.set(node, group);
    } else rootOf.set(node, root);
    group.add(needs);
  }
  return {
    roots: nodes.filter((node) => rootOf.get(node) === node),
    isInlined: (node) => rootOf.has(node) && rootOf.get(node) !== node,
  };
}

/** The step that all readers are part of, if each can read its element where it is made. */
function commonRoot(uses: readonly Use[], rootOf: ReadonlyMap<IrNode, IrNode>): IrNode | undefined {
  const roots = new Set(uses.map(({ by, isAligned }) => (isAligned ? rootOf.get(by) : undefined)));
  return roots.size === 1 ? [...roots][0] : undefined;
}

/** Everything that the outputs are computed from, in ascending order of id. */
function reachable(outputs: readonly IrNode[]): readonly IrNode[] {
  const found = new Set<IrNode>(outputs);
  for (const node of found) for (const source of sourcesOf(node)) found.add(source);
  return [...found].sort((a, b) => a.id - b.id);
}

/** The node that a chain of views looks at. */
function stripViews(node: IrNode): IrNode {
  let inner = node;
  while (inner.kind === "view") inner = inner.source;
  return inner;
}

function collectUses(nodes: readonly IrNode[]): ReadonlyMap<IrNode, readonly Use[]> {
  const uses = new Map<IrNode, Use[]>();
  for (const by of nodes) {
    if (by.kind === "view") {
      // The coordinates of a gather are read from memory, whoever reads the gathered elements.
      if (by.view.kind === "gather") addUse(uses, by.view.index, { by, isAligned: false });
      continue;
    }
    const count = elementCount(by.dims);
    for (const source of sourcesOf(by)) {
      const isAligned = by.kind === "pointwise" && elementCount(source.dims) === count && isBijective(source);
      addUse(uses, source, { by, isAligned });
    }
  }
  return uses;
}

function addUse(uses: Map<IrNode, Use[]>, source: IrNode, use: Use): void {
  const node = stripViews(source);
  const list = uses.get(node);
  if (list === undefined) uses.set(node, [use]);
  else list.push(use);
}

function isBijective(node: IrNode): boolean {
  let inner = node;
  while (inner.kind === "view") {
    if (inner.view.kind !== "reshape" && inner.view.kind !== "permute") return false;
    inner = inner.source;
  }
  return true;
}

function needsOf(node: PointwiseNode): Needs {
  const tape = new Tape();
  const result = node.emit(
    tape,
    node.inputs.map((_, slot) => tape.operand(slot)),
  );
  const registers = scheduled(tape, result);
  const immediates = new Set(registers.flatMap((register) => tape.immediate(register) ?? []));
  return { immediates, others: registers.length - immediates.size, nests: 0 };
}
