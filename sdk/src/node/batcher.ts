/** Answers that were given over HTTP: kept with their inputs, committed to in batches, and defended until their window is over. */

import type { Hex } from "viem";
import { encodeCommitBatch } from "../actions/commitBatch.ts";
import { getBatch } from "../actions/getBatch.ts";
import { type BatchInclusion, makeBatch } from "../actions/makeBatch.ts";
import { encodeSettleBatch } from "../actions/settleBatch.ts";
import type { AnswerReceipt } from "./receipt.ts";
import type { Store } from "./store.ts";
import type { Look, Sending, Tools } from "./tools.ts";

/** An answer that has been promised. */
export interface PromisedAnswer {
  readonly receipt: AnswerReceipt;
  readonly signature: Hex;
  readonly input: Hex;
  readonly output: Hex;
  /** Names the batch that it is in; `undefined` while it waits for one. */
  readonly batch: Hex | undefined;
}

export interface BatcherOptions {
  readonly profileId: Hex;
  /** Answers after which a batch is committed to, however young it is. */
  readonly batchSize: number;
  /** Seconds before the promised time at which a batch is committed to, however small it is. */
  readonly marginSeconds: number;
}

interface SentBatch {
  readonly made: ReturnType<typeof makeBatch>;
  status: string;
}

/** What is over is not asked for again. */
const TERMINAL: readonly string[] = ["final", "void", "slashed"];

export class Batcher {
  readonly #tools: Tools;
  readonly #sending: Sending;
  readonly #store: Store;
  readonly #options: BatcherOptions;
  readonly #answers = new Map<Hex, PromisedAnswer>();
  readonly #batches = new Map<Hex, SentBatch>();
  #isFlushing = false;

  constructor(tools: Tools, sending: Sending, store: Store, options: BatcherOptions) {
    this.#tools = tools;
    this.#sending = sending;
    this.#store = store;
    this.#options = options;
    for (const text of store.answers()) {
      const answer = JSON.parse(text) as PromisedAnswer;
      this.#answers.set(answer.receipt.requestId, answer);
    }
    for (const batchId of new Set([...this.#answers.values()].map(({ batch }) => batch)))
      if (batchId !== undefined) this.#remake(batchId);
  }

  get(requestId: Hex): PromisedAnswer | undefined {
    return this.#answers.get(requestId);
  }

  /** Answers that no batch holds yet. */
  get waiting(): readonly PromisedAnswer[] {
    return [...this.#answers.values()].filter(({ batch }) => batch === undefined);
  }

  /** Keeps an answer before its receipt is given away. */
  add(answer: PromisedAnswer): void {
    this.#put(answer);
    this.#count();
  }

  /** Commits to what waits now, however little it is. */
  flush(): void {
    this.#isFlushing = true;
  }

  /** The input of an answer that somebody has shown on the chain. */
  inputOf(inputRoot: Hex): Hex | undefined {
    return [...this.#answers.values()].find(({ receipt }) => receipt.inputRoot === inputRoot)?.input;
  }

  /** Where an answer is, and the proof that it is there, once the chain has its batch. */
  stateOf(
    requestId: Hex,
  ): { readonly state: string; readonly inclusion: BatchInclusion | undefined } | undefined {
    const answer = this.#answers.get(requestId);
    if (answer === undefined) return undefined;
    const batch = answer.batch === undefined ? undefined : this.#batches.get(answer.batch);
    if (batch === undefined || batch.status === "none") return { state: "promised", inclusion: undefined };
    const index = batch.made.results.findIndex((result) => result.requestId === requestId);
    return { state: batch.status, inclusion: batch.made.inclusionOf(index) };
  }

  /** Sends what is due. `unlocked` is the stake that a batch can lock. */
  async turn(look: Look, unlocked: bigint): Promise<void> {
    const { deployment } = this.#tools;
    const { profileId, batchSize, marginSeconds } = this.#options;
    const { waiting } = this;
    const isDue = waiting.some(({ receipt }) => receipt.commitBefore - marginSeconds <= look.head.timestamp);
    if (waiting.length > 0 && (isDue || this.#isFlushing || waiting.length >= batchSize)) {
      const { maxBatchResults, lock } = await this.#tools.profileOf(profileId);
      if (unlocked >= lock) this.#close(waiting.slice(0, Math.min(maxBatchResults, batchSize)));
      else {
        this.#tools.alerts.tellOfStake(unlocked, lock);
        this.#tools.log.error({ waiting: waiting.length }, "the stake is too small for a batch that is due");
      }
    }
    for (const [batchId, batch] of this.#batches) {
      const { status, finalAt } = await getBatch(look.client, {
        deployment,
        batchId,
        blockNumber: look.head.number,
      });
      const isSettled = TERMINAL.includes(batch.status) && batch.status === status;
      batch.status = status;
      const ids = { batchId, results: batch.made.batch.count };
      if (status === "none") {
        await this.#tools.send(
          look,
          "batch",
          batchId,
          encodeCommitBatch({ deployment, ...batch.made.batch }),
          ids,
        );
      } else if (TERMINAL.includes(status)) {
        const call = encodeSettleBatch({ deployment, batch: batch.made.batch });
        const sent = await this.#tools.send(look, "settleBatch", batchId, call, ids);
        const isOver = sent.kind === "refused" && sent.error.code === "HUB_BATCH_STATUS_MISMATCH";
        const isOld = finalAt === undefined || finalAt + RETENTION_SECONDS < look.head.timestamp;
        if (isSettled && isOver && isOld) this.#forget(batchId);
      }
    }
    this.#count();
  }

  #close(answers: readonly PromisedAnswer[]): void {
    const { batchId } = this.#make(answers);
    this.#store.transaction(() => {
      for (const answer of answers) this.#put({ ...answer, batch: batchId });
    });
    this.#remake(batchId);
  }

  #make(answers: readonly PromisedAnswer[]) {
    const { deployment } = this.#tools;
    const { profileId } = answers[0]?.receipt ?? this.#options;
    const results = answers.map(({ receipt: { requestId, modelId, inputRoot, outputRoot } }) => ({
      ...{ requestId, modelId, inputRoot, outputRoot },
    }));
    return makeBatch({ deployment, operator: this.#sending.account, profileId, results });
  }

  /** A batch is its answers in the order of their names, so that it can be made again from the store. */
  #remake(batchId: Hex): void {
    const answers = [...this.#answers.values()].filter(({ batch }) => batch === batchId);
    this.#batches.set(batchId, { made: this.#make(answers.sort(byName)), status: "none" });
  }

  #forget(batchId: Hex): void {
    for (const [requestId, { batch }] of this.#answers) {
      if (batch !== batchId) continue;
      this.#answers.delete(requestId);
      this.#store.dropAnswer(requestId);
    }
    this.#batches.delete(batchId);
  }

  #put(answer: PromisedAnswer): void {
    this.#store.putAnswer(answer.receipt.requestId, JSON.stringify(answer));
    this.#answers.set(answer.receipt.requestId, answer);
  }

  #count(): void {
    const { receipts } = this.#tools.metrics;
    receipts.set({ state: "waiting" }, this.waiting.length);
    receipts.set({ state: "batched" }, this.#answers.size - this.waiting.length);
  }
}

/** Proofs can be fetched for so long after a batch is final. */
const RETENTION_SECONDS = 86_400;

function byName(a: PromisedAnswer, b: PromisedAnswer): number {
  return a.receipt.requestId < b.receipt.requestId ? -1 : 1;
}
