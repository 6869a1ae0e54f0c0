/** What the tapes of a tile are evaluated over: operands, immediates, and how they change along its rows and vectors. */

import type { FunctionBody } from "../../core/wasm/function.ts";
import { emitRead, type PadRows, type Position, type Reader } from "./load.ts";
import type { Form } from "./nest.ts";
import type { Value } from "./operations.ts";
import type { KernelPlan } from "./plan.ts";
import { type BaseRegister, TapeEvaluation } from "./tape.ts";

export interface TileShape {
  readonly rows: number;
  readonly vectors: number;
  /** Elements of the last vector that exist. */
  readonly lastLanes: number;
}

/** An operand at the tile. */
export interface Placed {
  readonly reader: Reader;
  readonly position: Position;
}

export interface TileCode {
  readonly f: FunctionBody;
  readonly plan: KernelPlan;
  readonly shape: TileShape;
  readonly start: readonly Placed[];
  readonly end: readonly Placed[];
  readonly stages: readonly (readonly Placed[])[];
  readonly output: { readonly form: Form; readonly rowStride: number; readonly position: Position };
  readonly padRows: PadRows;
}

export function forEachOutput({ shape }: TileCode, visit: (row: number, vector: number) => void): void {
  for (let row = 0; row < shape.rows; row++)
    for (let vector = 0; vector < shape.vectors; vector++) visit(row, vector);
}

export function evaluate(
  { f }: TileCode,
  tape: KernelPlan["group"]["epilogue"],
  registers: (BaseRegister & { link?: (evaluation: TapeEvaluation) => void })[],
  results: readonly number[],
): TapeEvaluation {
  const evaluation = new TapeEvaluation(f, tape, registers, results);
  for (const { link } of registers) link?.(evaluation);
  return evaluation;
}

export function immediateRegister(f: FunctionBody, known: number): BaseRegister {
  return { row: false, vector: false, isLoose: false, known, emit: () => void f.splat(known) };
}

export function operandRegister(
  { f, shape, padRows }: TileCode,
  reader: Reader,
  position: Position,
): BaseRegister & { link: (evaluation: TapeEvaluation) => void } {
  const { access } = reader;
  const { index } = access.operand;
  let owner: TapeEvaluation | undefined;
  const indexedBy = (row: number, vector: number): Value =>
    owner?.value(index?.operand ?? -1, row, vector) ?? { push: () => f.splat(0), isLoose: false };
  return {
    ...{ row: access.variesByRow, vector: access.variesByVector, isLoose: false },
    ...(index === undefined ? {} : { indexedBy: index.operand }),
    ...(access.isPad ? { known: access.operand.pad } : {}),
    link: (evaluation) => {
      owner = evaluation;
    },
    emit: (row, vector) => {
      const lanes = vector === shape.vectors - 1 ? shape.lastLanes : 4;
      emitRead(f, reader, position, { row, vector, lanes }, () => indexedBy(row, vector), padRows);
    },
  };
}
