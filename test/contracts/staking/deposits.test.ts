import { expect } from "chai";
import { parseEther, Signature, ZeroAddress } from "ethers";
import { network } from "hardhat";
import { createVault, DELAY, DEPOSIT } from "../../support/protocol/vault.ts";

const connection = await network.create();
const fixture = () => createVault(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

describe("StakeVault: deposits and withdrawals", () => {
  it("default: names its token, its protocol and its delay", async () => {
    const { vault, token, hub, game } = await load();
    expect(await vault.token()).to.equal(await token.getAddress());
    expect(await vault.hub()).to.equal(hub.address);
    expect(await vault.game()).to.equal(game.address);
    expect(await vault.unstakeDelay()).to.equal(DELAY);
  });

  it("default: a deposit for another account is that account's", async () => {
    const { vault, token, ethers, alice, bob } = await load();
    const deposit = vault.deposit(bob.address, 7n);
    await expect(deposit).to.emit(vault, "Deposited").withArgs(bob.address, alice.address, 7n);
    await expect(deposit).to.changeTokenBalances(ethers, token, [alice, vault], [-7n, 7n]);
    expect(await vault.balanceOf(bob)).to.equal(7n);
    expect(await vault.balanceOf(alice)).to.equal(DEPOSIT);
  });

  it("default: attack 35: a withdrawal goes where its owner says", async () => {
    const { vault, token, ethers, alice, bob } = await load();
    const withdrawal = vault.withdraw(bob.address, DEPOSIT);
    await expect(withdrawal).to.emit(vault, "Withdrawn").withArgs(alice.address, bob.address, DEPOSIT);
    await expect(withdrawal).to.changeTokenBalances(ethers, token, [vault, bob], [-DEPOSIT, DEPOSIT]);
    expect(await vault.balanceOf(alice)).to.equal(0n);
  });

  it("error: nobody withdraws more than is free", async () => {
    const { vault, alice, bob } = await load();
    await expect(vault.withdraw(alice.address, DEPOSIT + 1n))
      .to.be.revertedWithCustomError(vault, "VaultBalanceTooLow")
      .withArgs(alice.address, DEPOSIT, DEPOSIT + 1n);
    await expect(vault.connect(bob).withdraw(bob.address, 1n))
      .to.be.revertedWithCustomError(vault, "VaultBalanceTooLow")
      .withArgs(bob.address, 0n, 1n);
  });

  it("error: nothing is sent where it would be lost", async () => {
    const { vault } = await load();
    const own = await vault.getAddress();
    for (const receiver of [ZeroAddress, own]) {
      await expect(vault.withdraw(receiver, 1n))
        .to.be.revertedWithCustomError(vault, "VaultReceiverInvalid")
        .withArgs(receiver);
    }
    await expect(vault.deposit(ZeroAddress, 1n))
      .to.be.revertedWithCustomError(vault, "VaultReceiverInvalid")
      .withArgs(ZeroAddress);
  });

  it("error: a deposit needs an allowance", async () => {
    const { vault, token, alice } = await load();
    await token.connect(alice).approve(vault, 1n);
    await expect(vault.deposit(alice.address, 2n))
      .to.be.revertedWithCustomError(token, "ERC20InsufficientAllowance")
      .withArgs(await vault.getAddress(), 1n, 2n);
  });

  async function permit(world: Awaited<ReturnType<typeof createVault>>, value: bigint) {
    const { token, vault, alice, ethers } = world;
    const { chainId } = await ethers.provider.getNetwork();
    const domain = { name: "Assay", version: "1", chainId, verifyingContract: await token.getAddress() };
    const types = {
      Permit: [
        { name: "owner", type: "address" },
        { name: "spender", type: "address" },
        { name: "value", type: "uint256" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint256" },
      ],
    };
    const [spender, nonce] = [await vault.getAddress(), await token.nonces(alice)];
    const message = { owner: alice.address, spender, value, nonce, deadline: ethers.MaxUint256 };
    return Signature.from(await alice.signTypedData(domain, types, message));
  }

  it("default: a permit saves the approval", async () => {
    const world = await load();
    const { vault, token, alice, ethers } = world;
    await token.connect(alice).approve(vault, 0n);
    const { v, r, s } = await permit(world, 5n);
    await vault.depositWithPermit(alice.address, 5n, ethers.MaxUint256, v, r, s);
    expect(await vault.balanceOf(alice)).to.equal(DEPOSIT + 5n);
  });

  it("behavior: a permit that somebody else has used already is no obstacle", async () => {
    const world = await load();
    const { vault, token, alice, bob, ethers } = world;
    await token.connect(alice).approve(vault, 0n);
    const { v, r, s } = await permit(world, 5n);
    await token.connect(bob).permit(alice.address, vault, 5n, ethers.MaxUint256, v, r, s);
    await vault.depositWithPermit(alice.address, 5n, ethers.MaxUint256, v, r, s);
    expect(await vault.balanceOf(alice)).to.equal(DEPOSIT + 5n);
  });

  it("error: a wrong permit without an allowance deposits nothing", async () => {
    const world = await load();
    const { vault, token, alice, ethers } = world;
    await token.connect(alice).approve(vault, 0n);
    const { v, r, s } = await permit(world, 5n);
    await expect(vault.depositWithPermit(alice.address, 6n, ethers.MaxUint256, v, r, s))
      .to.be.revertedWithCustomError(token, "ERC20InsufficientAllowance")
      .withArgs(await vault.getAddress(), 0n, 6n);
  });

  it("behavior: one transaction may deposit and withdraw several times", async () => {
    const { vault, token, alice, ethers } = await load();
    const wallet = await ethers.deployContract("SmartWallet");
    await token.connect(alice).transfer(wallet, 10n);
    const [own, target] = [await wallet.getAddress(), await vault.getAddress()];
    const calls = [
      token.interface.encodeFunctionData("approve", [target, 10n]),
      vault.interface.encodeFunctionData("deposit", [own, 6n]),
      vault.interface.encodeFunctionData("withdraw", [alice.address, 4n]),
      vault.interface.encodeFunctionData("deposit", [own, 3n]),
      vault.interface.encodeFunctionData("sweepBurned"),
    ];
    await wallet.execute([token, target, target, target, target], calls);
    expect(await vault.balanceOf(wallet)).to.equal(5n);
  });

  it("default: what was burned is sent to the dead address by anyone, once", async () => {
    const { vault, protocol, token, alice, bob, ethers } = await load();
    await protocol.take(alice.address, 9n);
    await protocol.burn(9n);
    expect([...(await vault.escrow())]).to.deep.equal([0n, 9n]);
    const dead = await vault.BURN_ADDRESS();
    await expect(vault.connect(bob).sweepBurned()).to.changeTokenBalances(
      ethers,
      token,
      [vault, dead],
      [-9n, 9n],
    );
    await expect(vault.connect(bob).sweepBurned()).to.changeTokenBalances(
      ethers,
      token,
      [vault, dead],
      [0n, 0n],
    );
    expect([...(await vault.escrow())]).to.deep.equal([0n, 0n]);
    expect(parseEther("100") - 9n).to.equal(await token.balanceOf(vault));
  });
});
