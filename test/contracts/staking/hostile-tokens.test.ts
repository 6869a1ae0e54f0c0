import { expect } from "chai";
import { network } from "hardhat";

const { ethers, networkHelpers } = await network.create();

async function deployWith(
  name: "FeeToken" | "HookToken" | "RebasingToken" | "SenderFeeToken" | "SilentToken",
) {
  const [alice, hub, game] = await ethers.getSigners();
  const token = await ethers.deployContract(name);
  const vault = await ethers.deployContract("StakeVault", [token, hub!.address, game!.address, 500]);
  await (await ethers.getContractAt("AssayToken", token)).approve(vault, 10n ** 30n);
  return { token, vault, alice: alice! };
}

describe("StakeVault: hostile and odd tokens", () => {
  it("error: attack 36: a token that takes a fee is refused with both amounts", async () => {
    const { vault, alice } = await networkHelpers.loadFixture(feeToken);
    await expect(vault.deposit(alice.address, 1000n))
      .to.be.revertedWithCustomError(vault, "VaultTokenAmountMismatch")
      .withArgs(990n, 1000n);
  });

  it("error: a token that takes a fee from the sender is refused at the withdrawal, which would cost the others", async () => {
    const { vault, token, alice } = await networkHelpers.loadFixture(senderFeeToken);
    await vault.deposit(alice.address, 1000n);
    await vault.deposit(vault, 1000n);
    await expect(vault.withdraw(alice.address, 1000n))
      .to.be.revertedWithCustomError(vault, "VaultTokenAmountMismatch")
      .withArgs(1010n, 1000n);
    expect(await (await ethers.getContractAt("SenderFeeToken", token)).balanceOf(vault)).to.equal(2000n);
  });

  it("error: attack 36: a token whose balances shrink by themselves is refused from then on", async () => {
    const { vault, token: address, alice } = await networkHelpers.loadFixture(rebasingToken);
    const token = await ethers.getContractAt("RebasingToken", address);
    await vault.deposit(alice.address, 1000n);
    await token.shrink(vault, 1n);
    await expect(vault.deposit(alice.address, 1000n))
      .to.be.revertedWithCustomError(vault, "VaultTokenShrank")
      .withArgs(999n, 1000n);
    // Who is there can still leave.
    await vault.withdraw(alice.address, 999n);
    await token.grow(vault, 1n);
    await vault.deposit(alice.address, 5n);
    expect(await vault.owed()).to.equal(6n);
  });

  it("behavior: tokens that came without a deposit belong to nobody and hinder nobody", async () => {
    const { vault, token: address, alice } = await networkHelpers.loadFixture(rebasingToken);
    const token = await ethers.getContractAt("RebasingToken", address);
    await vault.deposit(alice.address, 1000n);
    await token.grow(vault, 77n);
    await vault.deposit(alice.address, 1n);
    await vault.withdraw(alice.address, 1001n);
    expect([await vault.owed(), await token.balanceOf(vault)]).to.deep.equal([0n, 77n]);
  });

  it("error: an address without code is no token", async () => {
    const [alice] = await ethers.getSigners();
    const factory = await ethers.getContractFactory("StakeVault");
    await expect(ethers.deployContract("StakeVault", [alice!.address, alice!.address, alice!.address, 1]))
      .to.be.revertedWithCustomError(factory, "VaultTokenWithoutCode")
      .withArgs(alice!.address);
  });

  it("args: a token whose transfers give no value", async () => {
    const { vault, token, alice } = await networkHelpers.loadFixture(silentToken);
    await vault.deposit(alice.address, 1000n);
    await vault.withdraw(alice.address, 400n);
    expect(await vault.balanceOf(alice)).to.equal(600n);
    expect(await (await ethers.getContractAt("SilentToken", token)).balanceOf(vault)).to.equal(600n);
  });

  const moves = ["deposit", "depositWithPermit", "withdraw", "sweepBurned"] as const;
  for (const inner of moves) {
    it(`behavior: attack 37: ${inner} cannot be entered out of a transfer`, async () => {
      const { vault, token: address, alice } = await networkHelpers.loadFixture(hookToken);
      const token = await ethers.getContractAt("HookToken", address);
      const encode = vault.interface.encodeFunctionData.bind(vault.interface);
      const zero = ethers.ZeroHash;
      const call = {
        deposit: encode("deposit", [alice.address, 0n]),
        depositWithPermit: encode("depositWithPermit", [alice.address, 0n, 0n, 27, zero, zero]),
        withdraw: encode("withdraw", [alice.address, 0n]),
        sweepBurned: encode("sweepBurned"),
      }[inner];
      const refusal = vault.interface.encodeErrorResult("VaultReentered", [await token.getAddress()]);

      await token.arm(vault, call);
      await vault.deposit(alice.address, 1000n);
      expect([await token.succeeded(), await token.result()]).to.deep.equal([false, refusal]);
      await token.arm(vault, call);
      await vault.withdraw(alice.address, 1000n);
      expect([await token.succeeded(), await token.result()]).to.deep.equal([false, refusal]);
      expect(await token.balanceOf(vault)).to.equal(0n);
    });
  }

  it("behavior: what can be entered out of a transfer sees the balances as they will be", async () => {
    const { vault, token: address, alice } = await networkHelpers.loadFixture(hookToken);
    const token = await ethers.getContractAt("HookToken", address);
    await vault.deposit(alice.address, 1000n);
    await token.arm(vault, vault.interface.encodeFunctionData("balanceOf", [alice.address]));
    await vault.withdraw(alice.address, 1000n);
    expect(await token.result()).to.equal(ethers.ZeroHash);
  });

  it("behavior: the guard opens again after every call", async () => {
    const { vault, alice } = await networkHelpers.loadFixture(hookToken);
    for (let round = 0; round < 3; round++) {
      await vault.deposit(alice.address, 5n);
      await vault.withdraw(alice.address, 5n);
    }
    expect(await vault.balanceOf(alice)).to.equal(0n);
  });
});

const feeToken = () => deployWith("FeeToken");
const hookToken = () => deployWith("HookToken");
const rebasingToken = () => deployWith("RebasingToken");
const senderFeeToken = () => deployWith("SenderFeeToken");
const silentToken = () => deployWith("SilentToken");
