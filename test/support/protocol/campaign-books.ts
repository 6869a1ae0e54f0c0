/** The books of a campaign: what everybody has, what was claimed, and what every end of a game must have come to. */

import { expect } from "chai";
import type { Random } from "../random.ts";
import type { SteadyClock } from "../steady-clock.ts";
import { withDelivery } from "./consumers.ts";
import type * as play from "./games.ts";
import type { Ledger } from "./ledger.ts";
import type { Falsehood } from "./palette.ts";
import { toyRecord } from "./toy-model.ts";
import { createWorld, FEE, Outcome, Phase, Side, type Signer, Status, toyProfile } from "./world.ts";

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

/** A world whose token calls back while it moves, and with a contract that asks for results and does not take them as it should. */
export async function createCampaignWorld(connection: Parameters<typeof createWorld>[0]) {
  const hook = await connection.ethers.deployContract("HookToken");
  const world = await createWorld(connection, toyRecord, toyProfile, await hook.getAddress());
  return { ...(await withDelivery(world)), hook };
}

export type CampaignWorld = Awaited<ReturnType<typeof createCampaignWorld>>;

/** What the campaign calls the outcomes of games. */
const OUTCOMES = ["", "operator won", "challenger won", "both lost", "undecided", "left"] as const;

/** What happened so far, kept by the rules alone. */
export class Books {
  readonly world: CampaignWorld;
  readonly random: Random;
  readonly clock: SteadyClock;
  readonly ledger: Ledger;
  readonly commitments: Commitment[] = [];
  readonly games: Play[] = [];
  /** How often each thing happened, so that no campaign is hollow. */
  readonly counts = new Map<string, number>();

  constructor(world: CampaignWorld, random: Random, clock: SteadyClock, ledger: Ledger) {
    this.world = world;
    this.random = random;
    this.clock = clock;
    this.ledger = ledger;
    // Calls of other campaigns are nothing that can be replayed here.
    clock.taken.length = 0;
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

  /** Whether the operator's stake has room for another lock. */
  async hasRoom(): Promise<boolean> {
    const { amount, locked } = await this.world.vault.stakeOf(this.world.operator);
    return amount - locked >= this.world.profile.lock;
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
}
