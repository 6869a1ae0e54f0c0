/** The role of an operator: takes requests on, answers them, defends the answers, and collects. */

import { type Hex, isAddressEqual } from "viem";
import { encodeAcceptRequest } from "../actions/acceptRequest.ts";
import { encodeCommitResult } from "../actions/commitResult.ts";
import { encodeCommitResultByRoot, MAX_PUBLISHED_OUTPUT_BYTES } from "../actions/commitResultByRoot.ts";
import { encodeExpireRequest } from "../actions/expireRequest.ts";
import type { InferenceRequest } from "../actions/getRequest.ts";
import type { EncodedCall } from "../actions/internal/types.ts";
import { encodeSettleRequest } from "../actions/settleRequest.ts";
import { fromHex } from "../core/bytes.ts";
import type { Findings, Task } from "./agenda.ts";
import { assertAgreed } from "./agreement.ts";
import type { Batcher } from "./batcher.ts";
import { claimGames } from "./claims.ts";
import type { Role } from "./daemon.ts";
import { playGame } from "./game-player.ts";
import type { Answer, TracedAnswer } from "./inference.ts";
import { decideOperator, type OperatorTerms, type Refusal } from "./operator-policy.ts";
import type { OutputShelf } from "./output-shelf.ts";
import type { Look, Sending, Tools } from "./tools.ts";
import type { Treasury } from "./treasury.ts";

export interface OperatorOptions extends OperatorTerms {
  /** Commit to the trace with every answer. */
  readonly eager: boolean;
}

/** What an operator works with besides the tools. */
export interface OperatorParts {
  readonly treasury: Treasury;
  /** Answers over HTTP; nothing where there is no port for them. */
  readonly batcher?: Batcher;
  /** Serves long outputs; nothing where there is no port for that. */
  readonly shelf?: OutputShelf;
}

export class OperatorRole implements Role {
  readonly name = "operator";
  readonly #tools: Tools;
  readonly #sending: Sending;
  readonly #options: OperatorOptions;
  #isDraining = false;
  /** Locks of acceptances on their way, by request. */
  readonly #reserved = new Map<Hex, bigint>();
  readonly #failed = new Set<Hex>();
  readonly #declined = new Map<Hex, Refusal>();
  /** Requests that are bound but not answered. */
  readonly #owed = new Set<Hex>();
  readonly #runSeconds = new Map<Hex, number>();
  /** Own results that can still be challenged. */
  readonly #backed = new Set<Hex>();
  readonly #treasury: Treasury;
  readonly #batcher: Batcher | undefined;
  readonly #shelf: OutputShelf | undefined;

  constructor(
    tools: Tools,
    sending: Sending,
    options: OperatorOptions,
    { treasury, batcher, shelf }: OperatorParts,
  ) {
    this.#treasury = treasury;
    this.#shelf = shelf;
    this.#batcher = batcher;
    this.#tools = tools;
    this.#sending = sending;
    this.#options = options;
  }

  async prepare(look: Look): Promise<void> {
    await this.#treasury.look(look);
    const { stake = 0n, locked = 0n } = this.#treasury.account ?? {};
    await this.#batcher?.turn(look, stake - locked - this.#reservedBut("0x"));
  }

  async examine(look: Look, task: Task): Promise<Findings> {
    const { requestId } = task.request;
    const request = await this.#tools.requestAt(look, requestId);
    if (request === undefined) return { state: "unknown", isEnded: true };
    const profile = await this.#tools.profileOf(request.profileId);
    const model = this.#tools.models.get(request.modelId);
    const step = decideOperator({
      ...{
        request,
        profile,
        me: this.#sending.account,
        terms: this.#options,
        time: look.head.timestamp,
      },
      isServed: model !== undefined,
      hasInput: request.inputPublished || task.request.input !== undefined,
      stake: this.#treasury.account?.stake ?? 0n,
      locked: (this.#treasury.account?.locked ?? 0n) + this.#reservedBut(requestId),
      runSeconds: this.#runSeconds.get(request.modelId) ?? 0,
      ...{ isDraining: this.#isDraining, hasFailed: this.#failed.has(requestId) },
    });
    if (request.status !== "requested") this.#reserved.delete(requestId);
    if (request.status === "accepted" && step.kind === "answer") this.#owed.add(requestId);
    else this.#owed.delete(requestId);
    switch (step.kind) {
      case "ended":
        return this.#end(look, task, request);
      case "decline":
        if (step.reason === "stake too small") this.#treasury.need(profile.lock);
        return this.#decline(requestId, step.reason);
      case "seek":
        return this.#seek(task, request);
      case "accept":
        return this.#accept(look, request, profile.lock);
      case "answer":
        return this.#answer(look, task, request);
      case "settle":
        return this.#send(look, "settle", request, encodeSettleRequest);
      case "expire":
        return this.#send(look, "expire", request, encodeExpireRequest);
      default:
        return this.#defend(look, task, request, step.until);
    }
  }

  drain(): void {
    this.#isDraining = true;
    this.#batcher?.flush();
  }

  isIdle(): boolean {
    return this.#owed.size === 0 && (this.#batcher?.waiting.length ?? 0) === 0;
  }

  /** Why no answers are given over HTTP at the moment. */
  refusal(): string | undefined {
    if (this.#isDraining) return "The operator is stopping.";
    return this.problems()[0];
  }

  problems(): readonly string[] {
    return [
      ...this.#treasury.problems(),
      ...(this.#tools.models.all.length === 0 ? ["there is no model to serve"] : []),
    ];
  }

  status(): unknown {
    return {
      ...this.#treasury.status(),
      owed: this.#owed.size,
      models: this.#tools.models.all.map(({ modelId, name }) => ({ modelId, name })),
    };
  }

  forget(requestId: Hex): void {
    this.#declined.delete(requestId);
    this.#failed.delete(requestId);
    this.#backed.delete(requestId);
  }

  #isOwn({ operator }: InferenceRequest): boolean {
    return operator !== undefined && isAddressEqual(operator, this.#sending.account);
  }

  #reservedBut(requestId: Hex): bigint {
    let sum = 0n;
    for (const [other, lock] of this.#reserved) if (other !== requestId) sum += lock;
    return sum;
  }

  /** What is over: told of, and what is owed for moves in its games claimed. */
  async #end(look: Look, task: Task, request: InferenceRequest): Promise<Findings> {
    const { requestId, status } = request;
    if (!this.#isOwn(request)) return { state: status, isEnded: true };
    this.#tools.alerts.tellOfEnd(request, look.head.timestamp);
    // A daemon that reads the chain anew was not there when it happened.
    if (status === "slashed" && this.#backed.has(requestId)) this.#treasury.halt();
    const isOwed = await claimGames(this.#tools, look, task, []);
    return { state: status, isEnded: !isOwed, isRetried: isOwed };
  }

  /** A reason that can pass is looked at again; the others are final. */
  #decline(requestId: Hex, reason: Refusal): Findings {
    if (this.#declined.get(requestId) !== reason) {
      this.#declined.set(requestId, reason);
      this.#tools.metrics.declined.inc({ reason });
      this.#tools.log.debug({ requestId, reason }, "declined");
    }
    const canPass = reason === "stake too small" || reason === "exposure too large";
    return { state: `declined: ${reason}`, isEnded: !canPass };
  }

  /** Looks for an input that the chain does not have. One that is lost with the store is looked for again, since it may be demanded. */
  #seek(task: Task, { requestId, inputRoot, modelId, status, inputPublished }: InferenceRequest): Findings {
    const model = this.#tools.models.get(modelId);
    if (model !== undefined && !inputPublished) this.#tools.seeker.seek(task, inputRoot, model);
    if (status === "requested" && this.#tools.seeker.isWithheld(requestId))
      return { ...this.#decline(requestId, "input not available"), isEnded: false };
    const missing = model === undefined ? "no model" : "looking for the input";
    return { state: `${status}: ${missing}`, isRetried: model === undefined };
  }

  async #accept(look: Look, request: InferenceRequest, lock: bigint): Promise<Findings> {
    const { requestId } = request;
    // While somebody else's acceptance is not in a block, only one of the two comes in; the other costs a little gas.
    await assertAgreed(this.#tools, request);
    const { deployment } = this.#tools;
    const { signer, account } = this.#sending;
    const isOwner = isAddressEqual(signer.address, account);
    const call = encodeAcceptRequest({ deployment, requestId, ...(isOwner ? {} : { operator: account }) });
    const { kind } = await this.#tools.send(look, "accept", requestId, call, { requestId });
    if (kind === "sent") this.#reserved.set(requestId, lock);
    return { state: "requested", isRetried: kind === "busy" || kind === "refused" };
  }

  async #answer(look: Look, task: Task, request: InferenceRequest): Promise<Findings> {
    const { requestId, modelId } = request;
    const { deployment, inference, models, metrics, log } = this.#tools;
    const model = models.get(modelId);
    const input = model === undefined ? undefined : await this.#tools.inputOf(look, task, request, model);
    if (input === undefined) return this.#seek(task, request);
    let answer: (Partial<TracedAnswer> & Answer) | undefined;
    try {
      answer = this.#tools.computed(requestId, "answer", async () => {
        const startedAt = performance.now();
        const result = this.#options.eager
          ? await inference.trace(modelId, input)
          : await inference.run(modelId, input);
        this.#runSeconds.set(modelId, (performance.now() - startedAt) / 1_000);
        return result;
      });
    } catch (error) {
      this.#failed.add(requestId);
      log.error({ requestId, modelId, error }, "the model failed");
      return { state: `${request.status}: the model failed`, isRetried: true };
    }
    if (answer === undefined) return { state: `${request.status}: computing` };
    // A made-up request would have its answer slashed, since the true one has another input.
    await assertAgreed(this.#tools, request);
    const { output, outputRoot, traceRoot, outputProof } = answer;
    const bound = traceRoot === undefined || outputProof === undefined ? {} : { traceRoot, outputProof };
    let call: EncodedCall;
    if (output.length <= MAX_PUBLISHED_OUTPUT_BYTES)
      call = encodeCommitResult({ deployment, requestId, output, ...bound });
    else {
      // Kept before it is promised: readers come as soon as the root is on the chain.
      const outputUri = this.#shelf?.keep(outputRoot, output) ?? "";
      call = encodeCommitResultByRoot({ deployment, requestId, outputRoot, outputUri, ...bound });
      if (outputUri === "")
        log.warn({ requestId, outputRoot, bytes: output.length }, "nobody is told where a long output is");
    }
    // What is accepted has about that long at least.
    const deadline = { at: request.deadline, seconds: 4 * this.#options.deadlineMarginSeconds };
    const { kind } = await this.#tools.send(
      look,
      "commit",
      requestId,
      call,
      { requestId, modelId },
      deadline,
    );
    if (kind === "sent") metrics.served.inc({ channel: "chain" });
    return { state: `${request.status}: answered`, isRetried: kind === "busy" || kind === "refused" };
  }

  async #defend(
    look: Look,
    task: Task,
    request: InferenceRequest,
    until: number | undefined,
  ): Promise<Findings> {
    const { modelId, status } = request;
    if (status === "committed") this.#backed.add(request.requestId);
    const model = this.#tools.models.get(modelId);
    let dueAt = until !== undefined && until > look.head.timestamp ? until : undefined;
    let isRetried = false;
    if (task.games.size > 0 && model !== undefined) {
      const promised = this.#batcher?.inputOf(request.inputRoot);
      const input =
        promised === undefined ? await this.#tools.inputOf(look, task, request, model) : fromHex(promised);
      if (input === undefined) return this.#seek(task, request);
      for (const game of task.games.values()) {
        const found = await playGame(this.#tools, look, {
          game,
          side: "operator",
          modelId,
          input,
          isHelp: false,
        });
        if (found.dueAt !== undefined) dueAt = Math.min(dueAt ?? found.dueAt, found.dueAt);
        isRetried ||= found.isRetried;
      }
    }
    return { state: status, dueAt, isRetried };
  }

  async #send(
    look: Look,
    kind: "settle" | "expire",
    { requestId, status }: InferenceRequest,
    encode: typeof encodeSettleRequest,
  ): Promise<Findings> {
    const call = encode({ deployment: this.#tools.deployment, requestId });
    const submission = await this.#tools.send(look, kind, requestId, call, { requestId });
    return {
      state: `${status}: ${kind}`,
      isRetried: submission.kind === "busy" || submission.kind === "refused",
    };
  }
}
