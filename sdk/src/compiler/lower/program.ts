/** Emits the steps of a graph. */

import { encodeStep } from "../../machine/encode.ts";
import type { StepInfo } from "../../machine/model.ts";
import { ELEMENT_SIZE } from "../../machine/opcodes.ts";
import type { Step } from "../../machine/types.ts";
import { type NodeContext, OnnxLimitError, OnnxUnprovableStepError } from "../errors.ts";
import { type IrNode, sourcesOf } from "../graph/ir.ts";
import { ELEMENT_TYPE_OF, elementCount } from "../host/tensor.ts";
import { LIMITS } from "../limits.ts";
import { ConstantPool } from "./constants.ts";
import type { FusionPlan } from "./fusion.ts";
import { collectGroup, type Group, type Storage } from "./group.ts";
import { type LoopNest, orderLoops } from "./loops.ts";
import { type Placement, rowMajorAxes } from "./placement.ts";
import { NeedsMemory } from "./pull.ts";
import { findRelayout } from "./relayout.ts";
import { chunk, emitSteps, isUnprovable, type Provability } from "./steps.ts";

/** Emits steps one by one; knows where every tensor lies. */
export class ProgramEmitter implements Storage {
  readonly #plan: FusionPlan;
  readonly #limits: Provability;
  readonly #inputOffsets: ReadonlyMap<IrNode, number>;
  readonly #placements = new Map<IrNode, Placement>();
  readonly #copies = new Map<IrNode, Placement>();
  readonly #apart = new Set<IrNode>();
  readonly #pool = new ConstantPool();
  readonly #program: Uint8Array[] = [];
  readonly #infos: StepInfo[] = [];
  readonly #origins: (NodeContext | undefined)[] = [];
  #programBytes = 0;
  #largestTensorBytes = 0;

  /** @param inputOffsets - bytes at which the inputs lie in a request */
  constructor(plan: FusionPlan, inputOffsets: ReadonlyMap<IrNode, number>, limits: Provability) {
    this.#plan = plan;
    this.#inputOffsets = inputOffsets;
    this.#limits = limits;
  }

  get program(): readonly Uint8Array[] {
    return this.#program;
  }

  get infos(): readonly StepInfo[] {
    return this.#infos;
  }

  /** The node that a step was made for, the last one if several are joined; `undefined` if it only copies inputs or outputs. */
  originOf(step: number): NodeContext | undefined {
    return this.#origins[step];
  }

  get largestTensorBytes(): number {
    return this.#largestTensorBytes;
  }

  constants(): Uint8Array {
    return this.#pool.toBytes();
  }

  placementOf(node: IrNode): Placement | undefined {
    const known = this.#placements.get(node);
    if (known !== undefined) return known;
    const type = ELEMENT_TYPE_OF[node.type];
    const dims = rowMajorAxes(node.dims);
    let placement: Placement;
    if (node.kind === "iota") placement = { space: "index", type, step: 0, base: 0, dims };
    else if (node.kind === "constant")
      placement = { space: "const", type, step: 0, base: 0, dims, constant: node.bytes };
    else if (node.kind === "input") {
      placement = {
        space: "input",
        type,
        step: 0,
        base: this.#inputOffsets.get(node)! / ELEMENT_SIZE[type],
        dims,
      };
    } else return undefined;
    this.#placements.set(node, placement);
    return placement;
  }

  copyOf(node: IrNode): Placement | undefined {
    return this.#copies.get(node);
  }

  isInlined(node: IrNode): boolean {
    return this.#plan.isInlined(node) && !this.#apart.has(node);
  }

  /**
   * Writes a node to memory, and before it whatever must be there first.
   *
   * @throws {OnnxUnprovableStepError} if that takes a step that cannot be proven
   */
  emit(node: IrNode, isRowMajor: boolean): Placement {
    const placement = this.#emitGroup(node, isRowMajor);
    this.#placements.set(node, placement);
    return placement;
  }

  /** Appends a step that is already laid out. */
  emitLoops(nest: LoopNest, info: StepInfo, at: NodeContext | undefined): Placement {
    const chunked = chunk(nest, this.#limits);
    if (isUnprovable(chunked))
      throw new OnnxUnprovableStepError(info, chunked.problem, { at, context: chunked.context });
    for (const step of emitSteps(chunked, this.#program.length, this.#pool)) this.#append(step, info, at);
    const step = this.#program.length - 1;
    return { space: "step", type: nest.type, step, base: 0, dims: nest.dims };
  }

  #emitGroup(root: IrNode, isRowMajor: boolean): Placement {
    for (;;) {
      const group = this.#tryCollect(root);
      if (group === undefined) continue;
      const info = infoOf(group.nodes);
      const nest = this.#relaid(orderLoops(group, ELEMENT_TYPE_OF[root.type], isRowMajor), info, root.at);
      const chunked = chunk(nest, this.#limits);
      if (!isUnprovable(chunked)) return this.emitLoops(nest, info, root.at);
      const view = this.#viewToStore(root, group);
      const apart = partToSeparate(root, group);
      if (apart === undefined && view !== undefined) {
        this.emit(view, true);
        continue;
      }
      if (apart === undefined) {
        const { problem, context } = chunked;
        throw new OnnxUnprovableStepError(info, problem, { at: root.at, context });
      }
      this.#apart.add(apart);
    }
  }

  /** The loops with those operands copied that are cheaper to read in another order. */
  #relaid(nest: LoopNest, info: StepInfo, at: NodeContext | undefined): LoopNest {
    const relayout = findRelayout(nest, this.#limits);
    if (relayout === undefined) return nest;
    const copying = { ...info, operator: `Operand of ${info.operator}` };
    const { step } = this.emitLoops(relayout.copy, copying, at);
    return this.#relaid(relayout.withCopy(step), info, at);
  }

  /** Collects a group, or writes to memory what it turns out to need there. */
  #tryCollect(root: IrNode): Group | undefined {
    try {
      return collectGroup(root, this);
    } catch (need) {
      if (!(need instanceof NeedsMemory)) throw need;
      const { node } = need;
      if (node === root || this.#copies.has(node))
        throw new OnnxUnprovableStepError(infoOf([root]), "its addresses are not affine", { at: root.at });
      if (this.placementOf(node) === undefined) this.emit(node, node.kind === "view");
      else this.#copies.set(node, this.#emitGroup(node, true));
      return undefined;
    }
  }

  /** A view that a step reads through and that divides its loops; reading a copy instead leaves them whole. */
  #viewToStore(root: IrNode, { nodes }: Group): IrNode | undefined {
    for (const source of nodes.flatMap(sourcesOf)) {
      let node = source;
      for (; node.kind === "view" && this.placementOf(node) === undefined; node = node.source) {
        const { kind } = node.view;
        if (node !== root && (kind === "repeat" || kind === "tile" || kind === "reshape")) return node;
      }
    }
    return undefined;
  }

  #append(step: Step, info: StepInfo, at: NodeContext | undefined): void {
    const encoding = encodeStep(step);
    this.#program.push(encoding);
    this.#infos.push(info);
    this.#origins.push(at);
    this.#programBytes += encoding.length;
    const bytes = elementCount(step.extents) * ELEMENT_SIZE[step.type];
    this.#largestTensorBytes = Math.max(this.#largestTensorBytes, bytes);
    if (this.#program.length > LIMITS.steps) {
      throw new OnnxLimitError("Steps of the program", this.#program.length, LIMITS.steps);
    }
    if (this.#programBytes > LIMITS.programBytes) {
      throw new OnnxLimitError("Bytes of the program", this.#programBytes, LIMITS.programBytes);
    }
  }
}

/** What is best taken out of a step that is too large: its reduction, else half of its elementwise operations. */
function partToSeparate(root: IrNode, { nest, nodes }: Group): IrNode | undefined {
  if (nest !== undefined && nest.node !== root) return nest.node;
  const inner = nodes.filter((node) => node !== root && node !== nest?.node);
  return inner[Math.floor(inner.length / 2)];
}

function infoOf(nodes: readonly IrNode[]): StepInfo {
  const origins = [...new Set(nodes.flatMap(({ at }) => (at === undefined ? [] : [at])))];
  return {
    nodes: origins.map(({ node }) => node),
    operator: origins.length === 0 ? "Copy" : origins.map(({ operator }) => operator).join("+"),
  };
}
