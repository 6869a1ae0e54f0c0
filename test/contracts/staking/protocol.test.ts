import { expect } from "chai";
import { network } from "hardhat";
import { createVault, DEPOSIT } from "../../support/protocol/vault.ts";

const connection = await network.create();
const fixture = () => createVault(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

describe("StakeVault: the protocol's part", () => {
  it("default: what is paid goes to the payout address, and what is burned with it leaves the escrow", async () => {
    const { vault, protocol, alice, bob } = await load();
    await protocol.take(alice.address, 9n);
    await vault.setPayout(bob.address);
    await protocol.pay(alice.address, 4n, 3n);
    expect(await vault.balanceOf(alice)).to.equal(DEPOSIT - 9n);
    expect(await vault.balanceOf(bob)).to.equal(4n);
    expect([...(await vault.escrow())]).to.deep.equal([2n, 3n]);
  });

  it("error: nobody else moves money inside the vault", async () => {
    const { vault, alice, bob, deployer } = await load();
    for (const signer of [alice, bob, deployer]) {
      const other = vault.connect(signer);
      const calls = [
        () => other.take(alice.address, 1n),
        () => other.give(bob.address, 1n),
        () => other.pay(bob.address, 1n, 0n),
        () => other.burn(1n),
        () => other.lock(alice.address, 1n),
        () => other.unlock(alice.address, 1n),
        () => other.slash(alice.address, 1n, 1n, 0n, bob.address, 0n),
      ];
      for (const call of calls) {
        await expect(call())
          .to.be.revertedWithCustomError(vault, "VaultCallerNotProtocol")
          .withArgs(signer.address);
      }
    }
  });

  it("default: the hub and the game both take and give", async () => {
    const { vault, protocol, alice, bob, game } = await load();
    await protocol.take(alice.address, 5n);
    await vault.connect(game).give(bob.address, 3n);
    expect(await vault.balanceOf(alice)).to.equal(DEPOSIT - 5n);
    expect(await vault.balanceOf(bob)).to.equal(3n);
    expect([...(await vault.escrow())]).to.deep.equal([2n, 0n]);
  });

  it("error: nothing is taken that is not free", async () => {
    const { vault, protocol, alice } = await load();
    await vault.stake(DEPOSIT);
    await expect(protocol.take(alice.address, 1n))
      .to.be.revertedWithCustomError(vault, "VaultBalanceTooLow")
      .withArgs(alice.address, 0n, 1n);
  });

  it("error: the escrow pays no more than it holds, and unlocks no more than is locked", async () => {
    const { vault, protocol, alice } = await load();
    await protocol.take(alice.address, 5n);
    await vault.stake(10n);
    await protocol.lock(alice.address, 4n);
    const calls = [
      () => protocol.give(alice.address, 6n),
      () => protocol.pay(alice.address, 6n, 0n),
      () => protocol.pay(alice.address, 3n, 3n),
      () => protocol.burn(6n),
      () => protocol.unlock(alice.address, 5n),
      () => protocol.slash(alice.address, 5n, 0n, 0n, alice.address, 0n),
      () => protocol.slash(alice.address, 4n, 11n, 0n, alice.address, 0n),
      () => protocol.slash(alice.address, 4n, 2n, 8n, alice.address, 0n),
      () => protocol.slash(alice.address, 4n, 2n, 4n, alice.address, 4n),
    ];
    for (const call of calls) await expect(call()).to.be.revertedWithPanic(0x11);
  });

  it("error: attack 48: amounts beyond 128 bits are not cut off", async () => {
    const { vault, protocol, alice } = await load();
    const huge = 2n ** 128n;
    const { address } = alice;
    const calls = [
      () => protocol.give(address, huge),
      () => protocol.pay(address, huge, 0n),
      () => protocol.pay(address, 0n, huge),
      () => protocol.burn(huge),
      () => protocol.unlock(address, huge),
      () => protocol.slash(address, huge, 0n, 0n, address, 0n),
      () => protocol.slash(address, 0n, huge, 0n, address, 0n),
      () => protocol.slash(address, 0n, 0n, huge, address, 0n),
      () => protocol.slash(address, 0n, 0n, 0n, address, huge),
    ];
    for (const call of calls) await expect(call()).to.be.revertedWithPanic(0x11);
    await expect(protocol.lock(address, huge))
      .to.be.revertedWithCustomError(vault, "VaultUnlockedStakeTooLow")
      .withArgs(address, 0n, huge);
  });
});
