import { expect } from "chai";
import { assemble } from "../../../sdk/src/compiler/tape/assemble.ts";
import { prepare } from "../../../sdk/src/compiler/tape/evaluate.ts";
import { scheduled, Tape, usedSlots } from "../../../sdk/src/compiler/tape/tape.ts";
import { Op } from "../../../sdk/src/machine/opcodes.ts";
import { fromFloat, toFloat } from "../../../sdk/src/machine/scalar.ts";

const places = (...slots: readonly number[]) => new Map(slots.map((slot, place) => [slot, place]));

describe("Tape", () => {
  it("behavior: equal expressions are one", () => {
    const t = new Tape();
    const [x, y] = [t.operand(0), t.operand(1)];
    expect(t.add(x, y)).to.equal(t.add(x, y));
    expect(t.add(x, y)).not.to.equal(t.add(y, x));
    expect(t.f32(1)).to.equal(t.bits(0x3f800000));
  });

  it("behavior: what is known is computed as the machine would", () => {
    const t = new Tape();
    expect(t.immediate(t.add(t.f32(0.1), t.f32(0.2)))).to.equal(
      fromFloat(Math.fround(0.1) + Math.fround(0.2)),
    );
    expect(t.immediate(t.div(t.f32(0), t.f32(0)))).to.equal(0x7fc00000);
    const x = t.operand(0);
    expect(t.select(t.i32(1), x, t.f32(2))).to.equal(x);
  });

  it("behavior: only what a result needs is scheduled, arguments first", () => {
    const t = new Tape();
    const x = t.operand(3);
    const unused = t.mul(x, x);
    const sum = t.add(x, t.f32(1));
    expect(scheduled(t, sum)).not.to.include(unused);
    expect(usedSlots(t, sum)).to.deep.equal([3]);
    expect(scheduled(t, sum).at(-1)).to.equal(sum);
  });
});

describe("prepare", () => {
  it("default: runs an expression many times", () => {
    const t = new Tape();
    const result = t.polynomial(t.operand(0), [1, -2, 3]);
    const run = prepare(t, result);
    expect([0, 1, 2].map((x) => toFloat(run([fromFloat(x)])))).to.deep.equal([1, 2, 9]);
  });
});

describe("assemble", () => {
  it("default: operands, immediates, accumulator, instructions", () => {
    const t = new Tape();
    const result = t.add(t.mul(t.accumulator(), t.operand(1)), t.f32(2));
    const body = new Tape();
    const product = body.mul(body.operand(0), body.f32(2));
    const assembly = assemble({ tape: t, result }, places(1), {
      body: { tape: body, result: product },
      bodyPlaces: places(0),
      init: t.f32(0),
    });
    expect(assembly).to.deep.equal({
      immediates: [fromFloat(2), 0],
      init: 2,
      body: [{ op: Op.f32Mul, a: 0, b: 1, c: 0 }],
      epilogue: [
        { op: Op.f32Mul, a: 3, b: 0, c: 0 },
        { op: Op.f32Add, a: 4, b: 1, c: 0 },
      ],
    });
  });

  it("behavior: a copy needs no instruction", () => {
    const t = new Tape();
    expect(assemble({ tape: t, result: t.operand(5) }, places(4, 5))).to.deep.equal({
      immediates: [],
      init: 1,
      body: [],
      epilogue: [],
    });
    expect(assemble({ tape: t, result: t.f32(1) }, places())).to.deep.equal({
      immediates: [fromFloat(1)],
      init: 0,
      body: [],
      epilogue: [],
    });
  });

  it("behavior: a result that is not the last register is moved there", () => {
    const t = new Tape();
    const body = new Tape();
    const assembly = assemble({ tape: t, result: t.accumulator() }, places(), {
      body: { tape: body, result: body.operand(0) },
      bodyPlaces: places(0),
      init: t.f32(1),
    });
    // The immediate stands behind the operand in the body's registers, but nothing behind the accumulator.
    expect(assembly.body).to.deep.equal([{ op: Op.i32Or, a: 0, b: 0, c: 0 }]);
    expect(assembly.epilogue).to.deep.equal([]);
  });
});
