/**
 * What every event of the protocol moves, for whom. The vault has no event for what moves inside of it, so that what a request, a result or a game has come to is
 * followed by the rules of the hub and the game. Pure: the same events give the same movements.
 */

import { type Address, type Hex, isAddressEqual, zeroAddress } from "viem";
import type { Profile } from "../../actions/getProfile.ts";
import { GAME_OUTCOMES, GAME_SIDES, nameOf, REQUEST_STATUSES } from "../../actions/internal/names.ts";
import { EventMissingError } from "./errors.ts";
import type { MoneyEvent } from "./events.ts";
import { type Movement, movement, type Subject } from "./movements.ts";

/** A request, or a result that was shown from a batch. */
interface KnownRequest {
  readonly requester: Address;
  readonly fee: bigint;
  readonly profileId: Hex;
  /** Nobody before an acceptance. */
  operator: Address;
  /** What its operator has locked for it alone. */
  lock: bigint;
  batchId: Hex | undefined;
}

interface KnownBatch {
  readonly operator: Address;
  readonly profileId: Hex;
  readonly blockNumber: bigint;
}

/** A lock that has not ended, of a request or of a batch. */
export interface OpenLock {
  readonly requestId?: Hex;
  readonly batchId?: Hex | undefined;
  readonly profileId: Hex;
  readonly lock: bigint;
  /** Of a batch: the block that holds its commitment. */
  readonly blockNumber?: bigint;
}

interface KnownGame {
  readonly requestId: Hex;
  readonly challenger: Address;
  readonly isDemand: boolean;
  /** Answers that third parties made for the operator. */
  answers: bigint;
  isStepped: boolean;
}

type EventOf<name extends MoneyEvent["eventName"]> = Extract<
  MoneyEvent,
  { readonly eventName: name }
>["args"];

const WHOLE_BPS = 10_000n;

export class Book {
  readonly #profileOf: (profileId: Hex) => Profile;
  readonly #payouts = new Map<Address, Address>();
  readonly #tickets = new Map<bigint, { readonly operator: Address; readonly amount: bigint }>();
  readonly #requests = new Map<Hex, KnownRequest>();
  readonly #batches = new Map<Hex, KnownBatch>();
  /** Batches whose lock has not ended. */
  readonly #open = new Set<Hex>();
  readonly #games = new Map<Hex, KnownGame>();

  /** @param profileOf - the parameters of every profile that the events name */
  constructor(profileOf: (profileId: Hex) => Profile) {
    this.#profileOf = profileOf;
  }

  /** Exits of an account that are under way. */
  ticketsOf(account: Address): readonly bigint[] {
    return [...this.#tickets].flatMap(([id, { operator }]) =>
      isAddressEqual(operator, account) ? [id] : [],
    );
  }

  /** What an operator's stake is locked for. */
  locksOf(operator: Address): readonly OpenLock[] {
    const isOwn = (one: { readonly operator: Address }): boolean => isAddressEqual(one.operator, operator);
    return [
      ...[...this.#requests].flatMap(([requestId, request]) =>
        isOwn(request) && request.lock > 0n ? [{ requestId, ...request }] : [],
      ),
      ...[...this.#open].flatMap((batchId) => {
        const batch = this.#batch(batchId);
        return isOwn(batch) ? [{ batchId, ...batch, lock: this.#profileOf(batch.profileId).lock }] : [];
      }),
    ];
  }

  /** Who has a part in what the event is about: the parties of its request or game, and whom it names. */
  partiesOf({ args }: MoneyEvent): readonly Address[] {
    const named = Object.values(args).filter((value) => typeof value === "string" && value.length === 42);
    const game = "gameId" in args ? this.#games.get(args.gameId) : undefined;
    const request = this.#requests.get(game?.requestId ?? ("requestId" in args ? args.requestId : "0x"));
    const batch = "batchId" in args ? this.#batches.get(args.batchId) : undefined;
    const parties = [game?.challenger, request?.requester, request?.operator, batch?.operator];
    return [...named, ...parties.filter((party) => party !== undefined)] as readonly Address[];
  }

  /** What the next event of the chain moves. */
  note(event: MoneyEvent): readonly Movement[] {
    switch (event.eventName) {
      case "Deposited": {
        const { account, from, amount } = event.args;
        return movement(account, "deposit", amount, { counterparty: from });
      }
      case "Withdrawn": {
        const { account, to, amount } = event.args;
        return movement(account, "withdrawal", amount, { counterparty: to });
      }
      case "Staked":
        return movement(event.args.operator, "stake", event.args.amount);
      case "UnstakeRequested": {
        const { ticketId, operator, amount } = event.args;
        this.#tickets.set(ticketId, { operator, amount });
        return movement(operator, "unstake", amount, { ticketId });
      }
      case "UnstakeCancelled":
        return this.#endTicket(event.args.ticketId, "unstakeCancelled");
      case "UnstakeCompleted":
        return this.#endTicket(event.args.ticketId, "unstakeCompleted");
      case "StakeTransferred": {
        const { from, to, amount } = event.args;
        return [
          ...movement(from, "stakeSent", amount, { counterparty: to }),
          ...movement(to, "stakeReceived", amount, { counterparty: from }),
        ];
      }
      case "PayoutSet":
        this.#payouts.set(event.args.operator, event.args.payout);
        return [];
      case "InferenceRequested": {
        const { requestId, requester, parameters } = event.args;
        const { fee, profileId } = parameters;
        const request = { requester, fee, profileId, operator: zeroAddress, lock: 0n, batchId: undefined };
        this.#requests.set(requestId, request);
        return movement(requester, "feePlaced", fee, { requestId });
      }
      case "RequestAccepted": {
        const { requestId, operator, lock } = event.args;
        Object.assign(this.#request(requestId), { operator, lock });
        return movement(operator, "lock", lock, { requestId });
      }
      case "RequestReopened":
        return this.#missed(event.args.requestId);
      case "RequestEnded":
        return this.#endRequest(event.args);
      case "BatchCommitted": {
        const { batchId, operator, profileId } = event.args;
        this.#batches.set(batchId, { operator, profileId, blockNumber: event.blockNumber });
        this.#open.add(batchId);
        return movement(operator, "lock", this.#profileOf(profileId).lock, { batchId });
      }
      case "BatchEnded":
        return this.#endBatch(event.args);
      case "ResultShown": {
        const { resultId, batchId } = event.args;
        const { operator, profileId } = this.#batch(batchId);
        this.#requests.set(resultId, {
          requester: zeroAddress,
          fee: 0n,
          profileId,
          operator,
          lock: 0n,
          batchId,
        });
        return [];
      }
      case "ResultLinked": {
        const { requestId, batchId } = event.args;
        const request = this.#request(requestId);
        const { operator } = this.#batch(batchId);
        const released = movement(operator, "unlock", request.lock, { requestId, batchId });
        Object.assign(request, { operator, lock: 0n, batchId });
        return released;
      }
      case "GameOpened":
        return this.#openGame(event.args, false);
      case "GameDemanded":
        return this.#openGame(event.args, true);
      case "GameAnswered": {
        const { gameId, side, mover } = event.args;
        const game = this.#game(gameId);
        if (nameOf(GAME_SIDES, side) === "operator" && this.#isThird(game, mover)) game.answers++;
        return [];
      }
      case "GameStepped":
        this.#game(event.args.gameId).isStepped = true;
        return [];
      case "GameEnded":
        return this.#endGame(event.args);
      case "GameRewardClaimed": {
        const { gameId, challenger, amount } = event.args;
        return movement(challenger, "reward", amount, this.#subjectOf(gameId));
      }
      case "GameRefundClaimed": {
        const { gameId, mover, amount } = event.args;
        return movement(mover, "moveRefund", amount, this.#subjectOf(gameId));
      }
      default:
        return [];
    }
  }

  #endTicket(ticketId: bigint, kind: "unstakeCancelled" | "unstakeCompleted"): readonly Movement[] {
    const { operator, amount } = known("exit", this.#tickets, ticketId);
    this.#tickets.delete(ticketId);
    return movement(operator, kind, amount, { ticketId });
  }

  #endRequest({ requestId, status }: EventOf<"RequestEnded">): readonly Movement[] {
    const request = this.#request(requestId);
    const { requester, fee, operator, lock, batchId } = request;
    const { voidPenalty, requesterBps } = this.#profileOf(request.profileId);
    const subject = { requestId, batchId };
    const name = nameOf(REQUEST_STATUSES, status);
    const asked = { ...subject, counterparty: operator };
    const returned = movement(requester, "feeReturned", fee, asked);
    if (name === "refunded") return [...returned, ...this.#missed(requestId)];
    // The lock of a batch ends with the batch.
    const unlocked = movement(operator, "unlock", lock, subject);
    request.lock = 0n;
    if (name === "final") {
      const paid = movement(requester, "feePaid", fee, asked);
      const answered = { ...subject, counterparty: requester };
      return [...unlocked, ...paid, ...movement(this.#payoutOf(operator), "feeEarned", fee, answered)];
    }
    if (lock === 0n) return returned;
    if (name === "void")
      return [...unlocked, ...movement(operator, "voidPenalty", voidPenalty, subject), ...returned];
    const compensation = (lock * BigInt(requesterBps)) / WHOLE_BPS;
    return [
      ...unlocked,
      ...movement(operator, "slashed", lock, subject),
      ...returned,
      ...movement(requester, "compensation", compensation, asked),
    ];
  }

  /** A deadline has passed: an operator that had accepted pays the requester. */
  #missed(requestId: Hex): readonly Movement[] {
    const request = this.#request(requestId);
    const { requester, operator, lock, profileId } = request;
    if (lock === 0n) return [];
    const { missedDeadlinePenalty: penalty } = this.#profileOf(profileId);
    request.lock = 0n;
    return [
      ...movement(operator, "unlock", lock, { requestId }),
      ...movement(operator, "deadlinePenalty", penalty, { requestId, counterparty: requester }),
      ...movement(requester, "penaltyReceived", penalty, { requestId, counterparty: operator }),
    ];
  }

  #endBatch({ batchId, status }: EventOf<"BatchEnded">): readonly Movement[] {
    const { operator, profileId } = this.#batch(batchId);
    this.#open.delete(batchId);
    const { lock, voidPenalty } = this.#profileOf(profileId);
    const unlocked = movement(operator, "unlock", lock, { batchId });
    const name = nameOf(REQUEST_STATUSES, status);
    if (name === "slashed") return [...unlocked, ...movement(operator, "slashed", lock, { batchId })];
    if (name === "void") return [...unlocked, ...movement(operator, "voidPenalty", voidPenalty, { batchId })];
    return unlocked;
  }

  #openGame(
    { gameId, requestId, challenger }: Pick<EventOf<"GameDemanded">, "gameId" | "requestId" | "challenger">,
    isDemand: boolean,
  ): readonly Movement[] {
    this.#games.set(gameId, { requestId, challenger, isDemand, answers: 0n, isStepped: false });
    const { bond } = this.#profileOf(this.#request(requestId).profileId);
    return movement(challenger, "bondPlaced", bond, this.#subjectOf(gameId));
  }

  #endGame({ gameId, outcome, mover }: EventOf<"GameEnded">): readonly Movement[] {
    const game = this.#game(gameId);
    const { operator, profileId } = this.#request(game.requestId);
    const { bond, bondBurnBps, answerRefund, stepRefund } = this.#profileOf(profileId);
    const subject = this.#subjectOf(gameId);
    const name = nameOf(GAME_OUTCOMES, outcome);
    if (name === "challengerWins" || name === "left")
      return movement(game.challenger, "bondReturned", bond, subject);
    const lost = movement(game.challenger, "bondLost", bond, { ...subject, counterparty: operator });
    if (name !== "operatorWins") return lost;
    // Whoever makes the last move ends the game.
    const isLastDefended = (game.isDemand || game.isStepped) && this.#isThird(game, mover);
    const refunds = game.answers * answerRefund + (isLastDefended ? stepRefund : 0n);
    const earned = bond - (bond * BigInt(bondBurnBps)) / WHOLE_BPS - refunds;
    const payee = { ...subject, counterparty: game.challenger };
    return [...lost, ...movement(this.#payoutOf(operator), "bondEarned", earned, payee)];
  }

  #subjectOf(gameId: Hex): Subject {
    const { requestId } = this.#game(gameId);
    return { gameId, requestId, batchId: this.#request(requestId).batchId };
  }

  #isThird({ requestId, challenger }: KnownGame, mover: Address): boolean {
    return !isAddressEqual(mover, challenger) && !isAddressEqual(mover, this.#request(requestId).operator);
  }

  #payoutOf(operator: Address): Address {
    const payout = this.#payouts.get(operator) ?? zeroAddress;
    return payout === zeroAddress ? operator : payout;
  }

  #request(requestId: Hex): KnownRequest {
    return known("request", this.#requests, requestId);
  }

  #batch(batchId: Hex) {
    return known("batch", this.#batches, batchId);
  }

  #game(gameId: Hex): KnownGame {
    return known("game", this.#games, gameId);
  }
}

function known<id extends Hex | bigint, value>(what: string, values: ReadonlyMap<id, value>, id: id): value {
  const value = values.get(id);
  if (value === undefined) throw new EventMissingError(what, String(id));
  return value;
}
