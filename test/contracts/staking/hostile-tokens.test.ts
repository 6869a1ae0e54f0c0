import { expect } from "chai";
import { network } from "hardhat";

const { ethers, networkHelpers } = await network.create();

async function deployWith(name: "FeeToken" | "HookToken" | "SilentToken") {
  const [alice, hub, game] = await ethers.getSigners();
  const token = await ethers.deployContract(name);
  const vault = await ethers.deployContract("StakeVault", [token, hub!.address, game!.address, 500]);
  await (await ethers.getContractAt("AssayToken", token)).approve(vault, 10n ** 30n);
  return { token, vault, alice: alice! };
}

describe("StakeVault: hostile and odd tokens", () => {
  it("error: a token that takes a fee is refused with both amounts", async () => {
    const { vault, alice } = await networkHelpers.loadFixture(feeToken);
    await expect(vault.deposit(alice.address, 1000n))
      .to.be.revertedWithCustomError(vault, "VaultTokenAmountMismatch")
      .withArgs(990n, 1000n);
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
    it(`behavior: ${inner} cannot be entered out of a transfer`, async () => {
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
const silentToken = () => deployWith("SilentToken");
