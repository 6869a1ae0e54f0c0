import { expect } from "chai";
import {
  CONTRACT_NAMES,
  type DeploymentInput,
  defineDeployment,
  deploymentOf,
  PROTOCOL_VERSION,
  supportedChains,
} from "../../sdk/src/addresses.ts";
import { deploymentForTests } from "../support/deployment.ts";

const lower = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";

describe("sdk/addresses", () => {
  it("default: addresses in checksum form, frozen", () => {
    const contracts = { ...deploymentForTests().contracts, AssayToken: lower };
    const deployment = defineDeployment({ chainId: 5, name: "five", contracts });
    expect(deployment.contracts.AssayToken).to.equal("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
    expect(deployment).to.include({ chainId: 5, name: "five", startBlock: 0n });
    expect(Object.isFrozen(deployment) && Object.isFrozen(deployment.contracts)).to.equal(true);
    expect(Object.keys(deployment.contracts)).to.deep.equal([...CONTRACT_NAMES]);
  });

  it("args: the form of the files in deployments, whose earliest start block counts", () => {
    const { contracts } = deploymentForTests();
    const entries = CONTRACT_NAMES.map((name, i) => [name, { address: contracts[name], startBlock: 10 + i }]);
    const input = { chainId: 5, contracts: Object.fromEntries(entries) } as DeploymentInput;
    expect(defineDeployment(input)).to.deep.equal({ chainId: 5, startBlock: 10n, contracts });
    expect(defineDeployment({ ...input, startBlock: 3 }).startBlock).to.equal(3n);
  });

  it("error: a missing contract, a malformed address, chain id or start block", () => {
    const { contracts } = deploymentForTests();
    const { Referee: _, ...incomplete } = contracts;
    const cases = [
      { chainId: 5, contracts: incomplete },
      { chainId: 5, contracts: { ...contracts, Referee: "0x12" } },
      { chainId: 0, contracts },
      { chainId: 1.5, contracts },
      { chainId: 5, startBlock: -1, contracts },
      { chainId: 5 },
    ];
    for (const input of cases) {
      expect(() => defineDeployment(input as DeploymentInput))
        .to.throw()
        .with.property("code", "INVALID_DEPLOYMENT");
    }
  });

  it("args: versions whose contracts mean the same", () => {
    const { contracts } = deploymentForTests();
    const [major, minor] = PROTOCOL_VERSION.split(".").map(Number) as [number, number];
    const define = (protocolVersion: string) => defineDeployment({ chainId: 5, contracts, protocolVersion });
    for (const version of [PROTOCOL_VERSION, `${major}.${minor}.99`])
      expect(define(version).protocolVersion).to.equal(version);
    for (const version of [`${major + 1}.${minor}.0`, `${major}.${minor + 1}.0`])
      expect(() => define(version))
        .to.throw()
        .with.property("code", "PROTOCOL_VERSION_UNSUPPORTED");
    for (const version of ["", "1", "0.1", "v0.1.0", "0.1.0-rc.1"])
      expect(() => define(version))
        .to.throw()
        .with.property("code", "INVALID_DEPLOYMENT");
  });

  it("error: a chain that has no bundled deployment, with the list of those that have", () => {
    expect(() => deploymentOf(31337))
      .to.throw()
      .with.property("code", "UNSUPPORTED_CHAIN");
    for (const chainId of supportedChains()) expect(deploymentOf(chainId).chainId).to.equal(chainId);
  });
});
