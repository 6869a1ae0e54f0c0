import type { Mutant } from "./mutant.ts";

/** Tests that fail for any change of the code, whether or not it behaves otherwise: they say nothing about a mutant. */
const blind = /(?:[./]gas\.test|\/links\.test)\.ts$/;
/** Longer than all others together. */
const long = /(?:campaign|differential\/|invariant\/|machine\/)/;

/** Which tests look at a file first, by its folder below `contracts/`. */
const nearest: Readonly<Record<string, RegExp>> = {
  dispute: /^test\/contracts\/dispute\//,
  inference: /^test\/contracts\/(?:inference|dispute)\//,
  staking: /^test\/contracts\/staking\//,
  registry: /^test\/contracts\/registry\//,
  libraries: /^test\/contracts\/(?:libraries|inference)\//,
  types: /^test\/contracts\/(?:types|registry)\//,
  machine: /^test\/contracts\/machine\//,
  periphery: /^test\/contracts\/periphery\//,
};

/**
 * Of some files, the mocha tests in the order in which they are let loose on a mutant: what killed it before, what is near and short, all that is short,
 * the rest.
 */
export function stagesFor(
  { file }: Mutant,
  files: readonly string[],
  killer?: string,
): readonly (readonly string[])[] {
  const tests = files.filter(
    (path) => /^test\/(?:contracts|differential|invariant)\/.*\.test\.ts$/.test(path) && !blind.test(path),
  );
  const near = nearest[file.split("/")[0] as string] ?? /^test\/contracts\//;
  const isMachine = file.startsWith("machine/");
  const known = tests.filter((path) => path === killer);
  const first = tests.filter((path) => near.test(path) && (isMachine || !long.test(path)));
  const second = tests.filter((path) => !first.includes(path) && !long.test(path));
  const third = tests.filter((path) => !first.includes(path) && !second.includes(path));
  return [known, first, second, third].filter((stage) => stage.length > 0);
}
