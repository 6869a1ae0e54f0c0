/** What a challenger finds out about results: each is computed again, if it can be. */

import type { Hex } from "viem";
import type { InferenceRequest } from "../actions/getRequest.ts";
import type { Findings } from "./agenda.ts";
import type { Agreement } from "./challenger-policy.ts";
import { secondOpinion } from "./opening.ts";
import type { Tools } from "./tools.ts";

/** What keeps a result from being computed again. */
export type Missing = "model" | "input";

export class Checks {
  readonly #tools: Tools;
  readonly #agreements = new Map<Hex, Agreement>();
  readonly #unverifiable = new Map<Hex, Missing>();

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  /** What is known of a result. Another one of the same request, after blocks were replaced, is another question. */
  agreementOn(request: InferenceRequest): Agreement {
    return this.#agreements.get(agreementKey(request)) ?? "unknown";
  }

  /** Results that cannot be computed again here, with what is missing. */
  get unverifiable(): Readonly<Record<Hex, Missing>> {
    return Object.fromEntries(this.#unverifiable);
  }

  /** Notes whether a result can be computed again. */
  note({ requestId, outputRoot }: InferenceRequest, missing: Missing | undefined): void {
    if (outputRoot === undefined) return;
    if (missing === undefined) this.#unverifiable.delete(requestId);
    else if (!this.#unverifiable.has(requestId)) {
      this.#unverifiable.set(requestId, missing);
      this.#tools.log.warn({ requestId, missing }, "a result cannot be computed again here");
    }
    const counts = { model: 0, input: 0 };
    for (const reason of this.#unverifiable.values()) counts[reason]++;
    for (const [reason, count] of Object.entries(counts))
      this.#tools.metrics.unverifiable.set({ reason }, count);
  }

  /**
   * Computes a result again, and once more on the other engine before it is called wrong: nothing is done against anybody on the word of one.
   */
  check(request: InferenceRequest, input: Uint8Array): Findings {
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

  /** Frees what was kept about a request. */
  forget(requestId: Hex): void {
    for (const key of [...this.#agreements.keys()])
      if (key.startsWith(requestId)) this.#agreements.delete(key);
    this.#unverifiable.delete(requestId);
  }
}

function agreementKey({ requestId, outputRoot, inputRoot }: InferenceRequest): Hex {
  return `${requestId}${(outputRoot ?? "0x").slice(2)}${inputRoot.slice(2)}`;
}
