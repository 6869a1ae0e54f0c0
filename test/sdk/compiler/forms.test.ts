import { expect } from "chai";
import { ConstantPool, relayout } from "../../../sdk/src/compiler/lower/constants.ts";
import {
  Atom,
  atomForm,
  combine,
  digits,
  type Form,
  isSameForm,
  rangeOf,
  resolve,
} from "../../../sdk/src/compiler/lower/forms.ts";
import { joinedAxes, rowMajorAxes } from "../../../sdk/src/compiler/lower/placement.ts";
import { createRandom } from "../../support/random.ts";

/** Value of a form, given those of the variables that were there before any was split. */
function evaluate(form: Form, values: ReadonlyMap<Atom, number>): number {
  const known = new Map<Atom, number>();
  const spread = (atom: Atom, value: number): void => {
    known.set(atom, value);
    if (atom.parts === undefined) return;
    const [outer, inner] = atom.parts;
    spread(outer, Math.floor(value / inner.extent));
    spread(inner, value % inner.extent);
  };
  for (const [atom, value] of values) spread(atom, value);
  return form.terms.reduce((sum, { atom, factor }) => sum + factor * known.get(atom)!, form.base);
}

function* assignments(atoms: readonly Atom[]): Generator<ReadonlyMap<Atom, number>> {
  const count = atoms.reduce((product, { extent }) => product * extent, 1);
  for (let i = 0; i < count; i++) {
    let rest = i;
    yield new Map(
      atoms.map((atom) => {
        const value = rest % atom.extent;
        rest = Math.floor(rest / atom.extent);
        return [atom, value] as const;
      }),
    );
  }
}

describe("digits", () => {
  it("default: splits a variable where digits meet", () => {
    const atom = new Atom(24);
    const [high, low] = digits(atomForm(atom), [4, 6])!;
    expect(atom.leaves.map(({ extent }) => extent)).to.deep.equal([4, 6]);
    for (const values of assignments([atom])) {
      expect(evaluate(high!, values)).to.equal(Math.floor(values.get(atom)! / 6));
      expect(evaluate(low!, values)).to.equal(values.get(atom)! % 6);
    }
  });

  it("behavior: whatever it gives is right for every value", () => {
    const random = createRandom(31);
    let solved = 0;
    for (let i = 0; i < 3_000; i++) {
      const atoms = Array.from({ length: random.integer(1, 3) }, () => new Atom(random.integer(1, 6)));
      const parts = atoms.map((atom) => [atomForm(atom), random.pick([1, 2, 3, 4, 6, 8, 12])] as const);
      const form = combine(random.integer(0, 3), parts);
      const radices = Array.from({ length: random.integer(1, 3) }, () => random.integer(1, 8));
      const result = digits(form, radices);
      if (result === undefined) continue;
      solved++;
      for (const values of assignments(atoms)) {
        const value = evaluate(form, values);
        let rest = value;
        for (let d = radices.length - 1; d >= 0; d--) {
          expect(evaluate(result[d]!, values)).to.equal(rest % radices[d]!);
          rest = Math.floor(rest / radices[d]!);
        }
        expect(rest).to.equal(0);
      }
    }
    expect(solved).to.be.greaterThan(300);
  });

  it("behavior: a decomposition that exists is found for row-major places", () => {
    const random = createRandom(32);
    for (let i = 0; i < 500; i++) {
      // The same elements as another shape whose dimensions divide or are divided by those of the first.
      const extents = Array.from({ length: 3 }, () => random.integer(1, 4));
      const atoms = extents.map((extent) => new Atom(extent));
      const [a = 1, b = 1, c = 1] = extents;
      const form = combine(0, [
        [atomForm(atoms[0]!), b * c],
        [atomForm(atoms[1]!), c],
        [atomForm(atoms[2]!), 1],
      ]);
      for (const radices of [[a * b * c], [a, b * c], [a * b, c], [a, b, c]])
        expect(digits(form, radices)).not.to.equal(undefined);
    }
  });

  it("error: digits that are not affine, or do not reach", () => {
    expect(digits(combine(0, [[atomForm(new Atom(8)), 3]]), [6, 4])).to.equal(undefined);
    expect(digits(atomForm(new Atom(7)), [2, 3])).to.equal(undefined);
    expect(digits(combine(-1, [[atomForm(new Atom(3)), 1]]), [3])).to.equal(undefined);
    expect(digits(combine(5, [[atomForm(new Atom(6)), -1]]), [2, 3])).to.equal(undefined);
  });
});

describe("forms", () => {
  it("default: range and equality", () => {
    const [i, j] = [new Atom(4), new Atom(3)];
    const form = combine(2, [
      [atomForm(i), 5],
      [atomForm(j), -2],
    ]);
    expect(rangeOf(form)).to.deep.equal([-2, 17]);
    i.split(2);
    const [outer, inner] = i.parts!;
    const same = combine(2, [
      [atomForm(j), -2],
      [atomForm(inner), 5],
      [atomForm(outer), 10],
    ]);
    expect(isSameForm(form, same)).to.equal(true);
    expect(isSameForm(form, combine(3, [[same, 1]]))).to.equal(false);
  });

  it("behavior: what cancels out disappears", () => {
    const atom = new Atom(4);
    const none = combine(1, [
      [atomForm(atom), 2],
      [atomForm(atom), -2],
      [atomForm(new Atom(1)), 7],
    ]);
    expect(resolve(none)).to.deep.equal({ base: 1, terms: [] });
  });
});

describe("joinedAxes", () => {
  it("default: joins what follows without a gap", () => {
    expect(joinedAxes(rowMajorAxes([2, 3, 1, 4]).flat())).to.deep.equal([{ extent: 24, stride: 1 }]);
    const channelsLast = [
      { extent: 3, stride: 1 },
      { extent: 5, stride: 12 },
      { extent: 4, stride: 3 },
    ];
    expect(joinedAxes(channelsLast)).to.deep.equal([
      { extent: 3, stride: 1 },
      { extent: 20, stride: 3 },
    ]);
  });
});

describe("relayout", () => {
  it("default: the order of the loops", () => {
    const source = new Uint8Array(Uint32Array.from({ length: 12 }, (_, i) => i).buffer);
    const result = relayout(source, 4, 1, [
      { extent: 3, stride: 1 },
      { extent: 3, stride: 4 },
    ]);
    expect([...new Uint32Array(result.buffer)]).to.deep.equal([1, 5, 9, 2, 6, 10, 3, 7, 11]);
    const bytes = relayout(Uint8Array.of(1, 2, 3, 4), 1, 3, [{ extent: 4, stride: -1 }]);
    expect([...bytes]).to.deep.equal([4, 3, 2, 1]);
    expect([...relayout(Uint8Array.of(7, 8), 1, 1, [])]).to.deep.equal([8]);
  });
});

describe("ConstantPool", () => {
  it("default: one place for equal bytes, each on a word", () => {
    const pool = new ConstantPool();
    const first = Uint8Array.of(1, 2, 3);
    expect(pool.offsetOf(first)).to.equal(0);
    expect(pool.offsetOf(new Uint8Array(33))).to.equal(32);
    expect(pool.offsetOf(Uint8Array.of(1, 2, 3))).to.equal(0);
    expect(pool.offsetOf(first)).to.equal(0);
    expect(pool.offsetOf(Uint8Array.of(1, 2, 3, 0))).to.equal(96);
    const bytes = pool.toBytes();
    expect(bytes.length).to.equal(128);
    expect([...bytes.slice(96, 100)]).to.deep.equal([1, 2, 3, 0]);
  });
});
