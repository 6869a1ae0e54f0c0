import { type Address, isAddressEqual } from "viem";
import type { GameEvent } from "./game-history.ts";

/**
 * The third parties that moved for the operator, an entry per move, in order. A step counts if the operator won by it, and so does the publication of a demanded
 * input, which ends the game.
 */
export function defendersIn(events: readonly GameEvent[], operator: Address): readonly Address[] {
  const opening = events.find((event) => event.kind === "opened" || event.kind === "demanded");
  if (opening === undefined) return [];
  const isParty = (account: Address): boolean =>
    isAddressEqual(account, operator) || isAddressEqual(account, opening.challenger);
  return events.flatMap((event) => {
    const isMove =
      (event.kind === "answered" && event.side === "operator") ||
      (event.kind === "stepped" && event.operatorValue === event.truth) ||
      (event.kind === "ended" && event.outcome === "operatorWins" && opening.kind === "demanded");
    return isMove && !isParty(event.mover) ? [event.mover] : [];
  });
}
