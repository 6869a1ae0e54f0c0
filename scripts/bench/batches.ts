import type { Hex } from "viem";
import { commitBatch } from "../../sdk/src/actions/commitBatch.ts";
import { makeBatch } from "../../sdk/src/actions/makeBatch.ts";
import { publishBatch } from "../../sdk/src/actions/publishBatch.ts";
import type { BenchChain, Sent } from "./chain.ts";
import type { Figures } from "./figures.ts";

/** How many results share a commitment. */
const COUNTS = [1, 10, 100, 1_000, 10_000] as const;
/** A published result has 96 bytes, of 16 gas and more each: many more than this do not fit into a transaction. So a larger number is published in several. */
const MOST_PUBLISHED = 1_000;

/** Commits to batches of every size, published and not. */
export async function batchScene(
  chain: BenchChain,
  figures: Figures,
  profileId: Hex,
  modelId: Hex,
): Promise<void> {
  const { clients, deployment } = chain;
  const operator = clients.operator.account.address;
  const resultsOf = (length: number) =>
    Array.from({ length }, () => ({
      requestId: chain.salt(),
      modelId,
      inputRoot: chain.salt(),
      outputRoot: chain.salt(),
    }));
  for (const count of COUNTS) {
    const results = resultsOf(count);
    const { batch } = makeBatch({ deployment, operator, profileId, results });
    const group = "a batch";
    const name = count === 1 ? "of 1 result" : `of ${count.toLocaleString("en")} results`;
    figures.noteBatch(
      group,
      `${name}, not published`,
      count,
      await chain.send(() => commitBatch(clients.operator, { deployment, ...batch })),
    );
    const parts: Sent[] = [];
    for (let first = 0; first < count; first += MOST_PUBLISHED) {
      const part = results.slice(first, first + MOST_PUBLISHED);
      const call = { deployment, operator, profileId, modelId, results: part };
      parts.push(await chain.send(() => publishBatch(clients.operator, call)));
    }
    const published = parts.length === 1 ? "published" : `published in ${parts.length} batches`;
    figures.noteBatch(group, `${name}, ${published}`, count, ...parts);
  }
}
