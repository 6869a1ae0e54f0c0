import { expect } from "chai";
import { AbiCoder, keccak256, toUtf8Bytes } from "ethers";
import {
  depthForBytes,
  depthForCount,
  makeRecord,
  modelId,
  programRoot,
  programTree,
  validateRecord,
} from "../../../sdk/src/machine/record.ts";
import type { ModelRecord } from "../../../sdk/src/machine/types.ts";
import { expectError } from "../../support/errors.ts";
import { naiveNode } from "../../support/naive-tree.ts";
import { createRandom } from "../../support/random.ts";

const record = makeRecord({
  program: [Uint8Array.of(1, 2, 3), new Uint8Array(0), Uint8Array.of(4)],
  constants: createRandom(1).bytes(100),
  inputBytes: 64,
  outputBytes: 33,
  largestTensorBytes: 1000,
});

describe("machine/record", () => {
  it("default: the least depths, and the roots of the specification", () => {
    expect(record).to.deep.include({ machineVersion: 1, stepCount: 3, inputBytes: 64, outputBytes: 33 });
    expect(record).to.deep.include({ inputDepth: 1, constantsDepth: 2, stepDepth: 2, wordDepth: 5 });
    expect(record.constantsRoot).to.equal(naiveNode(createRandom(1).bytes(100), 2, 0));
    const zero = `0x${"00".repeat(32)}`;
    const tree = programTree([Uint8Array.of(1, 2, 3), new Uint8Array(0), Uint8Array.of(4)], 2);
    expect(tree.root).to.equal(record.programRoot);
    expect([0, 1, 2, 3].map((i) => tree.node(0, i))).to.deep.equal([
      keccak256("0x010203"),
      zero,
      keccak256("0x04"),
      zero,
    ]);
  });

  it("default: depths have room for exactly what they must hold", () => {
    for (const [bytes, depth] of [
      [0, 0],
      [1, 0],
      [32, 0],
      [33, 1],
      [64, 1],
      [65, 2],
      [2 ** 32 - 1, 27],
    ] as const) {
      expect(depthForBytes(bytes), `${bytes}`).to.equal(depth);
    }
    expect([0, 1, 2, 3, 4, 5].map(depthForCount)).to.deep.equal([0, 0, 1, 2, 2, 3]);
  });

  it("args: depths", () => {
    const parameters = {
      program: [Uint8Array.of(1)],
      constants: new Uint8Array(0),
      inputBytes: 1,
      outputBytes: 1,
      largestTensorBytes: 4,
    };
    const deep = makeRecord({ ...parameters, depths: { stepDepth: 3, wordDepth: 20 } });
    expect(deep).to.deep.include({ inputDepth: 0, constantsDepth: 0, stepDepth: 3, wordDepth: 20 });
    expect(deep.programRoot).to.equal(programRoot(parameters.program, 3));
  });

  it("behavior: the id is the ABI's hash of the fields", () => {
    const fields = [
      "uint16",
      "bytes32",
      "bytes32",
      "uint8",
      "uint8",
      "uint8",
      "uint8",
      "uint32",
      "uint32",
      "uint32",
    ];
    const {
      machineVersion,
      inputDepth,
      constantsDepth,
      stepDepth,
      wordDepth,
      stepCount,
      inputBytes,
      outputBytes,
    } = record;
    const encoded = AbiCoder.defaultAbiCoder().encode(
      ["bytes32", ...fields],
      [
        keccak256(toUtf8Bytes("Assay model")),
        machineVersion,
        record.programRoot,
        record.constantsRoot,
        inputDepth,
        constantsDepth,
        stepDepth,
        wordDepth,
        stepCount,
        inputBytes,
        outputBytes,
      ],
    );
    expect(modelId(record)).to.equal(keccak256(encoded));
  });

  it("behavior: no field can change without the id", () => {
    const ids = new Set([modelId(record)]);
    for (const [field, value] of Object.entries(record)) {
      const other = typeof value === "number" ? value + 1 : `0x${"11".repeat(32)}`;
      ids.add(modelId({ ...record, [field]: other } as ModelRecord));
    }
    expect(ids.size).to.equal(1 + Object.keys(record).length);
  });

  it("behavior: records at every limit are legal", () => {
    validateRecord({
      ...record,
      inputDepth: 32,
      constantsDepth: 32,
      stepDepth: 20,
      wordDepth: 20,
      stepCount: 2 ** 20,
      inputBytes: 2 ** 32 - 1,
    });
    validateRecord({ ...record, stepDepth: 12, wordDepth: 28, outputBytes: 2 ** 32 - 1 });
    validateRecord({
      ...record,
      inputDepth: 0,
      inputBytes: 32,
      stepDepth: 0,
      wordDepth: 0,
      stepCount: 1,
      outputBytes: 32,
    });
  });

  it("error: records beyond a limit, by the field", () => {
    const cases: readonly (readonly [Partial<ModelRecord>, string])[] = [
      [{ machineVersion: 2 }, "machineVersion"],
      [{ machineVersion: 0 }, "machineVersion"],
      [{ programRoot: "0x00" }, "programRoot"],
      [{ constantsRoot: `0x${"zz".repeat(32)}` }, "constantsRoot"],
      [{ inputDepth: 33 }, "inputDepth"],
      [{ constantsDepth: 33 }, "constantsDepth"],
      [{ constantsDepth: -1 }, "constantsDepth"],
      [{ stepDepth: 21 }, "stepDepth"],
      [{ wordDepth: 29 }, "wordDepth"],
      [{ wordDepth: 1.5 }, "wordDepth"],
      [{ stepDepth: 13, wordDepth: 28 }, "stepDepth + wordDepth"],
      [{ stepCount: 0 }, "stepCount"],
      [{ stepCount: 5 }, "stepCount"],
      [{ inputBytes: 0 }, "inputBytes"],
      [{ inputBytes: 65 }, "inputBytes"],
      [{ inputDepth: 32, inputBytes: 2 ** 32 }, "inputBytes"],
      [{ outputBytes: 0 }, "outputBytes"],
      [{ outputBytes: 1025 }, "outputBytes"],
    ];
    for (const [change, field] of cases) {
      expectError("RECORD_INVALID", () => validateRecord({ ...record, ...change }), { field });
    }
  });

  it("error: parameters that no record can hold", () => {
    const parameters = {
      program: [Uint8Array.of(1)],
      constants: new Uint8Array(33),
      inputBytes: 1,
      outputBytes: 1,
      largestTensorBytes: 4,
    };
    expectError("RECORD_INVALID", () => makeRecord({ ...parameters, program: [] }), { field: "stepCount" });
    expectError("WORD_TREE_DATA_TOO_LONG", () =>
      makeRecord({ ...parameters, depths: { constantsDepth: 0 } }),
    );
  });
});
