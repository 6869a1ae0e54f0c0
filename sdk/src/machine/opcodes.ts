/** Codes of the tensor machine, version 1: see SPEC.md sections 1, 2 and 4.2. */

export const MACHINE_VERSION = 1;

/** Element types of the machine, by their number. */
export const ELEMENT_TYPES = ["f32", "i32", "i8", "u8"] as const;
/** An element type of the machine. */
export type ElementType = (typeof ELEMENT_TYPES)[number];

/** Bytes of one element. */
export const ELEMENT_SIZE: Readonly<Record<ElementType, 1 | 4>> = { f32: 4, i32: 4, i8: 1, u8: 1 };

/** Spaces that an operand can be read from, by their number. */
export const SPACES = ["input", "const", "step", "index"] as const;
/** A space that an operand can be read from. */
export type Space = (typeof SPACES)[number];

/** Folds of the machine, by their number. */
export const FOLDS = [
  "none",
  "f32.add",
  "f32.mul",
  "f32.min",
  "f32.max",
  "i32.add",
  "i32.mul",
  "i32.min_s",
  "i32.max_s",
] as const;
/** A fold of the machine. */
export type Fold = (typeof FOLDS)[number];

/** Scalar operations of the machine, by name. */
export const Op = {
  zero: 0x00,
  f32Add: 0x10,
  f32Sub: 0x11,
  f32Mul: 0x12,
  f32Div: 0x13,
  f32Sqrt: 0x14,
  f32Min: 0x15,
  f32Max: 0x16,
  f32Abs: 0x17,
  f32Neg: 0x18,
  f32Nearest: 0x19,
  f32Floor: 0x1a,
  f32Ceil: 0x1b,
  f32Trunc: 0x1c,
  f32Eq: 0x20,
  f32Ne: 0x21,
  f32Lt: 0x22,
  f32Le: 0x23,
  f32Gt: 0x24,
  f32Ge: 0x25,
  i32Add: 0x30,
  i32Sub: 0x31,
  i32Mul: 0x32,
  i32DivS: 0x33,
  i32RemS: 0x34,
  i32MinS: 0x35,
  i32MaxS: 0x36,
  i32Abs: 0x37,
  i32Neg: 0x38,
  i32And: 0x39,
  i32Or: 0x3a,
  i32Xor: 0x3b,
  i32Shl: 0x3c,
  i32ShrS: 0x3d,
  i32ShrU: 0x3e,
  i32Eq: 0x40,
  i32Ne: 0x41,
  i32LtS: 0x42,
  i32LeS: 0x43,
  i32GtS: 0x44,
  i32GeS: 0x45,
  f32ConvertI32S: 0x50,
  f32ConvertI32U: 0x51,
  i32TruncSatF32S: 0x52,
  i32TruncSatF32U: 0x53,
  select: 0x60,
} as const;

/** The canonical NaN: the only NaN that an operation ever gives. */
export const CANONICAL_NAN = 0x7fc00000;
