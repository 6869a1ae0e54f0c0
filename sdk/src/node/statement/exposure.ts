/** What an operator could lose: every lock that has not ended, what each outcome of it would cost, and when it is safe. */

import { type Address, getAddress, type Hex } from "viem";
import { type GetAccountReturnType, getAccount } from "../../actions/getAccount.ts";
import { getBatch } from "../../actions/getBatch.ts";
import type { Profile } from "../../actions/getProfile.ts";
import { getRequest } from "../../actions/getRequest.ts";
import { getTicket } from "../../actions/getTicket.ts";
import { address, checked } from "../../actions/internal/check.ts";
import { resolveDeployment } from "../../actions/internal/deployment.ts";
import type { RequestStatus } from "../../actions/internal/names.ts";
import type { AssayClient, LogParameters } from "../../actions/internal/types.ts";
import type { Deployment } from "../../addresses.ts";
import { Book, type OpenLock } from "./book.ts";
import { readEvents } from "./events.ts";
import { blockAt, inParallel, profilesIn } from "./statement.ts";

/** What {@link getExposure} takes. */
export interface GetExposureParameters extends LogParameters {
  /** Whose stake it is. */
  readonly address: Address;
}

/** Something that stake is locked for. All amounts in the token's smallest unit, all moments Unix seconds. */
export interface ExposedCommitment {
  /** Nothing for a batch. */
  readonly requestId: Hex | undefined;
  /** Nothing for a request with a lock of its own. */
  readonly batchId: Hex | undefined;
  /** What it lives under. */
  readonly profileId: Hex;
  /** Where it stands. */
  readonly status: RequestStatus;
  /** Lost if the result is proven wrong, or not defended in time. */
  readonly lock: bigint;
  /** What of the lock would be burned; the rest, without `compensation`, would be the challengers'. */
  readonly burned: bigint;
  /** What of the lock the requester would get. */
  readonly compensation: bigint;
  /** Lost if a game about it ends undecided. */
  readonly voidPenalty: bigint;
  /** Lost if nothing is committed by the deadline; 0 where something is. */
  readonly latePenalty: bigint;
  /** Earned if it is final; 0 for a batch, whose requests pay on their own. */
  readonly fee: bigint;
  /** When it is safe if nobody challenges it; nothing while a game is open, or nothing is committed. */
  readonly safeAt: number | undefined;
  /** When it has ended whatever anybody does, if games are answered in time. */
  readonly latestAt: number;
}

/** What {@link getExposure} gives. */
export interface Exposure extends GetAccountReturnType {
  /** Whose stake it is. */
  readonly address: Address;
  /** The block that all of it is about. */
  readonly blockNumber: bigint;
  /** Whatever stake is locked for. */
  readonly commitments: readonly ExposedCommitment[];
  /** Lost if every open result were proven wrong: the sum of their locks. */
  readonly worstCase: bigint;
  /** Stake on its way out, which can be completed from `readyAt` on. */
  readonly exits: readonly { readonly ticketId: bigint; readonly amount: bigint; readonly readyAt: number }[];
}

const WHOLE_BPS = 10_000n;

/**
 * What an operator's stake is locked for, and what could become of it, followed from the deployment's events up to the latest block.
 *
 * @throws {EventMissingError} if the endpoint leaves out events
 */
export async function getExposure(client: AssayClient, parameters: GetExposureParameters): Promise<Exposure> {
  const { address: given } = checked(parameters, { address });
  const owner = getAddress(given);
  const deployment = await resolveDeployment(client, parameters);
  const { number: blockNumber } = await blockAt(client, parameters.toBlock);
  const range = { ...parameters, fromBlock: deployment.startBlock, toBlock: blockNumber };
  const events = await readEvents(client, deployment, range, false);
  const profileOf = await profilesIn(client, deployment, events);
  const book = new Book(profileOf);
  for (const event of events) book.note(event);
  const [account, commitments, exits] = await Promise.all([
    getAccount(client, { deployment, address: owner, blockNumber }),
    inParallel(book.locksOf(owner), (open) =>
      commitmentOf(client, deployment, open, profileOf(open.profileId), blockNumber),
    ),
    inParallel(book.ticketsOf(owner), async (ticketId) => {
      const { amount = 0n, readyAt = 0 } =
        (await getTicket(client, { deployment, ticketId, blockNumber })) ?? {};
      return { ticketId, amount, readyAt };
    }),
  ]);
  const worstCase = commitments.reduce((sum, { lock }) => sum + lock, 0n);
  return { ...account, address: owner, blockNumber, commitments, worstCase, exits };
}

async function commitmentOf(
  client: AssayClient,
  deployment: Deployment,
  { requestId, batchId, profileId, lock, blockNumber: committedIn }: OpenLock,
  profile: Profile,
  blockNumber: bigint,
): Promise<ExposedCommitment> {
  const { windowSeconds, clockSeconds, voidPenalty } = profile;
  const burned = (lock * BigInt(profile.lockBurnBps)) / WHOLE_BPS;
  const compensation = (lock * BigInt(profile.requesterBps)) / WHOLE_BPS;
  // An input that is published on demand starts the window anew, and games of the new one take two clocks again.
  const onDemand = windowSeconds + clockSeconds;
  const common = { requestId, batchId, profileId, lock, burned, compensation, voidPenalty };
  if (requestId === undefined && batchId !== undefined) {
    const [{ status, finalAt }, { timestamp }] = await Promise.all([
      getBatch(client, { deployment, batchId, blockNumber }),
      blockAt(client, committedIn),
    ]);
    const latestAt = Number(timestamp) + windowSeconds + 2 * clockSeconds + onDemand;
    // The lock of a batch is nobody's in particular: what a requester would get is burned.
    const shares = { burned: burned + compensation, compensation: 0n };
    return { ...common, ...shares, status, fee: 0n, latePenalty: 0n, safeAt: finalAt, latestAt };
  }
  const request = await getRequest(client, { deployment, requestId: requestId as Hex, blockNumber });
  const { status, deadline, fee, openGames, inputPublished } = request;
  const isCommitted = request.windowEndsAt !== undefined;
  const endsAt = request.windowEndsAt ?? deadline + windowSeconds;
  return {
    ...{ ...common, status, fee },
    latePenalty: isCommitted ? 0n : profile.missedDeadlinePenalty,
    safeAt: isCommitted && openGames === 0 && !request.tainted ? request.windowEndsAt : undefined,
    latestAt: endsAt + 2 * clockSeconds + (inputPublished ? 0 : onDemand),
  };
}
