/** What the processes of one campaign have printed, as one text: counts are added up, everything else is taken from the first. */
export function tally(outputs: readonly string[]): readonly string[] {
  const [first = []] = outputs.map(linesOf);
  if (outputs.length === 1) return first;
  const counts = new Map<string, number>();
  for (const line of outputs.flatMap(linesOf).filter(isCount)) {
    for (const part of line.trim().split(", ")) {
      const shape = part.replace(/\d+/, "#");
      counts.set(shape, (counts.get(shape) ?? 0) + Number(/\d+/.exec(part)?.[0]));
    }
  }
  const sums = [...counts].map(([shape, count]) => shape.replace("#", String(count)));
  const at = first.findIndex(isCount);
  const rest = first.filter((line) => !isCount(line));
  return at === -1 ? rest : rest.toSpliced(at, 0, `      ${sums.join(", ")}`);
}

/** Without what the runner says about itself, and without times, which say something about one machine only. */
function linesOf(output: string): readonly string[] {
  return output
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^(No contracts|Compiled|Running)|\d+ games$/.test(line.trim()))
    .map((line) => line.replace(/ \([\d.]+(ms|s|m)\)$/, ""));
}

/** A line of counts: every part between commas has one number, and it is no line of the runner's. */
function isCount(line: string): boolean {
  const isRunners = /[✔✓]|ASSAY_SEED|\d passing$/.test(line);
  return (
    !isRunners &&
    line
      .trim()
      .split(", ")
      .every((part) => part.match(/\d+/g)?.length === 1)
  );
}
