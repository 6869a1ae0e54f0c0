import { expect } from "chai";
import { AbiCoder, id, keccak256, ZeroAddress, ZeroHash } from "ethers";
import { network } from "hardhat";
import {
  makeCommitment,
  makeRequest,
  OUTPUT_LIE,
  openGame,
  reveal,
  timeout,
  traceOf,
} from "../../support/protocol/games.ts";
import { positionOf } from "../../support/protocol/positions.ts";
import { at, createWorld, FREE, Outcome, Phase, Side, Status } from "../../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

describe("DisputeGame: opening", () => {
  it("default: an opening takes the bond and starts the challenger's clock", async () => {
    const world = await load();
    const { game, vault, challenger, profile } = world;
    const { requestId } = await makeCommitment(world);
    const gameId = await game.gameIdOf(requestId, challenger.address, id("opening"));
    const now = BigInt(await world.time.latest()) + 5n;
    await world.time.setNextBlockTimestamp(now);
    await expect(game.connect(challenger).open(requestId, id("opening")))
      .to.emit(game, "GameOpened")
      .withArgs(gameId, requestId, challenger.address, id("opening"));

    const opened = await game.gameOf(gameId);
    expect(opened.requestId).to.equal(requestId);
    expect(opened.challenger).to.equal(challenger.address);
    expect([opened.phase, opened.outcome, opened.turn]).to.deep.equal([
      Phase.Opened,
      Outcome.None,
      Side.Challenger,
    ]);
    expect([opened.turnStartedAt, opened.sequence, opened.level]).to.deep.equal([now, 0n, 0n]);
    expect(await game.stateHash(gameId)).to.equal(ZeroHash);
    expect((await world.hub.requestOf(requestId)).openGames).to.equal(1n);
    expect(await vault.balanceOf(challenger)).to.equal(FREE - profile.bond);
  });

  it("behavior: attack 48 and 50: ids and openings bind the chain, the contract and everyone involved", async () => {
    const world = await load();
    const { game, ethers } = world;
    const { chainId } = await ethers.provider.getNetwork();
    const coder = AbiCoder.defaultAbiCoder();
    const head = ["bytes32", "uint256", "address", "bytes32", "address"];
    const self = await game.getAddress();
    const [request, who, root, salt] = [id("request"), world.rival.address, id("root"), id("salt")];
    const opening = keccak256(
      coder.encode(
        [...head, "bytes32", "bytes32"],
        [id("Assay opening"), chainId, self, request, who, root, salt],
      ),
    );
    expect(await game.openingHash(request, who, root, salt)).to.equal(opening);
    const gameId = keccak256(
      coder.encode([...head, "bytes32"], [id("Assay game"), chainId, self, request, who, opening]),
    );
    expect(await game.gameIdOf(request, who, opening)).to.equal(gameId);
  });

  it("behavior: any number of games, by one or many, each with its place in the order", async () => {
    const world = await load();
    const { game, hub, challenger, rival } = world;
    const { requestId } = await makeCommitment(world);
    const signers = [challenger, rival, challenger, world.third, rival];
    for (const [sequence, signer] of signers.entries()) {
      await game.connect(signer).open(requestId, id(`opening ${sequence}`));
      const gameId = await game.gameIdOf(requestId, signer.address, id(`opening ${sequence}`));
      expect((await game.gameOf(gameId)).sequence).to.equal(BigInt(sequence));
    }
    expect((await hub.requestOf(requestId)).openGames).to.equal(5n);
  });

  it("error: attack 49: the very same game is not opened twice, not even after it ended", async () => {
    const world = await load();
    const game = world.game.connect(world.challenger);
    const { requestId } = await makeCommitment(world);
    await game.open(requestId, id("opening"));
    const gameId = await game.gameIdOf(requestId, world.challenger.address, id("opening"));
    await expect(game.open(requestId, id("opening")))
      .to.be.revertedWithCustomError(game, "GameExists")
      .withArgs(gameId);
    await world.time.increase(world.profile.clockSeconds);
    await timeout(world, { gameId });
    await expect(game.open(requestId, id("opening")))
      .to.be.revertedWithCustomError(game, "GameExists")
      .withArgs(gameId);
  });

  it("error: attack 21 and 23: the window is half open: its last second is in time, its end is not", async () => {
    const world = await load();
    const { hub } = world;
    const game = world.game.connect(world.challenger);
    const { requestId } = await makeCommitment(world);
    const { windowEndsAt } = await hub.requestOf(requestId);
    await at(world, windowEndsAt - 1n, () => game.open(requestId, id("in time")));
    await world.time.setNextBlockTimestamp(windowEndsAt);
    await expect(game.open(requestId, id("late")))
      .to.be.revertedWithCustomError(hub, "HubWindowClosed")
      .withArgs(requestId, windowEndsAt);
  });

  it("error: only commitments are challenged", async () => {
    const world = await load();
    const game = world.game.connect(world.challenger);
    const requested = await makeRequest(world);
    const accepted = await makeRequest(world);
    await world.hub.connect(world.operator).accept(accepted);
    const cases: [string, bigint][] = [
      [id("none"), Status.None],
      [requested, Status.Requested],
      [accepted, Status.Accepted],
    ];
    for (const [requestId, status] of cases) {
      await expect(game.open(requestId, id("opening")))
        .to.be.revertedWithCustomError(world.hub, "HubStatusMismatch")
        .withArgs(requestId, status, Status.Committed);
    }
  });

  it("error: the bond has to be free", async () => {
    const world = await load();
    const { game, vault, challenger, profile } = world;
    const { requestId } = await makeCommitment(world);
    await vault.connect(challenger).withdraw(challenger.address, FREE - profile.bond + 1n);
    await expect(game.connect(challenger).open(requestId, id("opening")))
      .to.be.revertedWithCustomError(vault, "VaultBalanceTooLow")
      .withArgs(challenger.address, profile.bond - 1n, profile.bond);
  });

  it("behavior: attack 34: a wallet that is a contract is the challenger, not who sent its transaction", async () => {
    const world = await load();
    const { game, vault, ethers, stranger, profile } = world;
    const { requestId } = await makeCommitment(world);
    const wallet = await ethers.deployContract("SmartWallet");
    const address = await wallet.getAddress();
    await vault.deposit(address, profile.bond);
    const call = game.interface.encodeFunctionData("open", [requestId, id("opening")]);
    await wallet.connect(stranger).execute([game], [call]);
    const gameId = await game.gameIdOf(requestId, address, id("opening"));
    expect((await game.gameOf(gameId)).challenger).to.equal(address);
    await world.time.increase(profile.clockSeconds);
    await timeout(world, { gameId });
    expect([await vault.balanceOf(address), await vault.balanceOf(stranger)]).to.deep.equal([0n, FREE]);
  });

  it("behavior: attack 3 and 4: a copied opening is another game, which its copier cannot reveal", async () => {
    const world = await load();
    const { game, challenger, rival } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const match = await openGame(world, commitment, challenger, traceOf(world));
    const opening = await game.openingHash(
      match.requestId,
      challenger.address,
      match.challengerTrace.root,
      match.salt,
    );
    await game.connect(rival).open(match.requestId, opening);
    const copyId = await game.gameIdOf(match.requestId, rival.address, opening);
    expect(copyId).not.to.equal(match.gameId);

    // Even once the original is revealed for all to see, its preimage does not open the copy.
    await reveal(world, match);
    const bound = await game.openingHash(
      match.requestId,
      rival.address,
      match.challengerTrace.root,
      match.salt,
    );
    await expect(reveal(world, { ...match, gameId: copyId, challenger: rival }))
      .to.be.revertedWithCustomError(game, "GameOpeningMismatch")
      .withArgs(copyId, bound);
    expect((await positionOf(world, match.gameId)).challenger).to.equal(challenger.address);
  });

  it("behavior: an opening of one request is worthless for another", async () => {
    const world = await load();
    const { game, challenger } = world;
    const [first, second] = [
      await makeCommitment(world, { lies: [OUTPUT_LIE] }),
      await makeCommitment(world, { lies: [OUTPUT_LIE] }),
    ];
    const match = await openGame(world, first, challenger, traceOf(world));
    const opening = await game.openingHash(
      first.requestId,
      challenger.address,
      match.challengerTrace.root,
      match.salt,
    );
    await game.connect(challenger).open(second.requestId, opening);
    const gameId = await game.gameIdOf(second.requestId, challenger.address, opening);
    const bound = await game.openingHash(
      second.requestId,
      challenger.address,
      match.challengerTrace.root,
      match.salt,
    );
    await expect(reveal(world, { ...match, gameId }))
      .to.be.revertedWithCustomError(game, "GameOpeningMismatch")
      .withArgs(gameId, bound);
  });

  it("behavior: views of an unknown game do not revert", async () => {
    const { game } = await load();
    const unknown = await game.gameOf(id("none"));
    expect([unknown.phase, unknown.challenger]).to.deep.equal([Phase.None, ZeroAddress]);
    expect(await game.canMove(id("none"))).to.equal(false);
    expect(await game.canTimeout(id("none"))).to.equal(false);
    expect(await game.remainingOf(id("none"), Side.Operator)).to.equal(0n);
    expect(await game.defenceOf(id("none"))).to.equal(ZeroHash);
    expect(await game.stateHash(id("none"))).to.equal(ZeroHash);
  });
});
