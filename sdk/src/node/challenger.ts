/** The role of a challenger: computes every result again that it can, challenges what is wrong, defends what is right, and collects for itself and others. */

import { type Address, type Hex, isAddressEqual } from "viem";
import { getBalance } from "viem/actions";
import { encodeExpireRequest } from "../actions/expireRequest.ts";
import { getAccount } from "../actions/getAccount.ts";
import type { InferenceRequest } from "../actions/getRequest.ts";
import { encodeSettleRequest } from "../actions/settleRequest.ts";
import { concatBytes, fromHex } from "../core/bytes.ts";
import { keccakHex } from "../core/hash.ts";
import { isActive } from "../game/clock.ts";
import type { Game } from "../game/state.ts";
import type { Findings, Task } from "./agenda.ts";
import {
  type Agreement,
  type ChallengerSituation,
  decideChallenger,
  requiredBond,
  type Strategy,
} from "./challenger-policy.ts";
import { claimGames } from "./claims.ts";
import type { Role } from "./daemon.ts";
import { demandWhenSure, isDemand } from "./demanding.ts";
import { GameBook } from "./game-book.ts";
import { playGame, readGame } from "./game-player.ts";
import { openWhenSure, secondOpinion } from "./opening.ts";
import type { KnownGame } from "./store.ts";
import type { Look, Tools } from "./tools.ts";

export interface ChallengerOptions {
  readonly strategy: Strategy;
  /** Most to have bonded; `undefined` for all there is. */
  readonly maxBond: bigint | undefined;
  /** Demand inputs that cannot be fetched. */
  readonly demandInputs: boolean;
  /** Other accounts whose rewards and refunds are claimed. */
  readonly claimFor: readonly Address[];
  /** What salts are derived from, so that the chain can restore them; needed for `full`. */
  readonly secret: Hex | undefined;
}

const ACCOUNT_MS = 2_000;
const WEI_PER_TOKEN = 1e18;

export class ChallengerRole implements Role {
  readonly name = "challenger";
  readonly #tools: Tools;
  readonly #options: ChallengerOptions;
  readonly #agreements = new Map<Hex, Agreement>();
  readonly #book: GameBook;
  readonly #unverifiable = new Map<Hex, string>();
  #balance = 0n;
  #accountReadAt = 0;
  #isDraining = false;

  constructor(tools: Tools, options: ChallengerOptions) {
    this.#tools = tools;
    this.#options = options;
    this.#book = new GameBook(tools.metrics);
  }

  async prepare({ client, head }: Look): Promise<void> {
    const { sending, deployment, metrics } = this.#tools;
    if (sending === undefined || Date.now() - this.#accountReadAt < ACCOUNT_MS) return;
    const { address } = sending.signer;
    const at = { address, blockNumber: head.number };
    const [account, gas] = await Promise.all([
      getAccount(client, { deployment, ...at }),
      getBalance(client, at),
    ]);
    this.#balance = account.balance;
    this.#tools.alerts.tellOfGas(gas);
    metrics.balance.set(Number(gas));
    this.#accountReadAt = Date.now();
    metrics.bondAvailable.set(Number(account.balance) / WEI_PER_TOKEN);
  }

  async examine(look: Look, task: Task): Promise<Findings> {
    const { requestId } = task.request;
    const request = await this.#tools.requestAt(look, requestId);
    if (request === undefined) return { state: "unknown", isEnded: true };
    const profile = await this.#tools.profileOf(request.profileId);
    const model = this.#tools.models.get(request.modelId);
    const input = model === undefined ? undefined : await this.#tools.inputOf(look, task, request, model);
    const isUnpublished = model !== undefined && input === undefined && !request.inputPublished;
    // One whose block was replaced has to be opened again, unless it comes back by itself.
    const games = [...task.games.values()].filter(({ gameId }) => !this.#book.isMissing(gameId));
    const { strategy, maxBond, demandInputs } = this.#options;
    const key = agreementKey(request);
    const situation: ChallengerSituation = {
      ...{ request, profile, strategy, maxBond, demandInputs },
      agreement: this.#agreements.get(key) ?? "unknown",
      isVerifiable: input !== undefined,
      unpublished: isUnpublished
        ? {
            inputBytes: model.record.inputBytes,
            isWithheld: this.#tools.seeker.isWithheld(requestId),
          }
        : undefined,
      hasGame: games.some((game) => this.#isOurs(game.challenger) && !this.#isDemand(game)),
      isDemanded: games.some((game) => this.#isDemand(game)),
      isOwnResult: request.operator !== undefined && this.#isOurs(request.operator),
      ...{
        balance: this.#balance,
        bonded: this.#book.bonded,
        isDraining: this.#isDraining,
        time: look.head.timestamp,
      },
    };
    this.#noteVerifiable(request, model === undefined ? "model" : input === undefined ? "input" : undefined);
    const step = decideChallenger(situation);
    const { agreement } = situation;
    this.#book.judge(requestId, agreement, requiredBond(situation));
    // Games about what cannot be computed, or not yet, are only watched; those of a result that is settled end with it.
    if (agreement === "unknown" || input === undefined || step.kind === "claim")
      await this.#watch(look, task, profile.bond);
    this.#book.report();
    const state = request.outputRoot === undefined ? request.status : `${request.status}: ${agreement}`;
    switch (step.kind) {
      case "ended":
        return { state, isEnded: true };
      case "check":
        return this.#check(request, input as Uint8Array);
      case "challenge": {
        const opened = await this.#challenge(look, task, request, input as Uint8Array);
        const played = await this.#play(look, task, request, input, agreement, request.windowEndsAt);
        return { ...played, state, isRetried: opened || (played.isRetried ?? false) };
      }
      case "seek":
        if (model !== undefined) this.#tools.seeker.seek(task, request.inputRoot, model);
        // Kept up until it is found: a result that nobody can look at may still be wrong.
        return {
          ...(await this.#play(look, task, request, input, agreement, request.windowEndsAt)),
          state: `${request.status}: looking for the input`,
        };
      case "demand":
        return { state, isRetried: await this.#demand(look, request, profile.bond) };
      case "settle":
      case "expire": {
        const encode = step.kind === "settle" ? encodeSettleRequest : encodeExpireRequest;
        const call = encode({ deployment: this.#tools.deployment, requestId });
        const { kind } = await this.#tools.send(look, step.kind, requestId, call, { requestId });
        return { state, isRetried: kind === "busy" || kind === "refused" };
      }
      case "claim":
        return this.#claim(look, task, state);
      default:
        return { ...(await this.#play(look, task, request, input, agreement, step.until)), state };
    }
  }

  drain(): void {
    this.#isDraining = true;
  }

  /** Games go on for hours; the chain keeps them for the next start. */
  isIdle(): boolean {
    return true;
  }

  problems(): readonly string[] {
    const { models, sending } = this.#tools;
    return [
      ...(models.all.length === 0 ? ["there is no model to compute results with"] : []),
      ...(this.#options.strategy === "full" &&
      sending !== undefined &&
      this.#balance === 0n &&
      this.#book.bonded === 0n
        ? ["there is no free balance for bonds: deposit tokens"]
        : []),
    ];
  }

  status(): unknown {
    const { sending, models } = this.#tools;
    return {
      strategy: this.#options.strategy,
      address: sending?.signer.address ?? null,
      balance: this.#balance,
      bonded: this.#book.bonded,
      unverifiable: Object.fromEntries(this.#unverifiable),
      models: models.all.map(({ modelId, name }) => ({ modelId, name })),
    };
  }

  forget(requestId: Hex): void {
    for (const key of [...this.#agreements.keys()])
      if (key.startsWith(requestId)) this.#agreements.delete(key);
    this.#unverifiable.delete(requestId);
    this.#book.forget(requestId);
  }

  #isOurs(address: Hex): boolean {
    const { sending } = this.#tools;
    return sending !== undefined && isAddressEqual(address, sending.signer.address);
  }

  #noteVerifiable({ requestId, outputRoot }: InferenceRequest, missing: string | undefined): void {
    if (outputRoot === undefined) return;
    if (missing === undefined) this.#unverifiable.delete(requestId);
    else if (!this.#unverifiable.has(requestId)) {
      this.#unverifiable.set(requestId, missing);
      this.#tools.log.warn({ requestId, missing }, "a result cannot be computed again here");
    }
    const counts = { model: 0, input: 0 };
    for (const reason of this.#unverifiable.values()) counts[reason as keyof typeof counts]++;
    for (const [reason, count] of Object.entries(counts))
      this.#tools.metrics.unverifiable.set({ reason }, count);
  }

  /**
   * Computes a result again, and once more on the other engine before it is called wrong: nothing is done against anybody on the word of one. Another result of
   * the same request, after blocks were replaced, is another question.
   */
  #check(request: InferenceRequest, input: Uint8Array): Findings {
    const { requestId, modelId, outputRoot, operator, status } = request;
    const { inference, log, metrics } = this.#tools;
    const answer = this.#tools.computed(requestId, "check", () => inference.run(modelId, input));
    if (answer === undefined) return { state: `${status}: computing` };
    const agreement = answer.outputRoot === outputRoot ? "agree" : "disagree";
    if (agreement === "disagree" && secondOpinion(this.#tools, request, input, answer) === undefined)
      return { state: `${status}: computing again` };
    this.#agreements.set(agreementKey(request), agreement);
    metrics.checks.inc({ agreement });
    if (agreement === "disagree") {
      const found = { requestId, modelId, operator, committed: outputRoot, computed: answer.outputRoot };
      log[status === "final" ? "error" : "warn"](
        found,
        status === "final" ? "a wrong result is final" : "a result is wrong",
      );
      const message = `a result of ${operator} is wrong, and ${status}: ${requestId}`;
      this.#tools.alerts.tell({ kind: "wrongResult", subject: requestId, details: { requestId }, message });
    } else log.debug({ requestId, modelId, operator }, "a result is right");
    this.#tools.wake(requestId);
    return { state: `${status}: ${agreement}` };
  }

  /** Opens a game, once it is sure. Says whether to try again. */
  async #challenge(look: Look, task: Task, request: InferenceRequest, input: Uint8Array): Promise<boolean> {
    const salt = this.#saltOf(request.requestId);
    if (salt === undefined) return false;
    const opening = await openWhenSure(this.#tools, look, { request, input, salt });
    if (opening.isOpen) task.games.set(opening.game.gameId, opening.game);
    if (opening.isSent) {
      const { bond } = await this.#tools.profileOf(request.profileId);
      this.#book.open(opening.game.gameId, request.requestId, bond);
    }
    return opening.isRetried;
  }

  /** Demands an input. Says whether to try again. */
  async #demand(look: Look, request: InferenceRequest, bond: bigint): Promise<boolean> {
    const { sending } = this.#tools;
    if (sending === undefined) return false;
    const demand = await demandWhenSure(this.#tools, look, request, sending.signer.address);
    if (demand.isSent) this.#book.open(demand.gameId, request.requestId, bond);
    return demand.isRetried;
  }

  #isDemand(game: KnownGame): boolean {
    return isDemand(this.#tools.deployment, game);
  }

  /** The same every time, so that a daemon that has lost its store can still reveal. */
  #saltOf(requestId: Hex): Hex | undefined {
    const { secret } = this.#options;
    return secret === undefined ? undefined : keccakHex(concatBytes(fromHex(secret), fromHex(requestId)));
  }

  /** Plays own games, and in the games of others for whoever is right but silent. */
  async #play(
    look: Look,
    task: Task,
    request: InferenceRequest,
    input: Uint8Array | undefined,
    agreement: Agreement,
    until: number | undefined,
  ): Promise<Omit<Findings, "state">> {
    const { requestId, modelId } = request;
    let dueAt = until !== undefined && until > look.head.timestamp ? until : undefined;
    let isRetried = false;
    const { bond } = await this.#tools.profileOf(request.profileId);
    for (const game of task.games.values()) {
      const isOwn = this.#isOurs(game.challenger);
      const isOwnDemand = isOwn && this.#isDemand(game);
      // An own demand goes on whatever is known; nobody answers it for the operator who has paid for it.
      if (!isOwnDemand && (input === undefined || agreement === "unknown")) continue;
      const salt = isOwn ? this.#saltOf(requestId) : undefined;
      const found = await playGame(this.#tools, look, {
        ...{ game, modelId, input, isHelp: !isOwn },
        side: agreement === "agree" && !isOwnDemand ? "operator" : "challenger",
        ...(salt === undefined ? {} : { salt }),
      });
      if (found.game === undefined) this.#book.miss(game);
      else this.#see(game, found.game, bond);
      if (found.dueAt !== undefined) dueAt = Math.min(dueAt ?? found.dueAt, found.dueAt);
      isRetried ||= found.isRetried || (isOwn && found.game === undefined);
    }
    this.#book.report();
    return { dueAt, isRetried };
  }

  async #claim(look: Look, task: Task, state: string): Promise<Findings> {
    const isOpen = await claimGames(this.#tools, look, task, this.#options.claimFor);
    return isOpen ? { state: `${state}: claiming`, isRetried: true } : { state, isEnded: true };
  }

  /** Looks at games without a move in them. */
  async #watch(look: Look, task: Task, bond: bigint): Promise<void> {
    for (const game of task.games.values()) {
      const seen = await readGame(this.#tools, look, game.gameId);
      if (seen === undefined) this.#book.miss(game);
      else this.#see(game, seen, bond);
    }
  }

  #see(
    { gameId, requestId, challenger }: KnownGame,
    seen: Pick<Game, "outcome" | "phase">,
    bond: bigint,
  ): void {
    const isEnded = !isActive(seen);
    const isOwn = this.#isOurs(challenger);
    const { outcome } = seen;
    if (isEnded && !this.#book.isEnded(gameId))
      this.#tools.log.info({ requestId, gameId, outcome, isOwn }, "a game has ended");
    this.#book.see({ gameId, requestId, outcome, isEnded, bond: isOwn ? bond : undefined });
  }
}

function agreementKey({ requestId, outputRoot, inputRoot }: InferenceRequest): Hex {
  return `${requestId}${(outputRoot ?? "0x").slice(2)}${inputRoot.slice(2)}`;
}
