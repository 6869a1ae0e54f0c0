/** Affine forms over loop variables that can be split as the need arises. */

/** A loop variable. Once split, it stands for `outer * inner.extent + inner`. */
export class Atom {
  readonly extent: number;
  #parts: readonly [outer: Atom, inner: Atom] | undefined;

  constructor(extent: number) {
    this.extent = extent;
  }

  /** Splits off an inner variable; the factor must divide the extent. */
  split(inner: number): void {
    this.#parts = [new Atom(this.extent / inner), new Atom(inner)];
  }

  get parts(): readonly [outer: Atom, inner: Atom] | undefined {
    return this.#parts;
  }

  /** The variables that it finally consists of, outermost first, those of one iteration left out. */
  get leaves(): readonly Atom[] {
    if (this.#parts !== undefined) return this.#parts.flatMap((part) => part.leaves);
    return this.extent === 1 ? [] : [this];
  }
}

/** `base + Σ factor * atom`. */
export interface Form {
  readonly base: number;
  readonly terms: readonly Term[];
}

export interface Term {
  readonly atom: Atom;
  readonly factor: number;
}

export const ZERO: Form = { base: 0, terms: [] };

export function atomForm(atom: Atom): Form {
  return { base: 0, terms: [{ atom, factor: 1 }] };
}

/** `base + Σ factor * form`. */
export function combine(base: number, parts: readonly (readonly [form: Form, factor: number])[]): Form {
  return {
    base: parts.reduce((sum, [form, factor]) => sum + factor * form.base, base),
    terms: parts.flatMap(([form, factor]) =>
      form.terms.map((term) => ({ atom: term.atom, factor: factor * term.factor })),
    ),
  };
}

/** The same form over unsplit variables, each at most once, in a stable order. */
export function resolve(form: Form): Form {
  const factors = new Map<Atom, number>();
  const add = (atom: Atom, factor: number): void => {
    if (atom.parts !== undefined) {
      const [outer, inner] = atom.parts;
      add(outer, factor * inner.extent);
      add(inner, factor);
    } else if (atom.extent > 1) factors.set(atom, (factors.get(atom) ?? 0) + factor);
  };
  for (const { atom, factor } of form.terms) add(atom, factor);
  const terms = [...factors].filter(([, factor]) => factor !== 0);
  return { base: form.base, terms: terms.map(([atom, factor]) => ({ atom, factor })) };
}

/** Whether two forms are equal. */
export function isSameForm(a: Form, b: Form): boolean {
  const left = resolve(a);
  const right = resolve(b);
  return (
    left.base === right.base &&
    left.terms.length === right.terms.length &&
    left.terms.every(({ atom, factor }) => factorOf(right, atom) === factor)
  );
}

/** What a step of an unsplit variable adds to a resolved form. */
export function factorOf(form: Form, atom: Atom): number {
  return form.terms.find((term) => term.atom === atom)?.factor ?? 0;
}

/** Least and greatest value. */
export function rangeOf(form: Form): readonly [least: number, greatest: number] {
  let least = form.base;
  let greatest = form.base;
  for (const { atom, factor } of resolve(form).terms) {
    if (factor < 0) least += factor * (atom.extent - 1);
    else greatest += factor * (atom.extent - 1);
  }
  return [least, greatest];
}

/**
 * Writes a form as digits of mixed radix, the last digit fastest, splitting variables where that makes it possible.
 *
 * @returns one form per radix; `undefined` if some digit is not affine, or the form leaves the range that the radices span
 */
export function digits(form: Form, radices: readonly number[]): readonly Form[] | undefined {
  const [least, greatest] = rangeOf(form);
  if (least < 0 || greatest >= radices.reduce((product, radix) => product * radix, 1)) return undefined;
  const places = radices.map((radix, d) => ({
    d,
    radix,
    unit: radices.slice(d + 1).reduce((product, inner) => product * inner, 1),
  }));
  const used = places.filter(({ radix }) => radix > 1);
  const result = radices.map((): { base: number; terms: Term[] } => ({ base: 0, terms: [] }));
  const pending = [...resolve(form).terms];
  for (let term = pending.pop(); term !== undefined; term = pending.pop()) {
    const { atom, factor } = term;
    const place = used.find(({ unit }) => unit <= factor);
    if (place === undefined || factor % place.unit !== 0) return undefined;
    const limit = place.unit * place.radix;
    if (factor * (atom.extent - 1) >= limit) {
      const inner = limit / factor;
      if (!Number.isInteger(inner) || atom.extent % inner !== 0) return undefined;
      atom.split(inner);
      pending.push(...resolve({ base: 0, terms: [term] }).terms);
      continue;
    }
    result[place.d]!.terms.push({ atom, factor: factor / place.unit });
  }
  for (const { d, unit, radix } of places) result[d]!.base = Math.floor(form.base / unit) % radix;
  // Digits that could carry into the next would not be affine.
  if (result.some((digit, d) => rangeOf(digit)[1] >= radices[d]!)) return undefined;
  return result;
}
