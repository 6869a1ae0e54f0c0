/** A simulated chain whose clock is not that on the wall: how fast a machine is changes nothing, and a seed repeats a run to the second. */

import type { network } from "hardhat";
import hre from "hardhat";

type Connection = Awaited<ReturnType<typeof network.create>>;
type Handler = NonNullable<Parameters<typeof hre.hooks.registerHandlers<"network">>[1]["onRequest"]>;
type Answer = Awaited<ReturnType<Parameters<Handler>[3]>>;

/** A call as it was sent. */
export type SentCall = { readonly from: string; readonly to: string; readonly data: string };

export type SteadyClock = {
  /** Calls that the chain has taken, in order. */
  readonly taken: SentCall[];
  /** How many it has refused. */
  refused: number;
};

/** From now on a block that is mined for a transaction comes one second after the one before, unless another time was set for it. */
export function steadyClock(connection: Connection): SteadyClock {
  const clock: SteadyClock = { taken: [], refused: 0 };
  let isSet = false;
  const onRequest: Handler = async (context, asked, request, next) => {
    if (asked.id !== connection.id) return await next(context, asked, request);
    const { method } = request;
    const isSent = method === "eth_sendTransaction";
    if (isSent && !isSet) {
      const time = (await connection.networkHelpers.time.latest()) + 1;
      await connection.networkHelpers.time.setNextBlockTimestamp(time);
    }
    let answer: Answer | undefined;
    try {
      answer = await next(context, asked, request);
    } finally {
      const isDone = answer !== undefined && "result" in answer;
      if (method === "evm_setNextBlockTimestamp") isSet = true;
      else if (isDone && /^(?:eth_sendTransaction|evm_mine|hardhat_mine|evm_revert)$/.test(method))
        isSet = false;
      if (isSent && isDone) clock.taken.push((request.params as SentCall[])[0] as SentCall);
      else if (isSent) clock.refused++;
    }
    return answer as Answer;
  };
  hre.hooks.registerHandlers("network", { onRequest });
  return clock;
}
