/** Reads what has happened in a game. */

import { type Address, type Hash, type Hex, numberToHex, parseEventLogs } from "viem";
import { disputeGameAbi } from "../../abis/generated/DisputeGame.ts";
import type { Outcome, Side } from "../../game/state.ts";
import { resolveDeployment } from "./deployment.ts";
import { readLogs } from "./logs.ts";
import { GAME_OUTCOMES, GAME_SIDES, nameOf } from "./names.ts";
import type { AssayClient, LogParameters } from "./types.ts";

/** What happened in a game, and where on the chain. */
export type GameEvent = GameEventData & {
  readonly blockNumber: bigint;
  readonly transactionHash: Hash;
  readonly logIndex: number;
};

/** What each kind of event of a game says. */
export type GameEventData =
  | {
      readonly kind: "opened";
      readonly requestId: Hex;
      readonly challenger: Address;
      readonly openingHash: Hex;
    }
  | {
      readonly kind: "revealed";
      readonly traceRoot: Hex;
      readonly outputRoot: Hex;
      /** The nodes below the challenger's root. */
      readonly children: readonly Hex[];
    }
  | {
      readonly kind: "answered";
      readonly side: Side;
      readonly mover: Address;
      readonly level: number;
      readonly index: number;
      readonly operatorNode: Hex;
      readonly challengerNode: Hex;
      /** The nodes below the mover's old node. */
      readonly moverChildren: readonly Hex[];
      /** The nodes below the mover's new node. */
      readonly moverGrandchildren: readonly Hex[];
    }
  | {
      readonly kind: "stepped";
      readonly mover: Address;
      readonly step: number;
      readonly byteOffset: number;
      readonly size: number;
      readonly operatorValue: number;
      readonly challengerValue: number;
      /** What the court computed. */
      readonly truth: number;
    }
  | {
      readonly kind: "convicted";
      readonly mover: Address;
      readonly step: number;
      readonly byteOffset: number;
      readonly size: number;
      /** What the operator's trace says. */
      readonly claimed: number;
      /** What the court computed. */
      readonly truth: number;
    }
  | { readonly kind: "ended"; readonly outcome: Outcome; readonly mover: Address }
  | { readonly kind: "rewardClaimed"; readonly challenger: Address; readonly amount: bigint }
  | { readonly kind: "demanded"; readonly requestId: Hex; readonly challenger: Address }
  | { readonly kind: "refundClaimed"; readonly mover: Address; readonly amount: bigint };

/** See `getGameHistory`. */
export async function collectGameHistory(
  client: AssayClient,
  parameters: LogParameters & { readonly gameId: Hex },
): Promise<readonly GameEvent[]> {
  const { gameId } = parameters;
  const deployment = await resolveDeployment(client, parameters);
  const address = deployment.contracts.DisputeGame;
  // All events of a game have its id as their first indexed parameter, so that one question finds them all.
  const logs = await readLogs(client, deployment, parameters, async ({ fromBlock, toBlock }) => {
    const range = { fromBlock: numberToHex(fromBlock), toBlock: numberToHex(toBlock) };
    const found = await client.request({
      method: "eth_getLogs",
      params: [{ address, topics: [null, gameId], ...range }],
    });
    return parseEventLogs({ abi: disputeGameAbi, logs: found });
  });
  return logs.map((log) => {
    const { blockNumber, transactionHash, logIndex } = log;
    return { ...dataOf(log), blockNumber, transactionHash, logIndex };
  });
}

type GameLog = ReturnType<typeof parseEventLogs<typeof disputeGameAbi>>[number];

function dataOf(log: GameLog): GameEventData {
  switch (log.eventName) {
    case "GameOpened": {
      const { requestId, challenger, openingHash } = log.args;
      return { kind: "opened", requestId, challenger, openingHash };
    }
    case "GameDemanded": {
      const { requestId, challenger } = log.args;
      return { kind: "demanded", requestId, challenger };
    }
    case "GameRevealed": {
      const { traceRoot, outputRoot, children } = log.args;
      return { kind: "revealed", traceRoot, outputRoot, children };
    }
    case "GameAnswered": {
      const { gameId: _, side, index, ...rest } = log.args;
      return { kind: "answered", side: nameOf(GAME_SIDES, side), index: Number(index), ...rest };
    }
    case "GameStepped": {
      const { gameId: _, step, byteOffset, size, ...rest } = log.args;
      const numbers = { step: Number(step), byteOffset: Number(byteOffset), size: Number(size) };
      return { kind: "stepped", ...numbers, ...rest };
    }
    case "GameConvicted": {
      const { gameId: _, step, byteOffset, size, ...rest } = log.args;
      const numbers = { step: Number(step), byteOffset: Number(byteOffset), size: Number(size) };
      return { kind: "convicted", ...numbers, ...rest };
    }
    case "GameEnded": {
      const { outcome, mover } = log.args;
      return { kind: "ended", outcome: nameOf(GAME_OUTCOMES, outcome), mover };
    }
    case "GameRewardClaimed": {
      const { challenger, amount } = log.args;
      return { kind: "rewardClaimed", challenger, amount };
    }
    default: {
      const { mover, amount } = log.args;
      return { kind: "refundClaimed", mover, amount };
    }
  }
}
