/** Code of one tile: a few rows of a few vectors of outputs, each with an accumulator of its own that lives in a register. */

import { Simd } from "../../core/wasm/opcodes.ts";
import { FOLD_OPS } from "../../machine/budget.ts";
import { ELEMENT_SIZE } from "../../machine/opcodes.ts";
import { pushAddress, shifted } from "./cursor.ts";
import { judge } from "./load.ts";
import { emitOperation, pushExact, type Value } from "./operations.ts";
import { emitReduction } from "./reduce.ts";
import {
  evaluate,
  forEachOutput,
  immediateRegister,
  operandRegister,
  type Placed,
  type TileCode,
} from "./registers.ts";
import type { BaseRegister } from "./tape.ts";

export function emitTile(code: TileCode): void {
  const { f, plan } = code;
  const { group } = plan;
  const { rows, vectors } = code.shape;
  const taken: number[] = [];
  const start = code.start.map((placed) => judged(code, placed, taken));
  const end = code.end === code.start ? start : code.end.map((placed) => judged(code, placed, taken));
  const accumulators = Array.from({ length: group.stages.length > 0 ? rows * vectors : 0 }, () =>
    f.local("v128"),
  );
  const at = (row: number, vector: number): number => accumulators[row * vectors + vector] as number;

  let isLoose = false;
  if (accumulators.length > 0) {
    const registers = outerRegisters(code, start, group.start.immediates);
    const init = group.init < registers.length ? group.init : -1;
    const evaluation = evaluate(code, [], registers, [init]);
    forEachOutput(code, (row, vector) => {
      evaluation.value(init, row, vector).push();
      f.set(at(row, vector));
      evaluation.releaseOwn();
    });
    evaluation.release();
    for (const [number, stage] of group.stages.entries()) {
      const op = FOLD_OPS[stage.fold] as number;
      const isFloat = stage.fold.startsWith("f32");
      if (isLoose && !isFloat)
        for (const local of accumulators) {
          pushExact(f, { push: () => void f.get(local), isLoose });
          f.set(local);
        }
      isLoose = isFloat;
      emitReduction(code, number, (row, vector, value) => {
        const local = at(row, vector);
        emitOperation(f, op, { push: () => void f.get(local), isLoose: isFloat }, value, value);
        f.set(local);
      });
    }
  }
  emitEpilogue(code, end, at, isLoose);
  f.release("v128", ...accumulators);
  f.release("i32", ...taken);
}

/** Outer operands are judged once for the tile. */
function judged({ f, shape, padRows }: TileCode, { reader, position }: Placed, taken: number[]): Placed {
  if (reader.access.check !== "pointer") return { reader, position };
  return { reader, position: judge(f, reader, position, shape.rows, padRows, taken) };
}

function emitEpilogue(
  code: TileCode,
  end: readonly Placed[],
  at: (row: number, vector: number) => number,
  isLoose: boolean,
): void {
  const { f, plan } = code;
  const { group } = plan;
  const registers = outerRegisters(code, end, group.end.immediates);
  const first = registers[group.init] ?? ZERO;
  registers.push(
    group.stages.length === 0
      ? { ...first, emit: (row, vector) => (first === ZERO ? void f.splat(0) : first.emit(row, vector)) }
      : { row: true, vector: true, isLoose, emit: (row, vector) => void f.get(at(row, vector)) },
  );
  const result = registers.length + group.epilogue.length - 1;
  const evaluation = evaluate(code, group.epilogue, registers, [result]);
  forEachOutput(code, (row, vector) => {
    store(code, row, vector, evaluation.value(result, row, vector));
    evaluation.releaseOwn();
  });
  evaluation.release();
}

const ZERO: BaseRegister = { row: false, vector: false, isLoose: false, known: 0, emit: () => {} };

function outerRegisters(
  code: TileCode,
  placed: readonly Placed[],
  immediates: readonly number[],
): BaseRegister[] {
  return [
    ...placed.map(({ reader, position }) => operandRegister(code, reader, position)),
    ...immediates.map((bits) => immediateRegister(code.f, bits)),
  ];
}

/** Writes the elements of a vector that exist. */
function store({ f, plan, shape, output }: TileCode, row: number, vector: number, value: Value): void {
  const size = ELEMENT_SIZE[plan.group.type];
  const lanes = vector === shape.vectors - 1 ? shape.lastLanes : 4;
  const cursor = shifted(output.position.address, row * output.rowStride + vector * output.form.vector);
  const held = f.local("v128");
  pushExact(f, value);
  if (size === 1)
    f.splat(0xff).simd(Simd.and).get(held).simd(Simd.narrow32To16U).get(held).simd(Simd.narrow16To8U);
  f.set(held);
  const put = (code: number, lane: number, byte: number): void => {
    const offset = pushAddress(f, shifted(cursor, byte));
    f.get(held).laneAccess(code, offset, lane);
  };
  if (size === 1) {
    if (lanes === 4) put(Simd.store32Lane, 0, 0);
    else for (let lane = 0; lane < lanes; lane++) put(Simd.store8Lane, lane, lane);
  } else if (lanes === 4) {
    const offset = pushAddress(f, cursor);
    f.get(held).access(Simd.store, offset);
  } else {
    if (lanes >= 2) put(Simd.store64Lane, 0, 0);
    if (lanes !== 2) put(Simd.store32Lane, lanes - 1, 4 * (lanes - 1));
  }
  f.release("v128", held);
}
