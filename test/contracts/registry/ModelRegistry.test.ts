import { expect } from "chai";
import { AbiCoder, id, keccak256 } from "ethers";
import { network } from "hardhat";
import { type ModelRecord, toyRecord } from "../../support/protocol/toy-model.ts";

const { ethers, networkHelpers } = await network.create();

async function fixture() {
  const [publisher, other] = await ethers.getSigners();
  return { registry: await ethers.deployContract("ModelRegistry"), publisher: publisher!, other: other! };
}

/** The id as the machine's specification defines it. */
function specifiedId(record: ModelRecord): string {
  const types = ["bytes32", "uint256", "bytes32", "bytes32", ...Array(7).fill("uint256")];
  const { programRoot, constantsRoot } = record;
  const values = [id("Assay model"), record.machineVersion, programRoot, constantsRoot, record.inputDepth];
  values.push(record.constantsDepth, record.stepDepth, record.wordDepth, record.stepCount);
  values.push(record.inputBytes, record.outputBytes);
  return keccak256(AbiCoder.defaultAbiCoder().encode(types, values));
}

describe("ModelRegistry", () => {
  it("default: a registered model can be read back under its specified id", async () => {
    const { registry } = await networkHelpers.loadFixture(fixture);
    const modelId = specifiedId(toyRecord);
    await expect(registry.register(toyRecord))
      .to.emit(registry, "ModelRegistered")
      .withArgs(modelId, Object.values(toyRecord));
    expect(await registry.isRegistered(modelId)).to.equal(true);
    const stored = Object.values(toyRecord).map((value) =>
      typeof value === "number" ? BigInt(value) : value,
    );
    expect([...(await registry.recordOf(modelId))]).to.deep.equal(stored);
  });

  it("behavior: registering again, by anyone, changes nothing and says nothing", async () => {
    const { registry, other } = await networkHelpers.loadFixture(fixture);
    await registry.register(toyRecord);
    await expect(registry.connect(other).register(toyRecord)).not.to.emit(registry, "ModelRegistered");
    expect(await registry.register.staticCall(toyRecord)).to.equal(specifiedId(toyRecord));
  });

  it("behavior: attack 61 and 64: every field is part of the id", async () => {
    const { registry } = await networkHelpers.loadFixture(fixture);
    const changes: Partial<ModelRecord>[] = [
      { programRoot: id("a") },
      { constantsRoot: id("a") },
      { inputDepth: 2 },
      { constantsDepth: 2 },
      { stepDepth: 4 },
      { wordDepth: 3 },
      { stepCount: 5 },
      { inputBytes: 4 },
      { outputBytes: 39 },
    ];
    const ids = new Set([specifiedId(toyRecord)]);
    for (const change of changes) ids.add(await registry.register.staticCall({ ...toyRecord, ...change }));
    expect(ids.size).to.equal(changes.length + 1);
  });

  const illegal: [string, Partial<ModelRecord>, (number | bigint)[]][] = [
    ["ModelVersionUnsupported", { machineVersion: 0 }, [0, 1]],
    ["ModelVersionUnsupported", { machineVersion: 2 }, [2, 1]],
    ["ModelInputDepthTooLarge", { inputDepth: 33 }, [33, 32]],
    ["ModelConstantsDepthTooLarge", { constantsDepth: 33 }, [33, 32]],
    ["ModelStepDepthTooLarge", { stepDepth: 21 }, [21, 20]],
    ["ModelWordDepthTooLarge", { wordDepth: 29 }, [29, 28]],
    ["ModelTraceDepthTooLarge", { stepDepth: 20, wordDepth: 21 }, [41, 40]],
    ["ModelStepCountOutOfRange", { stepCount: 0 }, [0, 8]],
    ["ModelStepCountOutOfRange", { stepCount: 9 }, [9, 8]],
    ["ModelInputBytesOutOfRange", { inputBytes: 0 }, [0, 64]],
    ["ModelInputBytesOutOfRange", { inputBytes: 65 }, [65, 64]],
    ["ModelOutputBytesOutOfRange", { outputBytes: 0 }, [0, 128]],
    ["ModelOutputBytesOutOfRange", { outputBytes: 129 }, [129, 128]],
  ];
  for (const [error, change, args] of illegal) {
    it(`error: ${error} for ${JSON.stringify(change)}`, async () => {
      const { registry } = await networkHelpers.loadFixture(fixture);
      await expect(registry.register({ ...toyRecord, ...change }))
        .to.be.revertedWithCustomError(registry, error)
        .withArgs(...args);
    });
  }

  it("args: the largest legal record", async () => {
    const { registry } = await networkHelpers.loadFixture(fixture);
    const largest = { ...toyRecord, inputDepth: 32, constantsDepth: 32, stepDepth: 12, wordDepth: 28 };
    const record = { ...largest, stepCount: 4096, inputBytes: 2 ** 32 - 1, outputBytes: 2 ** 32 - 1 };
    await registry.register(record);
    expect(await registry.isRegistered(specifiedId(record))).to.equal(true);
  });

  it("error: an unknown model can be neither read nor listed", async () => {
    const { registry } = await networkHelpers.loadFixture(fixture);
    const modelId = id("none");
    expect(await registry.isRegistered(modelId)).to.equal(false);
    for (const call of [
      () => registry.recordOf(modelId),
      () => registry.publish(modelId, "n", "1", "u", "l"),
    ]) {
      await expect(call()).to.be.revertedWithCustomError(registry, "RegistryModelUnknown").withArgs(modelId);
    }
  });

  it("default: a listing says what its publisher wrote, and when", async () => {
    const { registry, publisher } = await networkHelpers.loadFixture(fixture);
    await registry.register(toyRecord);
    const modelId = specifiedId(toyRecord);
    await networkHelpers.time.setNextBlockTimestamp(5_000_000_000);
    await expect(registry.publish(modelId, "digits", "1.0.0", "ipfs://a", "MIT"))
      .to.emit(registry, "ModelPublished")
      .withArgs(publisher.address, modelId, "digits", "1.0.0", "ipfs://a", "MIT");
    const listing = await registry.listingOf(publisher, "digits", "1.0.0");
    expect([...listing]).to.deep.equal([modelId, 5_000_000_000n, false, "ipfs://a", "MIT"]);
  });

  it("behavior: names belong to their publisher, and the two strings are not run together", async () => {
    const { registry, publisher, other } = await networkHelpers.loadFixture(fixture);
    await registry.register(toyRecord);
    const modelId = specifiedId(toyRecord);
    await registry.publish(modelId, "digits", "1", "mine", "MIT");
    await registry.connect(other).publish(modelId, "digits", "1", "theirs", "MIT");
    await registry.publish(modelId, "digit", "s1", "third", "MIT");
    expect((await registry.listingOf(publisher, "digits", "1")).uri).to.equal("mine");
    expect((await registry.listingOf(other, "digits", "1")).uri).to.equal("theirs");
    expect((await registry.listingOf(publisher, "digits", "2")).publishedAt).to.equal(0);
  });

  it("error: a version is not listed twice", async () => {
    const { registry, publisher } = await networkHelpers.loadFixture(fixture);
    await registry.register(toyRecord);
    const modelId = specifiedId(toyRecord);
    await registry.publish(modelId, "digits", "1", "a", "MIT");
    await expect(registry.publish(modelId, "digits", "1", "b", "MIT"))
      .to.be.revertedWithCustomError(registry, "RegistryListingExists")
      .withArgs(publisher.address, "digits", "1");
  });

  it("default: a publisher advises against a version, and takes it back", async () => {
    const { registry, publisher } = await networkHelpers.loadFixture(fixture);
    await registry.register(toyRecord);
    const modelId = specifiedId(toyRecord);
    await registry.publish(modelId, "digits", "1", "a", "MIT");
    for (const deprecated of [true, false]) {
      await expect(registry.setDeprecated("digits", "1", deprecated))
        .to.emit(registry, "ModelDeprecated")
        .withArgs(publisher.address, modelId, "digits", "1", deprecated);
      expect((await registry.listingOf(publisher, "digits", "1")).deprecated).to.equal(deprecated);
    }
  });

  it("error: nobody deprecates another one's listing", async () => {
    const { registry, other } = await networkHelpers.loadFixture(fixture);
    await registry.register(toyRecord);
    await registry.publish(specifiedId(toyRecord), "digits", "1", "a", "MIT");
    await expect(registry.connect(other).setDeprecated("digits", "1", true))
      .to.be.revertedWithCustomError(registry, "RegistryListingUnknown")
      .withArgs(other.address, "digits", "1");
  });
});
