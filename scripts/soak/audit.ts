/** What the chain says after a soak, against what is true: computed here, from the inputs on the chain, by nobody who took part. */

import { assayTokenAbi } from "../../sdk/src/abis/generated/AssayToken.ts";
import { disputeGameAbi } from "../../sdk/src/abis/generated/DisputeGame.ts";
import { stakeVaultAbi } from "../../sdk/src/abis/generated/StakeVault.ts";
import type { Outcome } from "../../sdk/src/game/state.ts";
import { accountOf, PEOPLE } from "../../sdk/src/testing/people.ts";
import { askedIn, type Ending, endingOf, nameOf, openedIn } from "./chain.ts";
import { addressOf, CAST, HONEST, NAMES, type Name, type Stage } from "./stage.ts";

export interface Audit {
  readonly requests: number;
  readonly endings: Readonly<Record<string, number>>;
  readonly games: Readonly<Record<string, number>>;
  readonly slashes: Readonly<Record<string, number>>;
  /** Everything that is not as it must be; empty after a good run. */
  readonly faults: readonly string[];
}

/** Everything about a finished soak. `before`: balance and stake of everybody when it began. */
export async function audit(stage: Stage, before: Readonly<Record<Name, Holdings>>): Promise<Audit> {
  const faults: string[] = [];
  const ended = await Promise.all((await askedIn(stage)).map((asked) => endingOf(stage, asked)));
  const counts: Record<string, number> = {};
  const slashes: Record<string, number> = {};
  for (const { requestId, status, isTrue, operator, isSettled, isAnswerable } of ended) {
    const what = isTrue === undefined ? status : `${status}, ${isTrue ? "right" : "wrong"} result`;
    counts[what] = (counts[what] ?? 0) + 1;
    const wanted = isTrue === undefined ? "refunded" : isTrue ? "final" : "slashed";
    if (status !== wanted || !isSettled)
      faults.push(`request ${requestId} is ${what}, and has to be ${wanted}`);
    if (status === "refunded" && isAnswerable)
      faults.push(`request ${requestId} could have been answered, and nobody did in time`);
    if (status === "slashed") slashes[nameOf(operator)] = (slashes[nameOf(operator)] ?? 0) + 1;
  }
  const games: Record<string, number> = {};
  const lost: Record<string, number> = {};
  const truthOf = new Map(ended.map(({ requestId, isTrue }) => [requestId, isTrue]));
  for (const { gameId, requestId, challenger, isDemand } of await openedIn(stage)) {
    const { outcome } = await stage.network.clients.requester.getGame({ gameId });
    const isHonest = HONEST.includes(challenger as Name);
    const isRight = truthOf.get(requestId) === true;
    const who = isHonest ? "challenger" : challenger;
    const what = `${who}, ${isDemand ? "demand, " : ""}${isRight ? "right" : "wrong"} result: ${outcome}`;
    games[what] = (games[what] ?? 0) + 1;
    if (outcome === "operatorWins" || outcome === "bothLose") lost[challenger] = (lost[challenger] ?? 0) + 1;
    // Whoever lies itself may still win against another lie, or lose together with it.
    const allowed: readonly Outcome[] = isRight
      ? ["operatorWins"]
      : isHonest && !isDemand
        ? ["challengerWins", "left"]
        : ["challengerWins", "bothLose", "left", "operatorWins"];
    if (!allowed.includes(outcome) || (isRight && isHonest && !isDemand))
      faults.push(
        `game ${gameId} of ${challenger} about a ${isRight ? "right" : "wrong"} result ended ${outcome}`,
      );
  }
  faults.push(...(await accounts(stage, before, slashes, ended, lost)));
  for (const { name, crashes } of stage.crew.values())
    for (const crash of crashes) faults.push(`${name}: ${crash}`);
  return { requests: ended.length, endings: counts, games, slashes, faults };
}

export interface Holdings {
  readonly balance: bigint;
  readonly stake: bigint;
}

export async function holdingsOf({ network }: Stage): Promise<Record<Name, Holdings>> {
  const { requester } = network.clients;
  const entries = NAMES.map(async (name) => {
    const { balance, stake } = await requester.getAccount({ address: addressOf(name) });
    return [name, { balance, stake }] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<Name, Holdings>;
}

/** What everybody has been paid for games, by address in small letters. */
async function claims({ network }: Stage): Promise<ReadonlyMap<string, bigint>> {
  const { requester } = network.clients;
  const events = {
    address: network.deployment.contracts.DisputeGame,
    abi: disputeGameAbi,
    strict: true,
    fromBlock: 0n,
  } as const;
  const paid = [
    ...(await requester.getContractEvents({ ...events, eventName: "GameRewardClaimed" })).map(
      ({ args }) => [args.challenger, args.amount] as const,
    ),
    ...(await requester.getContractEvents({ ...events, eventName: "GameRefundClaimed" })).map(
      ({ args }) => [args.mover, args.amount] as const,
    ),
  ];
  const sums = new Map<string, bigint>();
  for (const [address, amount] of paid)
    sums.set(address.toLowerCase(), (sums.get(address.toLowerCase()) ?? 0n) + amount);
  return sums;
}

/** Where every token is. */
async function accounts(
  stage: Stage,
  before: Readonly<Record<Name, Holdings>>,
  slashes: Readonly<Record<string, number>>,
  ended: readonly Ending[],
  lost: Readonly<Record<string, number>>,
): Promise<readonly string[]> {
  const { network } = stage;
  const { profile, deployment, clients } = network;
  const faults: string[] = [];
  const after = await holdingsOf(stage);
  const claimed = await claims(stage);
  for (const name of NAMES) {
    const isOperator = CAST[name].role === "operator";
    const stake = before[name].stake - BigInt(slashes[name] ?? 0) * profile.lock;
    if (after[name].stake !== stake)
      faults.push(`${name} has ${after[name].stake} at stake, and has to have ${stake}`);
    if (isOperator) continue;
    const bonds = BigInt(lost[name] ?? 0) * profile.bond;
    const balance = before[name].balance - bonds + (claimed.get(addressOf(name).toLowerCase()) ?? 0n);
    if (after[name].balance !== balance)
      faults.push(`${name} has ${after[name].balance} free, and has to have ${balance}`);
  }
  const fees = ended.filter(
    ({ status, operator }) => status === "final" && nameOf(operator) === "operator",
  ).length;
  const earned = after.operator.balance - before.operator.balance;
  if (earned < BigInt(fees) * 5n * 10n ** 18n)
    faults.push(`the operator has earned ${earned} for ${fees} answers`);

  const { requester } = clients;
  const everybody = new Set([...PEOPLE.map((person) => accountOf(person).address), ...NAMES.map(addressOf)]);
  let owned = 0n;
  for (const address of everybody) {
    const { balance, stake } = await requester.getAccount({ address });
    owned += balance + stake;
  }
  const { AssayToken, StakeVault } = deployment.contracts;
  const [held, [escrowed, burned]] = await Promise.all([
    requester.readContract({
      ...{ address: AssayToken, abi: assayTokenAbi, functionName: "balanceOf", args: [StakeVault] },
    }),
    requester.readContract({ address: StakeVault, abi: stakeVaultAbi, functionName: "escrow" }),
  ]);
  if (escrowed !== 0n) faults.push(`${escrowed} are in escrow, for nothing that is open`);
  if (held !== owned + burned)
    faults.push(`the vault holds ${held}, of which ${owned} are somebody's and ${burned} burned`);
  return faults;
}
