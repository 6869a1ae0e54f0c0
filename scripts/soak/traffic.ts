/** Requests of every kind: for anybody, for one operator, for one that never answers, with an input that is elsewhere, and with one that nobody has. */

import type { Hex } from "viem";
import { encodeRequestInference } from "../../sdk/src/actions/requestInference.ts";
import { encodeRequestInferenceByRoot } from "../../sdk/src/actions/requestInferenceByRoot.ts";
import { rootOfBytes } from "../../sdk/src/core/tree.ts";
import type { Random } from "../../test/support/random.ts";
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

/** The kinds of requests, at random. */
export function drawKind(random: Random): Kind {
  let place = random.integer(0, 99);
  for (const [kind, weight] of KINDS) {
    if (place < weight) return kind;
    place -= weight;
  }
  return "operator";
}

/**
 * Makes requests, all of them at once.
 *
 * @returns how many are in blocks; what the others are is not known, if the node was down
 */
export async function ask(stage: Stage, random: Random, kinds: readonly Kind[]): Promise<number> {
  const { requester } = stage.network.clients;
  const { address } = requester.account;
  let asked = 0;
  try {
    const { timestamp } = await requester.getBlock();
    const deadline = Number(timestamp) + DEADLINE_SECONDS;
    let nonce = await requester.getTransactionCount({ address, blockTag: "latest" });
    const hashes: Hex[] = [];
    for (const kind of kinds) {
      const { to, data } = question(stage, random, kind, deadline);
      hashes.push(await requester.sendTransaction({ to, data, nonce: nonce++, gas: 2_000_000n }));
    }
    for (const hash of hashes) {
      const { status } = await requester.waitForTransactionReceipt({ hash, timeout: 20_000 });
      if (status === "success") asked++;
    }
  } catch {
    // The node is down, or its blocks were replaced.
  }
  return asked;
}

function question({ network, model, place }: Stage, random: Random, kind: Kind, deadline: number) {
  const { deployment, profileId } = network;
  const { modelId, record } = model;
  const terms = { deployment, modelId, profileId, fee: FEE, deadline };
  const values = new Float32Array(record.inputBytes / 4).map(() => random.integer(0, 255) / 255);
  const input = new Uint8Array(values.buffer);
  const inputRoot = rootOfBytes(input, record.inputDepth);
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
