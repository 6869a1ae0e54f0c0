/** Where games stand, read from their events as anybody would. */

import { AbiCoder, keccak256, ZeroAddress, ZeroHash } from "ethers";
import { Side, type World } from "./world.ts";

export type GamePosition = {
  operator: string;
  challenger: string;
  index: bigint;
  operatorNode: string;
  challengerNode: string;
  defence: string;
};

export const NO_POSITION: GamePosition = {
  operator: ZeroAddress,
  challenger: ZeroAddress,
  index: 0n,
  operatorNode: ZeroHash,
  challengerNode: ZeroHash,
  defence: ZeroHash,
};

type Chain = Pick<World, "game" | "hub">;

/** The defence of an operator after one more third party has moved for it. */
export function joinDefence(defence: string, mover: string): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32", "address"], [defence, mover]));
}

/** The defence that these third parties make, in order. */
export function defenceBy(...movers: readonly string[]): string {
  return movers.reduce(joinDefence, ZeroHash);
}

/** The position that the next move of a game has to show; nothing in particular before the reveal. */
export async function positionOf({ game, hub }: Chain, gameId: string): Promise<GamePosition> {
  const [reveal] = await game.queryFilter(game.filters.GameRevealed(gameId));
  const [opening] = await game.queryFilter(game.filters.GameOpened(gameId));
  if (reveal === undefined || opening === undefined) return NO_POSITION;
  const { challenger, requestId } = opening.args;
  const operator = await hub.operatorOf(requestId);
  const answers = await game.queryFilter(game.filters.GameAnswered(gameId));
  const latest = answers.at(-1)?.args;
  const defenders = answers
    .map(({ args }) => args)
    .filter(({ side, mover }) => side === Side.Operator && mover !== operator && mover !== challenger);
  return {
    operator,
    challenger,
    index: latest?.index ?? 0n,
    operatorNode: latest?.operatorNode ?? ZeroHash,
    challengerNode: latest?.challengerNode ?? reveal.args.traceRoot,
    defence: defenceBy(...defenders.map(({ mover }) => mover)),
  };
}

/** Hash of a position, as the contract keeps it. */
export function positionHash(gameId: string, level: bigint, position: GamePosition): string {
  const { operator, challenger, index, operatorNode, challengerNode, defence } = position;
  const types = ["bytes32", "uint256", "address", "address", "uint64", "bytes32", "bytes32", "bytes32"];
  const values = [gameId, level, operator, challenger, index, operatorNode, challengerNode, defence];
  return keccak256(AbiCoder.defaultAbiCoder().encode(types, values));
}
