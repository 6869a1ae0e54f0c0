import { expect } from "chai";
import { getCreateAddress, id } from "ethers";
import { network } from "hardhat";
import { makeCommitment } from "../../support/protocol/games.ts";
import { createWorld, Outcome, type Signer } from "../../support/protocol/world.ts";

const connection = await network.create();
const { ethers } = connection;
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

async function nextAddress(deployer: Signer, steps: number): Promise<string> {
  return getCreateAddress({ from: deployer.address, nonce: (await deployer.getNonce()) + steps });
}

describe("InferenceHub: what it is linked to", () => {
  it("default: hub, vault and game know each other", async () => {
    const { hub, vault, game, registry, profiles, referee } = await load();
    expect(await hub.vault()).to.equal(await vault.getAddress());
    expect(await hub.game()).to.equal(await game.getAddress());
    expect(await hub.registry()).to.equal(await registry.getAddress());
    expect(await hub.profiles()).to.equal(await profiles.getAddress());
    expect(await vault.hub()).to.equal(await hub.getAddress());
    expect(await vault.game()).to.equal(await game.getAddress());
    expect(await game.hub()).to.equal(await hub.getAddress());
    expect(await game.vault()).to.equal(await vault.getAddress());
    expect(await game.referee()).to.equal(await referee.getAddress());
  });

  it("error: a hub that another vault or game was made for is not deployed", async () => {
    const world = await load();
    const { token, referee, registry, profiles, deployer, stranger } = world;
    const other = stranger.address;
    // Each attempt deploys a vault, a game and a hub with one wrong link.
    const wrong = ["vault.hub", "vault.game", "game.hub", "game.vault"] as const;
    for (const link of wrong) {
      const [vaultAddress, gameAddress] = [await nextAddress(deployer, 0), await nextAddress(deployer, 1)];
      const hubAddress = await nextAddress(deployer, 2);
      const pick = (name: string, right: string): string => (name === link ? other : right);
      const vault = await ethers.deployContract("StakeVault", [
        token,
        pick("vault.hub", hubAddress),
        pick("vault.game", gameAddress),
        500,
      ]);
      const game = await ethers.deployContract("DisputeGame", [
        pick("game.hub", hubAddress),
        pick("game.vault", vaultAddress),
        referee,
      ]);
      const linker = link.startsWith("vault") ? vaultAddress : gameAddress;
      const expected = { hub: hubAddress, game: gameAddress, vault: vaultAddress }[
        link.split(".")[1] as "hub"
      ];
      await expect(ethers.deployContract("InferenceHub", [vault, game, registry, profiles]))
        .to.be.revertedWithCustomError(world.hub, "HubLinkMismatch")
        .withArgs(linker, other, expected);
    }
  });

  it("error: only the game reports about games", async () => {
    const world = await load();
    const { hub, game } = world;
    const { requestId } = await makeCommitment(world);
    const gameAddress = await game.getAddress();
    for (const signer of [world.operator, world.requester, world.deployer, world.stranger]) {
      const court = hub.connect(signer);
      const calls = [
        () => court.openGame(requestId, signer.address),
        () => court.closeGame(requestId, signer.address, Outcome.ChallengerWins, 0, 0),
      ];
      for (const call of calls) {
        await expect(call())
          .to.be.revertedWithCustomError(hub, "HubCallerNotGame")
          .withArgs(signer.address, gameAddress);
      }
    }
  });

  it("default: the court's views say what a commitment is about", async () => {
    const world = await load();
    const { hub, record, profile } = world;
    const { requestId, trace } = await makeCommitment(world);
    const dossier = await hub.dossierOf(requestId);
    expect(dossier.operator).to.equal(world.operator.address);
    expect(dossier.inputRoot).to.equal(world.inputRoot);
    expect(dossier.outputRoot).to.equal(trace.outputRoot);
    expect(dossier.traceRoot).to.equal(trace.root);
    expect(dossier.record.programRoot).to.equal(record.programRoot);
    expect(dossier.record.stepCount).to.equal(record.stepCount);
    expect((await hub.profileOf(requestId)).lock).to.equal(profile.lock);
  });

  it("error: the court knows nothing of what was never requested", async () => {
    const { hub, registry, profiles } = await load();
    await expect(hub.dossierOf(id("none")))
      .to.be.revertedWithCustomError(registry, "RegistryModelUnknown")
      .withArgs(ethers.ZeroHash);
    await expect(hub.profileOf(id("none")))
      .to.be.revertedWithCustomError(profiles, "ProfileUnknown")
      .withArgs(ethers.ZeroHash);
  });
});
