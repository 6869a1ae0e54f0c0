import { checkExports } from "../../scripts/check/exports.ts";
import { checkGenerated } from "../../scripts/check/generated.ts";
import { checkLockfile } from "../../scripts/check/lockfile.ts";
import { checkSecurity, securityTests } from "../../scripts/check/security.ts";
import { ATTACKS, EXPLOITS, PROMISES } from "../../scripts/check/security-ids.ts";
import { checkMochaTitles, checkSolidityTests } from "../../scripts/check/test-names.ts";
import { checkWarnings } from "../../scripts/check/warnings.ts";
import { checkWords } from "../../scripts/check/words.ts";
import { expectProblems, file } from "../support/check-problems.ts";

describe("checkMochaTitles", () => {
  it("default: accepts the vocabulary", () => {
    const good = file(
      "test/a.test.ts",
      'describe("anything", () => {',
      '  it("default", f); it("default: adds", f); it("args: block", f); it("behavior: retries", f);',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a program
      "  it(`error: ${name}`, f);",
      "});",
    );
    expectProblems(checkMochaTitles([good]));
  });

  it("error: other titles, and titles that are not written out", () => {
    const bad = file(
      "a.test.ts",
      'it("works", f);',
      "it(title, f);",
      "it(`$" + "{a} b`, f);",
      'it("defaults", f);',
    );
    expectProblems(checkMochaTitles([bad]), ":1:", ":2: a title must be written out", ":3:", ":4:");
  });
});

describe("checkSecurity", () => {
  const all = [...ATTACKS.keys()].map((index) => index + 1).join(", ");
  const promises = Object.keys(PROMISES).join(" and ");
  const exploits = Object.keys(EXPLOITS).join(", ");
  const title = `attack ${all}, promise ${promises}, exploit ${exploits}`;
  const complete = file("test/a.test.ts", `it("behavior: ${title}", f);`);

  it("default: accepts titles that name every attack, promise and exploit", () => {
    expectProblems(checkSecurity(securityTests([complete])));
  });

  it("error: what no title names, and what a title names that does not exist", () => {
    const without = {
      ...complete,
      text: complete.text.replace(" 3,", "").replace("L1 and ", "").replace("X9", "X8"),
    };
    const other = file(
      "test/b.test.ts",
      'it("behavior: attack 3000: none", f); it("behavior: no attack", f);',
    );
    expectProblems(
      checkSecurity(securityTests([without, other])),
      "no test names attack 3",
      "no test names promise L1",
      "no test names exploit X9",
      'test/b.test.ts: "behavior: attack 3000: none" names 3000',
    );
  });
});

describe("checkSolidityTests", () => {
  it("default: accepts the four kinds and helpers", () => {
    const good =
      "function test_a_b() {} function testFuzz_a() {} function testDiff_a() {} function invariant_a() {}";
    expectProblems(checkSolidityTests([file("A.t.sol", good, "function setUp() {} function attest() {}")]));
  });

  it("error: other names", () => {
    const bad = file("A.t.sol", "function testAdd() {}", "function test_() {}", "function invariantSum() {}");
    expectProblems(checkSolidityTests([bad]), ":1: testAdd", ":2: test_", ":3: invariantSum");
  });
});

describe("checkLockfile", () => {
  const integrity = "sha512-x";
  const check = (packages: object) => checkLockfile(JSON.stringify({ packages }));

  it("default: accepts a complete lock file", () => {
    const packages = {
      "": { name: "assay", optionalDependencies: { d: "1" } },
      "node_modules/sdk": { resolved: "sdk", link: true },
      "node_modules/a": { integrity, optionalDependencies: { b: "1", c: "1" } },
      "node_modules/a/node_modules/b": { integrity },
      "node_modules/c": { integrity },
      "node_modules/d": { integrity },
    };
    expectProblems(check(packages));
  });

  it("error: a binary of another platform is missing", () => {
    const packages = { "node_modules/a": { integrity, optionalDependencies: { "a-darwin-arm64": "1" } } };
    expectProblems(check(packages), "a-darwin-arm64, which is optional, has no entry");
  });

  it("error: the address of a registry", () => {
    const resolved = "https://registry.example/a/-/a-1.0.0.tgz";
    expectProblems(
      check({ "node_modules/a": { integrity, resolved } }),
      "records where",
      "address of a registry",
    );
  });

  it("error: no integrity hash", () => {
    expectProblems(check({ "node_modules/a": {} }), "has no integrity hash");
  });
});

describe("checkWords", () => {
  const check = (text: string, path = "test/a.test.ts") => checkWords([file(path, text)]);

  it("default: accepts other words", () => {
    expectProblems(
      check("https://example.org/home/x ./work/x ../tmp/y @a/root/b it(title) describe(x).onlyOnce()"),
    );
  });

  for (const folder of ["work", "tmp", "root", "home"]) {
    it(`error: a path in the folder ${folder} of a machine`, () => {
      expectProblems(check(`"${["", folder, "x"].join("/")}"`), "a path of one machine");
    });
  }

  it("error: a note to self", () => {
    expectProblems(check(`// ${"TO"}${"DO"}: later`), "a note to self");
  });

  for (const call of [
    ["describe", ".only("],
    ["it", ".skip("],
    ["x", "it("],
  ].map((parts) => parts.join(""))) {
    it(`error: ${call.slice(0, -1)}`, () => {
      expectProblems(check(call), "a test that is left out");
    });
  }
});

describe("checkExports", () => {
  it("default: accepts what is built", () => {
    const manifest = { ".": {}, "./machine": {}, "./package.json": "./package.json" };
    expectProblems(checkExports(manifest, new Set(["index", "machine", "cli"])));
  });

  it("error: an export without an entry, and an entry without an export", () => {
    expectProblems(
      checkExports({ "./game": {} }, new Set(["trace"])),
      "exports game",
      "not export the entry trace",
    );
  });
});

describe("checkWarnings", () => {
  it("default: accepts remarks", () => {
    expectProblems(checkWarnings({ output: { errors: [{ severity: "info", message: "a" }] } }));
    expectProblems(checkWarnings({ output: {} }));
  });

  it("error: a warning", () => {
    expectProblems(
      checkWarnings({ output: { errors: [{ severity: "warning", message: "unused" }] } }),
      "unused",
    );
  });

  it("behavior: tests may be large, contracts may not", () => {
    const large = (path: string) => ({
      ...{ severity: "warning", message: "Contract code size is 30000 bytes" },
      formattedMessage: `Warning: Contract code size is 30000 bytes\n  --> project/${path}:1:1:\n`,
    });
    expectProblems(checkWarnings({ output: { errors: [large("test/A.t.sol")] } }));
    expectProblems(
      checkWarnings({ output: { errors: [large("contracts/test/A.sol")] } }),
      "contracts/test/A.sol",
    );
  });
});

describe("checkGenerated", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  it("default: accepts the same bytes", () => {
    expectProblems(checkGenerated([{ path: "a", content: bytes("x") }], new Map([["a", bytes("x")]])));
  });

  it("error: a file that differs, one that is missing, and one that nothing writes", () => {
    const expected = [
      { path: "a", content: bytes("x") },
      { path: "b", content: bytes("x") },
    ];
    const present = new Map([
      ["a", bytes("y")],
      ["generated/c", bytes("x")],
    ]);
    expectProblems(
      checkGenerated(expected, present),
      "a: differs",
      "b: is missing",
      "generated/c: lies among",
    );
  });
});
