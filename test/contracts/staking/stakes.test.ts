import { expect } from "chai";
import { network } from "hardhat";
import { createVault, DELAY, DEPOSIT } from "../../support/protocol/vault.ts";

const connection = await network.create();

async function fixture() {
  const world = await createVault(connection);
  await world.vault.stake(60n);
  return world;
}
const load = () => connection.networkHelpers.loadFixture(fixture);

describe("StakeVault: stakes and tickets", () => {
  it("default: stake comes from the free balance", async () => {
    const { vault, alice } = await load();
    await expect(vault.stake(40n)).to.emit(vault, "Staked").withArgs(alice.address, 40n);
    expect([...(await vault.stakeOf(alice))]).to.deep.equal([100n, 0n]);
    expect(await vault.balanceOf(alice)).to.equal(DEPOSIT - 100n);
  });

  it("error: nobody stakes more than is free", async () => {
    const { vault, alice } = await load();
    await expect(vault.stake(DEPOSIT - 59n))
      .to.be.revertedWithCustomError(vault, "VaultBalanceTooLow")
      .withArgs(alice.address, DEPOSIT - 60n, DEPOSIT - 59n);
  });

  it("error: more than 128 bits hold is not staked", async () => {
    const { vault, token, deployer, hub, game, ethers } = await load();
    const rich = await ethers.deployContract("AssayToken", [deployer.address, 2n ** 200n]);
    const other = await ethers.deployContract("StakeVault", [rich, hub.address, game.address, DELAY]);
    await rich.approve(other, 2n ** 200n);
    await other.deposit(deployer.address, 2n ** 200n);
    await expect(other.stake(2n ** 128n))
      .to.be.revertedWithCustomError(other, "AmountPairTooLarge")
      .withArgs(2n ** 128n, 0n);
    await other.stake(2n ** 128n - 2n);
    await other.stake(1n);
    await expect(other.stake(1n))
      .to.be.revertedWithCustomError(other, "AmountPairTooLarge")
      .withArgs(2n ** 128n, 0n);
    // Nor does the escrow hold more, or burn more.
    const protocol = other.connect(hub);
    await protocol.take(deployer.address, 2n ** 128n - 1n);
    await expect(protocol.take(deployer.address, 1n))
      .to.be.revertedWithCustomError(other, "AmountPairTooLarge")
      .withArgs(2n ** 128n, 0n);
    await protocol.burn(2n ** 128n - 1n);
    await protocol.take(deployer.address, 1n);
    await expect(protocol.burn(1n))
      .to.be.revertedWithCustomError(other, "AmountPairTooLarge")
      .withArgs(0n, 2n ** 128n);
    expect(await vault.token()).to.equal(await token.getAddress());
  });

  it("default: a ticket takes stake out at once and credits it after the delay", async () => {
    const { vault, alice, bob, time } = await load();
    const start = BigInt(await time.latest()) + 10n;
    await time.setNextBlockTimestamp(start);
    const readyAt = start + BigInt(DELAY);
    await expect(vault.requestUnstake(25n))
      .to.emit(vault, "UnstakeRequested")
      .withArgs(1n, alice.address, 25n, readyAt);
    expect((await vault.stakeOf(alice)).amount).to.equal(35n);
    expect([...(await vault.ticketOf(1n))]).to.deep.equal([alice.address, 25n, readyAt]);

    await time.setNextBlockTimestamp(readyAt);
    await expect(vault.connect(bob).completeUnstake(1n)).to.emit(vault, "UnstakeCompleted").withArgs(1n);
    expect(await vault.balanceOf(alice)).to.equal(DEPOSIT - 35n);
    expect((await vault.ticketOf(1n)).amount).to.equal(0n);
  });

  it("error: a ticket is not ready a second before its time", async () => {
    const { vault, time } = await load();
    await vault.requestUnstake(25n);
    const { readyAt } = await vault.ticketOf(1n);
    await time.setNextBlockTimestamp(readyAt - 1n);
    await expect(vault.completeUnstake(1n))
      .to.be.revertedWithCustomError(vault, "VaultTicketNotReady")
      .withArgs(1n, readyAt);
  });

  it("default: a cancelled ticket is stake again", async () => {
    const { vault, alice } = await load();
    await vault.requestUnstake(25n);
    await expect(vault.cancelUnstake(1n)).to.emit(vault, "UnstakeCancelled").withArgs(1n);
    expect((await vault.stakeOf(alice)).amount).to.equal(60n);
  });

  it("error: nobody cancels another one's ticket", async () => {
    const { vault, alice, bob } = await load();
    await vault.requestUnstake(25n);
    await expect(vault.connect(bob).cancelUnstake(1n))
      .to.be.revertedWithCustomError(vault, "VaultTicketNotOwned")
      .withArgs(1n, alice.address, bob.address);
  });

  it("error: a ticket is used once", async () => {
    const { vault, time } = await load();
    await vault.requestUnstake(25n);
    await vault.requestUnstake(5n);
    await vault.cancelUnstake(1n);
    await time.increase(DELAY);
    await vault.completeUnstake(2n);
    for (const ticketId of [0n, 1n, 2n, 3n]) {
      for (const call of [() => vault.cancelUnstake(ticketId), () => vault.completeUnstake(ticketId)]) {
        await expect(call()).to.be.revertedWithCustomError(vault, "VaultTicketUnknown").withArgs(ticketId);
      }
    }
  });

  it("behavior: attack 33: a later ticket changes nothing about an earlier one", async () => {
    const { vault, alice, bob, time } = await load();
    await vault.requestUnstake(25n);
    const before = [...(await vault.ticketOf(1n))];
    await time.increase(100);
    await vault.requestUnstake(1n);
    await vault.deposit(bob.address, 10n);
    await vault.connect(bob).stake(10n);
    await vault.connect(bob).requestUnstake(10n);
    expect([...(await vault.ticketOf(1n))]).to.deep.equal(before);
    expect((await vault.stakeOf(alice)).amount).to.equal(34n);
  });

  it("error: attack 28: what is locked stays", async () => {
    const { vault, protocol, alice } = await load();
    await protocol.lock(alice.address, 50n);
    await expect(vault.requestUnstake(11n))
      .to.be.revertedWithCustomError(vault, "VaultUnlockedStakeTooLow")
      .withArgs(alice.address, 10n, 11n);
    await vault.requestUnstake(10n);
    expect([...(await vault.stakeOf(alice))]).to.deep.equal([50n, 50n]);
  });

  it("error: attack 29: the same stake is not locked twice, and a ticket's not at all", async () => {
    const { vault, protocol, alice } = await load();
    await protocol.lock(alice.address, 30n);
    await vault.requestUnstake(20n);
    await expect(protocol.lock(alice.address, 11n))
      .to.be.revertedWithCustomError(vault, "VaultUnlockedStakeTooLow")
      .withArgs(alice.address, 10n, 11n);
  });

  it("behavior: attack 30: a slash takes its lock and leaves other locks alone", async () => {
    const { vault, protocol, alice, bob } = await load();
    await protocol.lock(alice.address, 30n);
    await protocol.lock(alice.address, 20n);
    await protocol.slash(alice.address, 30n, 30n, 0n, bob.address, 0n);
    expect([...(await vault.stakeOf(alice))]).to.deep.equal([30n, 20n]);
    expect([...(await vault.escrow())]).to.deep.equal([30n, 0n]);
    await protocol.slash(alice.address, 20n, 5n, 0n, bob.address, 0n);
    expect([...(await vault.stakeOf(alice))]).to.deep.equal([25n, 0n]);
    expect([...(await vault.escrow())]).to.deep.equal([35n, 0n]);
    expect(await vault.balanceOf(bob)).to.equal(0n);
  });

  it("default: a slash burns what it is told to, and gives out of the escrow, which may hold a fee besides", async () => {
    const { vault, protocol, alice, bob } = await load();
    await protocol.lock(alice.address, 30n);
    await protocol.take(alice.address, 3n);
    await protocol.slash(alice.address, 30n, 20n, 12n, bob.address, 7n);
    expect([...(await vault.stakeOf(alice))]).to.deep.equal([40n, 0n]);
    expect([...(await vault.escrow())]).to.deep.equal([4n, 12n]);
    expect(await vault.balanceOf(bob)).to.equal(7n);
  });
});
