import { readSecurityTests, type SecurityTest } from "../check/security.ts";
import { ATTACKS, EXPLOITS, PROMISES } from "../check/security-ids.ts";
import { type Generator, textFile } from "./generator.ts";

/** Which test is about which attack and which promise, out of the tests' titles. */
export const securityMap: Generator = {
  name: "security-map",
  generate: async () => {
    const tests = readSecurityTests();
    const attacks = ATTACKS.map((name, index) => row(String(index + 1), name, tests));
    const [promises, exploits] = [PROMISES, EXPLOITS].map((names) =>
      Object.entries(names).map(([id, name]) => row(id, name, tests)),
    ) as [string[], string[]];
    return [
      textFile(
        "test/SECURITY-MAP.md",
        [
          "<!-- Written by scripts/generate/security-map.ts: do not edit, run `npm run generate`. -->",
          "",
          "# Attacks, promises, exploits, and the tests that name them",
          "",
          "A test names what it is about in its title; `npm run check -- security` fails when one of them has no test. Paths are below `test/`.",
          "",
          "## Attacks",
          "",
          ...table(attacks),
          "",
          "## Promises",
          "",
          ...table(promises),
          "",
          "## Exploits of earlier systems",
          "",
          ...table(exploits),
          "",
        ].join("\n"),
      ),
    ];
  },
};

function row(id: string, name: string, tests: readonly SecurityTest[]): string {
  const about = tests
    .filter(({ ids }) => ids.includes(id))
    .map(({ path, title }) => `\`${path.replace(/^test\//, "")}\`: ${title.replaceAll("|", "\\|")}`);
  return `| ${id} | ${name} | ${about.join("<br>")} |`;
}

function table(rows: readonly string[]): readonly string[] {
  return ["| | | tests |", "|---|---|---|", ...rows];
}
