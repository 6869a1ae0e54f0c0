import type { Hex } from "viem";
import { commitBatch } from "../../sdk/src/actions/commitBatch.ts";
import { makeBatch } from "../../sdk/src/actions/makeBatch.ts";
import { publishBatch } from "../../sdk/src/actions/publishBatch.ts";
import type { BenchChain } from "./chain.ts";
import type { Figures } from "./figures.ts";

/** How many results share a commitment. */
const COUNTS = [1, 10, 100, 1_000, 10_000] as const;
/** More than this many do not fit into a transaction when they are published: 96 bytes each, of 16 gas and more a byte. */
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
  for (const count of COUNTS) {
    const results = Array.from({ length: count }, () => ({
      requestId: chain.salt(),
      modelId,
      inputRoot: chain.salt(),
      outputRoot: chain.salt(),
    }));
    const { batch } = makeBatch({ deployment, operator, profileId, results });
    const group = "a batch";
    const name = count === 1 ? "of 1 result" : `of ${count.toLocaleString("en")} results`;
    figures.note(
      group,
      `${name}, not published`,
      await chain.send(() => commitBatch(clients.operator, { deployment, ...batch })),
    );
    if (count > MOST_PUBLISHED) continue;
    figures.note(
      group,
      `${name}, published`,
      await chain.send(() =>
        publishBatch(clients.operator, { deployment, operator, profileId, modelId, results }),
      ),
    );
  }
}
