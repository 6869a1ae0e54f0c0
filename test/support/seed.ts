/** Seeds of randomised tests. A failing run is had again with the seed it printed: `ASSAY_SEED=123 npx hardhat test ...`. */

/** A fresh seed, or the one from the environment; printed, so that it stands next to a failure. */
export function printedSeed(title: string): number {
  const given = process.env.ASSAY_SEED;
  const seed = given === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(given);
  console.log(`      ${title}: ASSAY_SEED=${seed}`);
  return seed;
}
