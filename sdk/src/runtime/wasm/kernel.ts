/** The function of a group: loops over tiles of outputs. Its two parameters are the part of the outermost loop that a call computes. */

import type { FunctionBody } from "../../core/wasm/function.ts";
import { Code } from "../../core/wasm/opcodes.ts";
import { ELEMENT_SIZE } from "../../machine/opcodes.ts";
import type { Operand } from "../../machine/types.ts";
import type { Access } from "./access.ts";
import { advanced, type Cursor, scaled } from "./cursor.ts";
import type { PadRows, Reader } from "./load.ts";
import { type Form, LANES } from "./nest.ts";
import type { KernelPlan, StageReader } from "./plan.ts";
import type { Placed } from "./registers.ts";
import { emitTile } from "./tile.ts";

/** Where things are in memory, in bytes. */
export interface KernelLayout {
  /** First byte of what an operand reads, as if the whole of its space were there. */
  readonly startOf: (operand: Operand) => number;
  readonly packedAt: (reader: StageReader) => number;
  readonly output: number;
  readonly padRows: PadRows;
}

const LOW = 0;
const HIGH = 1;

/** Parts into which the kernel's work can be cut. */
export function unitsOf(plan: KernelPlan): number {
  const [first] = loopsOf(plan);
  return first === undefined ? 1 : first.times;
}

interface Loop {
  readonly kind: "dimension" | "blocks" | "panels" | "rows";
  readonly dimension: number;
  readonly times: number;
}

/** Rows of tiles inside of panels inside of blocks of rows, inside of everything else. */
function loopsOf({ nest, rows, vectors, rowBlock }: KernelPlan): Loop[] {
  const { extents, tile, width } = nest;
  const loops: Loop[] = [];
  for (const [dimension, times] of extents.entries())
    if (dimension !== tile) loops.push({ kind: "dimension", dimension, times });
  const panels: Loop = { kind: "panels", dimension: -1, times: Math.ceil(width / (LANES * vectors)) };
  if (tile < 0) return [...loops, panels];
  const tiles = Math.ceil((extents[tile] ?? 1) / rows);
  loops.push({ kind: "blocks", dimension: tile, times: Math.ceil(tiles / rowBlock) });
  return [...loops, panels, { kind: "rows", dimension: tile, times: rowBlock }];
}

/** A form that the loops carry along. */
interface Track {
  readonly outer: readonly number[];
  /** From one vector of a row to the next. */
  readonly vector: number;
}

interface ReaderTracks {
  readonly access: Access;
  readonly packed: StageReader["packing"];
  readonly start: number;
  readonly address: Form;
  readonly guards: readonly Form[];
  /** Place of the address among the tracks; the guards follow. */
  readonly first: number;
}

export function emitKernel(f: FunctionBody, plan: KernelPlan, layout: KernelLayout): void {
  new Kernel(f, plan, layout).emit();
}

class Kernel {
  readonly #f: FunctionBody;
  readonly #plan: KernelPlan;
  readonly #layout: KernelLayout;
  readonly #tracks: Track[] = [];
  readonly #bases: number[] = [];
  readonly #start: readonly ReaderTracks[];
  readonly #end: readonly ReaderTracks[];
  readonly #stages: readonly (readonly ReaderTracks[])[];
  readonly #output: Form;
  readonly #outputTrack: number;

  constructor(f: FunctionBody, plan: KernelPlan, layout: KernelLayout) {
    this.#f = f;
    this.#plan = plan;
    this.#layout = layout;
    const plainly = (access: Access): ReaderTracks => this.#track(access, undefined, undefined);
    this.#start = plan.start.map(plainly);
    this.#end = plan.end === plan.start ? this.#start : plan.end.map(plainly);
    this.#stages = plan.stages.map((readers) =>
      readers.map((reader) => this.#track(reader.access, reader.packing, reader)),
    );
    this.#output = scaled(plan.nest.output, ELEMENT_SIZE[plan.group.type], layout.output);
    this.#outputTrack = this.#add(this.#output);
  }

  emit(): void {
    const loops = loopsOf(this.#plan);
    const cursors = this.#bases.map((offset): Cursor => ({ local: -1, offset }));
    this.#loop(loops, 0, cursors, { panel: -1, block: -1 });
  }

  #add(form: Form): number {
    this.#tracks.push({ outer: form.outer, vector: form.vector });
    return this.#bases.push(form.base) - 1;
  }

  #track(access: Access, packed: StageReader["packing"], reader: StageReader | undefined): ReaderTracks {
    const { operand } = access;
    const size = operand.space === "index" ? 1 : ELEMENT_SIZE[operand.type];
    if (packed !== undefined && reader !== undefined) {
      const start = this.#layout.packedAt(reader);
      const address = scaled(
        { base: 0, outer: packed.outer, lanes: [0, 1, 2, 3], vector: packed.perVector, inner: packed.inner },
        size,
        start,
      );
      return { access, packed, start, address, guards: [], first: this.#add(address) };
    }
    const start = operand.space === "index" ? 0 : this.#layout.startOf(operand);
    const address = scaled(access.address, size, start);
    const guards = access.guards.map(({ form }) => form);
    const first = this.#add(address);
    for (const form of guards) this.#add(form);
    return { access, packed, start, address, guards, first };
  }

  #loop(
    loops: readonly Loop[],
    level: number,
    cursors: readonly Cursor[],
    at: { readonly panel: number; readonly block: number },
  ): void {
    const f = this.#f;
    const loop = loops[level];
    if (loop === undefined) {
      this.#emitPanel(cursors, at.panel);
      return;
    }
    const taken: number[] = [];
    const index = f.local("i32");
    const { rows, rowBlock, nest } = this.#plan;
    const moved = (stride: (track: Track) => number, pushIndex: () => void): Cursor[] =>
      cursors.map((cursor, j) => advanced(f, cursor, stride(this.#tracks[j] as Track), pushIndex, taken));
    let pushEnd = (): void => void (level === 0 ? f.get(HIGH) : f.i32(loop.times));
    if (level === 0) f.get(LOW);
    else f.i32(0);
    let body = (): void => {};
    if (loop.kind === "dimension")
      body = () =>
        this.#loop(
          loops,
          level + 1,
          moved(
            ({ outer }) => outer[loop.dimension] ?? 0,
            () => void f.get(index),
          ),
          at,
        );
    else if (loop.kind === "blocks")
      body = () => this.#loop(loops, level + 1, cursors, { ...at, block: index });
    else if (loop.kind === "panels") {
      const stride = ({ vector }: Track): number => vector * this.#plan.vectors;
      body = () =>
        this.#loop(
          loops,
          level + 1,
          moved(stride, () => void f.get(index)),
          { ...at, panel: index },
        );
    } else {
      // The last tile is moved back until it fits; what it computes again comes out the same.
      const extent = nest.extents[loop.dimension] ?? 1;
      const tiles = Math.ceil(extent / rows);
      const [row, end] = [f.local("i32"), f.local("i32")];
      taken.push(row, end);
      f.get(at.block).i32(rowBlock).op(Code.i32Mul).op(Code.i32Add);
      f.get(at.block).i32(1).op(Code.i32Add).i32(rowBlock).op(Code.i32Mul).set(end);
      if (tiles % rowBlock !== 0)
        f.get(end).i32(tiles).get(end).i32(tiles).op(Code.i32LtS).op(Code.select).set(end);
      pushEnd = () => void f.get(end);
      body = () => {
        f.get(index).i32(rows).op(Code.i32Mul);
        if (extent % rows !== 0) {
          f.tee(row)
            .i32(extent - rows)
            .get(row)
            .i32(extent - rows)
            .op(Code.i32LtS)
            .op(Code.select);
        }
        f.set(row);
        this.#loop(
          loops,
          level + 1,
          moved(
            ({ outer }) => outer[loop.dimension] ?? 0,
            () => void f.get(row),
          ),
          at,
        );
      };
    }
    f.count(index, pushEnd, 1, body);
    f.release("i32", index, ...taken);
  }

  /** The last panel may have fewer vectors, and the last vector fewer elements. */
  #emitPanel(cursors: readonly Cursor[], panel: number): void {
    const { nest, vectors } = this.#plan;
    const whole = Math.floor(nest.width / (LANES * vectors));
    const rest = nest.width - whole * LANES * vectors;
    const emitWhole = (): void => this.#emitTile(cursors, vectors, LANES);
    const restVectors = Math.ceil(rest / LANES);
    const emitRest = (): void => this.#emitTile(cursors, restVectors, rest - LANES * (restVectors - 1));
    if (rest === 0) emitWhole();
    else if (whole === 0) emitRest();
    else this.#f.get(panel).i32(whole).op(Code.i32LtS).if(emitWhole, emitRest);
  }

  #emitTile(cursors: readonly Cursor[], vectors: number, lastLanes: number): void {
    const plan = this.#plan;
    const place = (tracks: readonly ReaderTracks[]): Placed[] =>
      tracks.map((one) => this.#placed(one, cursors, vectors));
    const start = place(this.#start);
    emitTile({
      f: this.#f,
      plan,
      shape: { rows: plan.rows, vectors, lastLanes },
      start,
      end: this.#end === this.#start ? start : place(this.#end),
      stages: this.#stages.map(place),
      output: {
        form: this.#output,
        rowStride: this.#rowStride(this.#output),
        position: { address: cursors[this.#outputTrack] as Cursor, guards: [] },
      },
      padRows: this.#layout.padRows,
    });
  }

  #rowStride({ outer }: Pick<Form, "outer">): number {
    return outer[this.#plan.nest.tile] ?? 0;
  }

  #placed(tracks: ReaderTracks, cursors: readonly Cursor[], vectors: number): Placed {
    const { access, packed, start, first } = tracks;
    const position = {
      address: cursors[first] as Cursor,
      guards: tracks.guards.map((_, g) => cursors[first + 1 + g] as Cursor),
    };
    const guards = tracks.guards.map((form, g) => ({
      ...{ bound: access.guards[g]?.bound ?? 0, form, rowStride: this.#rowStride(form) },
    }));
    let reader: Reader = {
      ...{ access, address: tracks.address, rowStride: this.#rowStride(tracks.address), guards, start },
    };
    if (packed !== undefined) {
      // A point of the reduction has the vectors of the panel side by side.
      const vector = LANES * ELEMENT_SIZE[access.operand.type];
      const inner = packed.inner.map((points) => points * vectors * vector);
      const address = { ...tracks.address, vector, inner };
      const plainAccess: Access = {
        ...access,
        ...{ guards: [], lanes: "next", canMiss: false, check: "none", variesByVector: true },
      };
      reader = { ...reader, access: plainAccess, address };
    }
    return { reader, position };
  }
}
