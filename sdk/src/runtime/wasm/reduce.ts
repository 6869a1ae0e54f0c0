/** The reduction of a tile: loops in row-major order around the body and the fold, unrolled where that is worth it. */

import type { FunctionBody } from "../../core/wasm/function.ts";
import { Code } from "../../core/wasm/opcodes.ts";
import { ELEMENT_SIZE } from "../../machine/opcodes.ts";
import type { Access } from "./access.ts";
import { movable, pushCursor, shifted } from "./cursor.ts";
import type { Stage } from "./group.ts";
import { judge, type Position, type Reader } from "./load.ts";
import type { Form } from "./nest.ts";
import type { Value } from "./operations.ts";
import {
  evaluate,
  forEachOutput,
  immediateRegister,
  operandRegister,
  type Placed,
  type TileCode,
} from "./registers.ts";

type FoldInto = (row: number, vector: number, value: Value) => void;

/** Bytes of the rows of pads: how far loops inside of a judgement may walk along one. */
export const PAD_ROW_BYTES = 4096;

/** Instructions of fold and body that one round of the innermost loop should have, about. */
const ROUND = 96;

export function emitReduction(code: TileCode, stage: number, fold: FoldInto): void {
  const { f } = code;
  const placed = code.stages[stage] ?? [];
  const positions = placed.map(({ position }) => position);
  const run = (isTrusted: boolean): void => {
    new Reduction(code, stage, fold, isTrusted).emit(0, positions);
  };
  const judgedOnes = placed.filter(({ reader: { access } }) => access.check === "pointer" && !access.canMiss);
  if (judgedOnes.length === 0) run(false);
  else if (judgedOnes.some((one) => cannotHold(code, stage, one))) run(false);
  else {
    pushInterior(code, stage, judgedOnes);
    f.if(
      () => run(true),
      () => run(false),
    );
  }
}

/** Least and most that a guard's form adds over the rows of a tile and the reduction. */
function spread(code: TileCode, stage: number, form: Form, rowStride: number): [least: number, most: number] {
  let [least, most] = [0, 0];
  const add = (reach: number): void => {
    least += Math.min(reach, 0);
    most += Math.max(reach, 0);
  };
  add(rowStride * (code.shape.rows - 1));
  for (const [d, extent] of (code.plan.nest.reductions[stage] ?? []).entries())
    add((form.inner[d] ?? 0) * (extent - 1));
  return [least, most];
}

function cannotHold(code: TileCode, stage: number, { reader }: Placed): boolean {
  return reader.guards.some(({ bound, form, rowStride }) => {
    const [least, most] = spread(code, stage, form, rowStride);
    return most - least >= bound;
  });
}

/** Whether all guards of these hold for the whole tile. What is judged lane by lane is none of them. */
function pushInterior(code: TileCode, stage: number, placed: readonly Placed[]): void {
  const { f } = code;
  let isFirst = true;
  for (const { reader, position } of placed) {
    for (const [g, { bound, form, rowStride }] of reader.guards.entries()) {
      const cursor = position.guards[g];
      if (cursor === undefined) continue;
      const [least, most] = spread(code, stage, form, rowStride);
      pushCursor(f, shifted(cursor, least));
      f.i32(0).op(Code.i32GeS);
      pushCursor(f, shifted(cursor, most));
      f.i32(bound).op(Code.i32LtS).op(Code.i32And);
      if (!isFirst) f.op(Code.i32And);
      isFirst = false;
    }
  }
}

class Reduction {
  readonly #code: TileCode;
  readonly #f: FunctionBody;
  readonly #fold: FoldInto;
  /** Whether guards that hold for whole vectors are known to hold. */
  readonly #isTrusted: boolean;
  readonly #readers: readonly Reader[];
  readonly #extents: readonly number[];
  readonly #stage: Stage;
  /** Iterations per round of each loop; the extent where there is no loop. */
  readonly #unrolled: readonly number[];

  constructor(code: TileCode, stage: number, fold: FoldInto, isTrusted: boolean) {
    this.#code = code;
    this.#f = code.f;
    this.#fold = fold;
    this.#isTrusted = isTrusted;
    this.#readers = (code.stages[stage] ?? []).map(({ reader }) => reader);
    this.#extents = code.plan.nest.reductions[stage] ?? [];
    this.#stage = code.plan.group.stages[stage] as Stage;
    const { rows, vectors } = code.shape;
    const work = rows * vectors * Math.max(this.#stage.body.length, 1);
    this.#unrolled = unrolling(this.#extents, Math.max(Math.floor(ROUND / work), 1));
  }

  emit(level: number, given: readonly Position[]): void {
    const f = this.#f;
    const taken: number[] = [];
    const positions = given.map((position, j) => this.#judged(j, level, position, taken));
    const extent = this.#extents[level];
    if (extent === undefined) this.#emitPoint(positions);
    else {
      const round = this.#unrolled[level] ?? extent;
      if (round === extent) this.#emitRound(level, positions, extent);
      else this.#emitLoop(level, positions, extent, round, taken);
    }
    f.release("i32", ...taken);
  }

  #emitRound(level: number, positions: readonly Position[], iterations: number): void {
    for (let i = 0; i < iterations; i++)
      this.emit(
        level + 1,
        positions.map((position, j) => this.#moved(j, level, position, i)),
      );
  }

  #emitLoop(level: number, given: readonly Position[], extent: number, round: number, taken: number[]): void {
    const f = this.#f;
    const moves: (() => void)[] = [];
    const positions = given.map((position, j) => {
      const { address, guards } = this.#readers[j] as Reader;
      const move = (cursor: Position["address"], form: Form): Position["address"] => {
        const stride = form.inner[level] ?? 0;
        if (stride === 0) return cursor;
        const own = movable(f, cursor, stride, taken);
        moves.push(
          () =>
            void f
              .get(own.local)
              .i32((stride * round) | 0)
              .op(Code.i32Add)
              .set(own.local),
        );
        return own;
      };
      if (position.judged !== undefined)
        return { ...position, judged: position.judged.map((cursor) => move(cursor, address)) };
      return {
        address: move(position.address, address),
        guards: position.guards.map((cursor, g) =>
          move(cursor, (guards[g] as Reader["guards"][number]).form),
        ),
      };
    });
    const counter = f.local("i32");
    const rounds = Math.floor(extent / round);
    f.i32(0).count(
      counter,
      () => void f.i32(rounds),
      1,
      () => {
        this.#emitRound(level, positions, round);
        for (const move of moves) move();
      },
    );
    f.release("i32", counter);
    this.#emitRound(level, positions, extent % round);
  }

  #moved(j: number, level: number, position: Position, times: number): Position {
    const { address, guards } = this.#readers[j] as Reader;
    const by = (form: Form): number => (form.inner[level] ?? 0) * times;
    if (position.judged !== undefined)
      return { ...position, judged: position.judged.map((cursor) => shifted(cursor, by(address))) };
    return {
      address: shifted(position.address, by(address)),
      guards: position.guards.map((cursor, g) =>
        shifted(cursor, by((guards[g] as Reader["guards"][number]).form)),
      ),
    };
  }

  /** Judges an operand where nothing further inside can change the verdict and a row of pads is long enough for what is left. */
  #judged(j: number, level: number, position: Position, taken: number[]): Position {
    const reader = this.#readers[j] as Reader;
    const { access } = reader;
    if (access.check !== "pointer" || position.judged !== undefined) return position;
    if (this.#isTrusted && !access.canMiss) return position;
    if (level < this.#extents.length && !this.#isDecided(reader, access, level)) return position;
    return judge(this.#f, reader, position, this.#code.shape.rows, this.#code.padRows, taken);
  }

  #isDecided(reader: Reader, access: Access, level: number): boolean {
    if (access.canMiss) return false;
    let span = ELEMENT_SIZE[access.operand.type] * 4 * this.#code.shape.vectors;
    for (let d = level; d < this.#extents.length; d++) {
      const stride = reader.address.inner[d] ?? 0;
      if (stride < 0 || reader.guards.some(({ form }) => (form.inner[d] ?? 0) !== 0)) return false;
      span += stride * ((this.#extents[d] ?? 1) - 1);
    }
    return span <= PAD_ROW_BYTES;
  }

  #emitPoint(positions: readonly Position[]): void {
    const code = this.#code;
    const { body, immediates } = this.#stage;
    const registers = [
      ...this.#readers.map((reader, j) => operandRegister(code, reader, positions[j] as Position)),
      ...immediates.map((bits) => immediateRegister(code.f, bits)),
    ];
    const last = registers.length + body.length - 1;
    const evaluation = evaluate(code, body, registers, [last]);
    forEachOutput(code, (row, vector) => {
      this.#fold(row, vector, evaluation.value(last, row, vector));
      evaluation.releaseOwn();
    });
    evaluation.release();
  }
}

/** Unrolls from the innermost loop outwards as far as the points allow. */
function unrolling(extents: readonly number[], most: number): number[] {
  let room = most;
  const rounds = extents.map(() => 1);
  for (let d = extents.length - 1; d >= 0; d--) {
    const extent = extents[d] ?? 1;
    if (extent <= room) {
      rounds[d] = extent;
      room = Math.floor(room / extent);
      continue;
    }
    let divisor = room;
    while (extent % divisor !== 0) divisor--;
    rounds[d] = divisor * 2 > room ? divisor : Math.max(room, 1);
    break;
  }
  return rounds;
}
