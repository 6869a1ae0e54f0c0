/** Reads operands into vectors of four lanes. */

import type { FunctionBody } from "../../core/wasm/function.ts";
import { Code, Load, Simd } from "../../core/wasm/opcodes.ts";
import { ELEMENT_SIZE } from "../../machine/opcodes.ts";
import type { Access } from "./access.ts";
import { type Cursor, pushAddress, pushCursor, shifted } from "./cursor.ts";
import type { Form } from "./nest.ts";
import { pushExact, type Value } from "./operations.ts";

/** Addresses of rows that are full of a pad. */
export type PadRows = (type: Access["operand"]["type"], pad: number) => number;

/** An operand in one version of a tile. Forms of memory are in bytes, with the operand's source included. */
export interface Reader {
  readonly access: Access;
  readonly address: Form;
  /** By dimension of the nest's tile. */
  readonly rowStride: number;
  readonly guards: readonly { readonly bound: number; readonly form: Form; readonly rowStride: number }[];
  /** First byte of the source. */
  readonly start: number;
}

/** Where a reader stands. */
export interface Position {
  readonly address: Cursor;
  readonly guards: readonly Cursor[];
  /** By row of the tile, or one for all: addresses whose guards have been judged. */
  readonly judged?: readonly Cursor[];
}

export interface Place {
  readonly row: number;
  readonly vector: number;
  /** Elements of the vector that exist. */
  readonly lanes: number;
}

/** Puts the operand's four lanes on the stack. */
export function emitRead(
  f: FunctionBody,
  reader: Reader,
  position: Position,
  place: Place,
  indexedBy: () => Value,
  padRows: PadRows,
): void {
  const { access, address, rowStride } = reader;
  const { operand, lanes } = access;
  if (access.isPad) {
    f.splat(operand.pad);
    return;
  }
  const judged = position.judged;
  if (judged !== undefined) {
    const cursor = judged[access.variesByRow ? place.row : 0] as Cursor;
    readVector(f, access, shifted(cursor, place.vector * address.vector), address, place.lanes);
    return;
  }
  const cursor = shifted(position.address, place.row * rowStride + place.vector * address.vector);
  if (access.check === "mask") {
    emitMaskedRead(f, reader, position, place, cursor, indexedBy, padRows);
    return;
  }
  if (operand.space === "index" || (operand.index !== undefined && lanes === "any")) {
    const addresses = f.local("v128");
    pushLaneAddresses(f, reader, cursor, place.lanes, indexedBy);
    f.set(addresses);
    if (operand.space === "index") f.get(addresses);
    else readLanes(f, access, addresses);
    f.release("v128", addresses);
    return;
  }
  if (operand.index === undefined) {
    readVector(f, access, cursor, address, place.lanes);
    return;
  }
  const pointer = f.local("i32");
  pushIndexReach(f, reader, indexedBy);
  f.lane(Simd.i32ExtractLane, 0);
  pushCursor(f, cursor);
  f.op(Code.i32Add).set(pointer);
  readVector(f, access, { local: pointer, offset: 0 }, address, place.lanes);
  f.release("i32", pointer);
}

/** Reads lanes at constant distances from an address. */
function readVector(f: FunctionBody, access: Access, cursor: Cursor, address: Form, lanes: number): void {
  const { type } = access.operand;
  const isWide = ELEMENT_SIZE[type] === 4;
  if (access.lanes === "same") {
    const offset = pushAddress(f, cursor);
    if (isWide) f.access(Simd.load32Splat, offset);
    else f.scalar(type === "i8" ? Load.i32From8S : Load.i32From8U, offset).simd(Simd.i32Splat);
    return;
  }
  if (access.lanes === "next") {
    const offset = pushAddress(f, cursor);
    f.access(isWide ? Simd.load : Simd.load32Zero, offset);
    if (!isWide) widen(f, type);
    return;
  }
  // Lanes that do not exist read what the first one reads.
  const at = (lane: number): Cursor => shifted(cursor, lane < lanes ? (address.lanes[lane] ?? 0) : 0);
  const result = f.local("v128");
  f.splat(0).set(result);
  for (let lane = 0; lane < 4; lane++) {
    if (isWide) {
      const offset = pushAddress(f, at(lane));
      f.get(result).laneAccess(Simd.load32Lane, offset, lane);
    } else {
      f.get(result);
      const offset = pushAddress(f, at(lane));
      f.scalar(type === "i8" ? Load.i32From8S : Load.i32From8U, offset).lane(Simd.i32ReplaceLane, lane);
    }
    f.set(result);
  }
  f.get(result);
  f.release("v128", result);
}

function widen(f: FunctionBody, type: "i8" | "u8" | "f32" | "i32"): void {
  if (type === "i8") f.simd(Simd.extend8To16S).simd(Simd.extend16To32S);
  else f.simd(Simd.extend8To16U).simd(Simd.extend16To32U);
}

/** Reads one element for each lane from an address of its own. */
function readLanes(f: FunctionBody, { operand: { type } }: Access, addresses: number): void {
  const isWide = ELEMENT_SIZE[type] === 4;
  f.splat(0);
  for (let lane = 0; lane < 4; lane++) {
    f.get(addresses).lane(Simd.i32ExtractLane, lane);
    f.scalar(isWide ? Load.i32 : type === "i8" ? Load.i32From8S : Load.i32From8U, 0);
    f.lane(Simd.i32ReplaceLane, lane);
  }
}

/** `stride · clamp(index, 0, bound - 1)` for every lane. */
function pushIndexReach(f: FunctionBody, { access }: Reader, indexedBy: () => Value): void {
  const { index, type, space } = access.operand;
  if (index === undefined) return;
  const size = space === "index" ? 1 : ELEMENT_SIZE[type];
  pushExact(f, indexedBy());
  f.splat(0).simd(Simd.i32MaxS);
  f.splat(index.bound - 1).simd(Simd.i32MinS);
  f.splat(index.stride * size).simd(Simd.i32Mul);
}

function pushLaneAddresses(
  f: FunctionBody,
  reader: Reader,
  cursor: Cursor,
  lanes: number,
  indexedBy: () => Value,
): void {
  pushLanes(f, cursor, reader.address, lanes);
  if (reader.access.operand.index === undefined) return;
  pushIndexReach(f, reader, indexedBy);
  f.simd(Simd.i32Add);
}

/** A form's value in every lane. */
function pushLanes(f: FunctionBody, cursor: Cursor, form: Form, lanes: number): void {
  pushCursor(f, cursor);
  f.simd(Simd.i32Splat);
  if (form.lanes.every((offset) => offset === 0)) return;
  const [, b, c, d] = form.lanes;
  f.constant([0, lanes > 1 ? b : 0, lanes > 2 ? c : 0, lanes > 3 ? d : 0]).simd(Simd.i32Add);
}

/** Every lane is judged for itself; one that fails reads from a row of zeros instead, and becomes the pad if it was a guard that failed. */
function emitMaskedRead(
  f: FunctionBody,
  reader: Reader,
  position: Position,
  place: Place,
  cursor: Cursor,
  indexedBy: () => Value,
  padRows: PadRows,
): void {
  const { access, guards } = reader;
  const { operand, canMiss } = access;
  const taken = [f.local("v128"), f.local("v128"), f.local("v128")];
  const [addresses, held, valid] = taken as [number, number, number];
  f.splat(-1);
  for (const [g, guard] of guards.entries()) {
    const at = shifted(
      position.guards[g] as Cursor,
      place.row * guard.rowStride + place.vector * guard.form.vector,
    );
    pushLanes(f, at, guard.form, place.lanes);
    f.splat(guard.bound).simd(Simd.i32LtU).simd(Simd.and);
  }
  f.set(held);
  if (access.lanes === "next" && !canMiss && operand.index === undefined && operand.space !== "index") {
    const pointer = f.local("i32");
    pushCursor(f, cursor);
    f.i32(padRows("i32", 0)).get(held).simd(Simd.anyTrue).op(Code.select).set(pointer);
    readVector(f, access, { local: pointer, offset: 0 }, reader.address, place.lanes);
    f.release("i32", pointer);
  } else {
    pushLaneAddresses(f, reader, cursor, place.lanes, indexedBy);
    f.set(addresses);
    f.get(held);
    if (canMiss) {
      f.get(addresses).splat(reader.start).simd(Simd.i32Sub);
      f.splat(access.roomBytes | 0)
        .simd(Simd.i32LtU)
        .simd(Simd.and);
    }
    f.set(valid);
    if (operand.space === "index") f.get(addresses);
    else {
      f.get(addresses).splat(padRows("i32", 0)).get(valid).simd(Simd.bitselect).set(addresses);
      readLanes(f, access, addresses);
    }
  }
  if (guards.length > 0) f.splat(operand.pad).get(held).simd(Simd.bitselect);
  f.release("v128", ...taken);
}

/** Judges the guards of whole vectors: addresses that fail are replaced by that of a row of pads. */
export function judge(
  f: FunctionBody,
  reader: Reader,
  position: Position,
  rows: number,
  padRows: PadRows,
  taken: number[],
): Position {
  const { access, guards, start, rowStride } = reader;
  const { operand, canMiss } = access;
  const judged: Cursor[] = [];
  for (let row = 0; row < (access.variesByRow ? rows : 1); row++) {
    const local = f.local("i32");
    taken.push(local);
    const cursor = shifted(position.address, row * rowStride);
    pushCursor(f, cursor);
    if (canMiss) {
      f.i32(padRows("i32", 0));
      pushCursor(f, shifted(cursor, -start));
      f.i32(access.roomBytes | 0)
        .op(Code.i32LtU)
        .op(Code.select);
    }
    if (guards.length > 0) {
      f.i32(padRows(operand.type, operand.pad));
      for (const [g, guard] of guards.entries()) {
        pushCursor(f, shifted(position.guards[g] as Cursor, row * guard.rowStride));
        f.i32(guard.bound).op(Code.i32LtU);
        if (g > 0) f.op(Code.i32And);
      }
      f.op(Code.select);
    }
    f.set(local);
    judged.push({ local, offset: 0 });
  }
  return { ...position, judged };
}
