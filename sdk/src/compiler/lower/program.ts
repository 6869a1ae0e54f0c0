/** Emits the steps of a graph. */

import { encodeStep } from "../../machine/encode.ts";
import type { StepInfo } from "../../machine/model.ts";
import { ELEMENT_SIZE } from "../../machine/opcodes.ts";
import type { Step } from "../../machine/types.ts";
import { OnnxLimitError, OnnxUnprovableStepError } from "../errors.ts";
import { type IrNode, sourcesOf } from "../graph/ir.ts";
import { ELEMENT_TYPE_OF, elementCount } from "../host/tensor.ts";
import { LIMITS } from "../limits.ts";
import { type Buffer, rowMajorAxes } from "./buffer.ts";
import { ConstantPool } from "./constants.ts";
import type { FusionPlan } from "./fusion.ts";
import { collectGroup, type Group, type Storage } from "./group.ts";
import { type LoopNest, orderLoops } from "./loops.ts";
import { NeedsBuffer } from "./pull.ts";
import { chunk, emitSteps, isUnprovable, type Provability } from "./steps.ts";

/** Emits steps one by one; knows where every tensor lies. */
export class ProgramEmitter implements Storage {
  readonly #plan: FusionPlan;
  readonly #limits: Provability;
  readonly #inputOffsets: ReadonlyMap<IrNode, number>;
  readonly #buffers = new Map<IrNode, Buffer>();
  readonly #copies = new Map<IrNode, Buffer>();
  readonly #apart = new Set<IrNode>();
  readonly #pool = new ConstantPool();
  readonly #program: Uint8Array[] = [];
  readonly #infos: StepInfo[] = [];
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

  get largestTensorBytes(): number {
    return this.#largestTensorBytes;
  }

  constants(): Uint8Array {
    return this.#pool.toBytes();
  }

  bufferOf(node: IrNode): Buffer | undefined {
    const known = this.#buffers.get(node);
    if (known !== undefined) return known;
    const type = ELEMENT_TYPE_OF[node.type];
    const dims = rowMajorAxes(node.dims);
    let buffer: Buffer;
    if (node.kind === "iota") buffer = { space: "index", type, step: 0, base: 0, dims };
    else if (node.kind === "constant") buffer = { space: "const", type, step: 0, base: 0, dims, constant: node.bytes };
    else if (node.kind === "input") {
      buffer = { space: "input", type, step: 0, base: this.#inputOffsets.get(node)! / ELEMENT_SIZE[type], dims };
    } else return undefined;
    this.#buffers.set(node, buffer);
    return buffer;
  }

  copyOf(node: IrNode): Buffer | undefined {
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
  emit(node: IrNode, isRowMajor: boolean): Buffer {
    const buffer = this.#emitGroup(node, isRowMajor);
    this.#buffers.set(node, buffer);
    return buffer;
  }

  /** Appends a step that is already laid out. */
  emitLoops(nest: LoopNest, info: StepInfo): Buffer {
    const chunked = chunk(nest, this.#limits);
    if (isUnprovable(chunked)) throw new OnnxUnprovableStepError(info.operator, chunked.problem, chunked.context);
    for (const step of emitSteps(chunked, this.#program.length, this.#pool)) this.#append(step, info);
    const step = this.#program.length - 1;
    return { space: "step", type: nest.type, step, base: 0, dims: nest.dims };
  }

  #emitGroup(root: IrNode, isRowMajor: boolean): Buffer {
    for (;;) {
      const group = this.#tryCollect(root);
      if (group === undefined) continue;
      const nest = orderLoops(group, ELEMENT_TYPE_OF[root.type], isRowMajor);
      const chunked = chunk(nest, this.#limits);
      if (!isUnprovable(chunked)) return this.emitLoops(nest, infoOf(group));
      const view = this.#viewToStore(root, group);
      const apart = partToSeparate(root, group);
      if (apart === undefined && view !== undefined) {
        this.emit(view, true);
        continue;
      }
      if (apart === undefined) {
        const { nodes, operator } = infoOf(group);
        const name = `${operator} (${nodes.join(", ")})`;
        throw new OnnxUnprovableStepError(name, chunked.problem, { ...chunked.context, nodes, operator });
      }
      this.#apart.add(apart);
    }
  }

  /** Collects a group, or writes to memory what it turns out to need there. */
  #tryCollect(root: IrNode): Group | undefined {
    try {
      return collectGroup(root, this);
    } catch (need) {
      if (!(need instanceof NeedsBuffer)) throw need;
      const { node } = need;
      if (node === root) throw new OnnxUnprovableStepError(labelOf(root), "its addresses are not affine", {});
      if (this.bufferOf(node) === undefined) this.emit(node, node.kind === "view");
      else this.#copies.set(node, this.#emitGroup(node, true));
      return undefined;
    }
  }

  /** A view that a step reads through and that divides its loops; reading a copy instead leaves them whole. */
  #viewToStore(root: IrNode, { nodes }: Group): IrNode | undefined {
    for (const source of nodes.flatMap(sourcesOf)) {
      let node = source;
      for (; node.kind === "view" && this.bufferOf(node) === undefined; node = node.source) {
        const { kind } = node.view;
        if (node !== root && (kind === "repeat" || kind === "tile" || kind === "reshape")) return node;
      }
    }
    return undefined;
  }

  #append(step: Step, info: StepInfo): void {
    this.#program.push(encodeStep(step));
    this.#infos.push(info);
    const bytes = elementCount(step.extents) * ELEMENT_SIZE[step.type];
    this.#largestTensorBytes = Math.max(this.#largestTensorBytes, bytes);
    if (this.#program.length > LIMITS.steps) {
      throw new OnnxLimitError("Steps of the program", this.#program.length, LIMITS.steps);
    }
  }
}

/** What is best taken out of a step that is too large: its reduction, else half of its elementwise operations. */
function partToSeparate(root: IrNode, { nest, nodes }: Group): IrNode | undefined {
  if (nest !== undefined && nest.node !== root) return nest.node;
  const inner = nodes.filter((node) => node !== root && node !== nest?.node);
  return inner[Math.floor(inner.length / 2)];
}

function labelOf({ at }: IrNode): string {
  return at === undefined ? "an input" : `${at.operator} "${at.node}"`;
}

function infoOf({ nodes }: Group): StepInfo {
  const origins = [...new Set(nodes.flatMap(({ at }) => (at === undefined ? [] : [at])))];
  return {
    nodes: origins.map(({ node }) => node),
    operator: origins.length === 0 ? "Copy" : origins.map(({ operator }) => operator).join("+"),
  };
}

