/** A vault of which two accounts are the protocol, so that its part can be tested without games. */

import { parseEther } from "ethers";
import type { network } from "hardhat";

export const DELAY = 500;
export const DEPOSIT: bigint = parseEther("100");

export async function createVault(connection: Awaited<ReturnType<typeof network.create>>) {
  const { ethers, networkHelpers } = connection;
  const [deployer, hub, game, alice, bob] = await ethers.getSigners();
  const token = await ethers.deployContract("AssayToken", [alice!.address, parseEther("1000")]);
  const vault = await ethers.deployContract("StakeVault", [token, hub!.address, game!.address, DELAY]);
  await token.connect(alice!).approve(vault, ethers.MaxUint256);
  await vault.connect(alice!).deposit(alice!.address, DEPOSIT);
  return {
    ethers,
    time: networkHelpers.time,
    token,
    vault: vault.connect(alice!),
    protocol: vault.connect(hub!),
    deployer: deployer!,
    hub: hub!,
    game: game!,
    alice: alice!,
    bob: bob!,
  };
}
