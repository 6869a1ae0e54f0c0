/** Random actions of everybody, on a world whose every number is predicted. */

import { expect } from "chai";
import type { Random } from "../random.ts";
import * as play from "./games.ts";
import { Ledger } from "./ledger.ts";
import type { Lie, ToyTrace } from "./toy-model.ts";
import { FEE, Outcome, Phase, Side, type Signer, Status, type World } from "./world.ts";

export type Commitment = play.Commitment & {
  readonly isTrue: boolean;
  readonly isLazy: boolean;
  /** Whether the honest side of every game about it, and an honest challenger of a lie, play in time. */
  readonly isGuarded: boolean;
  readonly games: Play[];
  isPosted: boolean;
  isTainted: boolean;
  status: bigint;
};

export type Play = play.Match & {
  readonly commitment: Commitment;
  readonly sequence: number;
  readonly openedAt: bigint;
  outcome: bigint;
  /** What third parties are owed, in order of their moves. */
  refunds: { readonly mover: string; readonly amount: bigint }[];
  remaining: [bigint, bigint];
};

/** Blocks of the simulated chain follow the clock on the wall: whoever has less than this left does not try to move. */
export const MARGIN = 100n;

export class Campaign {
  readonly world: World;
  readonly random: Random;
  readonly ledger: Ledger;
  readonly commitments: Commitment[] = [];
  readonly games: Play[] = [];
  /** How often each thing happened, so that no campaign is hollow. */
  readonly counts = new Map<string, number>();

  private constructor(world: World, random: Random, ledger: Ledger) {
    this.world = world;
    this.random = random;
    this.ledger = ledger;
  }

  static async create(world: World, random: Random): Promise<Campaign> {
    return new Campaign(world, random, await Ledger.of(world));
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  active(): Play[] {
    return this.games.filter(({ outcome }) => outcome === Outcome.None);
  }

  someone(): Signer {
    const { challenger, rival, third, stranger } = this.world;
    return this.random.pick([challenger, rival, third, stranger]);
  }

  /** Lies with a wrong output, of all kinds. */
  randomLies(): Lie[] {
    const { random } = this;
    const { stepCount, outputBytes } = this.world.record;
    const mask = (): number => random.integer(1, 255);
    const lies: Lie[] = [{ step: stepCount - 1, byte: random.integer(0, outputBytes - 1), mask: mask() }];
    if (random.chance(0.3)) lies.unshift({ step: 0, byte: 0, mask: mask() });
    if (random.chance(0.5)) {
      lies.unshift({ step: random.integer(0, stepCount - 2), byte: random.integer(0, 127), mask: mask() });
    }
    if (random.chance(0.2)) {
      for (let byte = 0; byte < 64; byte += 7) lies.push({ step: 1, byte, mask: mask() });
    }
    return lies;
  }

  async commit(): Promise<void> {
    const { world, random } = this;
    const stake = await world.vault.stakeOf(world.operator);
    if (
      stake.amount - stake.locked < world.profile.lock ||
      (await world.vault.balanceOf(world.requester)) < FEE
    )
      return;
    const [isTrue, isLazy, isGuarded] = [random.chance(0.5), random.chance(0.5), random.chance(0.4)];
    const lies = isTrue ? [] : this.randomLies();
    const made = await play.makeCommitment(world, { lies, lazy: isLazy });
    this.ledger.take(world.requester.address, FEE);
    this.ledger.lock(world.operator.address, world.profile.lock);
    const commitment = {
      ...made,
      isTrue,
      isLazy,
      isGuarded,
      isTainted: false,
      games: [],
      status: Status.Committed,
    };
    this.commitments.push({ ...commitment, isPosted: !isLazy });
    this.count("commit");
    if (isGuarded && !isTrue) await this.open(this.commitments.at(-1) as Commitment, world.challenger, []);
  }

  /** A request that nobody answers, or that its operator forgets. */
  async neglect(): Promise<void> {
    const { world, random, ledger } = this;
    const stake = await world.vault.stakeOf(world.operator);
    if ((await world.vault.balanceOf(world.requester)) < FEE) return;
    const deadline = BigInt(await world.time.latest()) + MARGIN;
    const requestId = await play.makeRequest(world, { deadline });
    ledger.take(world.requester.address, FEE);
    const isAccepted = random.chance(0.5) && stake.amount - stake.locked >= world.profile.lock;
    if (isAccepted) {
      await world.hub.connect(world.operator).accept(requestId);
      ledger.lock(world.operator.address, world.profile.lock);
    }
    await this.guard();
    await world.time.increase(MARGIN);
    await world.hub.connect(this.someone()).expire(requestId);
    const penalty = isAccepted ? world.profile.missedDeadlinePenalty : 0n;
    if (isAccepted) ledger.slash(world.operator.address, penalty);
    ledger.give(world.requester.address, FEE + penalty);
    expect(await world.hub.statusOf(requestId)).to.equal(Status.Refunded);
    this.count(isAccepted ? "refunded with penalty" : "refunded");
  }

  async open(commitment: Commitment, challenger: Signer, lies: readonly Lie[]): Promise<void> {
    const { world } = this;
    if ((await world.vault.balanceOf(challenger)) < world.profile.bond) {
      await world.vault.deposit(challenger.address, 10n * world.profile.bond);
      this.ledger.credit(challenger.address, 10n * world.profile.bond);
    }
    const match = await play.openGame(world, commitment, challenger, play.traceOf(world, lies));
    this.ledger.take(challenger.address, world.profile.bond);
    const { turnStartedAt } = await world.game.gameOf(match.gameId);
    const clock = BigInt(world.profile.clockSeconds);
    const game: Play = {
      ...match,
      commitment,
      sequence: commitment.games.length,
      openedAt: turnStartedAt,
      outcome: Outcome.None,
      refunds: [],
      remaining: [clock, clock],
    };
    commitment.games.push(game);
    this.games.push(game);
    this.count("open");
  }

  /** Makes the next move of a game, by whomever; does nothing when there is none that could be made. */
  async move(game: Play, sender?: Signer): Promise<boolean> {
    const { world } = this;
    const { phase, turn } = await world.game.gameOf(game.gameId);
    if ((await this.rest(game)) < MARGIN) return false;
    if (phase === Phase.Opened) {
      if (game.challengerTrace.outputRoot === game.operatorTrace.outputRoot) return false;
      await play.reveal(world, game, sender);
    } else if (phase === Phase.Narrowing) {
      if (turn === Side.Operator && !game.commitment.isPosted) {
        await play.postTrace(world, game.commitment);
        game.commitment.isPosted = true;
      }
      await play.answer(world, game, sender);
      if (turn === Side.Operator) this.owe(game, sender ?? world.operator, world.profile.answerRefund);
    } else {
      const by = sender ?? world.operator;
      const outcome = verdict(game.operatorTrace, game.challengerTrace, play.traceOf(world));
      await play.step(world, game, by);
      if (outcome === Outcome.OperatorWins) this.owe(game, by, world.profile.stepRefund);
      await this.end(game, outcome);
    }
    this.count(["", "reveal", "answer", "step"][Number(phase)] as string);
    return true;
  }

  /** Seconds until the next move is impossible. */
  async rest(game: Play): Promise<bigint> {
    const { phase, turn } = await this.world.game.gameOf(game.gameId);
    const [mine, theirs] = [
      await this.world.game.remainingOf(game.gameId, Side.Operator),
      await this.world.game.remainingOf(game.gameId, Side.Challenger),
    ];
    if (phase === Phase.Leaf) return mine > theirs ? mine : theirs;
    return turn === Side.Operator ? mine : theirs;
  }

  owe(game: Play, mover: Signer, amount: bigint): void {
    if (mover.address === this.world.operator.address || mover.address === game.challenger.address) return;
    game.refunds.push({ mover: mover.address, amount });
  }

  /** Books the end of a game, and checks that the contract ended it in the same way. */
  async end(game: Play, outcome: bigint): Promise<void> {
    const { world, ledger } = this;
    const { commitment } = game;
    const stored = await world.game.gameOf(game.gameId);
    expect([stored.phase, stored.outcome]).to.deep.equal([Phase.Ended, outcome]);
    game.outcome = outcome;
    const refunds = game.refunds.reduce((sum, { amount }) => sum + amount, 0n);
    if (outcome !== Outcome.OperatorWins) game.refunds = [];
    ledger.endGame(outcome, world.operator.address, game.challenger.address, refunds);
    if (outcome === Outcome.ChallengerWins || outcome === Outcome.BothLose) {
      ledger.convict(commitment.requestId, world.operator.address, world.requester.address, FEE);
      commitment.status = Status.Slashed;
    }
    if (outcome === Outcome.ChallengerWins) {
      ledger.slashed.get(commitment.requestId)?.winners.push({
        sequence: game.sequence,
        account: game.challenger.address,
      });
    }
    if (outcome === Outcome.Undecided) commitment.isTainted = true;
    const isLast = commitment.games.every((other) => other.outcome !== Outcome.None);
    if (isLast && commitment.status === Status.Slashed) await this.claimAll(commitment);
    this.count(`outcome ${outcome}`);
  }

  /** Every winner claims its share. */
  async claimAll(commitment: Commitment): Promise<void> {
    const { world, ledger } = this;
    const shares = ledger.closePool(commitment.requestId);
    const winners = commitment.games.filter(({ outcome }) => outcome === Outcome.ChallengerWins);
    const order = (ledger.slashed.get(commitment.requestId)?.winners ?? []).map(({ sequence }) => sequence);
    for (const game of winners) {
      const share = shares[order.indexOf(game.sequence)] as bigint;
      if (share === 0n) continue;
      await world.game.connect(world.stranger).claimReward(game.gameId);
      ledger.give(game.challenger.address, share);
      this.count("reward");
    }
  }

  async claimRefunds(game: Play): Promise<void> {
    if (game.refunds.length === 0) return;
    const movers = game.refunds.map(({ mover }) => mover);
    await this.world.game.claimRefund(game.gameId, movers);
    for (const { mover, amount } of game.refunds) {
      this.ledger.give(mover, amount);
      this.count("refund");
    }
    game.refunds = [];
  }

  /** The honest sides of guarded commitments make all moves that are theirs. */
  async guard(): Promise<void> {
    for (const game of this.active()) {
      const { isGuarded, isTrue } = game.commitment;
      if (!isGuarded) continue;
      const honest = isTrue ? Side.Operator : Side.Challenger;
      if (!isTrue && game.challengerTrace.lies.length > 0) continue;
      for (;;) {
        const { phase, turn } = await this.world.game.gameOf(game.gameId);
        const isDue = phase === Phase.Leaf || (phase !== Phase.Ended && turn === honest);
        const sender = honest === Side.Operator ? this.world.operator : game.challenger;
        if (!isDue || !(await this.move(game, sender))) break;
      }
    }
  }

  /** Lets time pass, after those who are honest have done what they have to. */
  async warp(seconds: bigint): Promise<void> {
    await this.guard();
    await this.world.time.increase(seconds);
  }
}

/** What the court finds about two traces. */
export function verdict(operator: ToyTrace, challenger: ToyTrace, truth: ToyTrace): bigint {
  const { depth } = truth;
  const { wordDepth } = truth.record;
  for (let leaf = 0n; ; leaf++) {
    const [mine, theirs, right] = [operator, challenger, truth].map(({ tree }) => tree.node(depth, leaf)) as [
      string,
      string,
      string,
    ];
    if (mine === theirs) continue;
    let byte = 0;
    while (mine.slice(2 + 2 * byte, 4 + 2 * byte) === theirs.slice(2 + 2 * byte, 4 + 2 * byte)) byte++;
    const size = (leaf >> BigInt(wordDepth)) % 2n === 0n ? 4 : 1;
    const first = byte - (byte % size);
    const element = (word: string): string => word.slice(2 + 2 * first, 2 + 2 * (first + size));
    if (element(mine) === element(right)) return Outcome.OperatorWins;
    return element(theirs) === element(right) ? Outcome.ChallengerWins : Outcome.BothLose;
  }
}
