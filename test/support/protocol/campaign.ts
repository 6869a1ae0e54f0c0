/** Everybody at once, on a world whose every number is predicted: the moves of a campaign. */

import { expect } from "chai";
import type { Random } from "../random.ts";
import type { SteadyClock } from "../steady-clock.ts";
import { Books, type CampaignWorld, type Commitment, type Play } from "./campaign-books.ts";
import * as play from "./games.ts";
import { Ledger } from "./ledger.ts";
import { believed, type Falsehood, falsehood, LIARS } from "./palette.ts";
import { rootFrom } from "./sparse-tree.ts";
import type { Lie, ToyTrace } from "./toy-model.ts";
import { FEE, INPUT, Outcome, Phase, Side, type Signer, Status } from "./world.ts";

/** What a commitment is like. */
type Plan = Pick<Commitment, "claim" | "isGuarded"> & {
  readonly isLazy: boolean;
  readonly kind: "published" | "secret" | "subscribed";
};

/** A move that can be made: how it is sent, and what it comes to. */
export type Prepared = {
  readonly name: "reveal" | "answer" | "step" | "publish";
  readonly send: () => Promise<unknown>;
  readonly book: () => Promise<void>;
};

/** Gas with which the receiver can do whatever its mood is. */
export const RECEIVER_GAS = 2_000_000;

/** Whoever has less than this left does not try to move: what one action sends takes a second a transaction. */
export const MARGIN = 10n;

export class Campaign extends Books {
  readonly truth: ToyTrace = believed(this.world.record, this.world.inputRoot);

  static async create(world: CampaignWorld, random: Random, clock: SteadyClock): Promise<Campaign> {
    return new Campaign(world, random, clock, await Ledger.of(world, [await world.receiver.getAddress()]));
  }

  falsehood(): Falsehood {
    return falsehood(this.random.pick(LIARS), this.world.record, this.random);
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
