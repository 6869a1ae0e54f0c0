/** Affine forms while a kernel walks its loops: what is known when the code is written is an offset, the rest is in a local. */

import type { FunctionBody } from "../../core/wasm/function.ts";
import { Code } from "../../core/wasm/opcodes.ts";
import type { Form } from "./nest.ts";

export interface Cursor {
  /** Local that is added to the offset; -1 if there is none. */
  readonly local: number;
  readonly offset: number;
}

/** A form in units of `size`, its base moved by `start`. */
export function scaled(form: Form, size: number, start: number): Form {
  const times = (list: readonly number[]): number[] => list.map((value) => value * size);
  const [a = 0, b = 0, c = 0, d = 0] = times(form.lanes);
  return {
    base: start + form.base * size,
    outer: times(form.outer),
    lanes: [a, b, c, d],
    vector: form.vector * size,
    inner: times(form.inner),
  };
}

export function shifted(cursor: Cursor, by: number): Cursor {
  return by === 0 ? cursor : { ...cursor, offset: cursor.offset + by };
}

/** Puts the cursor's value on the stack. */
export function pushCursor(f: FunctionBody, { local, offset }: Cursor): void {
  if (local < 0) f.i32(offset | 0);
  else {
    f.get(local);
    if (offset !== 0) f.i32(offset | 0).op(Code.i32Add);
  }
}

/** Puts an address on the stack and returns the offset that the access has to carry. Only a whole address may be negative on the way. */
export function pushAddress(f: FunctionBody, cursor: Cursor): number {
  if (cursor.local >= 0 && cursor.offset >= 0 && cursor.offset < 2 ** 31) {
    f.get(cursor.local);
    return cursor.offset;
  }
  pushCursor(f, cursor);
  return 0;
}

/**
 * The cursor at `index · stride` further, in a new local that `taken` remembers.
 *
 * @param pushIndex - puts the index on the stack
 */
export function advanced(
  f: FunctionBody,
  cursor: Cursor,
  stride: number,
  pushIndex: () => void,
  taken: number[],
): Cursor {
  if (stride === 0) return cursor;
  const local = f.local("i32");
  taken.push(local);
  pushIndex();
  if (stride !== 1) f.i32(stride | 0).op(Code.i32Mul);
  if (cursor.local >= 0) f.get(cursor.local).op(Code.i32Add);
  return settled(f, local, cursor.offset, stride);
}

/** A copy that a loop can move, in a new local that `taken` remembers. */
export function movable(f: FunctionBody, cursor: Cursor, stride: number, taken: number[]): Cursor {
  const local = f.local("i32");
  taken.push(local);
  if (cursor.local >= 0) f.get(cursor.local);
  else f.i32(0);
  return settled(f, local, cursor.offset, stride);
}

/** Downward strides could take the local alone below zero, where an access would trap: then it holds the offset as well. */
function settled(f: FunctionBody, local: number, offset: number, stride: number): Cursor {
  if (stride > 0 && offset >= 0) {
    f.set(local);
    return { local, offset };
  }
  if (offset !== 0) f.i32(offset | 0).op(Code.i32Add);
  f.set(local);
  return { local, offset: 0 };
}
