import { evaluateElement } from "../../../sdk/src/machine/element.ts";
import { executeStep } from "../../../sdk/src/machine/execute.ts";
import { Op } from "../../../sdk/src/machine/opcodes.ts";
import { applyOp } from "../../../sdk/src/machine/scalar.ts";
import { assertSelfTest, wasmMachine } from "../../../sdk/src/runtime/engine-selftest.ts";
import { ENGINES } from "../../../sdk/src/runtime/engines.ts";
import { type Machine, runSelfTest } from "../../../sdk/src/runtime/selftest.ts";
import { expectError } from "../../support/errors.ts";

const SOUND: Machine = { applyOp, evaluateElement, executeStep };

/** Computes an operation with another rule than the machine's. */
const withOp = (code: number, wrong: (right: number, a: number, b: number) => number): Machine => ({
  ...SOUND,
  applyOp: (op, a, b, c) => (op === code ? wrong(applyOp(op, a, b, c), a, b) : applyOp(op, a, b, c)),
});

const isSubnormal = (pattern: number) => (pattern & 0x7f800000) === 0 && (pattern & 0x7fffff) !== 0;

describe("runSelfTest", () => {
  it("default: this computer passes", () => {
    runSelfTest();
    runSelfTest(SOUND);
  });

  it("default: the kernels that this computer compiles pass", () => {
    runSelfTest(wasmMachine());
    for (const engine of ENGINES) assertSelfTest(engine);
  });

  const broken: readonly (readonly [title: string, machine: Machine])[] = [
    ["flushes subnormal sums", withOp(Op.f32Add, (right) => (isSubnormal(right) ? 0 : right))],
    ["flushes subnormal products", withOp(Op.f32Mul, (right) => (isSubnormal(right) ? 0 : right))],
    ["keeps the bits of a NaN", withOp(Op.f32Sub, (right, a) => (right === 0x7fc00000 ? a : right))],
    [
      "rounds halves away from zero",
      withOp(Op.f32Nearest, (right, a) => (a === 0x40200000 ? 0x40400000 : right)),
    ],
    ["forgets the sign of zero", withOp(Op.f32Min, (right) => (right === 0x80000000 ? 0 : right))],
    ["divides by zero differently", withOp(Op.i32DivS, (right, _a, b) => (b === 0 ? 0xffffffff : right))],
    [
      "gives other elements alone",
      { ...SOUND, evaluateElement: (...given) => evaluateElement(...given) ^ 1 },
    ],
    [
      "writes tensors in the other byte order",
      { ...SOUND, executeStep: (...given) => executeStep(...given).reverse() },
    ],
    ["writes nothing", { ...SOUND, executeStep: () => new Uint8Array(32) }],
  ];
  for (const [title, machine] of broken) {
    it(`error: attack 58: a machine that ${title}`, () => {
      expectError("SELF_TEST_FAILED", () => runSelfTest(machine));
    });
  }
});
