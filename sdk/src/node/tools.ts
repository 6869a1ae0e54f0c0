/** What the roles of a daemon work with. Passed along; there are no globals. */

import type { Address, Hex } from "viem";
import { getInput } from "../actions/getInput.ts";
import { getProfile, type Profile } from "../actions/getProfile.ts";
import { getRequest, type InferenceRequest } from "../actions/getRequest.ts";
import type { AssayClient, EncodedCall } from "../actions/internal/types.ts";
import type { Deployment } from "../addresses.ts";
import type { AssayError } from "../core/errors.ts";
import { rootOfBytes } from "../core/tree.ts";
import { toAssayError } from "../errors/normalize.ts";
import { RequestNotFoundError } from "../errors/protocol.ts";
import type { Task } from "./agenda.ts";
import type { Alerts } from "./alerts.ts";
import type { Deadline } from "./fees.ts";
import type { Head } from "./follower.ts";
import type { Inference } from "./inference.ts";
import { InputSeeker } from "./input-seeker.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { ModelStore, StoredModel } from "./model-store.ts";
import type { Outbox, Submission } from "./outbox.ts";
import { type Endpoint, QuorumError, type Rpc } from "./rpc.ts";
import type { Signer } from "./signer.ts";
import type { KnownRequest } from "./store.ts";

/** The chain as one endpoint shows it at one moment. */
export interface Look {
  readonly endpoint: Endpoint;
  readonly client: AssayClient;
  readonly head: Head;
}

/** Who can send something. */
export interface Sending {
  readonly signer: Signer;
  /** Whose money it is: the signer's own, or that of the operator that has named the signer. */
  readonly account: Address;
  readonly outbox: Outbox;
}

export interface ToolsOptions {
  readonly deployment: Deployment;
  readonly rpc: Rpc;
  readonly models: ModelStore;
  readonly inference: Inference;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Whom to tell what cannot wait. */
  readonly alerts: Alerts;
  /** Nothing where there is no key. */
  readonly sending: Sending | undefined;
  /** Asks for another look at a request, soon. */
  readonly wake: (requestId: Hex) => void;
  /** Writes down an input that the chain does not have. */
  readonly keep: (request: KnownRequest) => void;
  /** The bytes at a URI, if they are so many. */
  readonly fetchInput: (uri: string, length: number) => Promise<Uint8Array>;
  /** Seconds of looking in vain after which an input counts as withheld. */
  readonly inputSeconds: number;
}

export class Tools {
  readonly deployment: Deployment;
  readonly rpc: Rpc;
  readonly models: ModelStore;
  readonly inference: Inference;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly alerts: Alerts;
  readonly sending: Sending | undefined;
  readonly wake: (requestId: Hex) => void;
  /** Looks for inputs outside of the chain. */
  readonly seeker: InputSeeker;
  readonly #profiles = new Map<Hex, Profile>();
  readonly #computations = new Map<Hex, Map<string, { done?: unknown; error?: AssayError }>>();

  constructor(options: ToolsOptions) {
    this.deployment = options.deployment;
    this.rpc = options.rpc;
    this.models = options.models;
    this.inference = options.inference;
    this.metrics = options.metrics;
    this.log = options.log;
    this.alerts = options.alerts;
    this.sending = options.sending;
    this.wake = options.wake;
    const { fetchInput: fetch, inputSeconds: patienceSeconds } = options;
    this.seeker = new InputSeeker({ ...options, fetch, patienceSeconds });
  }

  /** A request as this endpoint shows it; nothing if there is none, be it that its block was replaced. */
  async requestAt({ client, head }: Look, requestId: Hex): Promise<InferenceRequest | undefined> {
    try {
      return await getRequest(client, { deployment: this.deployment, requestId, blockNumber: head.number });
    } catch (error) {
      if (error instanceof RequestNotFoundError) return undefined;
      throw error;
    }
  }

  /** A profile; it never changes, so it is read once, of as many endpoints as have to agree. */
  async profileOf(profileId: Hex): Promise<Profile> {
    const known = this.#profiles.get(profileId);
    if (known !== undefined) return known;
    const profile = await this.rpc.agree("a profile", (client) =>
      getProfile(client, { deployment: this.deployment, profileId }),
    );
    this.#profiles.set(profileId, profile);
    return profile;
  }

  /**
   * What a request says, by as many endpoints as have to agree: money is not put at stake on the word of one.
   *
   * @throws {QuorumError} if they do not agree
   */
  async agreedRequest(requestId: Hex): Promise<AgreedRequest> {
    const { deployment } = this;
    try {
      return await this.rpc.agree("a request", async (client) => {
        const request = await getRequest(client, { deployment, requestId });
        const { modelId, profileId, inputRoot, operator, outputRoot, deadline, windowEndsAt } = request;
        const { inputPublished } = request;
        const chainId = await client.request({ method: "eth_chainId" });
        const stage = request.outputRoot === undefined ? "open" : "committed";
        return {
          chainId,
          modelId,
          profileId,
          inputRoot,
          inputPublished,
          operator,
          outputRoot,
          deadline,
          windowEndsAt,
          stage,
        };
      });
    } catch (error) {
      if (error instanceof QuorumError) {
        this.metrics.quorumFailures.inc();
        const message = "too few endpoints agree on what puts money at stake, so that none is put";
        this.alerts.tell({ kind: "quorumLost", subject: "endpoints", details: { requestId }, message });
      }
      throw error;
    }
  }

  /** The request's input, checked against the root that the chain has; nothing if it was not published, nor found elsewhere by {@link seeker}. */
  async inputOf(
    look: Look,
    task: Task,
    request: InferenceRequest,
    model: StoredModel,
  ): Promise<Uint8Array | undefined> {
    const { record } = model;
    const { input } = task.request;
    if (input !== undefined && rootOfBytes(input, record.inputDepth) === request.inputRoot) return input;
    if (!request.inputPublished) return undefined;
    const { requestId, blockNumber } = task.request;
    const fetched = await getInput(look.client, {
      ...{ deployment: this.deployment, requestId },
      ...{ fromBlock: blockNumber, toBlock: look.head.number },
    });
    if (rootOfBytes(fetched, record.inputDepth) !== request.inputRoot) return undefined;
    task.request = { ...task.request, input: fetched };
    return fetched;
  }

  /**
   * The result of something that takes long. Starts it the first time, and asks for another look at the request when it is done.
   *
   * @returns nothing while it runs
   * @throws what the computation has failed with; the next call starts it again
   */
  computed<value>(requestId: Hex, name: string, start: () => Promise<value>): value | undefined {
    const ofRequest = this.#computations.get(requestId) ?? new Map();
    this.#computations.set(requestId, ofRequest);
    const known = ofRequest.get(name);
    if (known?.error !== undefined) {
      ofRequest.delete(name);
      throw known.error;
    }
    if (known !== undefined) return known.done as value | undefined;
    const computation: { done?: unknown; error?: AssayError } = {};
    ofRequest.set(name, computation);
    start().then(
      (value) => {
        computation.done = value;
        this.wake(requestId);
      },
      (thrown: unknown) => {
        computation.error = toAssayError(thrown);
        this.wake(requestId);
      },
    );
    return undefined;
  }

  /** Forgets what was computed about a request, which is not trusted any more. */
  recompute(requestId: Hex): void {
    this.#computations.delete(requestId);
  }

  /** Computations that have not ended. */
  get running(): number {
    const all = [...this.#computations.values()].flatMap((ofRequest) => [...ofRequest.values()]);
    return all.filter(({ done, error }) => done === undefined && error === undefined).length;
  }

  /** Frees what was kept about a request. */
  forget(requestId: Hex): void {
    this.recompute(requestId);
    this.seeker.forget(requestId);
  }

  /** Sends a transaction, and tells what came of it. One with a deadline pays the more the nearer that is. */
  async send(
    look: Look,
    kind: string,
    key: string,
    { to, data }: EncodedCall,
    ids: object,
    deadline?: Deadline,
  ): Promise<Submission> {
    const { sending, log, metrics } = this;
    if (sending === undefined) return { kind: "busy" };
    const submission = await sending.outbox.submit(look.client, look.head, {
      key: `${kind}:${key}`,
      to,
      data,
      deadline,
    });
    if (submission.kind === "sent") {
      metrics.txSent.inc({ kind });
      log.info({ ...ids, kind, hash: submission.hash }, "sent");
    } else if (submission.kind === "refused") {
      log.info({ ...ids, kind, error: submission.error }, "would be refused");
    }
    return submission;
  }
}

/** What endpoints have to agree on before money is put at stake. */
export interface AgreedRequest {
  readonly chainId: Hex;
  readonly modelId: Hex;
  readonly profileId: Hex;
  readonly inputRoot: Hex;
  readonly inputPublished: boolean;
  readonly operator: Hex | undefined;
  readonly outputRoot: Hex | undefined;
  readonly deadline: number;
  readonly windowEndsAt: number | undefined;
  readonly stage: "open" | "committed";
}
