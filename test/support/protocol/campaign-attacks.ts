/** What nobody may do, tried at every moment of a campaign: it is refused for a reason that has a name, and changes nothing. */

import { expect } from "chai";
import { parseEther } from "ethers";
import type { SentCall } from "../steady-clock.ts";
import { type Campaign, MARGIN } from "./campaign.ts";
import type { Play } from "./campaign-books.ts";
import * as play from "./games.ts";
import { type GamePosition, NO_POSITION, positionOf } from "./positions.ts";
import { Phase, Side, Status, type World } from "./world.ts";

/** Something that the rules forbid at this moment: it must be refused for that very reason. */
export async function tryIllegal(campaign: Campaign): Promise<void> {
  const { world, random } = campaign;
  const { game, hub } = world;
  if (campaign.games.length === 0) return;
  const one = random.pick(campaign.games);
  const { gameId, requestId } = one;
  const canMove = await game.canMove(gameId);
  if (canMove && (await campaign.rest(one)) < MARGIN) return;
  const { phase } = await game.gameOf(gameId);
  const timeout = () => play.timeout(world, one);
  const [refused, contract, error]: [() => Promise<unknown>, World["game"] | World["hub"], string] =
    phase === Phase.Ended
      ? [timeout, game, "GameNotActive"]
      : canMove
        ? [timeout, game, "GameClockRunning"]
        : phase === Phase.Leaf
          ? [() => game.step(gameId, NO_POSITION, "0x"), game, "GameClockUsedUp"]
          : [
              () => game.answer(gameId, NO_POSITION, [], [], []),
              game,
              phase === Phase.Narrowing ? "GameClockUsedUp" : "GamePhaseMismatch",
            ];
  await expect(refused()).to.be.revertedWithCustomError(contract, error);
  if (phase === Phase.Narrowing && canMove) {
    const move = game.answer(gameId, NO_POSITION, [], [], []);
    await expect(move).to.be.revertedWithCustomError(game, "GameStateMismatch");
  }
  const { windowEndsAt } = await hub.requestOf(requestId);
  const left = windowEndsAt - BigInt(await world.time.latest());
  if (canMove && one.commitment.status === Status.Committed && (left <= 0n || left > MARGIN)) {
    const settled = left > 0n ? "HubWindowOpen" : "HubGamesOpen";
    await expect(hub.settle(requestId)).to.be.revertedWithCustomError(hub, settled);
  }
  campaign.count("forbidden");
}

/** Nothing that the hub or the game has taken once does it take again (I13, I31), from whomever. */
export async function replay(campaign: Campaign): Promise<void> {
  const call = await somethingTaken(campaign);
  if (call === undefined) return;
  const { game, hub } = campaign.world;
  const own = [game.getFunction("open"), hub.getFunction("request"), hub.getFunction("requestByRoot")];
  // Of somebody else these would be another game, another request.
  const isOwn = own.some(({ fragment }) => call.data.startsWith(fragment.selector));
  const from = isOwn || campaign.random.chance(0.5) ? call.from : campaign.someone().address;
  await refused(campaign, { ...call, from });
  campaign.count("replayed");
}

/** A move that would be right later, or was right before, or is right in another game. */
export async function reorder(campaign: Campaign): Promise<void> {
  const active = campaign.active();
  if (active.length > 0) await misplace(campaign, campaign.random.pick(active));
}

/** The same in one game. */
export async function misplace(campaign: Campaign, one: Play): Promise<void> {
  const { world } = campaign;
  const { phase } = await world.game.gameOf(one.gameId);
  const { interface: calls } = world.game;
  const position = await positionOf(world, one.gameId);
  const game = await world.game.getAddress();
  const moves: string[] = [];
  if (phase !== Phase.Leaf)
    moves.push(calls.encodeFunctionData("step", [one.gameId, position, one.operatorTrace.proof]));
  if (phase !== Phase.Opened) {
    const { challengerTrace: trace, salt } = one;
    const shown = [
      trace.root,
      salt === "" ? trace.root : salt,
      trace.outputRoot,
      trace.outputProof,
      trace.tree.row(0, 0n),
    ];
    moves.push(
      calls.encodeFunctionData("reveal", [
        one.gameId,
        ...(shown as [string, string, string, string[], string[]]),
      ]),
    );
  }
  if (phase === Phase.Narrowing) {
    const args = await play.answerArguments(world, one);
    const [, now, mine, theirs, below] = args;
    // Who hides behind a node without a preimage has nothing to show.
    if (!(await play.canAnswer(world, one))) {
      await refused(campaign, {
        from: one.challenger.address,
        to: game,
        data: calls.encodeFunctionData("answer", args),
      });
      return campaign.count("poison shown");
    }
    // The other side's answer to this one, before it was given; this one out of another state; this one's rows the other way round.
    const next = after(now, mine, theirs, (await world.game.gameOf(one.gameId)).turn);
    const row = one.operatorTrace.tree.row(4, next.index);
    moves.push(calls.encodeFunctionData("answer", [one.gameId, next, row, below, []]));
    moves.push(
      calls.encodeFunctionData("answer", [
        one.gameId,
        { ...now, index: now.index + 1n },
        mine,
        theirs,
        below,
      ]),
    );
    moves.push(calls.encodeFunctionData("answer", [one.gameId, now, theirs, mine, below]));
    const other = campaign.active().find(({ gameId }) => gameId !== one.gameId);
    if (other !== undefined)
      moves.push(calls.encodeFunctionData("answer", [other.gameId, now, mine, theirs, below]));
  }
  for (const data of moves) {
    await refused(campaign, { from: campaign.someone().address, to: game, data });
  }
  campaign.count("reordered");
}

/** The token calls back while it moves: into the vault, which is closed meanwhile, or with something that was taken before. */
export async function reenter(campaign: Campaign): Promise<void> {
  const { world, random, ledger } = campaign;
  const { vault, hook } = world;
  const amount = parseEther("1");
  const calls = vault.interface;
  const taken = await somethingTaken(campaign);
  const into: { to: string; data: string }[] = [
    calls.encodeFunctionData("deposit", [world.stranger.address, amount]),
    calls.encodeFunctionData("withdraw", [world.stranger.address, amount]),
    calls.encodeFunctionData("sweepBurned"),
  ].map((data) => ({ to: vault.target as string, data }));
  const call = random.pick(taken === undefined ? into : [...into, taken, taken]);
  const { address } = campaign.someone();
  await campaign.fund(address, amount);
  await hook.arm(call.to, call.data);
  if (random.chance(0.5)) {
    await vault.deposit(address, amount);
    ledger.credit(address, amount);
  } else {
    await vault.connect(await world.ethers.getSigner(address)).withdraw(address, amount);
    ledger.credit(address, -amount);
  }
  expect([await hook.getFunction("target")(), await hook.succeeded()]).to.deep.equal([
    `0x${"0".repeat(40)}`,
    false,
  ]);
  campaign.count("token called back");
}

/** A call of the hub or the game that was taken in this campaign. */
async function somethingTaken(campaign: Campaign): Promise<SentCall | undefined> {
  const { game, hub } = campaign.world;
  const targets = [game.target, hub.target].map((target) => (target as string).toLowerCase());
  const taken = campaign.clock.taken.filter(({ to }) => targets.includes(to?.toLowerCase()));
  return taken.length === 0 ? undefined : campaign.random.pick(taken);
}

/** Reverts with an error that has a name, in the state as it is. */
async function refused({ world, clock }: Campaign, call: SentCall): Promise<void> {
  clock.refused++;
  const signer = await world.ethers.getSigner(call.from);
  const named = [world.game, world.hub, world.vault].map((contract) => contract.interface);
  let answer: unknown;
  try {
    answer = await signer.call({ to: call.to, data: call.data });
  } catch (error) {
    const data = (error as { data?: string }).data ?? "0x";
    const names = named.map((one) => one.parseError(data)?.name).filter((name) => name !== undefined);
    expect(names, `${String(error)} ${data}`).not.to.deep.equal([]);
    return;
  }
  expect.fail(`${call.data.slice(0, 10)} of ${call.to} was taken once more: ${String(answer)}`);
}

/** The position to which an answer leads. */
function after(position: GamePosition, mine: string[], theirs: string[], turn: bigint): GamePosition {
  const place = mine.findIndex((node, i) => node !== theirs[i]);
  const [operatorNode, challengerNode] = (turn === Side.Operator ? [mine, theirs] : [theirs, mine]).map(
    (row) => row[place] as string,
  ) as [string, string];
  return {
    ...position,
    index: position.index * BigInt(mine.length) + BigInt(place),
    operatorNode,
    challengerNode,
  };
}
