/** Everybody at once on a world whose every number is predicted: the moves, and the books that say what they must have come to. */

import { expect } from "chai";
import type { Random } from "../random.ts";
import type { SteadyClock } from "../steady-clock.ts";
import { withDelivery } from "./consumers.ts";
import * as play from "./games.ts";
import { Ledger } from "./ledger.ts";
import { believed, type Falsehood, falsehood, LIARS } from "./palette.ts";
import { rootFrom } from "./sparse-tree.ts";
import { type Lie, type ToyTrace, toyRecord } from "./toy-model.ts";
import { createWorld, FEE, INPUT, Outcome, Phase, Side, type Signer, Status, toyProfile } from "./world.ts";

export type Commitment = play.Commitment & {
  /** What its operator says instead of the truth. */
  readonly claim: Falsehood | undefined;
  /** Whether the honest side of every game about it, and an honest challenger of a lie, play in time. */
  readonly isGuarded: boolean;
  readonly requester: string;
  /** Whether a contract waits for the result. */
  readonly isSubscribed: boolean;
  /** Whether the chain knows the input by its root alone, and nobody has asked for more. */
  isSecret: boolean;
  readonly games: Play[];
  isPosted: boolean;
  isTainted: boolean;
  isDelivered: boolean;
  status: bigint;
};

/** What a commitment is like. */
type Plan = Pick<Commitment, "claim" | "isGuarded"> & {
  readonly isLazy: boolean;
  readonly kind: "published" | "secret" | "subscribed";
};

export type Play = play.Match & {
  readonly commitment: Commitment;
  /** What its challenger says instead of the truth. */
  readonly claim: Falsehood | undefined;
  /** A game about the input, and about nothing else. */
  readonly isDemand: boolean;
  readonly sequence: number;
  readonly openedAt: bigint;
  outcome: bigint;
  /** What third parties are owed, in order of their moves. */
  refunds: { readonly mover: string; readonly amount: bigint }[];
  remaining: [bigint, bigint];
};

/** A move that can be made: how it is sent, and what it comes to. */
export type Prepared = {
  readonly name: "reveal" | "answer" | "step" | "publish";
  readonly send: () => Promise<unknown>;
  readonly book: () => Promise<void>;
};

/** A world whose token calls back while it moves, and with a contract that asks for results and does not take them as it should. */
export async function createCampaignWorld(connection: Parameters<typeof createWorld>[0]) {
  const hook = await connection.ethers.deployContract("HookToken");
  const world = await createWorld(connection, toyRecord, toyProfile, await hook.getAddress());
  return { ...(await withDelivery(world)), hook };
}

export type CampaignWorld = Awaited<ReturnType<typeof createCampaignWorld>>;

/** Gas with which the receiver can do whatever its mood is. */
export const RECEIVER_GAS = 2_000_000;

/** Whoever has less than this left does not try to move: what one action sends takes a second a transaction. */
export const MARGIN = 10n;

export class Campaign {
  readonly world: CampaignWorld;
  readonly random: Random;
  readonly clock: SteadyClock;
  readonly ledger: Ledger;
  readonly truth: ToyTrace;
  readonly commitments: Commitment[] = [];
  readonly games: Play[] = [];
  /** How often each thing happened, so that no campaign is hollow. */
  readonly counts = new Map<string, number>();

  private constructor(world: CampaignWorld, random: Random, clock: SteadyClock, ledger: Ledger) {
    this.world = world;
    this.random = random;
    this.clock = clock;
    this.ledger = ledger;
    this.truth = believed(world.record, world.inputRoot);
    // Calls of other campaigns are nothing that can be replayed here.
    clock.taken.length = 0;
  }

  static async create(world: CampaignWorld, random: Random, clock: SteadyClock): Promise<Campaign> {
    return new Campaign(world, random, clock, await Ledger.of(world, [await world.receiver.getAddress()]));
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

  falsehood(): Falsehood {
    return falsehood(this.random.pick(LIARS), this.world.record, this.random);
  }

  /** Whether the operator's stake has room for another lock. */
  async hasRoom(): Promise<boolean> {
    const { amount, locked } = await this.world.vault.stakeOf(this.world.operator);
    return amount - locked >= this.world.profile.lock;
  }

  /** A commitment, of any kind save where a kind is named; more stake first if there is too little. */
  async commit(wanted: Partial<Plan> = {}): Promise<Commitment> {
    const { world, random, ledger } = this;
    if (!(await this.hasRoom())) await this.stake(10n * world.profile.lock);
    const { claim, isLazy, isGuarded, kind }: Plan = {
      claim: random.chance(0.5) ? undefined : this.falsehood(),
      isLazy: random.chance(0.5),
      isGuarded: random.chance(0.4),
      kind: random.pick(["published", "published", "secret", "subscribed"] as const),
      ...wanted,
    };
    const trace = believed(world.record, world.inputRoot, claim);
    const sender = kind === "subscribed" ? world.receiver : world.requester;
    const requester = await sender.getAddress();
    await this.fund(requester, FEE);
    const parameters = await play.freshParameters(world);
    if (kind === "published") await world.hub.connect(world.requester).request(parameters, INPUT);
    else if (kind === "secret")
      await world.hub.connect(world.requester).requestByRoot(parameters, world.inputRoot, "");
    else await world.receiver.request(parameters, INPUT);
    const requestId = await world.hub.requestIdOf(requester, parameters, world.inputRoot, kind !== "secret");
    if (kind === "subscribed") await world.receiver.subscribe(requestId, world.receiver, RECEIVER_GAS);
    ledger.take(requester, FEE);
    await world.hub.connect(world.operator).accept(requestId);
    await play.commit(world, requestId, trace, isLazy);
    ledger.lock(world.operator.address, world.profile.lock);
    const commitment: Commitment = {
      ...{ requestId, trace, claim, isGuarded, requester, games: [], isPosted: !isLazy },
      ...{ isSubscribed: kind === "subscribed", isSecret: kind === "secret" },
      ...{ isTainted: false, isDelivered: false, status: Status.Committed },
    };
    this.commitments.push(commitment);
    this.count(claim === undefined ? "committed the truth" : `committed ${claim.liar}`);
    if (isGuarded && claim !== undefined) await this.open(commitment, world.challenger);
    return commitment;
  }

  /** A request that nobody answers, or that its operator forgets. */
  async neglect(isAccepted: boolean): Promise<void> {
    const { world, ledger } = this;
    if (isAccepted && !(await this.hasRoom())) await this.stake(world.profile.lock);
    const requester = world.requester.address;
    await this.fund(requester, FEE);
    const deadline = BigInt(await world.time.latest()) + MARGIN;
    const requestId = await play.makeRequest(world, { deadline });
    ledger.take(requester, FEE);
    if (isAccepted) {
      await world.hub.connect(world.operator).accept(requestId);
      ledger.lock(world.operator.address, world.profile.lock);
    }
    await this.warp(MARGIN);
    await world.hub.connect(this.someone()).expire(requestId);
    const penalty = isAccepted ? world.profile.missedDeadlinePenalty : 0n;
    if (isAccepted) ledger.slash(world.operator.address, penalty);
    ledger.give(requester, FEE + penalty);
    expect(await world.hub.statusOf(requestId)).to.equal(Status.Refunded);
    this.count(isAccepted ? "refunded with penalty" : "refunded");
  }

  async open(commitment: Commitment, challenger: Signer, claim?: Falsehood): Promise<Play> {
    const { world } = this;
    await this.fund(challenger.address, world.profile.bond);
    const trace = believed(world.record, world.inputRoot, claim);
    const match = await play.openGame(world, commitment, challenger, trace);
    this.count(claim === undefined ? "challenged with the truth" : `challenged with ${claim.liar}`);
    return await this.#begin(match, commitment, claim, false);
  }

  /** A game about the publication of an input that was given by its root. */
  async demand(commitment: Commitment, challenger: Signer): Promise<Play> {
    const { world } = this;
    const { requestId, trace } = commitment;
    await this.fund(challenger.address, world.profile.bond);
    const gameId = await world.game.connect(challenger).demandInput.staticCall(requestId);
    await world.game.connect(challenger).demandInput(requestId);
    commitment.isSecret = false;
    const match = { gameId, requestId, challenger, salt: "", operatorTrace: trace, challengerTrace: trace };
    this.count("demanded");
    return await this.#begin(match, commitment, undefined, true);
  }

  async #begin(
    match: play.Match,
    commitment: Commitment,
    claim: Falsehood | undefined,
    isDemand: boolean,
  ): Promise<Play> {
    const { bond, clockSeconds } = this.world.profile;
    this.ledger.take(match.challenger.address, bond);
    const { turnStartedAt: openedAt } = await this.world.game.gameOf(match.gameId);
    const clock = BigInt(clockSeconds);
    const sequence = commitment.games.length;
    const game: Play = {
      ...{ ...match, commitment, claim, isDemand, sequence, openedAt },
      ...{ outcome: Outcome.None, refunds: [], remaining: [clock, clock] },
    };
    commitment.games.push(game);
    this.games.push(game);
    return game;
  }

  /** Makes the next move of a game, by whomever; does nothing when there is none that could be made. */
  async move(game: Play, sender?: Signer): Promise<boolean> {
    if ((await this.rest(game)) < MARGIN) return false;
    const move = await this.prepare(game, sender);
    if (move === undefined) return false;
    await move.send();
    await move.book();
    this.count(move.name);
    return true;
  }

  /** The next move of a game, if whoever is to move has something to show; the trace of a lazy commitment is posted for it. */
  async prepare(game: Play, sender?: Signer): Promise<Prepared | undefined> {
    const { world } = this;
    const { phase, turn } = await world.game.gameOf(game.gameId);
    const by = sender ?? world.operator;
    if (phase === Phase.Demanded) {
      return {
        name: "publish",
        send: () => world.game.connect(by).publishInput(game.gameId, INPUT),
        book: () => this.#book(game, by, Outcome.OperatorWins),
      };
    }
    if (phase === Phase.Opened) {
      const { challengerTrace: mine, operatorTrace: theirs } = game;
      if (mine.outputRoot === theirs.outputRoot || !mine.tree.hasRow(0, 0n)) return undefined;
      return { name: "reveal", send: () => play.reveal(world, game, sender), book: async () => {} };
    }
    if (phase === Phase.Leaf) {
      const outcome = verdict(game.operatorTrace, game.challengerTrace, this.truth);
      return {
        name: "step",
        send: () => play.step(world, game, by),
        book: () => this.#book(game, by, outcome),
      };
    }
    if (!(await play.canAnswer(world, game))) return undefined;
    if (turn === Side.Operator && !game.commitment.isPosted) {
      await play.postTrace(world, game.commitment);
      game.commitment.isPosted = true;
    }
    return {
      name: "answer",
      send: () => play.answer(world, game, sender),
      book: async () => {
        if (turn === Side.Operator) this.owe(game, by, world.profile.answerRefund);
      },
    };
  }

  async #book(game: Play, by: Signer, outcome: bigint): Promise<void> {
    if (outcome === Outcome.OperatorWins) this.owe(game, by, this.world.profile.stepRefund);
    await this.end(game, outcome);
  }

  /** A word of the operator's trace that is wrong by itself and has a path to its root; nothing if there is none, or nobody knows the trace. */
  contradiction({ commitment: { claim, isPosted, trace }, isDemand }: Play): Lie | undefined {
    if (!isPosted || isDemand) return undefined;
    return claim?.lies.find((lie) => {
      const { index, word, siblings } = play.contradictionOf(trace, lie);
      return rootFrom(word, index, siblings) === trace.root;
    });
  }

  /** Seconds until the next move is impossible. */
  async rest(game: Play): Promise<bigint> {
    const { phase, turn } = await this.world.game.gameOf(game.gameId);
    const [mine, theirs] = await this.remaining(game);
    if (phase === Phase.Leaf) return mine > theirs ? mine : theirs;
    return turn === Side.Operator ? mine : theirs;
  }

  async remaining({ gameId }: Play): Promise<[bigint, bigint]> {
    const { game } = this.world;
    return [await game.remainingOf(gameId, Side.Operator), await game.remainingOf(gameId, Side.Challenger)];
  }

  /** Puts in more stake. */
  async stake(amount: bigint): Promise<void> {
    const { operator, vault } = this.world;
    await this.fund(operator.address, amount);
    await vault.connect(operator).stake(amount);
    this.ledger.credit(operator.address, -amount);
    this.ledger.stake(operator.address, amount);
  }

  /** Gives an account what it needs and does not have. */
  async fund(account: string, needed: bigint): Promise<void> {
    if ((await this.world.vault.balanceOf(account)) >= needed) return;
    await this.world.vault.deposit(account, 10n * needed);
    this.ledger.credit(account, 10n * needed);
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
    const { requestId, requester } = commitment;
    const { address } = game.challenger;
    ledger.endGame(outcome, world.operator.address, address, refunds);
    if (outcome === Outcome.ChallengerWins || outcome === Outcome.BothLose) {
      if (commitment.status !== Status.Slashed) this.count("slashed");
      ledger.convict(requestId, world.operator.address, requester, FEE);
      commitment.status = Status.Slashed;
    }
    if (outcome === Outcome.ChallengerWins)
      ledger.slashed.get(requestId)?.winners.push({ sequence: game.sequence, account: address });
    if (outcome === Outcome.Undecided) commitment.isTainted = true;
    const isLast = commitment.games.every((other) => other.outcome !== Outcome.None);
    if (isLast && commitment.status === Status.Slashed) await this.#claimAll(commitment);
    this.count(OUTCOMES[Number(outcome)] as string);
  }

  /** Every winner claims its share. */
  async #claimAll(commitment: Commitment): Promise<void> {
    const { world, ledger } = this;
    const shares = ledger.closePool(commitment.requestId);
    const winners = commitment.games.filter(({ outcome }) => outcome === Outcome.ChallengerWins);
    const order = (ledger.slashed.get(commitment.requestId)?.winners ?? []).map(({ sequence }) => sequence);
    for (const game of winners) {
      const share = shares[order.indexOf(game.sequence)] as bigint;
      if (share === 0n) continue;
      await world.game.connect(world.stranger).claimReward(game.gameId);
      ledger.give(game.challenger.address, share);
      this.count("rewarded");
    }
  }

  async claimRefunds(game: Play): Promise<void> {
    if (game.refunds.length === 0) return;
    const movers = game.refunds.map(({ mover }) => mover);
    await this.world.game.claimRefund(game.gameId, movers);
    for (const { mover, amount } of game.refunds) {
      this.ledger.give(mover, amount);
      this.count("defender repaid");
    }
    game.refunds = [];
  }

  /** The honest sides of guarded commitments make all moves that are theirs. */
  async guard(): Promise<void> {
    for (const game of this.active()) {
      const { isGuarded, claim } = game.commitment;
      if (!isGuarded) continue;
      const honest = claim === undefined ? Side.Operator : Side.Challenger;
      if (claim !== undefined && (game.isDemand || game.claim !== undefined)) continue;
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

/** What the campaign calls the outcomes of games. */
const OUTCOMES = ["", "operator won", "challenger won", "both lost", "undecided", "left"] as const;

/** What the court finds about two traces. */
function verdict(operator: ToyTrace, challenger: ToyTrace, truth: ToyTrace): bigint {
  const { depth } = truth;
  const { wordDepth, stepCount } = truth.record;
  for (let leaf = 0n; ; leaf++) {
    const [mine, theirs, right] = [operator, challenger, truth].map(({ tree }) => tree.node(depth, leaf)) as [
      string,
      string,
      string,
    ];
    if (mine === theirs) continue;
    let byte = 0;
    while (mine.slice(2 + 2 * byte, 4 + 2 * byte) === theirs.slice(2 + 2 * byte, 4 + 2 * byte)) byte++;
    const step = leaf >> BigInt(wordDepth);
    const size = step % 2n === 0n || step >= BigInt(stepCount) ? 4 : 1;
    const first = byte - (byte % size);
    const element = (word: string): string => word.slice(2 + 2 * first, 2 + 2 * (first + size));
    if (element(mine) === element(right)) return Outcome.OperatorWins;
    return element(theirs) === element(right) ? Outcome.ChallengerWins : Outcome.BothLose;
  }
}
