import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "../check/check.ts";

/** The solver, exactly: another version may prove more, or less. It is 34 MB that nothing else needs, so it is fetched when proofs are made. */
export const SOLVER = "z3-solver@5.2.0";

/** Milliseconds after which a query is given up that does not heed its effort. */
const PATIENCE = 600_000;

type Z3Api = {
  mk_config(): unknown;
  mk_context(config: unknown): unknown;
  del_context(context: unknown): void;
  eval_smtlib2_string(context: unknown, text: string): Promise<string>;
};

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
  const load = createRequire(join(folder, "package.json"));
  const { init } = load("z3-solver") as { init(): Promise<{ Z3: Z3Api }> };
  const { Z3 } = await init();
  return async (query) => {
    const context = Z3.mk_context(Z3.mk_config());
    try {
      return await Z3.eval_smtlib2_string(
        context,
        `(set-option :rlimit ${effort})\n(set-option :timeout ${PATIENCE})\n${query}`,
      );
    } finally {
      Z3.del_context(context);
    }
  };
}
