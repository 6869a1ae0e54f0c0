/** The role of a challenger: computes every result again that it can, challenges what is wrong, defends what is right, and collects for itself and others. */

import type { Address, Hex } from "viem";
import { getBalance } from "viem/actions";
import { encodeExpireRequest } from "../actions/expireRequest.ts";
import { getAccount } from "../actions/getAccount.ts";
import { encodeSettleRequest } from "../actions/settleRequest.ts";
import type { Findings, Task } from "./agenda.ts";
import { Canary, type CanaryOptions } from "./canary.ts";
import { Checks } from "./challenger-checks.ts";
import { ChallengerGames } from "./challenger-games.ts";
import {
  type ChallengerSituation,
  decideChallenger,
  requiredBond,
  type Strategy,
} from "./challenger-policy.ts";
import { claimGames } from "./claims.ts";
import type { Role } from "./daemon.ts";
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
  /** How final results are computed again; nothing if they are not. */
  readonly canary: CanaryOptions | undefined;
}

const ACCOUNT_MS = 2_000;
const WEI_PER_TOKEN = 1e18;

export class ChallengerRole implements Role {
  readonly name = "challenger";
  readonly #tools: Tools;
  readonly #options: ChallengerOptions;
  readonly #checks: Checks;
  readonly #games: ChallengerGames;
  readonly #canary: Canary | undefined;
  #balance = 0n;
  #accountReadAt = 0;
  #isDraining = false;

  constructor(tools: Tools, options: ChallengerOptions) {
    this.#tools = tools;
    this.#options = options;
    this.#checks = new Checks(tools);
    this.#games = new ChallengerGames(tools, options.secret);
    this.#canary = options.canary === undefined ? undefined : new Canary(tools, options.canary);
  }

  async prepare(look: Look): Promise<void> {
    if (!this.#isDraining) this.#canary?.turn(look);
    await this.#readAccount(look);
  }

  async #readAccount({ client, head }: Look): Promise<void> {
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
    const { book } = this.#games;
    const { strategy, maxBond, demandInputs } = this.#options;
    const situation: ChallengerSituation = {
      ...{ request, profile, strategy, maxBond, demandInputs },
      agreement: this.#checks.agreementOn(request),
      isVerifiable: input !== undefined,
      unpublished: isUnpublished
        ? {
            inputBytes: model.record.inputBytes,
            isWithheld: this.#tools.seeker.isWithheld(requestId),
          }
        : undefined,
      ...this.#games.about(task),
      isOwnResult: request.operator !== undefined && this.#games.isOurs(request.operator),
      ...{
        balance: this.#balance,
        bonded: book.bonded,
        isDraining: this.#isDraining,
        time: look.head.timestamp,
      },
    };
    this.#checks.note(request, model === undefined ? "model" : input === undefined ? "input" : undefined);
    const step = decideChallenger(situation);
    const { agreement } = situation;
    book.judge(requestId, agreement, requiredBond(situation));
    // Games about what cannot be computed, or not yet, are only watched; those of a result that is settled end with it.
    if (agreement === "unknown" || input === undefined || step.kind === "claim")
      await this.#games.watch(look, task, profile.bond);
    book.report();
    const state = request.outputRoot === undefined ? request.status : `${request.status}: ${agreement}`;
    switch (step.kind) {
      case "ended":
        return { state, isEnded: true };
      case "check":
        return this.#checks.check(request, input as Uint8Array);
      case "challenge": {
        const opened = await this.#games.challenge(look, task, request, input as Uint8Array);
        const played = await this.#games.play(look, task, request, input, agreement, request.windowEndsAt);
        return { ...played, state, isRetried: opened || (played.isRetried ?? false) };
      }
      case "seek":
        if (model !== undefined) this.#tools.seeker.seek(task, request.inputRoot, model);
        // Kept up until it is found: a result that nobody can look at may still be wrong.
        return {
          ...(await this.#games.play(look, task, request, input, agreement, request.windowEndsAt)),
          state: `${request.status}: looking for the input`,
        };
      case "demand":
        return { state, isRetried: await this.#games.demand(look, request, profile.bond) };
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
        return { ...(await this.#games.play(look, task, request, input, agreement, step.until)), state };
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
      this.#games.book.bonded === 0n
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
      bonded: this.#games.book.bonded,
      unverifiable: this.#checks.unverifiable,
      models: models.all.map(({ modelId, name }) => ({ modelId, name })),
      canary: this.#canary?.status() ?? null,
    };
  }

  forget(requestId: Hex): void {
    this.#checks.forget(requestId);
    this.#games.book.forget(requestId);
  }

  async #claim(look: Look, task: Task, state: string): Promise<Findings> {
    const isOpen = await claimGames(this.#tools, look, task, this.#options.claimFor);
    return isOpen ? { state: `${state}: claiming`, isRetried: true } : { state, isEnded: true };
  }
}
