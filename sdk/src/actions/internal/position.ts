import type { GamePosition } from "../../game/state.ts";

/** A position as the contract takes it. */
export function asPosition(position: GamePosition): Omit<GamePosition, "index"> & { readonly index: bigint } {
  return { ...position, index: BigInt(position.index) };
}
