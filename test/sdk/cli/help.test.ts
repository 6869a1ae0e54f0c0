import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../../../scripts/check/check.ts";
import { COMMANDS } from "../../../sdk/src/cli/commands.ts";
import type { CommandEntry, CommandTable } from "../../../sdk/src/cli/lazy.ts";
import { createProgram } from "../../../sdk/src/cli/program.ts";
import { runNode } from "../../support/command.ts";

/** Every command with its name in full. */
function* leavesOf(table: CommandTable, before: readonly string[] = []): Generator<readonly string[]> {
  for (const [name, entry] of Object.entries(table) as [string, CommandEntry][]) {
    if ("commands" in entry) yield* leavesOf(entry.commands, [...before, name]);
    else yield [...before, name];
  }
}

type Command = Awaited<ReturnType<typeof createProgram>>;

function find(program: Command, names: readonly string[]): Command {
  let command = program;
  for (const name of names) {
    const found = command.commands.find((one) => one.name() === name);
    if (found === undefined) throw new Error(`There is no ${names.join(" ")}`);
    command = found;
  }
  return command;
}

/** A command as it is when it is called. */
async function called(names: readonly string[]): Promise<Command> {
  return find(await createProgram(names), names);
}

const leaves = [...leavesOf(COMMANDS)];

describe("assay's help", () => {
  for (const names of leaves) {
    const title = names.join(" ");
    it(`default: ${title} explains itself, takes --json, and is listed with its arguments`, async () => {
      const command = await called(names);
      expect(command.description()).to.match(/^[A-Z].*\.$/);
      expect(command.summary()).to.match(/^[a-z].*[^.]$/);
      const flags = command.options.map(({ long }) => long);
      expect(flags).to.include("--json");
      expect(flags.includes("--dry-run")).to.equal(flags.includes("--output"));
      let text = "";
      command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
      const hasExample = /\nExamples?:\n|\nThen:\n/.test(text) || title === "networks";
      expect(hasExample, text).to.equal(true);
      for (const { long, description } of command.options) expect(description, String(long)).to.not.equal("");

      const listed = find(await createProgram([]), names);
      const argsOf = (one: Command) =>
        one.registeredArguments.map((argument) => [argument.name(), argument.required]);
      expect(argsOf(listed)).to.deep.equal(argsOf(command));
    });
  }

  it("default: every command that sends can be tried out, and prints its call for a multisig", async () => {
    const sending: string[] = [];
    for (const names of leaves)
      if ((await called(names)).options.some(({ long }) => long === "--dry-run"))
        sending.push(names.join(" "));
    expect(sending).to.deep.equal([
      ...["model publish", "model deprecate", "profile create"],
      ...["deposit", "withdraw", "stake", "unstake", "complete", "cancel", "signer", "payout"].map(
        (name) => `account ${name}`,
      ),
      ...["request send", "request settle", "dispute open", "dispute move", "dispute claim"],
    ]);
  });

  it("behavior: the list of commands loads none of them", async () => {
    const loader = `
      import { registerHooks } from "node:module";
      registerHooks({ load(url, context, next) {
        if (/cli\\/commands\\/|node_modules\\/(viem|zod)\\//.test(url)) throw new Error("loads " + url);
        return next(url, context);
      } });
      process.argv.splice(2, 0, "--help");
      await import(${JSON.stringify(join(root, "sdk/src/cli/main.ts"))});
    `;
    const { code, stdout, stderr } = await runNode("--input-type=module", "--eval", loader, "assay");
    expect(code, stderr).to.equal(0);
    expect(stdout).to.contain("dispute");
  });

  it("default: --version is the package's", async () => {
    const { version } = JSON.parse(readFileSync(join(root, "sdk/package.json"), "utf8"));
    expect((await runNode("sdk/src/cli/main.ts", "--version")).stdout.trim()).to.equal(version);
    for (const args of [
      ["--version", "--json"],
      ["--json", "-V"],
    ])
      expect(JSON.parse((await runNode("sdk/src/cli/main.ts", ...args)).stdout)).to.deep.equal({ version });
  });

  it("error: a command that is misspelled is told with the one that was meant", async () => {
    const { code, stderr } = await runNode("sdk/src/cli/main.ts", "model", "compyle");
    expect(code).to.equal(2);
    expect(stderr).to.contain("(Did you mean compile?)");
    const json = await runNode("sdk/src/cli/main.ts", "modl", "--json");
    expect(json.code).to.equal(2);
    expect(JSON.parse(json.stdout).error.code).to.equal("USAGE");
  });
});
