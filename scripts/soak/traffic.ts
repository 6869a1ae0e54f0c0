/** Requests of every kind: for anybody, for one operator, for one that never answers, with an input that is elsewhere, and with one that nobody has. */

import type { Hex } from "viem";
import type { EncodedCall } from "../../sdk/src/actions/internal/types.ts";
import { encodeRequestInference } from "../../sdk/src/actions/requestInference.ts";
import { encodeRequestInferenceByRoot } from "../../sdk/src/actions/requestInferenceByRoot.ts";
import { rootOfBytes } from "../../sdk/src/core/tree.ts";
import type { Random } from "../../test/support/random.ts";
import type { Asked } from "./chain.ts";
import { addressOf, DEADLINE_SECONDS, GHOST, type Stage } from "./stage.ts";

const FEE = 5n * 10n ** 18n;

/** How a request is made, by its weight among 100. */
const KINDS = [
  ["nowhere", 3],
  ["ghost", 3],
  ["data", 5],
  ["place", 5],
  ["anybody", 16],
  ["operator", 46],
  ["liar", 11],
  ["rival", 11],
] as const;
export type Kind = (typeof KINDS)[number][0];

function drawKind(random: Random): Kind {
  let place = random.integer(0, 99);
  for (const [kind, weight] of KINDS) {
    if (place < weight) return kind;
    place -= weight;
  }
  return "operator";
}

export interface TrafficOptions {
  readonly requests: number;
  /** Requests for the operator, before all others. */
  readonly undisturbed: number;
  /** Kinds of the others, in order; at random without. */
  readonly kinds?: readonly Kind[];
}

/** All requests of a soak: which there are to be, and which there are. */
export class Traffic {
  readonly #stage: Stage;
  readonly #random: Random;
  readonly #plan: readonly Kind[];
  /** Kinds of what was sent, by the inputs' roots. */
  readonly #sent = new Map<Hex, Kind>();

  constructor(stage: Stage, random: Random, { requests, undisturbed, kinds = [] }: TrafficOptions) {
    this.#stage = stage;
    this.#random = random;
    this.#plan = Array.from({ length: requests }, (_, i) =>
      i < undisturbed ? "operator" : (kinds[i - undisturbed] ?? drawKind(random)),
    );
  }

  /** Makes the next requests that the chain has not, all of them at once. What is lost, since the node is down or its blocks are replaced, comes again. */
  async ask(asked: readonly Asked[], count: number): Promise<void> {
    const { requester } = this.#stage.network.clients;
    const { address } = requester.account;
    const kinds = this.missing(asked).slice(0, count);
    try {
      const { timestamp } = await requester.getBlock();
      const deadline = Number(timestamp) + DEADLINE_SECONDS;
      let nonce = await requester.getTransactionCount({ address, blockTag: "latest" });
      const hashes: Hex[] = [];
      for (const kind of kinds) {
        const { to, data } = this.#question(kind, deadline);
        hashes.push(await requester.sendTransaction({ to, data, nonce: nonce++, gas: 2_000_000n }));
      }
      for (const hash of hashes) await requester.waitForTransactionReceipt({ hash, timeout: 20_000 });
    } catch {
      // The chain says later which there are.
    }
  }

  /** Kinds of the requests that the chain has not. */
  missing(asked: readonly Asked[]): readonly Kind[] {
    const left = [...this.#plan];
    for (const { inputRoot } of asked) {
      const at = left.indexOf(this.#sent.get(inputRoot) as Kind);
      if (at >= 0) left.splice(at, 1);
    }
    return left;
  }

  #question(kind: Kind, deadline: number): EncodedCall {
    const { network, model, place } = this.#stage;
    const { deployment, profileId } = network;
    const { modelId, record } = model;
    const terms = { deployment, modelId, profileId, fee: FEE, deadline };
    const values = new Float32Array(record.inputBytes / 4).map(() => this.#random.integer(0, 255) / 255);
    const input = new Uint8Array(values.buffer);
    const inputRoot = rootOfBytes(input, record.inputDepth);
    this.#sent.set(inputRoot, kind);
    switch (kind) {
      case "nowhere":
        return encodeRequestInferenceByRoot({ ...terms, inputRoot, inputUri: "ipfs://nowhere" });
      case "data":
      case "place": {
        place.inputs.set(inputRoot, input);
        const bytes = `data:;base64,${Buffer.from(input).toString("base64")}`;
        const inputUri = kind === "data" ? bytes : place.uriOf(inputRoot);
        return encodeRequestInferenceByRoot({ ...terms, inputRoot, inputUri });
      }
      case "ghost":
        return encodeRequestInference({ ...terms, input, operator: GHOST });
      case "anybody":
        return encodeRequestInference({ ...terms, input });
      default:
        return encodeRequestInference({ ...terms, input, operator: addressOf(kind) });
    }
  }
}
