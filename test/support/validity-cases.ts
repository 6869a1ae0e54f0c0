/** Steps on either side of every rule of SPEC.md section 4.4. All of them give 7 if they are executed, and 0 if they are not. */

import { encodedLength, encodeStep, MAX_STEP_BYTES } from "../../sdk/src/machine/encode.ts";
import { Op, type Space } from "../../sdk/src/machine/opcodes.ts";
import type { Operand, Step } from "../../sdk/src/machine/types.ts";
import { BLOCK, BUDGET, opWeight, WEIGHTS } from "../../sdk/src/machine/weights.ts";
import { affine, guard, instruction, makeOperand, makeStep, SMALL_MEMORY } from "./builders.ts";
import type { HandBuiltCase } from "./step-cases.ts";

export interface ValidityCase extends HandBuiltCase {
  /** The first rule that the step breaks. */
  readonly rule: number | undefined;
}

function encoded(
  title: string,
  encoding: Uint8Array,
  rule: number | undefined,
  depths = SMALL_MEMORY.depths,
): ValidityCase {
  const memory = { ...SMALL_MEMORY, depths };
  return { title, encoding, memory, stepIndex: 3, element: 0, result: rule === undefined ? 7 : 0, rule };
}

const allowed = (title: string, step: Step, depths = SMALL_MEMORY.depths): ValidityCase =>
  encoded(`allows ${title}`, encodeStep(step), undefined, depths);

const broken = (rule: number, title: string, step: Step, depths = SMALL_MEMORY.depths): ValidityCase =>
  encoded(`refuses ${title}`, encodeStep(step), rule, depths);

/** Gives 7. */
const seven = (fields: Partial<Step> = {}): Step => makeStep({ immediates: [7], ...fields });

/** Gives 7 whatever its outer operands read. */
const ignoring = (...operands: Operand[]): Step => seven({ outerOperands: operands, init: operands.length });

/** Gives 7 after a reduction that adds zeros. */
const reducing = (fields: Partial<Step> = {}): Step =>
  seven({ fold: "i32.add", body: [instruction(Op.zero)], ...fields });

/** A sound encoding with one byte replaced. */
function patched(step: Step, at: number, value: number): Uint8Array {
  const bytes = encodeStep(step);
  bytes[at] = value;
  return bytes;
}

const anywhere = (base = 0) => makeOperand("index", "i32", affine(base, 0));
const indexed = (operand: number, bound = 1, stride = 1, base = 0) =>
  makeOperand("index", "i32", affine(base, 0), { index: { operand, bound, stride } });
const guarded = (count: number) =>
  makeOperand("index", "i32", affine(0, 0), { guards: Array(count).fill(guard(1, 0, 0)), pad: 1 });

/** Offset of the first operand when there is one extent. */
const OPERAND = 16;

/** A step of exactly so many bytes, a multiple of 4: operands of 40 bytes, filled up with immediates. */
function sized(bytes: number): Step {
  const operands = Array<Operand>(90).fill(guarded(1));
  const step = (immediates: number): Step =>
    makeStep({ outerOperands: operands, immediates: Array(immediates).fill(7), init: operands.length });
  return step((bytes - encodedLength(step(0))) / 4);
}

/** The first operand names itself as its index, which `encodeStep` does not write. */
function indexedByItself(): Uint8Array {
  const bytes = Array.from(patched(ignoring(anywhere()), OPERAND + 3, 0));
  bytes.splice(OPERAND + 20, 0, ...[0, 0, 0, 1], ...[0, 0, 0, 1]);
  return Uint8Array.from(bytes);
}

const FORM: readonly ValidityCase[] = [
  allowed("4,096 bytes", sized(MAX_STEP_BYTES)),
  encoded("refuses 4,097 bytes", Uint8Array.of(...encodeStep(sized(MAX_STEP_BYTES)), 0), 1),
  encoded("refuses no bytes", new Uint8Array(), 1),
  encoded("refuses less than a header", encodeStep(seven()).slice(0, 11), 1),
  encoded("refuses one byte too few", encodeStep(seven()).slice(0, -1), 1),
  encoded("refuses one byte too many", Uint8Array.of(...encodeStep(seven()), 0), 1),
  encoded(
    "refuses an instruction cut off",
    encodeStep(seven({ epilogue: [instruction(Op.select)] })).slice(0, -2),
    1,
  ),
  encoded("refuses an operand cut off", encodeStep(ignoring(anywhere())).slice(0, OPERAND + 9), 1),
  encoded("refuses type 4", patched(seven(), 0, 4), 2),
  encoded("refuses fold 9", patched(reducing(), 1, 9), 2),
  encoded("refuses fold 255", patched(reducing(), 1, 255), 2),
  allowed("8 extents", seven({ extents: Array(8).fill(1) })),
  encoded(
    "refuses 9 extents",
    Uint8Array.of(...patched(seven({ extents: Array(8).fill(1) }), 2, 9), 0, 0, 0, 1),
    2,
  ),
  allowed("8 dimensions of reduction", reducing({ reduction: Array(8).fill(1) })),
  encoded(
    "refuses 9 dimensions of reduction",
    Uint8Array.of(...patched(reducing({ reduction: Array(8).fill(1) }), 3, 9), 0, 0, 0, 1),
    2,
  ),
  encoded("refuses space 4", patched(ignoring(anywhere()), OPERAND, 4), 2),
  encoded("refuses an operand of type 4", patched(ignoring(anywhere()), OPERAND + 1, 4), 2),
  allowed("8 guards", ignoring(guarded(8))),
  encoded(
    "refuses 9 guards",
    Uint8Array.of(...patched(ignoring(guarded(8)), OPERAND + 2, 9), ...new Uint8Array(16)),
    2,
  ),
  allowed("an index by the operand before", ignoring(anywhere(), indexed(0))),
  encoded("refuses an index by itself", patched(ignoring(anywhere(), indexed(0)), OPERAND + 20 + 3, 1), 2),
  encoded(
    "refuses an index by the next operand",
    patched(ignoring(anywhere(), indexed(0), anywhere()), OPERAND + 20 + 3, 2),
    2,
  ),
  encoded("refuses an index of the first operand", indexedByItself(), 2),
];

const FOLDS: readonly ValidityCase[] = [
  broken(3, "a reduction without fold", seven({ reduction: [1] })),
  broken(3, "body operands without fold", seven({ bodyOperands: [anywhere()] })),
  broken(3, "a body without fold", seven({ body: [instruction(Op.zero)] })),
];

const EXTENT = 2 ** 31 - 1;

const BOUNDS: readonly ValidityCase[] = [
  broken(4, "an extent of 0", seven({ extents: [2, 0] })),
  allowed("an extent of 2^31 - 1", seven({ extents: [EXTENT] })),
  broken(4, "an extent of 2^31", seven({ extents: [2 ** 31] })),
  broken(4, "an extent of 2^32 - 1", seven({ extents: [2 ** 32 - 1] })),
  broken(4, "an iteration count of 0", reducing({ reduction: [0] })),
  broken(4, "a reduction of 2^31", reducing({ reduction: [2 ** 31] })),
  broken(
    4,
    "a bound of 0",
    ignoring(makeOperand("index", "i32", affine(0, 0), { guards: [guard(0, 0, 0)] })),
  ),
  allowed(
    "a bound of 2^31 - 1",
    ignoring(makeOperand("index", "i32", affine(0, 0), { guards: [guard(EXTENT, 0, 0)] })),
  ),
  broken(
    4,
    "a bound of 2^31",
    ignoring(makeOperand("index", "i32", affine(0, 0), { guards: [guard(2 ** 31, 0, 0)] })),
  ),
  broken(4, "an index bound of 0", ignoring(anywhere(), indexed(0, 0))),
  broken(4, "an index bound of 2^31", ignoring(anywhere(), indexed(0, 2 ** 31, 0))),
  broken(
    4,
    "the bound of a body operand",
    reducing({ bodyOperands: [makeOperand("index", "i32", affine(0, 0), { guards: [guard(0, 0, 0)] })] }),
  ),
  allowed("2^40 elements", seven({ extents: [2 ** 20, 2 ** 20] })),
  broken(4, "more than 2^40 elements", seven({ extents: [2 ** 20 + 1, 2 ** 20] })),
  broken(4, "elements beyond any number", seven({ extents: Array(8).fill(EXTENT) })),
  broken(4, "more than 2^24 iterations", reducing({ reduction: [2 ** 24 + 1] })),
  broken(7, "2^24 iterations, by the budget", reducing({ reduction: [2 ** 24] })),
];

const tape = (length: number) => Array(length).fill(instruction(Op.i32Add, 0, 255));

const REGISTERS: readonly ValidityCase[] = [
  allowed("256 outer registers", seven({ epilogue: tape(254) })),
  broken(5, "257 outer registers", seven({ epilogue: tape(255) })),
  allowed("256 body registers", reducing({ body: [...tape(254), instruction(Op.zero)] })),
  broken(5, "257 body registers", reducing({ body: [...tape(255), instruction(Op.zero)] })),
  broken(5, "lengths of tapes beyond a byte", seven({ epilogue: tape(600) })),
];

const LIMIT = 2 ** 48;

const ADDRESSES: readonly ValidityCase[] = [
  allowed("a base of 2^48 - 1", ignoring(anywhere(LIMIT - 1))),
  broken(6, "a base of 2^48", ignoring(anywhere(LIMIT))),
  allowed("a base of 1 - 2^48", ignoring(anywhere(1 - LIMIT))),
  broken(6, "a base of -2^48", ignoring(anywhere(-LIMIT))),
  encoded("refuses the smallest base", patchedBase([0x80, 0, 0, 0, 0, 0, 0, 0]), 6),
  encoded("refuses the largest base", patchedBase([0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), 6),
  encoded("refuses a base of 2^53", patchedBase([0, 0x20, 0, 0, 0, 0, 0, 0]), 6),
  allowed("strides up to the limit", reaching(LIMIT - 1 - 3 * 2 ** 31, [4], -(2 ** 31))),
  broken(6, "strides beyond the limit", reaching(LIMIT - 3 * 2 ** 31, [4], -(2 ** 31))),
  broken(6, "strides beyond 2^53", reaching(0, [EXTENT], -(2 ** 31))),
  allowed("any stride along an extent of 1", reaching(LIMIT - 1, [1], -(2 ** 31))),
  allowed(
    "an index up to the limit",
    ignoring(anywhere(), indexed(0, 5, -(2 ** 31), LIMIT - 1 - 4 * 2 ** 31)),
  ),
  broken(
    6,
    "an index beyond the limit",
    ignoring(anywhere(), indexed(0, 5, -(2 ** 31), LIMIT - 4 * 2 ** 31)),
  ),
  broken(
    6,
    "a guard beyond the limit",
    ignoring(makeOperand("index", "i32", affine(0, 0), { guards: [guard(1, LIMIT, 0)] })),
  ),
  broken(
    6,
    "a body operand beyond the limit by its reduction",
    reducing({ reduction: [3], bodyOperands: [makeOperand("index", "i32", affine(LIMIT - 1, 0, 1))] }),
  ),
];

function reaching(base: number, extents: readonly number[], stride: number): Step {
  return { ...ignoring(makeOperand("index", "i32", affine(base, stride))), extents };
}

function patchedBase(base: readonly number[]): Uint8Array {
  const bytes = encodeStep(ignoring(anywhere()));
  bytes.set(base, OPERAND + 8);
  return bytes;
}

/** The longest reduction in one row, without loads, that the gas allows: an unknown operation and an i32.add per iteration. */
const MOST_ITERATIONS = (() => {
  const iteration = opWeight(Op.zero) + opWeight(Op.i32Add);
  const rest =
    BUDGET.gas - WEIGHTS.step - WEIGHTS.byte * encodedLength(reducing({ reduction: [1] })) - WEIGHTS.stretch;
  // A stretch more for every 32 iterations.
  let most = Math.floor(rest / iteration);
  while (most * iteration + Math.floor(most / BLOCK) * WEIGHTS.stretch > rest) most--;
  return most;
})();

const openings = (space: Space, count: number): Step =>
  ignoring(...Array<Operand>(count).fill(makeOperand(space, "i32", affine(0, 0))));

/** Adds zeros while it walks the input, whose tree has the depth 1: an opening of w words in one run takes 32w + 72 bytes. */
const walking = (type: Operand["type"], reduction: readonly number[], ...strides: number[]): Step =>
  reducing({ reduction, bodyOperands: [makeOperand("input", type, affine(0, 0, ...strides))] });

/** The same with addresses that the data decides: each takes an opening of one word. */
const jumping = (iterations: number): Step => {
  const index = { operand: 0, bound: 1, stride: 0 };
  const operands = [
    makeOperand("index", "i32", affine(0, 0, 0)),
    makeOperand("input", "u8", affine(0, 0, 0), { index }),
  ];
  return reducing({ reduction: [iterations], bodyOperands: operands });
};

const DEEP_INPUT = { inputDepth: 32, constantsDepth: 0, stepDepth: 0, wordDepth: 0 };
const DEEP_TRACE = { inputDepth: 0, constantsDepth: 0, stepDepth: 20, wordDepth: 20 };

const BUDGETS: readonly ValidityCase[] = [
  allowed("as many iterations as the gas allows", reducing({ reduction: [MOST_ITERATIONS] })),
  broken(7, "one iteration more", reducing({ reduction: [MOST_ITERATIONS + 1] })),
  // 32 + 64 * 32 + 8 = 2,088 bytes each
  allowed("45 words of the deepest input", openings("input", 45), DEEP_INPUT),
  broken(7, "46 words of the deepest input", openings("input", 46), DEEP_INPUT),
  allowed("46 words of flat constants", openings("const", 46), DEEP_INPUT),
  // 32 + 64 * 40 + 8 = 2,600 bytes each
  allowed("36 words of the deepest trace", openings("step", 36), DEEP_TRACE),
  broken(7, "37 words of the deepest trace", openings("step", 37), DEEP_TRACE),
  allowed("a run of 2,997 words", walking("i32", [2997], 8)),
  broken(7, "a run of 2,998 words", walking("i32", [2998], 8)),
  allowed("a run of 2,997 words of bytes, backwards", walking("u8", [2997], -32)),
  broken(7, "a run of 2,998 words of bytes, backwards", walking("u8", [2998], -32)),
  allowed("one word many times", walking("i32", [2998], 0)),
  allowed("10 runs of 297 words", walking("f32", [10, 297], 1_000_000, 8)),
  broken(7, "10 runs of 298 words", walking("f32", [10, 298], 1_000_000, 8)),
  allowed("923 words far apart", walking("i8", [923], 1_000_000)),
  broken(7, "924 words far apart", walking("i8", [924], 1_000_000)),
  allowed("923 words that data chooses", jumping(923)),
  broken(7, "924 words that data chooses", jumping(924)),
  allowed(
    "addresses of INDEX, which open nothing",
    reducing({ reduction: [2998], bodyOperands: [anywhereBody()] }),
  ),
];

function anywhereBody(): Operand {
  return makeOperand("index", "i32", affine(0, 0, 1_000_000));
}

/** All of them. */
export const VALIDITY_CASES: readonly ValidityCase[] = [
  ...FORM,
  ...FOLDS,
  ...BOUNDS,
  ...REGISTERS,
  ...ADDRESSES,
  ...BUDGETS,
];
