import { expect } from "chai";
import { network } from "hardhat";
import { modelId } from "../../../sdk/src/machine/record.ts";
import type { ModelRecord } from "../../../sdk/src/machine/types.ts";

const { ethers, networkHelpers } = await network.create();

async function fixture() {
  return { records: await ethers.deployContract("ModelRecordHarness") };
}

const RECORD: ModelRecord = {
  machineVersion: 1,
  programRoot: `0x${"11".repeat(32)}`,
  constantsRoot: `0x${"22".repeat(32)}`,
  inputDepth: 5,
  constantsDepth: 6,
  stepDepth: 7,
  wordDepth: 8,
  stepCount: 100,
  inputBytes: 1000,
  outputBytes: 40,
};

/** The largest and smallest records that are legal. */
const LEGAL: readonly Partial<ModelRecord>[] = [
  {},
  { inputDepth: 32, inputBytes: 2 ** 32 - 1 },
  { inputDepth: 0, inputBytes: 32 },
  { constantsDepth: 32 },
  { constantsDepth: 0 },
  { stepDepth: 20, wordDepth: 20, stepCount: 2 ** 20 },
  { stepDepth: 12, wordDepth: 28, outputBytes: 2 ** 32 - 1 },
  { stepDepth: 0, stepCount: 1 },
  { wordDepth: 0, outputBytes: 32 },
  { inputBytes: 1, outputBytes: 1 },
];

const ILLEGAL: readonly (readonly [change: Partial<ModelRecord>, error: string, ...args: number[]])[] = [
  [{ machineVersion: 0 }, "ModelVersionUnsupported", 0, 1],
  [{ machineVersion: 2 }, "ModelVersionUnsupported", 2, 1],
  [{ inputDepth: 33 }, "ModelInputDepthTooLarge", 33, 32],
  [{ inputDepth: 255 }, "ModelInputDepthTooLarge", 255, 32],
  [{ constantsDepth: 33 }, "ModelConstantsDepthTooLarge", 33, 32],
  [{ stepDepth: 21 }, "ModelStepDepthTooLarge", 21, 20],
  [{ wordDepth: 29 }, "ModelWordDepthTooLarge", 29, 28],
  [{ stepDepth: 20, wordDepth: 21 }, "ModelTraceDepthTooLarge", 41, 40],
  [{ stepCount: 0 }, "ModelStepCountOutOfRange", 0, 128],
  [{ stepCount: 129 }, "ModelStepCountOutOfRange", 129, 128],
  [{ inputBytes: 0 }, "ModelInputBytesOutOfRange", 0, 1024],
  [{ inputBytes: 1025 }, "ModelInputBytesOutOfRange", 1025, 1024],
  [{ outputBytes: 0 }, "ModelOutputBytesOutOfRange", 0, 8192],
  [{ outputBytes: 8193 }, "ModelOutputBytesOutOfRange", 8193, 8192],
];

describe("ModelRecord", () => {
  it("default: attack 47: legal records are legal, up to their bounds", async () => {
    const { records } = await networkHelpers.loadFixture(fixture);
    for (const change of LEGAL) await records.validate({ ...RECORD, ...change });
  });

  it("default: the id is that of the SDK, for legal records and others", async () => {
    const { records } = await networkHelpers.loadFixture(fixture);
    const changes = [...LEGAL, ...ILLEGAL.map(([change]) => change)];
    const ids = new Set<string>();
    for (const change of changes) {
      const record = { ...RECORD, ...change };
      const id = await records.id(record);
      expect(id).to.equal(modelId(record));
      ids.add(id);
    }
    expect(ids.size).to.equal(changes.length, "no two records share an id");
  });

  it("behavior: ids can be compared, and the depth of the trace is the sum of its parts", async () => {
    const { records } = await networkHelpers.loadFixture(fixture);
    const [one, other] = [modelId(RECORD), modelId({ ...RECORD, stepCount: 1 })];
    expect([...(await records.areEqual(one, one))]).to.deep.equal([true, false]);
    expect([...(await records.areEqual(one, other))]).to.deep.equal([false, true]);
    expect(await records.traceDepth(RECORD)).to.equal(15);
  });

  for (const [change, error, ...args] of ILLEGAL) {
    it(`error: ${error} for ${JSON.stringify(change)}`, async () => {
      const { records } = await networkHelpers.loadFixture(fixture);
      await expect(records.validate({ ...RECORD, ...change }))
        .to.be.revertedWithCustomError(records, error)
        .withArgs(...args);
    });
  }
});
