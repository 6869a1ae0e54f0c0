/** How many requests one operator answers when nothing goes wrong, and what keeps it from answering more. */

import { askedIn, endingOf } from "./chain.ts";
import { processorSeconds } from "./processes.ts";
import type { Stage } from "./stage.ts";
import type { Traffic } from "./traffic.ts";

/** What was measured from the operator's start to its last answer. */
export interface Throughput {
  readonly requests: number;
  readonly blocks: number;
  /** Of this computer. */
  readonly seconds: number;
  /** Of the operator's process, and of the node's. */
  readonly operatorSeconds: number;
  readonly nodeSeconds: number;
  /** From a transaction's signature to the look that saw it included, on average. */
  readonly confirmationSeconds: number;
}

/** Has some requests wait for one operator, starts everybody, and waits for all answers. */
export async function measureThroughput(
  stage: Stage,
  traffic: Traffic,
  requests: number,
  signal?: AbortSignal,
): Promise<Throughput> {
  const { network, anvil, crew } = stage;
  const { requester } = network.clients;
  for (let asked = await askedIn(stage); asked.length < requests; asked = await askedIn(stage)) {
    signal?.throwIfAborted();
    await traffic.ask(asked, requests - asked.length);
  }
  for (const member of crew.values()) member.start();
  const operator = crew.get("operator");
  await operator?.ready;
  const used = () => [processorSeconds(operator?.pid), processorSeconds(anvil.pid)] as const;
  const before = used();
  const first = await requester.getBlockNumber({ cacheTime: 0 });
  const beganAt = performance.now();
  while (signal?.aborted !== true) {
    const endings = await Promise.all((await askedIn(stage)).map((one) => endingOf(stage, one)));
    if (endings.every(({ committedAt, status }) => committedAt !== undefined || status === "refunded")) break;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const last = await requester.getBlockNumber({ cacheTime: 0 });
  const after = used();
  return {
    ...{ requests, blocks: Number(last - first), seconds: (performance.now() - beganAt) / 1_000 },
    ...{ operatorSeconds: after[0] - before[0], nodeSeconds: after[1] - before[1] },
    confirmationSeconds: (await operator?.confirmationSeconds()) ?? Number.NaN,
  };
}
