/** Collects what games have yielded, for this account and for others: whoever is owed is paid, not whoever sends. */

import { type Address, isAddressEqual } from "viem";
import { encodeClaimRefund } from "../actions/claimRefund.ts";
import { encodeClaimReward } from "../actions/claimReward.ts";
import { getDefenders } from "../actions/getDefenders.ts";
import type { Task } from "./agenda.ts";
import { readGame } from "./game-player.ts";
import type { Look, Tools } from "./tools.ts";

/** What a claim is refused with when there is nothing to claim, be it any more. */
const NOTHING: ReadonlySet<string> = new Set(["GAME_NOTHING_OWED", "GAME_OUTCOME_MISMATCH"]);

/**
 * Claims the rewards and refunds of a request's games.
 *
 * @returns whether some have to be looked at again
 */
export async function claimGames(
  tools: Tools,
  look: Look,
  task: Task,
  others: readonly Address[],
): Promise<boolean> {
  const { deployment, sending, metrics } = tools;
  if (sending === undefined) return false;
  // A signer is no party to its operator's games, and is repaid like anybody who moves for one.
  const claimants = [sending.signer.address, sending.account, ...others];
  let isOpen = false;
  for (const { gameId, challenger } of task.games.values()) {
    const outcome = (await readGame(tools, look, gameId))?.outcome;
    const movers = outcome === "operatorWins" ? await getDefenders(look.client, { deployment, gameId }) : [];
    const isOwed = (account: Address): boolean =>
      claimants.some((claimant) => isAddressEqual(claimant, account));
    const isRewarded = outcome === "challengerWins" && isOwed(challenger);
    if (!isRewarded && !movers.some(isOwed)) continue;
    const kind = isRewarded ? "reward" : "refund";
    const call = isRewarded
      ? encodeClaimReward({ deployment, gameId })
      : encodeClaimRefund({ deployment, gameId, movers });
    const sent = await tools.send(look, kind, gameId, call, { gameId });
    if (sent.kind === "sent") metrics.claims.inc({ kind });
    if (sent.kind === "refused" && NOTHING.has(sent.error.code)) continue;
    if (sent.kind === "refused") metrics.claimFailures.inc();
    isOpen = true;
  }
  return isOpen;
}
