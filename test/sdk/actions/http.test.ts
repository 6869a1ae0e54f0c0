import { expect } from "chai";
import { JsonRpcProvider, Wallet } from "ethers";
import { artifacts, network } from "hardhat";
import { type Address, createWalletClient, type Hex, http, publicActions, zeroHash } from "viem";
import { getModel } from "../../../sdk/src/actions/getModel.ts";
import { parseRegisterModelReceipt, registerModel } from "../../../sdk/src/actions/registerModel.ts";
import type { Deployment } from "../../../sdk/src/addresses.ts";
import { fromEthers } from "../../../sdk/src/ethers/client.ts";
import { caughtRevert } from "../../support/caught.ts";
import { deploymentForTests } from "../../support/deployment.ts";
import { squaresModel } from "../../support/squares.ts";

type Server = Awaited<ReturnType<typeof network.createServer>>;

const { record, modelId } = squaresModel;

describe("sdk/actions: over HTTP", () => {
  let server: Server;
  let url: string;
  let deployment: Deployment;

  before(async () => {
    server = await network.createServer("default", "127.0.0.1", 0);
    const { address, port } = await server.listen();
    url = `http://${address}:${port}`;
    const wallet = await walletOf();
    const { abi, bytecode } = await artifacts.readArtifact("ModelRegistry");
    const hash = await wallet.deployContract({ abi, bytecode: bytecode as Hex, chain: null });
    const { contractAddress } = await wallet.waitForTransactionReceipt({ hash });
    const nowhere = deploymentForTests();
    deployment = {
      ...nowhere,
      contracts: { ...nowhere.contracts, ModelRegistry: contractAddress as Address },
    };
  });

  after(() => server.close());

  async function walletOf() {
    const transport = http(url, { retryCount: 0 });
    const [account] = await createWalletClient({ transport }).getAddresses();
    return createWalletClient({ account: account as Address, transport, pollingInterval: 10 }).extend(
      publicActions,
    );
  }

  it("default: writes and reads", async () => {
    const wallet = await walletOf();
    const hash = await registerModel(wallet, { deployment, record });
    const receipt = await wallet.waitForTransactionReceipt({ hash });
    expect(parseRegisterModelReceipt(receipt, { deployment })?.modelId).to.equal(modelId);
    expect(await getModel(wallet, { deployment, modelId })).to.deep.equal(record);
  });

  it("error: reverts keep their data, for viem and for ethers", async () => {
    const wallet = await walletOf();
    const provider = new JsonRpcProvider(url, undefined, { cacheTimeout: -1 });
    const signers = [await provider.getSigner(), new Wallet(Wallet.createRandom().privateKey, provider)];
    const illegal = { ...record, stepDepth: 21 };
    try {
      const clients = [wallet, ...(await Promise.all(signers.map((signer) => fromEthers(signer))))];
      for (const client of clients) {
        const read = await caughtRevert(getModel(client, { deployment, modelId: zeroHash }));
        expect(read.code).to.equal("REGISTRY_MODEL_UNKNOWN");
        const write = await caughtRevert(registerModel(client, { deployment, record: illegal }));
        expect(write.code).to.equal("MODEL_STEP_DEPTH_TOO_LARGE");
        expect(write.context).to.include({ depth: 21n, maximum: 20n });
      }
    } finally {
      provider.destroy();
    }
  });
});
