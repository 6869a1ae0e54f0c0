import { COMPILER, type Finding } from "./compiler.ts";
import { SOLVER } from "./solver.ts";

/** The text of the committed report. */
export function reportOf(findings: readonly Finding[]): string {
  const proven = findings.filter(({ fate }) => fate === "proven").length;
  return [
    "<!-- Written by npm run prove -- --write -->",
    "",
    "# Proofs",
    "",
    "What the Solidity compiler's model checker (engine CHC) and Z3 say of the assertions in `test/proofs`: *proven* holds for all values, and after any number of",
    "calls. The functions called are those that are deployed. Not decided by this prover, and tested instead: everything in assembly (trees, the referee's",
    "arithmetic), hashes, the two clocks of a game over many turns, the shares of a pool that somebody has won, and that two shares of a lock never exceed it.",
    "Of a pool with winners the model checker says that even `winners == 1` fails after the first `enter`: it forgets what a library writes through a reference to",
    "storage, so that what it finds there are no counterexamples. *Open* is what the solver has not decided in 60 seconds; that is neither proven nor refuted.",
    "",
    `${proven} of ${findings.length} assertions proven. solc ${COMPILER}, ${SOLVER}.`,
    "",
    "| contract | function | assertion | |",
    "|---|---|---|---|",
    ...findings.map(
      ({ contract, name, text, fate }) =>
        `| ${contract} | ${name} | \`${text.replaceAll("|", "\\|")}\` | ${fate === "proven" ? fate : `**${fate}**`} |`,
    ),
    "",
  ].join("\n");
}
