import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../check/check.ts";
import { copyRepository } from "./copy.ts";
import { applyMutant, type Mutant } from "./mutant.ts";
import { type Hints, stagesFor } from "./stages.ts";

/** What became of a mutant: a test failed, none did, or it does not even compile, so that it shows nothing. */
export type Verdict =
  | { readonly fate: "killed"; readonly by: string; readonly file?: string }
  | { readonly fate: "survived" }
  | { readonly fate: "does not compile"; readonly message: string };

/** Tests in Solidity are left out: each mutant would compile them all again. */
const solidityTest = /\.t\.sol$|^test\/invariant\//;

/** How long one stage of tests may take, on a machine that has much else to do: a mutant that makes them hang is caught. */
const STAGE_MILLISECONDS = 1_200_000;

/** A copy of the repository in which contracts can be spoiled. */
export class Workshop {
  readonly folder: string;
  readonly #files: readonly string[];
  readonly #seed: string;

  private constructor(folder: string, files: readonly string[], seed: string) {
    this.folder = folder;
    this.#files = files;
    this.#seed = seed;
  }

  /** Copies what contracts and their tests need. */
  static create(seed: string): Workshop {
    const { folder, files } = copyRepository("mutants", (path) => !solidityTest.test(path));
    return new Workshop(folder, files, seed);
  }

  /** Throws if one of some tests fails although nothing is spoiled: such a test would kill everything. */
  async checkClean(files: readonly string[]): Promise<void> {
    if (files.length === 0) return;
    const { code, output } = await this.#test(files);
    if (code !== 0) throw new Error(`Fails without any mistake: ${failureIn(output) ?? output}`);
  }

  /**
   * Spoils a contract, lets the tests loose on it, and mends it.
   *
   * @param killer - the file of the test that killed the mutant before, which is asked first
   */
  async try(mutant: Mutant, killer?: string): Promise<Verdict> {
    const path = join(this.folder, "contracts", mutant.file);
    const sound = readFileSync(path, "utf8");
    writeFileSync(path, applyMutant(mutant, sound));
    try {
      return await this.#judge(mutant, { text: sound, killer });
    } finally {
      writeFileSync(path, sound);
    }
  }

  async #judge(mutant: Mutant, hints: Hints): Promise<Verdict> {
    let compiled: readonly string[] = [];
    for (const tests of stagesFor(mutant, this.#files, hints)) {
      const { code, output } = await this.#test([...compiled, ...tests]);
      compiled = ["--no-compile"];
      if (code === 0) continue;
      if (output.includes("Compilation failed")) return { fate: "does not compile", message: output.trim() };
      const by = failureIn(output);
      if (by === undefined) throw new Error(`The tests could not be run:\n${output}`);
      const file = tests.find((path) => this.#defines(path, by));
      return { fate: "killed", by, ...(file === undefined ? {} : { file }) };
    }
    return { fate: "survived" };
  }

  /** Whether the test of that title is in a file. */
  #defines(path: string, title: string): boolean {
    const [suite = "", test = ""] = [title.split(" > ")[0], title.split(" > ").at(-1)];
    const text = readFileSync(join(this.folder, path), "utf8");
    return text.includes(suite) && text.includes(test);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #test(args: readonly string[]): Promise<{ code: number; output: string }> {
    const hardhat = join(root, "node_modules", "hardhat", "dist", "src", "cli.js");
    const child = spawn(process.execPath, [hardhat, "--no-typechain", "test", "mocha", "--bail", ...args], {
      cwd: this.folder,
      // The same seed every time: what killed a mutant once kills it again.
      env: { ...process.env, ASSAY_SEED: this.#seed, NO_COLOR: "1", FORCE_COLOR: "0" },
      timeout: STAGE_MILLISECONDS,
      killSignal: "SIGKILL",
    });
    let output = "";
    const gather = (data: Buffer): void => {
      output += data.toString();
    };
    child.stdout.on("data", gather);
    child.stderr.on("data", gather);
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => {
        const tooLong = signal === null ? "" : "\n1 failing\n  1) tests that took too long\n";
        resolve({ code: code ?? 1, output: output + tooLong });
      });
    });
  }
}

/**
 * The title of the first test that failed, as mocha lists it below the passing ones, or names it among them where a promise that nobody waited for has ended the
 * run before the list; nothing if no test failed.
 */
export function failureIn(output: string): string | undefined {
  const lines = output.split("\n");
  const summary = lines.findIndex((line) => /^\s*\d+ failing/.test(line));
  const list = lines.slice(summary + 1);
  const first = list.findIndex((line) => /^\s*1\) /.test(line));
  if (first === -1) return undefined;
  if (summary === -1) return list[first]?.trim().replace(/^1\) /, "");
  const block = list.slice(first, first + 8);
  const last = block.findIndex((line) => line.trimEnd().endsWith(":"));
  return block
    .slice(0, (last === -1 ? 0 : last) + 1)
    .map((line) => line.trim().replace(/^1\) /, ""))
    .join(" > ")
    .replace(/:$/, "");
}
