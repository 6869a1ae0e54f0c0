import { expect } from "chai";
import { artifacts } from "hardhat";
import * as abis from "../../../sdk/src/abis/index.ts";
import * as ethers from "../../../sdk/src/ethers/index.ts";

type Item = { readonly type: string; readonly name?: string };

/** The ABIs by the name of their contract. */
const byContract = new Map(
  Object.entries(abis)
    .filter(([name]) => name.endsWith("Abi"))
    .map(([name, abi]) => [
      `${name[0]?.toUpperCase()}${name.slice(1, -"Abi".length)}`,
      abi as readonly Item[],
    ]),
);
const contracts = [...byContract.keys()];

/** The errors that a contract's ABI names. */
function errorsOf(contract: string): (string | undefined)[] {
  return (byContract.get(contract) ?? []).filter(({ type }) => type === "error").map((item) => item.name);
}

describe("sdk/abis", () => {
  it("default: the ABI of every contract, as it is compiled", async () => {
    expect(contracts).to.include.members([
      ...["AssayToken", "StakeVault", "ModelRegistry", "Profiles", "InferenceHub", "DisputeGame", "Referee"],
      "DigitReader",
    ]);
    for (const [contract, own] of byContract) {
      const { abi } = await artifacts.readArtifact(contract);
      expect(own, contract).to.deep.include.members([...abi]);
      const added = own.slice(abi.length);
      expect(added.every(({ type }) => type === "error")).to.equal(true);
    }
  });

  it("behavior: errors of the contracts that a contract calls are among its own", () => {
    expect(errorsOf("InferenceHub")).to.include.members([
      "VaultBalanceTooLow",
      "RegistryModelUnknown",
      "ProfileUnknown",
    ]);
    expect(errorsOf("DisputeGame")).to.include.members([
      "HubWindowClosed",
      "ProofTruncated",
      "VaultBalanceTooLow",
    ]);
    expect(errorsOf("StakeVault")).to.include.members([
      "ERC20InsufficientAllowance",
      "SafeERC20FailedOperation",
    ]);
    expect(errorsOf("ModelRegistry")).to.include("ModelStepDepthTooLarge");
  });

  it("behavior: every contract has a factory for ethers", () => {
    for (const contract of contracts) {
      const factory = (ethers as Record<string, unknown>)[`${contract}__factory`];
      expect(factory, contract).to.have.property("connect");
    }
  });
});
