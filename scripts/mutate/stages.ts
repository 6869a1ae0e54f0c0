import type { Mutant } from "./mutant.ts";

/** Tests that fail for any change of the code, whether or not it behaves otherwise: they say nothing about a mutant. */
const blind = /[./]gas\.test\.ts$/;
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

/** Which tests are about a function, by what their file is called; of the first entry that fits the function's name. */
const about: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:open|_newGame|_begin|gameIdOf|openingHash|_requireOpening|openGame|_countIn)$/, /opening/],
  [/^reveal$/, /reveal/],
  [/(?:demand|publishInput|_requireWindow|_rootOfInput)/i, /demands/],
  [/^(?:answer|_descend|_requirePosition|checkRow|rowHeight|hashOf|firstDifference)$/, /answers/],
  [
    /^(?:isInTime|passTurn|remaining|isActive|_total|_used|timeout|_requireMovable|canTimeout|_partiesOf)$/,
    /clocks/,
  ],
  [/^(?:convict|_requireContradiction|_locate|_execute)$/, /convict/],
  [/^(?:step|_judge|quit|_end|elementAt|firstDifferentByte|closeGame|_slash)$/, /verdicts/],
  [/^(?:claimReward|enter|close|shareOf|_share)$/, /reward/],
  [/^(?:pairOf|split|withMore|_addStake|_takeStake)$/, /stak(?:es|ing\/protocol)/],
  [/^verdictTermsOf$/, /(?:outcomes|refunds)/],
  [/^(?:claimRefund|_joined|_isThirdParty)$/, /refunds/],
  [/^(?:commit|commitBatch|postTrace|check|_accept|acceptFor|_requireActsFor)$/, /commitments/],
  [/^(?:request|requestByRoot|_open|requestIdOf|expire|_requireMissed|_penalise|_requireAhead)$/, /requests/],
  [/^reopen$/, /reopening/],
  [/^(?:settle|statusNow|_statusNow|isResult|finalOutputRoot|_requireEnded|_release)$/, /finality/],
  [/(?:batch|linkResult|showResult|requireIncluded|_bind|_commitmentOf)/i, /batch/],
];

/** The function of a source text that contains the mistake; nothing if it is in none. */
function functionOf({ find }: Mutant, text: string): string | undefined {
  const before = text.slice(0, text.indexOf(find) + find.length);
  return [...before.matchAll(/\bfunction (\w+)/g)].at(-1)?.[1];
}

/** What is known of a mutant besides itself. */
export type Hints = {
  /** Text of the file that it spoils. */
  readonly text?: string;
  /** File of the test that killed it before. */
  readonly killer?: string | undefined;
};

/**
 * Of some files, the mocha tests in the order in which they are let loose on a mutant: what killed it before, what is about the function that it spoils,
 * what is near and short, all that is short, the rest. A file is in one stage.
 */
export function stagesFor(
  mutant: Mutant,
  files: readonly string[],
  { text = "", killer }: Hints = {},
): readonly (readonly string[])[] {
  const { file } = mutant;
  const tests = files.filter(
    (path) => /^test\/(?:contracts|differential|invariant)\/.*\.test\.ts$/.test(path) && !blind.test(path),
  );
  const near = nearest[file.split("/")[0] as string] ?? /^test\/contracts\//;
  const isMachine = file.startsWith("machine/");
  const name = functionOf(mutant, text);
  const aim = about.find(([functions]) => name !== undefined && functions.test(name))?.[1];
  const isNear = (path: string): boolean => near.test(path) && (isMachine || !long.test(path));
  const orders: ((path: string) => boolean)[] = [
    (path) => path === killer,
    (path) => aim?.test(path.slice(path.lastIndexOf("/"))) === true && !long.test(path),
    isNear,
    (path) => !long.test(path),
    () => true,
  ];
  const stages: string[][] = orders.map(() => []);
  for (const path of tests) stages[orders.findIndex((fits) => fits(path))]?.push(path);
  return stages.filter((stage) => stage.length > 0);
}
