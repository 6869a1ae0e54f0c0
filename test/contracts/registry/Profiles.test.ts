import { expect } from "chai";
import { AbiCoder, id, keccak256, parseEther } from "ethers";
import { network } from "hardhat";
import { type ToyProfile, toyProfile } from "../../support/protocol/world.ts";

const { ethers, networkHelpers } = await network.create();

const fixture = () => ethers.deployContract("Profiles");

function specifiedId(profile: ToyProfile): string {
  const types = ["bytes32", ...Array(16).fill("uint256")];
  return keccak256(
    AbiCoder.defaultAbiCoder().encode(types, [id("Assay profile"), ...Object.values(profile)]),
  );
}

describe("Profiles", () => {
  it("default: a created profile can be read back under its specified id", async () => {
    const profiles = await networkHelpers.loadFixture(fixture);
    const profileId = specifiedId(toyProfile);
    expect(await profiles.exists(profileId)).to.equal(false);
    await expect(profiles.create(toyProfile))
      .to.emit(profiles, "ProfileCreated")
      .withArgs(profileId, Object.values(toyProfile));
    expect(await profiles.idOf(toyProfile)).to.equal(profileId);
    expect(await profiles.exists(profileId)).to.equal(true);
    expect([...(await profiles.profileOf(profileId))]).to.deep.equal(Object.values(toyProfile).map(BigInt));
  });

  it("behavior: creating it again changes nothing and says nothing", async () => {
    const profiles = await networkHelpers.loadFixture(fixture);
    await profiles.create(toyProfile);
    await expect(profiles.create(toyProfile)).not.to.emit(profiles, "ProfileCreated");
    expect(await profiles.create.staticCall(toyProfile)).to.equal(specifiedId(toyProfile));
  });

  it("behavior: attack 32: every field is part of the id", async () => {
    const profiles = await networkHelpers.loadFixture(fixture);
    const ids = new Set<string>();
    for (const [field, value] of Object.entries(toyProfile)) {
      const changed = typeof value === "bigint" ? value + 1n : value + 1;
      ids.add(await profiles.idOf({ ...toyProfile, [field]: changed }));
    }
    expect(ids.size).to.equal(16);
    expect(ids.has(specifiedId(toyProfile))).to.equal(false);
  });

  it("error: an unknown profile cannot be read", async () => {
    const profiles = await networkHelpers.loadFixture(fixture);
    await expect(profiles.profileOf(id("none")))
      .to.be.revertedWithCustomError(profiles, "ProfileUnknown")
      .withArgs(id("none"));
  });

  // The toy profile assumes 1000 s of censorship, 300 s for the trace and 60 s for a transaction.
  const [bond, lock] = [parseEther("100"), parseEther("1000")];
  const unsound: [string, Partial<ToyProfile>, (number | bigint)[]][] = [
    ["ProfileInclusionZero", { inclusionSeconds: 0 }, []],
    ["ProfileWindowTooShort", { windowSeconds: 1419 }, [1419, 1420]],
    ["ProfileClockTooShort", { clockSeconds: 1719 }, [1719, 1720]],
    ["ProfileTimeTooLong", { windowSeconds: 2 ** 24 }, [2 ** 24, 2 ** 24 - 1]],
    ["ProfileTimeTooLong", { clockSeconds: 2 ** 24 }, [2 ** 24, 2 ** 24 - 1]],
    ["ProfileLockBurnOutOfRange", { lockBurnBps: 4999 }, [4999, 5000, 10_000]],
    ["ProfileLockBurnOutOfRange", { lockBurnBps: 10_001 }, [10_001, 5000, 10_000]],
    ["ProfileRequesterShareTooLarge", { requesterBps: 1001 }, [1001, 1000]],
    ["ProfileLockSharesTooLarge", { lockBurnBps: 9301 }, [10_001, 10_000]],
    ["ProfileBondBurnOutOfRange", { bondBurnBps: 1999 }, [1999, 2000, 10_000]],
    ["ProfileBondBurnOutOfRange", { bondBurnBps: 10_001 }, [10_001, 2000, 10_000]],
    ["ProfileBondZero", { bond: 0n }, []],
    ["ProfileLockBelowBond", { bond: lock + 1n }, [lock, lock + 1n]],
    [
      "ProfileRefundsTooLarge",
      { stepRefund: parseEther("55") + 1n },
      [parseEther("80") + 1n, parseEther("80")],
    ],
    ["ProfileRefundsTooLarge", { bondBurnBps: 10_000 }, [parseEther("45"), 0]],
    [
      "ProfileBondTooSmall",
      { stepRefund: parseEther("25") + 1n },
      [parseEther("100"), parseEther("100") + 2n],
    ],
    ["ProfileRewardTooSmall", { lockBurnBps: 9300 }, [0, parseEther("45")]],
    ["ProfileRewardTooSmall", { lock: parseEther("236") }, [parseEther("44.84"), parseEther("45")]],
    ["ProfileDemandTooLong", { maxDemandBytes: 122_881 }, [122_881, 122_880]],
    ["ProfileMissedDeadlinePenaltyTooLarge", { missedDeadlinePenalty: lock + 1n }, [lock + 1n, lock]],
    ["ProfileVoidPenaltyTooLarge", { voidPenalty: bond + 1n }, [bond + 1n, bond]],
  ];
  for (const [error, change, args] of unsound) {
    it(`error: attack 6, 20, 24 and 42: ${error} when ${Object.entries(change).map(([field, value]) => `${field} is ${value}`)}`, async () => {
      const profiles = await networkHelpers.loadFixture(fixture);
      await expect(profiles.create({ ...toyProfile, ...change }))
        .to.be.revertedWithCustomError(profiles, error)
        .withArgs(...args);
    });
  }

  const atTheEdge: Partial<ToyProfile>[] = [
    { windowSeconds: 1420 },
    { clockSeconds: 1720 },
    { lockBurnBps: 5000 },
    { lockBurnBps: 9300, answerRefund: 0n, stepRefund: 0n },
    { lockBurnBps: 10_000, requesterBps: 0, answerRefund: 0n, stepRefund: 0n },
    { requesterBps: 1000 },
    { bondBurnBps: 10_000, answerRefund: 0n, stepRefund: 0n },
    { lock: bond, answerRefund: 0n, stepRefund: parseEther("19") },
    { stepRefund: parseEther("25") },
    { bond: parseEther("90") },
    { maxBatchResults: 0, maxDemandBytes: 0 },
    { maxBatchResults: 2 ** 16 - 1, maxDemandBytes: 122_880 },
    { missedDeadlinePenalty: lock },
    { voidPenalty: bond },
    { censorshipSeconds: 2 ** 24 - 1 - 720, clockSeconds: 2 ** 24 - 1, windowSeconds: 2 ** 24 - 1 },
  ];
  for (const change of atTheEdge) {
    it(`args: ${Object.entries(change).map(([field, value]) => `${field} ${value}`)} is just sound`, async () => {
      const profiles = await networkHelpers.loadFixture(fixture);
      await profiles.create({ ...toyProfile, ...change });
      expect(await profiles.exists(specifiedId({ ...toyProfile, ...change }))).to.equal(true);
    });
  }

  it("behavior: sums of times beyond 32 bits are not cut off", async () => {
    const profiles = await networkHelpers.loadFixture(fixture);
    const most = 2 ** 32 - 1;
    const profile = { ...toyProfile, censorshipSeconds: most, windowSeconds: most, clockSeconds: most };
    await expect(profiles.create(profile))
      .to.be.revertedWithCustomError(profiles, "ProfileWindowTooShort")
      .withArgs(most, most + 420);
  });
});
