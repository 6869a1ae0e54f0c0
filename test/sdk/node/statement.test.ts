import { expect } from "chai";
import { network } from "hardhat";
import { type Address, toEventSelector } from "viem";
import { statementCsv } from "../../../sdk/src/node/statement/csv.ts";
import { getExposure } from "../../../sdk/src/node/statement/exposure.ts";
import { getStatement, type Statement } from "../../../sdk/src/node/statement/statement.ts";
import { caught } from "../../support/caught.ts";
import { makeBatch, resultOf, showResult } from "../../support/protocol/batches.ts";
import {
  freshParameters,
  makeCommitment,
  makeRequest,
  OUTPUT_LIE,
  openGame,
  playToLeaf,
  postTrace,
  step,
  timeout,
  traceOf,
} from "../../support/protocol/games.ts";
import {
  createWorld,
  FEE,
  FREE,
  INPUT,
  STAKE,
  UNSTAKE_DELAY,
  type World,
} from "../../support/protocol/world.ts";
import { clientOf, deploymentOf, kindsOf, statementsOf } from "../../support/statements.ts";

const connection = await network.create();
const fixture = () => createWorld(connection);
const load = () => connection.networkHelpers.loadFixture(fixture);

const of = async (world: World, address: string, more: object = {}): Promise<Statement> =>
  getStatement(clientOf(connection), {
    deployment: await deploymentOf(world),
    address: address as Address,
    ...more,
  });

/** Kinds and gains of the movements after the fixture. */
const movesOf = ({ entries }: Statement, from: bigint) =>
  entries.filter(({ blockNumber }) => blockNumber > from).map(({ kind, amount }) => [kind, amount]);

/** Requests that name the operator, of which the last is answered by a lie, in one published batch that they are linked to. */
async function answered(world: World, isTrue: boolean) {
  const named = { operator: world.operator.address };
  const requestIds = [await makeRequest(world, named), await makeRequest(world, named)];
  // Whoever has accepted has a lock of its own until the result is linked.
  await world.hub.connect(world.operator).accept(requestIds[0]!);
  const lies = isTrue ? [] : [OUTPUT_LIE];
  const some = requestIds.map((requestId, i) => resultOf(world, { requestId, lies: i === 1 ? lies : [] }));
  const made = await makeBatch(world, some, { published: true });
  for (const index of [0, 1]) await world.hub.linkResult(made.inclusion(index));
  return { requestIds, made };
}

describe("sdk/node: statements", () => {
  let world: World;
  let start: bigint;

  beforeEach(async () => {
    world = await load();
    start = BigInt(await connection.ethers.provider.getBlockNumber());
  });

  it("default: batches that are final, slashed and void, each with the fees of what they answer", async () => {
    const { hub, game, operator, challenger, requester, profile } = world;
    const final = await answered(world, true);
    const slashed = await answered(world, false);
    const lied = await openGame(
      world,
      { requestId: slashed.requestIds[1]!, trace: slashed.made.traces[1]! },
      challenger,
      traceOf(world),
    );
    await postTrace(world, { requestId: slashed.requestIds[1]!, trace: slashed.made.traces[1]! });
    await playToLeaf(world, lied);
    await step(world, lied);
    await game.claimReward(lied.gameId);
    const undecided = await makeBatch(world, [resultOf(world), resultOf(world)]);
    const shown = await showResult(world, undecided, 1);
    const match = await openGame(world, shown, challenger, traceOf(world, [OUTPUT_LIE]));
    await postTrace(world, shown);
    await playToLeaf(world, match);
    await world.time.increase(profile.clockSeconds);
    await timeout(world, match);
    await world.time.increase(profile.windowSeconds);
    for (const requestId of [...final.requestIds, ...slashed.requestIds, shown.requestId])
      await hub.settle(requestId);
    await hub.settleBatch(final.made.batch);
    await hub.settleBatch(undecided.batch);

    await statementsOf(connection, world);
    const { lock, bond, voidPenalty } = profile;
    const answer = [
      ["lock", lock],
      ["lock", lock],
      ["unlock", lock],
    ];
    expect(movesOf(await of(world, operator.address), start)).to.deep.equal([
      ...[...answer, ...answer],
      ...[
        ["unlock", lock],
        ["slashed", lock],
      ],
      ["lock", lock],
      ...[
        ["feeEarned", FEE],
        ["feeEarned", FEE],
      ],
      ...[
        ["unlock", lock],
        ["unlock", lock],
        ["voidPenalty", voidPenalty],
      ],
    ]);
    const asked = kindsOf([await of(world, requester.address)]);
    expect([asked.get("feePlaced"), asked.get("feePaid"), asked.get("feeReturned")]).to.deep.equal([4, 2, 2]);
    const pool = lock - (lock * BigInt(profile.lockBurnBps + profile.requesterBps)) / 10_000n;
    expect(movesOf(await of(world, challenger.address), start)).to.deep.equal([
      ...[
        ["bondPlaced", bond],
        ["bondReturned", bond],
        ["reward", pool - pool / 2n],
      ],
      ...[
        ["bondPlaced", bond],
        ["bondLost", bond],
      ],
    ]);
  });

  it("default: what could be lost, by outcome, and when it is safe", async () => {
    const { hub, vault, operator, challenger, profile } = world;
    const client = clientOf(connection);
    const look = async () =>
      getExposure(client, {
        deployment: await deploymentOf(world),
        address: operator.address as Address,
      });
    expect(await look()).to.deep.include({ commitments: [], exits: [], worstCase: 0n, stake: STAKE });
    const accepted = await makeRequest(world);
    await hub.connect(operator).accept(accepted);
    const { requestId, trace } = await makeCommitment(world);
    const batch = await makeBatch(world, [resultOf(world), resultOf(world)]);
    await vault.connect(operator).requestUnstake(11n);
    const { lock, windowSeconds, clockSeconds, voidPenalty, missedDeadlinePenalty } = profile;
    const { deadline } = await hub.requestOf(accepted);
    const endsAt = Number((await hub.requestOf(requestId)).windowEndsAt);
    const batchEndsAt = Number(await hub.batchFinalAt(batch.batchId));
    const shares = [
      (lock * BigInt(profile.lockBurnBps)) / 10_000n,
      (lock * BigInt(profile.requesterBps)) / 10_000n,
    ];
    const [burned, compensation] = shares as [bigint, bigint];
    const common = { profileId: world.profileId, lock, burned, compensation, voidPenalty, fee: FEE };
    const committed = {
      ...{ ...common, requestId, batchId: undefined, status: "committed", latePenalty: 0n },
      ...{ safeAt: endsAt, latestAt: endsAt + 2 * clockSeconds },
    };
    const found = await look();
    expect(found.commitments).to.deep.equal([
      {
        ...{ ...common, requestId: accepted, batchId: undefined, status: "accepted" },
        ...{ latePenalty: missedDeadlinePenalty, safeAt: undefined },
        latestAt: Number(deadline) + windowSeconds + 2 * clockSeconds,
      },
      committed,
      {
        ...{ ...common, requestId: undefined, batchId: batch.batchId, status: "committed", latePenalty: 0n },
        ...{ fee: 0n, burned: burned + compensation, compensation: 0n, safeAt: batchEndsAt },
        latestAt: batchEndsAt + windowSeconds + 3 * clockSeconds,
      },
    ]);
    expect([found.worstCase, found.locked]).to.deep.equal([3n * lock, 3n * lock]);
    const { readyAt } = await vault.ticketOf(1n);
    expect(found.exits).to.deep.equal([{ ticketId: 1n, amount: 11n, readyAt: Number(readyAt) }]);

    await openGame(world, { requestId, trace }, challenger, traceOf(world, [OUTPUT_LIE]));
    const disputed = (await look()).commitments.find((one) => one.requestId === requestId);
    expect(disputed).to.deep.equal({ ...committed, safeAt: undefined });
    await world.time.increase(2 * windowSeconds + 3 * clockSeconds);
    await hub.expire(accepted);
    await hub.settleBatch(batch.batch);
    expect((await look()).commitments.map((one) => one.requestId)).to.deep.equal([requestId]);
  });

  it("behavior: what an operator earns is in the statement of whom it had named then, and stake that changes its owner in both", async () => {
    const { hub, vault, operator, rival, third, requester, profile } = world;
    const { requestId } = await makeCommitment(world);
    await vault.connect(operator).setPayout(third);
    await world.time.increase(profile.windowSeconds);
    await hub.settle(requestId);
    await vault.connect(operator).setPayout(connection.ethers.ZeroAddress);
    const other = await makeCommitment(world);
    await world.time.increase(profile.windowSeconds);
    await hub.settle(other.requestId);
    await vault.connect(operator).transferStake(rival, 7n);

    const earned = await of(world, third.address);
    expect(movesOf(earned, start)).to.deep.equal([["feeEarned", FEE]]);
    expect(earned.entries.at(-1)).to.include({ requestId, counterparty: requester.address });
    const own = (await of(world, operator.address)).entries.filter(({ kind }) => kind === "feeEarned");
    expect(own.map((entry) => entry.requestId)).to.deep.equal([other.requestId]);
    const received = (await of(world, rival.address)).entries.at(-1);
    expect(received).to.include({ kind: "stakeReceived", amount: 7n, counterparty: operator.address });
    await statementsOf(connection, world);
  });

  it("behavior: requests that are opened anew, by parameters with which another accepts", async () => {
    const { hub, vault, requester, operator, rival, profile } = world;
    await vault.connect(rival).stake(profile.lock);
    const parameters = await freshParameters(world);
    await hub.connect(requester).request(parameters, INPUT);
    const requestId = await hub.requestIdOf(requester, parameters, world.inputRoot, true);
    await hub.connect(operator).accept(requestId);
    await world.time.increaseTo(parameters.deadline);
    const later = parameters.deadline + 500n;
    await hub.connect(requester).reopen(requestId, parameters, later);
    await world.time.increaseTo(later);
    await hub.connect(requester).reopen(requestId, parameters, later + 500n);
    await hub.connect(rival).accept(requestId);
    await world.time.increaseTo(later + 500n);
    await hub.expire(requestId);
    const penalty = profile.missedDeadlinePenalty;
    expect(movesOf(await of(world, requester.address), start)).to.deep.equal([
      ...[
        ["feePlaced", FEE],
        ["penaltyReceived", penalty],
      ],
      ...[
        ["feeReturned", FEE],
        ["penaltyReceived", penalty],
      ],
    ]);
    await statementsOf(connection, world);
  });

  it("args: some blocks show what was before them, what happened in them, and what was then; gas is what the account has paid", async () => {
    const { vault, operator, requester, hub } = world;
    const provider = connection.ethers.provider;
    const before = await provider.getBalance(operator.address);
    const { requestId } = await makeCommitment(world);
    await vault.connect(operator).withdraw(operator, 5n);
    const middle = BigInt(await provider.getBlockNumber());
    const ticketId = await vault.connect(operator).requestUnstake.staticCall(11n);
    await vault.connect(operator).requestUnstake(11n);
    await vault.connect(operator).requestUnstake(13n);
    await vault.connect(operator).requestUnstake(17n);
    await vault.connect(operator).cancelUnstake(ticketId + 1n);
    await world.time.increase(UNSTAKE_DELAY);
    await vault.connect(operator).completeUnstake(ticketId);
    await world.time.increase(world.profile.windowSeconds);
    await hub.connect(operator).settle(requestId);
    const paid = before - (await provider.getBalance(operator.address));

    const whole = await of(world, operator.address, { withGas: true });
    const [first, second] = [
      await of(world, operator.address, { toBlock: middle, withGas: true }),
      await of(world, operator.address, { fromBlock: middle + 1n, withGas: true, blockRange: 3n }),
    ];
    expect(second.opening).to.deep.equal(first.closing);
    expect([...first.entries, ...second.entries]).to.deep.equal(whole.entries);
    expect(second.closing).to.deep.equal(whole.closing);
    expect(whole.closing).to.deep.equal({
      free: FREE + FEE - 5n + 11n,
      ...{ stake: STAKE - 28n, locked: 0n, exits: 17n, bonds: 0n, fees: 0n },
    });
    const costs = whole.entries.filter(({ blockNumber }) => blockNumber > start);
    expect(costs.reduce((sum, { gas }) => sum + (gas?.wei ?? 0n), 0n)).to.equal(paid);
    // The fee of the request came from the requester, and its transaction is not the operator's.
    expect((await of(world, requester.address)).entries.some(({ kind }) => kind === "gas")).to.equal(false);

    const lines = statementCsv(whole).split("\r\n");
    expect(lines).to.have.lengthOf(whole.entries.length + 2);
    const [names = [], ...rows] = lines.slice(0, -1).map((line) => line.split(","));
    for (const row of rows) expect(row).to.have.lengthOf(names.length);
    const last = Object.fromEntries(names.map((name, i) => [name, rows.at(-1)![i]]));
    expect(last).to.include({ kind: "gas", request: "", free: "2010.000000000000000006" });
    const inCents = statementCsv(whole, 2).split("\r\n")[1]?.split(",") ?? [];
    expect(inCents[names.indexOf("amount")]).to.equal(
      `${inCents[names.indexOf("amount_units")]?.slice(0, -2)}`,
    );
    const earned = rows.find((row) => row[names.indexOf("kind")] === "feeEarned")!;
    expect(earned[names.indexOf("amount_units")]).to.equal(String(FEE));
    expect(earned[names.indexOf("gain")]).to.equal("10");
    expect(earned[names.indexOf("request")]).to.equal(requestId);
  });

  it("error: an endpoint that has lost events is refused, with what is missing", async () => {
    const { operator, requester } = world;
    await makeCommitment(world);
    const deployment = await deploymentOf(world);
    const lose = async (address: string, event: string) => {
      const client = clientOf(connection, (topic) => topic === toEventSelector(event));
      return caught(getStatement(client, { deployment, address: address as Address }));
    };
    const deposited = "Deposited(address,address,uint256)";
    expect(await lose(requester.address, deposited)).to.deep.include({
      code: "STATEMENT_MISMATCH",
      isTransient: false,
    });
    const { context } = (await lose(operator.address, deposited)) as { context?: object };
    expect(context).to.include({ place: "free", derived: -STAKE, actual: FREE });
    const accepted = "RequestAccepted(bytes32,address,uint256)";
    expect(await lose(operator.address, accepted)).to.have.nested.property("context.place", "locked");
    const requested =
      "InferenceRequested(bytes32,address,(bytes32,bytes32,uint96,uint40,address,uint96,uint256),bytes32,bytes,string)";
    expect(await lose(operator.address, requested)).to.include({ code: "EVENT_MISSING" });
    expect(await caught(of(world, operator.address, { fromBlock: 2n, toBlock: 1n }))).to.include({
      code: "INVALID_PARAMETER",
    });
    expect(await caught(of(world, "0x12"))).to.include({ code: "INVALID_PARAMETER" });
  });
});
