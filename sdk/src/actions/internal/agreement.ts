import type { Hex } from "viem";
import { EnginesDisagreeError } from "../../errors/protocol.ts";
import type { EngineName } from "../../runtime/engines.ts";
import type { Trace } from "../../trace/trace.ts";

/** Refuses to go on where two runs of the same request differ in any bit. */
export function requireSameTrace(
  first: Pick<Trace, "traceRoot">,
  second: Pick<Trace, "traceRoot">,
  engines: readonly [EngineName, EngineName],
  requestId: Hex,
): void {
  if (first.traceRoot !== second.traceRoot) throw new EnginesDisagreeError(engines, requestId);
}
