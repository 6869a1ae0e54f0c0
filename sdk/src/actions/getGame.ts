import { type Address, type Hex, zeroAddress } from "viem";
import { getBlock, readContract } from "viem/actions";
import { GameNotFoundError } from "../errors/protocol.ts";
import { withAssayErrors } from "../errors/wrap.ts";
import type { Game, GamePosition } from "../game/state.ts";
import { pinned } from "./internal/block.ts";
import { checked, word } from "./internal/check.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import { loadDisputeGameAbi } from "./internal/late-abis.ts";
import { GAME_OUTCOMES, GAME_PHASES, GAME_SIDES, nameOf } from "./internal/names.ts";
import { readContractAction } from "./internal/read.ts";
import type { AssayClient, ReadErrorType, ReadParameters } from "./internal/types.ts";

/** What {@link getGame} takes. */
export interface GetGameParameters extends ReadParameters {
  /** Id of the game: a hash of 32 bytes. */
  readonly gameId: Hex;
}

/** One challenge of one commitment, as it stands at one block. */
export interface DisputeGameState extends Omit<Game, keyof GamePosition> {
  /** Id of the game: a hash of 32 bytes. */
  readonly gameId: Hex;
  /** Between the reveal and the end the chain keeps the hash of the position only: `undefined` then, as far as nothing but the chain's state is read. */
  readonly challenger: Address | undefined;
  /** Hash of the position that the next move has to show; zero before the reveal and after the end. */
  readonly stateHash: Hex;
  /** Seconds that the operator has left. */
  readonly operatorRemaining: number;
  /** Seconds that the challenger has left. */
  readonly challengerRemaining: number;
  /** Whether the next move is still possible. */
  readonly canMove: boolean;
  /** Whether the game can be ended by a timeout. */
  readonly canTimeout: boolean;
  /** Unix second of the block that was read. */
  readonly blockTimestamp: number;
}

/** What {@link getGame} gives. */
export type GetGameReturnType = DisputeGameState;

/** What {@link getGame} can fail with. */
export type GetGameErrorType = ReadErrorType | GameNotFoundError;

/**
 * A game as it stands, with what both sides have left on their clocks at the block that is read. Where the sides have come to follows from events:
 * {@link getGameView} tells it.
 *
 * @throws {GameNotFoundError} if there is no such game
 */
export async function getGame(
  client: AssayClient,
  parameters: GetGameParameters,
): Promise<GetGameReturnType> {
  const { gameId } = checked(parameters, { gameId: word });
  const deployment = await resolveDeployment(client, parameters);
  const read = await pinned(client, { ...parameters, deployment });
  const [game, stateHash, operatorRemaining, challengerRemaining, canMove, canTimeout, timestamp] =
    await readContractAction(client, read, "DisputeGame", async (address, block) => {
      const view = { address, abi: await loadDisputeGameAbi(), ...block };
      const args = [gameId] as const;
      return Promise.all([
        readContract(client, { ...view, functionName: "gameOf", args }),
        readContract(client, { ...view, functionName: "stateHash", args }),
        readContract(client, { ...view, functionName: "remainingOf", args: [gameId, 0] }),
        readContract(client, { ...view, functionName: "remainingOf", args: [gameId, 1] }),
        readContract(client, { ...view, functionName: "canMove", args }),
        readContract(client, { ...view, functionName: "canTimeout", args }),
        withAssayErrors({}, () => getBlock(client, block)).then((mined) => Number(mined.timestamp)),
      ]);
    });
  const phase = nameOf(GAME_PHASES, game.phase);
  if (phase === "none") throw new GameNotFoundError(gameId);
  return {
    ...game,
    gameId,
    challenger: game.challenger === zeroAddress ? undefined : game.challenger,
    phase,
    outcome: nameOf(GAME_OUTCOMES, game.outcome),
    turn: nameOf(GAME_SIDES, game.turn),
    stateHash,
    operatorRemaining: Number(operatorRemaining),
    challengerRemaining: Number(challengerRemaining),
    canMove,
    canTimeout,
    blockTimestamp: timestamp,
  };
}
