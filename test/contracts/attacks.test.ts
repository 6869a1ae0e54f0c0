import { expect } from "chai";
import { concat, id } from "ethers";
import hre, { network } from "hardhat";
import {
  convict,
  freshParameters,
  makeCommitment,
  OUTPUT_LIE,
  openGame,
  playGame,
  playToLeaf,
  reveal,
  step,
  traceOf,
} from "../support/protocol/games.ts";
import { createWorld, FREE, INPUT, Outcome, Status, type World } from "../support/protocol/world.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

/** All that holds money or decides anything. */
const CORE = [
  "ModelRegistry",
  "Profiles",
  "StakeVault",
  "InferenceHub",
  "DisputeGame",
  "Referee",
  "ResultDelivery",
  "InferenceLens",
] as const;

/** The operations of some code, without the data of its pushes. */
function opcodesOf(code: string): Set<number> {
  const bytes = Buffer.from(code.slice(2), "hex");
  const opcodes = new Set<number>();
  for (let i = 0; i < bytes.length; i++) {
    const opcode = bytes[i] as number;
    opcodes.add(opcode);
    if (opcode >= 0x60 && opcode <= 0x7f) i += opcode - 0x5f;
  }
  return opcodes;
}

describe("attacks on the protocol as a whole", () => {
  it("behavior: attack 8: the bond is the same for the first game and the twentieth", async () => {
    const world = await load();
    const { game, vault, rival, challenger, profile } = world;
    const { requestId } = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    for (let i = 0; i < 19; i++) await game.connect(rival).open(requestId, id(`sybil ${i}`));
    await game.connect(challenger).open(requestId, id("honest"));
    expect(await vault.balanceOf(challenger)).to.equal(FREE - profile.bond);
    expect(await vault.balanceOf(rival)).to.equal(FREE - 19n * profile.bond);
  });

  it("behavior: attack 9 and 12: the requester alone convicts, with one bond, whatever others were paid to do or not to do", async () => {
    const world = await load();
    const { game, hub, vault, requester, rival, profile } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    // Everybody who was bribed plays for the liar.
    for (let i = 0; i < 10; i++) await game.connect(rival).open(commitment.requestId, id(`bribed ${i}`));
    const free = await vault.balanceOf(requester);
    const match = await openGame(world, commitment, requester, traceOf(world));
    expect(await vault.balanceOf(requester)).to.equal(free - profile.bond);
    const before = await world.ethers.provider.getTransactionCount(requester.address);
    await convict(world, match);
    expect((await world.ethers.provider.getTransactionCount(requester.address)) - before).to.equal(1);
    expect(await hub.statusOf(commitment.requestId)).to.equal(Status.Slashed);
    expect(await vault.balanceOf(requester)).to.be.greaterThan(free);
  });

  it("behavior: attack 13: a canary, a lie that its own requester has ordered, pays whoever checks", async () => {
    const world = await load();
    const { game, hub, vault, token, operator, challenger } = world;
    // The treasury is requester and operator in one.
    const parameters = await freshParameters(world, { operator: operator.address });
    await hub.connect(operator).request(parameters, INPUT);
    const requestId = await hub.requestIdOf(operator.address, parameters, world.inputRoot, true);
    const trace = traceOf(world, [OUTPUT_LIE]);
    await hub.connect(operator).commit(requestId, trace.output, trace.root, trace.outputProof);
    const match = await playGame(world, { requestId, trace }, challenger);
    await game.claimReward(match.gameId);
    expect(await vault.balanceOf(challenger)).to.be.greaterThan(FREE);
    expect(await vault.owed()).to.equal(await token.balanceOf(vault));
  });

  it("behavior: attack 31: whoever an operator is, and wherever it is paid, it is slashed", async () => {
    const world = await load();
    const { hub, vault, operator, challenger, profile } = world;
    // Addresses that refuse everything, and that nobody controls.
    await vault.connect(operator).setPayout(await world.referee.getAddress());
    await vault.connect(operator).setSigner(await world.token.getAddress());
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    await vault.connect(operator).requestUnstake((await vault.stakeOf(operator)).amount - profile.lock);
    const match = await openGame(world, commitment, challenger, traceOf(world));
    await convict(world, match);
    expect(await hub.statusOf(commitment.requestId)).to.equal(Status.Slashed);
    expect([...(await vault.stakeOf(operator))]).to.deep.equal([0n, 0n]);
  });

  it("behavior: attack 39: what a move costs does not depend on how many games there are", async () => {
    const world = await load();
    const { game, rival } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const costs: bigint[][] = [];
    const gas = async (sent: Promise<{ wait(): Promise<{ gasUsed: bigint } | null> }>): Promise<bigint> =>
      (await (await sent).wait())!.gasUsed;
    await game.connect(rival).open(commitment.requestId, id("first"));
    for (const crowd of [0, 60]) {
      const snapshot = await connection.networkHelpers.takeSnapshot();
      for (let i = 0; i < crowd; i++) {
        await world.vault.deposit(rival.address, world.profile.bond);
        await game.connect(rival).open(commitment.requestId, id(`sybil ${i}`));
      }
      const match = await openGame(world, commitment, world.challenger, traceOf(world));
      const revealed = await gas(reveal(world, match));
      const other = await openGame(world, commitment, world.third, traceOf(world));
      await playToLeaf(world, other);
      costs.push([revealed, await gas(step(world, other)), await gas(convict(world, match))]);
      await snapshot.restore();
    }
    const [few = [], many = []] = costs;
    // Ids and salts have other zero bytes each time, which cost less in calldata.
    for (const [i, cost] of few.entries()) expect(Number(many[i]! - cost)).to.be.within(-600, 600);
  });

  it("behavior: attack 49: bytes behind the arguments make no other request and no other game", async () => {
    const world = await load();
    const { hub, game, requester, challenger } = world;
    const parameters = await freshParameters(world);
    const call = hub.interface.encodeFunctionData("request", [parameters, INPUT]);
    await requester.sendTransaction({ to: hub, data: call });
    const again = requester.sendTransaction({ to: hub, data: concat([call, "0x00"]) });
    await expect(again).to.be.revertedWithCustomError(hub, "HubRequestExists");

    const { requestId } = await makeCommitment(world);
    const opening = game.interface.encodeFunctionData("open", [requestId, id("opening")]);
    await challenger.sendTransaction({ to: game, data: opening });
    const twice = challenger.sendTransaction({ to: game, data: concat([opening, "0xff"]) });
    await expect(twice).to.be.revertedWithCustomError(game, "GameExists");
  });

  it("behavior: attack 65, 66, 67, 68 and 27, promise A1: no code can be replaced, and nobody has a switch", async () => {
    const [delegatecall, callcode, selfdestruct] = [0xf4, 0xf2, 0xff];
    for (const name of CORE) {
      const { abi, deployedBytecode } = await hre.artifacts.readArtifact(name);
      const code = deployedBytecode.slice(0, deployedBytecode.lastIndexOf("a164736f6c6343"));
      const opcodes = opcodesOf(code);
      for (const forbidden of [delegatecall, callcode, selfdestruct])
        expect(opcodes.has(forbidden), `${name}: ${forbidden.toString(16)}`).to.equal(false);
      const functions = (abi as readonly { type: string; name?: string }[])
        .filter(({ type }) => type === "function")
        .map(({ name: called }) => called ?? "");
      const suspicious = /owner|admin|paus|upgrade|initiali|guardian|rescue|recover|migrat|blacklist|setFee/i;
      expect(
        functions.filter((called) => suspicious.test(called)),
        name,
      ).to.deep.equal([]);
    }
  });

  it("behavior: attack 63: for the court nothing exists but the record, the roots and the proof", async () => {
    const { deployedBytecode } = await hre.artifacts.readArtifact("Referee");
    const opcodes = opcodesOf(deployedBytecode.slice(0, deployedBytecode.lastIndexOf("a164736f6c6343")));
    // Balances, senders, gas prices, other code, blocks and their hashes, storage, the gas that is left, and calls.
    const world = [0x30, 0x31, 0x32, 0x33, 0x3a, 0x3b, 0x3c, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46];
    const state = [0x47, 0x48, 0x49, 0x4a, 0x54, 0x55, 0x5a, 0x5c, 0x5d, 0xf0, 0xf1, 0xf2, 0xf4, 0xf5, 0xfa];
    expect([...world, ...state].filter((opcode) => opcodes.has(opcode))).to.deep.equal([]);
  });

  it("behavior: attack 66, promise A1: the deployer of everything can do no more than anybody else", async () => {
    const world: World = await load();
    const { deployer, hub, game, vault, operator } = world;
    const commitment = await makeCommitment(world, { lies: [OUTPUT_LIE] });
    const match = await openGame(world, commitment, world.challenger, traceOf(world));
    for (const attempt of [
      () => vault.connect(deployer).take(operator, 1n),
      () => vault.connect(deployer).slash(operator, 1n, 1n, 0n, deployer, 1n),
      () => vault.connect(deployer).unlock(operator, 1n),
      () => vault.connect(deployer).give(deployer, 1n),
    ])
      await expect(attempt()).to.be.revertedWithCustomError(vault, "VaultCallerNotProtocol");
    await expect(
      hub.connect(deployer).closeGame(commitment.requestId, deployer, Outcome.OperatorWins, 0n, 0n),
    ).to.be.revertedWithCustomError(hub, "HubCallerNotGame");
    await expect(hub.connect(deployer).settle(commitment.requestId)).to.be.revertedWithCustomError(
      hub,
      "HubWindowOpen",
    );
    expect((await game.gameOf(match.gameId)).outcome).to.equal(Outcome.None);
  });
});
