/** Requests of every kind: for anybody, for one operator, for one that never answers, and with an input that nobody has. */

import type { Hex } from "viem";
import { encodeRequestInference } from "../../sdk/src/actions/requestInference.ts";
import { encodeRequestInferenceByRoot } from "../../sdk/src/actions/requestInferenceByRoot.ts";
import { keccakHex } from "../../sdk/src/core/hash.ts";
import type { Random } from "../../test/support/random.ts";
import { addressOf, GHOST, type Name, type Stage } from "./stage.ts";

const AT_ONCE = 4;
const FEE = 5n * 10n ** 18n;
const DEADLINE_SECONDS = 1_800;

/** Asks `count` times, a few at a time; waits `pauseSeconds` in between. What blocks that are replaced take away is asked again. */
export async function ask(
  { network, model }: Stage,
  random: Random,
  { count, pauseSeconds, names }: { count: number; pauseSeconds: number; names: readonly Name[] },
): Promise<void> {
  const { requester } = network.clients;
  const { address } = requester.account;
  for (let asked = 0; asked < count; ) {
    try {
      const { timestamp } = await requester.getBlock();
      const deadline = Number(timestamp) + DEADLINE_SECONDS;
      let nonce = await requester.getTransactionCount({ address, blockTag: "latest" });
      const hashes: Hex[] = [];
      for (let i = 0; i < Math.min(AT_ONCE, count - asked); i++) {
        const { to, data } = question(network, model, random, deadline, names);
        hashes.push(await requester.sendTransaction({ to, data, nonce: nonce++, gas: 2_000_000n }));
      }
      for (const hash of hashes) {
        const { status } = await requester.waitForTransactionReceipt({ hash, timeout: 10_000 });
        if (status === "success") asked++;
      }
    } catch {
      // The node is down, or its blocks were replaced: what is not there is asked again.
    }
    await new Promise((resolve) => setTimeout(resolve, pauseSeconds * 1_000));
  }
}

function question(
  { deployment, profileId }: Stage["network"],
  model: Stage["model"],
  random: Random,
  deadline: number,
  names: readonly Name[],
) {
  const { modelId, record } = model;
  const terms = { deployment, modelId, profileId, fee: FEE, deadline };
  const kind = random.integer(0, 99);
  if (kind < 4) {
    const inputRoot = keccakHex(random.bytes(32));
    return encodeRequestInferenceByRoot({ ...terms, inputRoot, inputUri: "ipfs://nowhere" });
  }
  const input = new Uint8Array(
    new Float32Array(record.inputBytes / 4).map(() => random.integer(0, 255) / 255).buffer,
  );
  if (kind < 8) return encodeRequestInference({ ...terms, input, operator: GHOST });
  if (kind < 25) return encodeRequestInference({ ...terms, input });
  const operators = names.filter((name) => ["operator", "operator", "liar", "rival"].includes(name));
  const operator = addressOf(kind < 65 ? "operator" : random.pick(operators));
  return encodeRequestInference({ ...terms, input, operator });
}
