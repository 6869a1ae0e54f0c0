/** The operator's money: what it has, whether that is enough for what it is asked, and what makes it enough again. */

import { formatUnits, isAddressEqual } from "viem";
import { getBalance } from "viem/actions";
import { type GetAccountReturnType, getAccount } from "../actions/getAccount.ts";
import { encodeStake } from "../actions/stake.ts";
import { toAssayError } from "../errors/normalize.ts";
import type { Look, Sending, Tools } from "./tools.ts";

/** What keeps the stake enough. In the token's smallest unit. */
export interface TreasuryTerms {
  /** Stake that is not locked below which an alert is sent, whatever is asked. */
  readonly lowStake: bigint;
  /** Stake that is not locked below which there is staked more; `undefined` for never. */
  readonly topUpBelow: bigint | undefined;
  /** Most stake in total that topping up leads to. */
  readonly topUpCap: bigint | undefined;
}

/** How often the account is read again. */
const ACCOUNT_MS = 2_000;
const DECIMALS = 18;

export class Treasury {
  readonly #tools: Tools;
  readonly #sending: Sending;
  readonly #terms: TreasuryTerms;
  #account: GetAccountReturnType | undefined;
  #gas = 0n;
  #readAt = 0;
  /** The largest lock that is needed, as far as it is known. */
  #needed = 0n;
  #isHalted = false;

  constructor(tools: Tools, sending: Sending, terms: TreasuryTerms) {
    this.#tools = tools;
    this.#sending = sending;
    this.#terms = terms;
  }

  /** As it was read last. */
  get account(): GetAccountReturnType | undefined {
    return this.#account;
  }

  /** Reads the account, tells what is low, and stakes more where it may. */
  async look(look: Look): Promise<void> {
    if (Date.now() - this.#readAt < ACCOUNT_MS) return;
    const { client, head } = look;
    const { signer, account: address } = this.#sending;
    const { alerts, deployment } = this.#tools;
    const at = { blockNumber: head.number };
    [this.#account, this.#gas] = await Promise.all([
      getAccount(client, { deployment, address, ...at }),
      getBalance(client, { address: signer.address, ...at }),
    ]);
    this.#readAt = Date.now();
    this.#count(this.#account);
    alerts.tellOfGas(this.#gas);
    const needed = this.#needed > this.#terms.lowStake ? this.#needed : this.#terms.lowStake;
    alerts.tellOfStake(this.#account.unlocked, needed);
    await this.#topUp(look, this.#account);
  }

  /** Something was asked that would lock so much. */
  need(lock: bigint): void {
    if (lock > this.#needed) this.#needed = lock;
  }

  /** Stakes nothing more: what has cost stake once may do so again. */
  halt(): void {
    if (this.#terms.topUpBelow === undefined || this.#isHalted) return;
    this.#isHalted = true;
    this.#tools.log.error("stake was slashed: nothing is topped up until the daemon is started anew");
  }

  /** What keeps the operator from its work. */
  problems(): readonly string[] {
    const { signer, account: owner } = this.#sending;
    const account = this.#account;
    if (account === undefined) return ["the account has not been read"];
    const isOwner = isAddressEqual(owner, signer.address);
    const isNamed =
      isOwner || (account.signer !== undefined && isAddressEqual(account.signer, signer.address));
    const isEnough = account.stake >= this.#needed;
    return [
      ...(isNamed ? [] : [`${owner} has named another signer than ${signer.address}`]),
      ...(account.stake === 0n ? ["there is no stake: deposit and stake tokens"] : []),
      ...(account.stake === 0n || isEnough
        ? []
        : [`the stake of ${tokens(account.stake)} tokens is smaller than a lock of ${tokens(this.#needed)}`]),
      ...(this.#gas === 0n ? ["the account cannot pay gas"] : []),
    ];
  }

  status() {
    const { signer, account: address } = this.#sending;
    return { address, signer: signer.address, account: this.#account, balanceWei: this.#gas };
  }

  #count({ stake, locked, unlocked, balance }: GetAccountReturnType): void {
    const { metrics } = this.#tools;
    const inTokens = (amount: bigint): number => Number(tokens(amount));
    metrics.balance.set(Number(this.#gas));
    for (const [state, amount] of Object.entries({ total: stake, locked, unlocked }))
      metrics.stake.set({ state }, inTokens(amount));
    metrics.stakeNeeded.set(inTokens(this.#needed));
    metrics.vaultBalance.set(inTokens(balance));
  }

  async #topUp(look: Look, account: GetAccountReturnType): Promise<void> {
    const { topUpBelow, topUpCap } = this.#terms;
    if (topUpBelow === undefined || topUpCap === undefined || this.#isHalted) return;
    const { stake, locked, unlocked, balance } = account;
    const wanted = least(topUpBelow - unlocked, topUpCap - stake);
    if (wanted <= 0n) return;
    const amount = least(wanted, balance);
    if (amount < wanted) this.#tools.alerts.tellOfVault(balance, wanted);
    if (amount === 0n) return;
    const { rpc, deployment, log } = this.#tools;
    const { number: blockNumber } = look.head;
    const { account: address } = this.#sending;
    try {
      // One endpoint could have everything staked by hiding what is there.
      const agreed = await rpc.agree("the account's stake", async (client) => {
        const seen = await getAccount(client, { deployment, address, blockNumber });
        return [seen.balance, seen.stake, seen.locked].join();
      });
      if (agreed !== [balance, stake, locked].join()) return;
    } catch (thrown) {
      log.warn({ error: toAssayError(thrown) }, "the stake is not topped up");
      return;
    }
    // Each is a purpose of its own; one whose block is replaced is the same again.
    await this.#tools.send(look, "topUp", `${address}:${stake}`, encodeStake({ deployment, amount }), {
      amount: String(amount),
    });
  }
}

function tokens(amount: bigint): string {
  return formatUnits(amount, DECIMALS);
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
