import { expect } from "chai";
import { network } from "hardhat";

const { ethers, networkHelpers } = await network.create();
const fixture = () => ethers.deployContract("TimeHarness");
const load = () => networkHelpers.loadFixture(fixture);
const MOST = 2n ** 32n - 1n;

describe("Time", () => {
  it("default: the time is the block's", async () => {
    const times = await load();
    await networkHelpers.time.increaseTo(9_000_000_000);
    expect(await times.time()).to.equal(9_000_000_000n);
  });

  it("default: instants are ordered", async () => {
    const times = await load();
    expect([...(await times.order(1, 2))]).to.deep.equal([true, false]);
    expect([...(await times.order(2, 2))]).to.deep.equal([false, true]);
    expect([...(await times.order(3, 2))]).to.deep.equal([false, true]);
  });

  it("behavior: what has passed is never negative, and never more than a duration holds", async () => {
    const times = await load();
    expect(await times.since(10, 3)).to.equal(7n);
    expect(await times.since(3, 3)).to.equal(0n);
    expect(await times.since(3, 10)).to.equal(0n);
    expect(await times.since(MOST + 1n, 1)).to.equal(MOST);
    expect(await times.since(MOST + 1n, 0)).to.equal(MOST);
    expect(await times.since(2n ** 40n - 1n, 0)).to.equal(MOST);
  });

  it("behavior: durations do not wrap around", async () => {
    const times = await load();
    expect(await times.sum(3, 4)).to.equal(7n);
    expect(await times.sum(MOST, 0)).to.equal(MOST);
    expect(await times.sum(MOST, 1)).to.equal(MOST);
    expect(await times.sum(MOST, MOST)).to.equal(MOST);
    expect(await times.monus(7, 4)).to.equal(3n);
    expect(await times.monus(4, 4)).to.equal(0n);
    expect(await times.monus(4, 7)).to.equal(0n);
    expect([await times.isShorter(3, 4), await times.isShorter(4, 4)]).to.deep.equal([true, false]);
    expect(await times.longest(2n ** 255n)).to.equal(MOST);
  });

  it("error: an instant beyond 40 bits is refused", async () => {
    const times = await load();
    expect(await times.later(5, MOST)).to.equal(MOST + 5n);
    await expect(times.later(2n ** 40n - 1n, 1)).to.be.revertedWithPanic(0x11);
  });
});
