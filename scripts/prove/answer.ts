/** Answers the query that it reads, by the solver in the folder that it is given: a process of its own, so that it can be ended. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

type Z3Api = {
  mk_config(): unknown;
  mk_context(config: unknown): unknown;
  eval_smtlib2_string(context: unknown, text: string): Promise<string>;
};

const [folder = ""] = process.argv.slice(2);
const load = createRequire(join(folder, "package.json"));
const { init } = load("z3-solver") as { init(): Promise<{ Z3: Z3Api }> };
const { Z3 } = await init();
process.stdout.write(await Z3.eval_smtlib2_string(Z3.mk_context(Z3.mk_config()), readFileSync(0, "utf8")));
process.exit(0);
