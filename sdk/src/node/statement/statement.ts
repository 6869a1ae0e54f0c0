/** All movements of one account's money over some blocks, compared with what the vault has at the last of them. */

import { type Address, getAddress, type Hash, type Hex, isAddressEqual } from "viem";
import { getBlock, getTransactionReceipt } from "viem/actions";
import { getAccount } from "../../actions/getAccount.ts";
import { getProfile, type Profile } from "../../actions/getProfile.ts";
import { getTicket } from "../../actions/getTicket.ts";
import { address, checked, flag, optional } from "../../actions/internal/check.ts";
import { resolveDeployment } from "../../actions/internal/deployment.ts";
import type { AssayClient, LogParameters } from "../../actions/internal/types.ts";
import type { Deployment } from "../../addresses.ts";
import { InvalidParameterError } from "../../errors/protocol.ts";
import { withAssayErrors } from "../../errors/wrap.ts";
import { Book } from "./book.ts";
import { StatementMismatchError } from "./errors.ts";
import { type MoneyEvent, readEvents } from "./events.ts";
import { applied, type Holdings, type Movement, NOTHING } from "./movements.ts";

/** What {@link getStatement} takes. */
export interface GetStatementParameters extends LogParameters {
  /** Whose money it is about: an operator's, a challenger's, a requester's, or that of a payout address. */
  readonly address: Address;
  /** Also what transactions have cost: a receipt is read for each in which the account has a part. Default: false. */
  readonly withGas?: boolean;
}

/** A movement, where it stands on the chain, and what there is after it. */
export interface StatementEntry extends Movement {
  /** The block it is in. */
  readonly blockNumber: bigint;
  /** Unix second of the block. */
  readonly time: number;
  /** The transaction that caused it. */
  readonly transactionHash: Hash;
  /** Place in the block of the event it follows from. */
  readonly logIndex: number;
  /** Of a transaction's cost: wei, and gas. */
  readonly gas?: { readonly wei: bigint; readonly used: bigint; readonly sender: Address };
  /** What the account has after this movement. */
  readonly after: Holdings;
}

/** What {@link getStatement} gives. All amounts in the token's smallest unit. */
export interface Statement {
  /** The account. */
  readonly address: Address;
  /** The first block that it is about. */
  readonly fromBlock: bigint;
  /** The last one. */
  readonly toBlock: bigint;
  /** What the account had before the first block. */
  readonly opening: Holdings;
  /** Every movement in between, in the order of the chain. */
  readonly entries: readonly StatementEntry[];
  /** What it has after the last block; free balance, stake, locks and exits are what the vault says. */
  readonly closing: Holdings;
}

type Placed = Omit<StatementEntry, "time" | "after">;

/** Questions that are asked at the same time. */
const PARALLEL = 16;

/**
 * Every movement of an account's money from `fromBlock` to `toBlock`. The vault emits nothing for what moves inside of it, so that this follows every request and
 * game of the deployment from its first block on, by the rules of the contracts, and compares the sums with the vault at `toBlock`; for a block that is long past,
 * the endpoint needs an archive. Shares of slashed locks and refunds of moves count when they are claimed.
 *
 * @throws {StatementMismatchError} if the vault has anything else
 * @throws {EventMissingError} if the endpoint leaves out events
 * @throws {InvalidParameterError} if the blocks are in the wrong order
 */
export async function getStatement(
  client: AssayClient,
  parameters: GetStatementParameters,
): Promise<Statement> {
  const { address: account } = checked(parameters, { address, withGas: optional(flag) });
  const deployment = await resolveDeployment(client, parameters);
  const last = await blockAt(client, parameters.toBlock);
  const toBlock = last.number;
  const fromBlock = parameters.fromBlock ?? deployment.startBlock;
  if (fromBlock > toBlock)
    throw new InvalidParameterError("fromBlock", fromBlock, `a block up to the last one, ${toBlock}`);
  const { withGas: isGasWanted = false } = parameters;
  const range = { ...parameters, fromBlock: deployment.startBlock, toBlock };
  const events = await readEvents(client, deployment, range, isGasWanted);
  const book = new Book(await profilesIn(client, deployment, events));
  const owner = getAddress(account);
  const placed = await movementsOf(client, owner, book, events, { fromBlock, isGasWanted });

  let holdings = NOTHING;
  let opening = NOTHING;
  const entries: Omit<StatementEntry, "time">[] = [];
  for (const entry of placed) {
    holdings = applied(holdings, entry.change);
    if (entry.blockNumber < fromBlock) opening = holdings;
    else entries.push({ ...entry, after: holdings });
  }
  await reconcile(client, deployment, { account: owner, holdings, tickets: book.ticketsOf(owner), last });
  const times = await timesOf(client, entries);
  const timed = entries.map((entry) => ({ ...entry, time: times.get(entry.blockNumber) as number }));
  return { address: owner, fromBlock, toBlock, opening, entries: timed, closing: holdings };
}

async function movementsOf(
  client: AssayClient,
  account: Address,
  book: Book,
  events: readonly MoneyEvent[],
  { fromBlock, isGasWanted }: { readonly fromBlock: bigint; readonly isGasWanted: boolean },
): Promise<readonly Placed[]> {
  const keys: Address[] = [account];
  const placed: Placed[] = [];
  const costs = new Map<Hash, Omit<Placed, "gas">>();
  for (const event of events) {
    const { blockNumber, transactionHash, logIndex } = event;
    const place = { blockNumber, transactionHash, logIndex };
    if (event.eventName === "SignerSet" && isAddressEqual(event.args.operator, account))
      keys.push(event.args.signer);
    const moved = book.note(event).filter((found) => isAddressEqual(found.account, account));
    placed.push(...moved.map((found) => ({ ...found, ...place })));
    const isParty = (party: Address): boolean => keys.some((key) => isAddressEqual(key, party));
    const isOwn = moved.length > 0 || book.partiesOf(event).some(isParty);
    if (isGasWanted && isOwn && blockNumber >= fromBlock)
      costs.set(transactionHash, { account, kind: "gas", amount: 0n, change: {}, ...place });
  }
  const paid = await inParallel([...costs.values()], async (cost) => {
    const { transactionHash: hash } = cost;
    const receipt = await withAssayErrors({ hash }, () => getTransactionReceipt(client, { hash }));
    const { gasUsed: used, effectiveGasPrice } = receipt;
    const sender = getAddress(receipt.from);
    const isOwn = keys.some((key) => isAddressEqual(key, sender));
    return isOwn ? [{ ...cost, gas: { wei: used * effectiveGasPrice, used, sender } }] : [];
  });
  return [...placed, ...paid.flat()].sort(
    (a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex,
  );
}

/** Asks once for every profile that the events name. */
export async function profilesIn(client: AssayClient, deployment: Deployment, events: readonly MoneyEvent[]) {
  const ids = new Set<Hex>();
  for (const event of events) {
    if (event.eventName === "InferenceRequested") ids.add(event.args.parameters.profileId);
    if (event.eventName === "BatchCommitted") ids.add(event.args.profileId);
  }
  const profiles = new Map<Hex, Profile>();
  await inParallel([...ids], async (profileId) => {
    profiles.set(profileId, await getProfile(client, { deployment, profileId }));
  });
  return (profileId: Hex): Profile => profiles.get(profileId) as Profile;
}

interface Reconciled {
  readonly account: Address;
  readonly holdings: Holdings;
  readonly tickets: readonly bigint[];
  readonly last: { readonly number: bigint; readonly hash: Hash };
}

async function reconcile(
  client: AssayClient,
  deployment: Deployment,
  { account, holdings, tickets, last }: Reconciled,
): Promise<void> {
  const { number: blockNumber, hash } = last;
  const [{ balance, stake, locked }, exits] = await Promise.all([
    getAccount(client, { deployment, address: account, blockNumber }),
    inParallel(tickets, (ticketId) => getTicket(client, { deployment, ticketId, blockNumber })),
  ]);
  const leaving = exits.reduce((sum, ticket) => sum + (ticket?.amount ?? 0n), 0n);
  for (const [place, actual] of Object.entries({ free: balance, stake, locked, exits: leaving })) {
    const derived = holdings[place as keyof Holdings];
    if (derived === actual) continue;
    const isReorg = (await blockAt(client, blockNumber)).hash !== hash;
    const found = { derived, actual, block: blockNumber };
    throw new StatementMismatchError(account, place as keyof Holdings, found, isReorg);
  }
}

async function timesOf(client: AssayClient, entries: readonly { readonly blockNumber: bigint }[]) {
  const blocks = [...new Set(entries.map(({ blockNumber }) => blockNumber))];
  const times = new Map<bigint, number>();
  await inParallel(blocks, async (blockNumber) => {
    times.set(blockNumber, Number((await blockAt(client, blockNumber)).timestamp));
  });
  return times;
}

/** A block; without its number, the latest. */
export function blockAt(client: AssayClient, blockNumber: bigint | undefined) {
  const at = blockNumber === undefined ? { blockTag: "latest" as const } : { blockNumber };
  return withAssayErrors({}, () => getBlock(client, at));
}

/** Does the same with all items, with so many at a time that a node keeps up. */
export async function inParallel<item, result>(
  items: readonly item[],
  action: (item: item) => Promise<result>,
): Promise<readonly result[]> {
  const results: result[] = new Array(items.length);
  const queue = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      results[next[0]] = await action(next[1]);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return results;
}
