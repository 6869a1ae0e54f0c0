import { expect } from "chai";
import { checkErrors } from "../../scripts/check/errors.ts";
import { checkContractLayers, checkSdkLayers } from "../../scripts/check/layers.ts";
import { checkNumerics } from "../../scripts/check/numerics.ts";
import { parenthesised, splitArguments, stripSolidity } from "../../scripts/check/solidity.ts";
import { expectProblems, file } from "../support/check-problems.ts";

describe("checkSdkLayers", () => {
  it("default: accepts imports that point downwards", () => {
    const files = [
      file("sdk/src/core/errors.ts", 'import { sha3 } from "@noble/hashes/sha3.js";'),
      file("sdk/src/machine/step.ts", 'import { MachineError } from "../core/errors.ts";'),
      file(
        "sdk/src/actions/commit.ts",
        'import { x } from "viem";',
        'import { step } from "../machine/step.ts";',
      ),
      file("sdk/src/addresses.ts", 'import local from "../../deployments/1.json" with { type: "json" };'),
      file("sdk/src/cli/main.ts", 'import { readFileSync } from "node:fs";'),
    ];
    expectProblems(checkSdkLayers(files));
  });

  it("error: an import that points upwards", () => {
    const bad = file("sdk/src/machine/step.ts", "", 'import { compileOnnx } from "../compiler/compile.ts";');
    expectProblems(
      checkSdkLayers([bad]),
      "sdk/src/machine/step.ts:2: machine may not import compiler, which is above it",
    );
  });

  it("error: an import of a layer on the same line", () => {
    const bad = file("sdk/src/runtime/run.ts", 'import type { Model } from "../compiler/model.ts";');
    expectProblems(checkSdkLayers([bad]), "which is beside it");
  });

  it("error: an import of a folder that is no layer", () => {
    const bad = file("sdk/src/game/x.ts", 'import { x } from "../utils/x.ts";');
    expectProblems(
      checkSdkLayers([bad, file("sdk/src/utils/x.ts")]),
      "utils is not a layer",
      '"utils" is not a layer',
    );
  });

  it("error: an import from outside of the SDK", () => {
    const bad = file("sdk/src/cli/main.ts", 'export { x } from "../../../scripts/demo/main.ts";');
    expectProblems(checkSdkLayers([bad]), "scripts/demo/main.ts, which is outside of it");
  });

  for (const name of ["viem", "viem/actions", "ethers", "node:fs", "fs"]) {
    it(`error: ${name} in a layer that runs without a chain`, () => {
      const bad = file("sdk/src/trace/tree.ts", `const module = await import("${name}");`);
      expectProblems(checkSdkLayers([bad]), `trace may not import the package ${name}`);
    });
  }

  it("error: ethers in the actions", () => {
    expectProblems(
      checkSdkLayers([file("sdk/src/actions/x.ts", 'import { Contract } from "ethers";')]),
      "package ethers",
    );
  });

  it("error: ethers, which is optional, behind the main entry", () => {
    const bad = file("sdk/src/index.ts", 'export { fromEthers } from "./ethers/index.ts";');
    expectProblems(checkSdkLayers([bad]), "index may not import ethers, which is optional");
  });

  it("error: a name of Node in a layer that runs everywhere", () => {
    const bad = file(
      "sdk/src/core/bytes.ts",
      "export const env = process.env;",
      "export const b = globalThis.Buffer;",
    );
    expectProblems(
      checkSdkLayers([bad]),
      ":1: a layer that runs everywhere may not use process",
      "use Buffer",
    );
  });

  it("behavior: a member or a declaration may have the name of something of Node", () => {
    const good = file(
      "sdk/src/core/job.ts",
      "export type Job = { process: number };",
      "export const f = (j: Job) => j.process;",
    );
    expectProblems(checkSdkLayers([good]));
  });

  it("error: imports in a circle", () => {
    const files = [
      file("sdk/src/core/a.ts", 'import { b } from "./b.ts";'),
      file("sdk/src/core/b.ts", 'import { a } from "./a.ts";'),
    ];
    expectProblems(checkSdkLayers(files), "sdk/src/core/a.ts -> sdk/src/core/b.ts -> sdk/src/core/a.ts");
  });
});

describe("checkContractLayers", () => {
  it("default: accepts imports that point downwards", () => {
    const files = [
      file("contracts/types/Ids.sol"),
      file("contracts/interfaces/IReferee.sol", 'import {ModelId} from "../types/Ids.sol";'),
      file("contracts/dispute/DisputeGame.sol", 'import {IReferee} from "../interfaces/IReferee.sol";'),
      file(
        "contracts/staking/StakeVault.sol",
        'import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";',
      ),
    ];
    expectProblems(checkContractLayers(files));
  });

  it("error: the core imports the periphery", () => {
    const bad = file(
      "contracts/inference/InferenceHub.sol",
      "import {",
      "    Lens",
      '} from "../periphery/Lens.sol";',
    );
    expectProblems(checkContractLayers([bad]), "inference may not import periphery, which is above it");
  });

  it("error: contracts of one line import each other", () => {
    const bad = file(
      "contracts/dispute/DisputeGame.sol",
      'import {InferenceHub} from "../inference/InferenceHub.sol";',
    );
    expectProblems(checkContractLayers([bad]), "which is beside it");
  });

  it("error: an import from a test or another package", () => {
    const bad = file(
      "contracts/machine/Referee.sol",
      'import {Mock} from "../../test/Mock.sol";',
      'import "solady/utils/LibSort.sol";',
    );
    expectProblems(checkContractLayers([bad]), "test/Mock.sol, which is outside", "solady/utils/LibSort.sol");
  });

  it("error: imports in a circle", () => {
    const files = [
      file("contracts/types/A.sol", 'import {B} from "./B.sol";'),
      file("contracts/types/B.sol", 'import {A} from "./A.sol";'),
    ];
    expectProblems(checkContractLayers(files), "imports in a circle");
  });

  it("behavior: ignores imports in comments", () => {
    expectProblems(
      checkContractLayers([file("contracts/types/A.sol", '// import {X} from "../periphery/X.sol";')]),
    );
  });
});

describe("checkErrors", () => {
  it("default: accepts errors that are raised", () => {
    const files = [
      file("contracts/A.sol", "error AOne(uint256 a);", "error ATwo();", "error AThree();", "error AFour();"),
      file("contracts/B.sol", "revert AOne(1);", "require(a > f(1, 2), Lib.ATwo());", "Lib.AThree.selector;"),
      file("contracts/C.sol", "revert Lib . AFour({a: 1});"),
    ];
    expectProblems(checkErrors(files));
  });

  it("error: an error that nothing raises", () => {
    const bad = file("contracts/A.sol", "", "    error Unused(uint256 a);", "// revert Unused(1);");
    expectProblems(checkErrors([bad]), "contracts/A.sol:2: error Unused is never raised");
  });

  it("error: an error that is declared twice", () => {
    const files = [
      file("contracts/A.sol", "error Same();"),
      file("contracts/B.sol", "error Same();", "revert Same();"),
    ];
    expectProblems(
      checkErrors(files),
      "contracts/B.sol:1: error Same is already declared at contracts/A.sol:1",
    );
  });
});

describe("solidity", () => {
  it("default: strips comments and strings, and keeps offsets", () => {
    const text = 'a /* b\n */ c // d\n "e // f" g';
    expect(stripSolidity(text)).to.equal("a     \n    c     \n          g");
    expect(stripSolidity(text, { keepStrings: true })).to.contain('"e // f" g');
  });

  it("default: splits the arguments of a call", () => {
    const code = "require(f(a, b) == [1, 2], E(a, b)) + g(c)";
    expect(splitArguments(parenthesised(code, 7))).to.deep.equal(["f(a, b) == [1, 2]", "E(a, b)"]);
  });
});

describe("checkNumerics", () => {
  it("default: accepts exact functions and powers", () => {
    const good = "Math.imul(Math.fround(a), Math.sqrt(b)) + 2 ** 31 + 2 ** depth; // Math.exp(x) ** y";
    expectProblems(checkNumerics([file("x.ts", good, "const m = 2n ** size;")]));
  });

  for (const expression of [
    "Math.exp(x)",
    "Math.pow(a, b)",
    "Math.tanh(x)",
    "Math.random()",
    "a ** b",
    'Math["log"](x)',
  ]) {
    it(`error: ${expression}`, () => {
      expectProblems(checkNumerics([file("x.ts", "", `const y = ${expression};`)]), "x.ts:2: ");
    });
  }

  it("error: a function of Math taken out of it, and an assignment of a power", () => {
    expectProblems(checkNumerics([file("x.ts", "const { exp } = Math;", "y **= 3;")]), "x.ts:1:", "x.ts:2:");
  });
});
