/** How often something happened: in all runs, and in the run in which it happened least. */
export type Count = { readonly total: number; readonly least: number };

/** What each run must have reached in all, so that what held in all of them says something. */
const LEAST = 50;

/** The one that is a share. */
const SHARE = "actions that could be done, of a hundred";

/** Adds up what runs have written, one line each. The runner repeats what comes after the last one. */
export function addUp(text: string, runs: number): ReadonlyMap<string, Count> {
  const counts = new Map<string, Count>();
  const lines = text.split("\n").filter((line) => line !== "");
  if (lines.length < runs) throw new Error(`${lines.length} of ${runs} runs have ended`);
  for (const line of lines.slice(0, runs)) {
    for (const entry of line.split(";").filter((part) => part !== "")) {
      const [what = "", number = ""] = entry.split("=");
      const before = counts.get(what) ?? { total: 0, least: Number.POSITIVE_INFINITY };
      counts.set(what, {
        total: before.total + Number(number),
        least: Math.min(before.least, Number(number)),
      });
    }
  }
  return counts;
}

/** What happened too rarely. */
export function hollow(counts: ReadonlyMap<string, Count>): readonly string[] {
  const rare = [...counts].filter(([what, { total, least }]) =>
    what === SHARE ? least <= 60 : total < LEAST,
  );
  return rare.map(([what]) => what);
}

/** The text of the committed report. */
export function reportOf(
  counts: ReadonlyMap<string, Count>,
  { runs, depth, seed }: { readonly runs: number; readonly depth: number; readonly seed: number },
): string {
  const share = counts.get(SHARE)?.least ?? 0;
  return [
    "<!-- Written by npm run campaign -- --write -->",
    "",
    "# Campaign",
    "",
    `${runs} runs of ${depth} random actions, seed ${seed}. After every action every invariant held that \`test/invariant/Audit.sol\` names.`,
    `At least ${share} of a hundred actions could be done in every run.`,
    "",
    "| what happened | times | in the run where it was rarest |",
    "|---|---:|---:|",
    ...[...counts]
      .filter(([what]) => what !== SHARE)
      .map(([what, { total, least }]) => `| ${what} | ${total} | ${least} |`),
    "",
  ].join("\n");
}
