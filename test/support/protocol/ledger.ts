/** All money of a world, kept by the rules alone: what the contracts must agree with after every transaction. */

import { expect } from "chai";
import { rewardShares, sum } from "./shares.ts";
import { Outcome, type ToyProfile, type World } from "./world.ts";

type Slashed = { pool: bigint; winners: { sequence: number; account: string }[] };

export class Ledger {
  readonly profile: ToyProfile;
  readonly balances = new Map<string, bigint>();
  readonly stakes = new Map<string, bigint>();
  readonly locks = new Map<string, bigint>();
  readonly tickets = new Map<bigint, { owner: string; amount: bigint }>();
  readonly slashed = new Map<string, Slashed>();
  held = 0n;
  burned = 0n;

  constructor(profile: ToyProfile) {
    this.profile = profile;
  }

  /** The books of a world as it is. `contracts` are accounts besides the actors that have a balance. */
  static async of(world: World, contracts: readonly string[]): Promise<Ledger> {
    const ledger = new Ledger(world.profile);
    for (const address of [
      ...[world.deployer, ...world.actors].map((actor) => actor.address),
      ...contracts,
    ]) {
      ledger.balances.set(address, await world.vault.balanceOf(address));
      ledger.stakes.set(address, (await world.vault.stakeOf(address)).amount);
    }
    return ledger;
  }

  credit(account: string, amount: bigint): void {
    this.balances.set(account, (this.balances.get(account) ?? 0n) + amount);
  }

  stake(account: string, amount: bigint): void {
    this.stakes.set(account, (this.stakes.get(account) ?? 0n) + amount);
  }

  lock(operator: string, amount: bigint): void {
    this.locks.set(operator, (this.locks.get(operator) ?? 0n) + amount);
  }

  take(account: string, amount: bigint): void {
    this.credit(account, -amount);
    this.held += amount;
  }

  give(account: string, amount: bigint): void {
    this.credit(account, amount);
    this.held -= amount;
  }

  burn(amount: bigint): void {
    this.held -= amount;
    this.burned += amount;
  }

  /** A lock ends and `taken` of it is forfeited. */
  slash(operator: string, taken: bigint): void {
    this.lock(operator, -this.profile.lock);
    this.stake(operator, -taken);
    this.held += taken;
  }

  /** The first conviction of a commitment. */
  convict(requestId: string, operator: string, requester: string, fee: bigint): void {
    if (this.slashed.has(requestId)) return;
    const { lock, lockBurnBps, requesterBps } = this.profile;
    const burned = (lock * BigInt(lockBurnBps)) / 10_000n;
    const compensation = (lock * BigInt(requesterBps)) / 10_000n;
    this.slash(operator, lock);
    this.burn(burned);
    this.give(requester, fee + compensation);
    this.slashed.set(requestId, { pool: lock - burned - compensation, winners: [] });
  }

  /** A game ends: what happens to its bond. */
  endGame(outcome: bigint, operator: string, challenger: string, refunds: bigint): void {
    const { bond, bondBurnBps } = this.profile;
    const burned = (bond * BigInt(bondBurnBps)) / 10_000n;
    if (outcome === Outcome.OperatorWins) {
      this.burn(burned);
      this.give(operator, bond - burned - refunds);
    } else if (outcome === Outcome.ChallengerWins || outcome === Outcome.Left) {
      this.give(challenger, bond);
    } else {
      this.burn(bond);
    }
  }

  /** The last game of a slashed commitment has ended: what nobody can claim is burned. Returns what each winner can. */
  closePool(requestId: string): bigint[] {
    const { pool, winners } = this.slashed.get(requestId) as Slashed;
    const shares = rewardShares(
      pool,
      winners.map(({ sequence }) => sequence),
    );
    this.burn(pool - sum(shares));
    return shares;
  }

  /** Compares everything with the contracts; and what the vault owes with what it has. */
  async check(world: World, title: string): Promise<void> {
    let owed = this.held + this.burned;
    for (const address of this.balances.keys()) {
      const balance = this.balances.get(address) ?? 0n;
      const stake = this.stakes.get(address) ?? 0n;
      expect(await world.vault.balanceOf(address), `${title}: balance of ${address}`).to.equal(balance);
      const staked = [stake, this.locks.get(address) ?? 0n];
      expect([...(await world.vault.stakeOf(address))], `${title}: stake of ${address}`).to.deep.equal(
        staked,
      );
      expect((staked[1] as bigint) <= stake, `${title}: more is locked than staked`).to.equal(true);
      owed += balance + stake;
    }
    owed += sum([...this.tickets.values()].map(({ amount }) => amount));
    expect([...(await world.vault.escrow())], `${title}: escrow`).to.deep.equal([this.held, this.burned]);
    expect(await world.token.balanceOf(world.vault), `${title}: what the vault has`).to.equal(owed);
  }
}
