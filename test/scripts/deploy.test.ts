import { expect } from "chai";
import { AbiCoder, concat, keccak256, parseEther } from "ethers";
import hre, { network } from "hardhat";
import { deploySystem } from "../../scripts/deploy/system.ts";
import { type ContractName, defineDeployment } from "../../sdk/src/addresses.ts";

const connection = await network.create();
const { ethers } = connection;

describe("deployment", () => {
  it("default: a token and the protocol, whose contracts know each other", async () => {
    const deployment = await deploySystem(connection, { name: "test" });
    const { contracts } = defineDeployment(deployment);
    const hub = await ethers.getContractAt("InferenceHub", contracts.InferenceHub);
    const game = await ethers.getContractAt("DisputeGame", contracts.DisputeGame);
    const vault = await ethers.getContractAt("StakeVault", contracts.StakeVault);
    expect(await hub.vault()).to.equal(contracts.StakeVault);
    expect(await hub.game()).to.equal(contracts.DisputeGame);
    expect(await hub.registry()).to.equal(contracts.ModelRegistry);
    expect(await hub.profiles()).to.equal(contracts.Profiles);
    expect(await game.hub()).to.equal(contracts.InferenceHub);
    expect(await game.referee()).to.equal(contracts.Referee);
    expect(await vault.hub()).to.equal(contracts.InferenceHub);
    expect(await vault.token()).to.equal(contracts.AssayToken);
    expect(deployment.chainId).to.equal(31337);
    expect(BigInt(deployment.params.unstakeDelaySeconds)).to.equal(await vault.unstakeDelay());
  });

  it("behavior: the file says what was deployed, where and when", async () => {
    const { contracts } = await deploySystem(await network.create(), { name: "test" });
    expect(Object.values(contracts).map(({ startBlock }) => startBlock)).to.have.members([
      1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    for (const { txHash } of Object.values(contracts)) expect(txHash).to.have.length(66);
  });

  it("args: a token that exists already", async () => {
    const chain = await network.create();
    const [deployer] = await chain.ethers.getSigners();
    const token = await chain.ethers.deployContract("AssayToken", [deployer!.address, parseEther("1")]);
    const { contracts } = await deploySystem(chain, { name: "test", token: await token.getAddress() });
    expect(contracts.AssayToken.address).to.equal(await token.getAddress());
    expect([contracts.AssayToken.txHash, contracts.AssayToken.constructorArgs]).to.deep.equal([null, null]);
  });

  it("behavior: code and constructor arguments are those of the transactions", async () => {
    const chain = await network.create();
    const { contracts } = await deploySystem(chain, { name: "test" });
    for (const [name, deployed] of Object.entries(contracts) as [
      ContractName,
      (typeof contracts)[ContractName],
    ][]) {
      const { abi, bytecode } = await hre.artifacts.readArtifact(name);
      const inputs = abi.find((item: { type: string }) => item.type === "constructor")?.inputs ?? [];
      const types = inputs.map(({ type }: { type: string }) => type);
      const encoded = AbiCoder.defaultAbiCoder().encode(types, deployed.constructorArgs ?? []);
      const transaction = await chain.ethers.provider.getTransaction(deployed.txHash ?? "");
      expect(transaction?.data, name).to.equal(concat([bytecode, encoded]));
      expect(deployed.runtimeHash).to.equal(keccak256(await chain.ethers.provider.getCode(deployed.address)));
    }
  });
});
