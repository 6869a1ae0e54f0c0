/** Collects what games have yielded, for this account and for others: whoever is owed is paid, not whoever sends. */

import { type Address, isAddressEqual } from "viem";
import { encodeClaimRefund } from "../actions/claimRefund.ts";
import { encodeClaimReward } from "../actions/claimReward.ts";
import { getGame } from "../actions/getGame.ts";
import type { Task } from "./agenda.ts";
import type { Look, Tools } from "./tools.ts";

/** What a claim is refused with when there is nothing to claim, be it any more. */
const NOTHING: ReadonlySet<string> = new Set(["GAME_NOTHING_OWED", "GAME_OUTCOME_MISMATCH"]);

/**
 * Claims the rewards and refunds of a request's games.
 *
 * @param claimed - claims that are known to be done, by game and account; added to
 * @returns whether some have to be looked at again
 */
export async function claimGames(
  tools: Tools,
  look: Look,
  task: Task,
  others: readonly Address[],
  claimed: Set<string>,
): Promise<boolean> {
  const { deployment, sending, metrics } = tools;
  if (sending === undefined) return false;
  const claimants = [sending.signer.address, ...others];
  let isOpen = false;
  for (const { gameId, challenger } of task.games.values()) {
    const { outcome } = await getGame(look.client, { deployment, gameId, blockNumber: look.head.number });
    const isRewarded =
      outcome === "challengerWins" && claimants.some((claimant) => isAddressEqual(claimant, challenger));
    const kind = isRewarded ? "reward" : "refund";
    for (const claimant of isRewarded ? [challenger] : outcome === "operatorWins" ? claimants : []) {
      const key = `${gameId}:${claimant}`;
      if (claimed.has(key)) continue;
      const call = isRewarded
        ? encodeClaimReward({ deployment, gameId })
        : encodeClaimRefund({ deployment, gameId, mover: claimant });
      const sent = await tools.send(look, kind, key, call, { gameId, claimant });
      if (sent.kind === "sent") metrics.claims.inc({ kind });
      if (sent.kind === "refused" && NOTHING.has(sent.error.code)) {
        claimed.add(key);
        continue;
      }
      if (sent.kind === "refused") metrics.claimFailures.inc();
      isOpen = true;
    }
  }
  return isOpen;
}
