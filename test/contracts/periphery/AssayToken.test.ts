import { expect } from "chai";
import { parseEther } from "ethers";
import { network } from "hardhat";

const { ethers } = await network.create();

describe("AssayToken", () => {
  it("default: the whole supply belongs to the holder named at deployment", async () => {
    const [, holder] = await ethers.getSigners();
    const token = await ethers.deployContract("AssayToken", [holder!.address, parseEther("5")]);
    expect([await token.name(), await token.symbol(), await token.decimals()]).to.deep.equal([
      "Assay",
      "ASSAY",
      18n,
    ]);
    expect(await token.totalSupply()).to.equal(parseEther("5"));
    expect(await token.balanceOf(holder!)).to.equal(parseEther("5"));
  });
});
