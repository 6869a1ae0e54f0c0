import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../check/check.ts";

/** The solver, exactly: another version may prove more, or less. It is 34 MB that nothing else needs, so it is fetched when proofs are made. */
export const SOLVER = "z3-solver@5.2.0";

/** Milliseconds after which a query is given up: some heed neither their effort nor a limit of time, so their process is ended. */
const PATIENCE = 60_000;

/** Answers a query in the language SMT-LIB 2. */
export type Solver = (query: string) => Promise<string>;

/**
 * Loads the solver, from the npm registry the first time.
 *
 * @param effort - how much work one query may be, in the solver's own units, which do not depend on the machine
 */
export async function loadSolver(effort: number): Promise<Solver> {
  const folder = join(root, "node_modules", ".cache", "assay-prove");
  if (!existsSync(join(folder, "node_modules", "z3-solver"))) {
    mkdirSync(folder, { recursive: true });
    const args = [
      "install",
      "--prefix",
      folder,
      "--no-save",
      "--no-audit",
      "--no-fund",
      "--ignore-scripts",
      SOLVER,
    ];
    const { status } = spawnSync("npm", args, { stdio: "inherit" });
    if (status !== 0)
      throw new Error(`npm could not install ${SOLVER}; the proofs need the npm registry once`);
  }
  const script = join(import.meta.dirname, "answer.ts");
  return async (query) => {
    const { status, stdout } = spawnSync(process.execPath, [script, folder], {
      input: `(set-option :rlimit ${effort})\n${query}`,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      timeout: PATIENCE,
      killSignal: "SIGKILL",
    });
    return status === 0 ? stdout : "unknown";
  };
}
