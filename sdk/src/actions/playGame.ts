import type { Hash, Hex } from "viem";
import { AssayError } from "../core/errors.ts";
import type { ContractErrorCode } from "../errors/contract.ts";
import type { Move } from "../game/moves.ts";
import type { NarrowingTree } from "../game/narrowed-tree.ts";
import type { GameView, Side } from "../game/state.ts";
import { decide, type Player } from "../game/strategy.ts";
import type { MachineModel } from "../machine/model.ts";
import { proveElement } from "../trace/prove.ts";
import { differsInOutputOnly, reconstructTrace } from "../trace/reconstruct.ts";
import type { Trace } from "../trace/trace.ts";
import { answerGame } from "./answerGame.ts";
import { convictGame } from "./convictGame.ts";
import { getGameView } from "./getGameView.ts";
import { asBytes } from "./internal/bytes.ts";
import { bytes, checked, flag, MODEL, oneOf, optional, record, TRACE, uint, word } from "./internal/check.ts";
import { resolveDeployment } from "./internal/deployment.ts";
import { GAME_SIDES } from "./internal/names.ts";
import { findPublishedOutput } from "./internal/outputs.ts";
import type { AssayClient, BytesLike, WriteErrorType, WriteParameters } from "./internal/types.ts";
import { senderAddressOf } from "./internal/write.ts";
import { postTrace } from "./postTrace.ts";
import { quitGame } from "./quitGame.ts";
import { revealGame } from "./revealGame.ts";
import { stepGame } from "./stepGame.ts";
import { timeoutGame } from "./timeoutGame.ts";

/** What {@link playGame} takes. */
export interface PlayGameParameters extends WriteParameters {
  /** Id of the game: a hash of 32 bytes. */
  readonly gameId: Hex;
  /** The side to play for. Anyone can make the moves of either. */
  readonly side: Side;
  /** The model, with its constants. */
  readonly model: MachineModel;
  /** The request's bytes. */
  readonly input: BytesLike;
  /** This computer's run of the request. */
  readonly trace: Trace;
  /** Salt of the opening; the reveal needs it. */
  readonly salt?: Hex;
  /** The operator's tree, for a challenger that has it. Default: the challenger guesses that the operator's trace is right but for the output, and checks it. */
  readonly operatorTree?: NarrowingTree;
  /** Narrows the traces to their first difference even where the operator could be convicted at once. Default `false`. */
  readonly alwaysNarrow?: boolean;
  /** A block at or before the game's opening. Default: the deployment's start block. */
  readonly fromBlock?: bigint;
  /** Unix second at which the move would be included. Default: the time of the latest block. */
  readonly time?: number;
}

/** What was done in a turn. */
export interface PlayGameReturnType {
  /** The game as it was read. */
  readonly view: GameView;
  /** The move that this side has; `undefined` if it has none now. */
  readonly move: Move | undefined;
  /** Hash of the move's transaction; `undefined` if nothing was sent, be it that somebody else made the move first. */
  readonly hash: Hash | undefined;
}

/** What {@link playGame} can fail with. */
export type PlayGameErrorType = WriteErrorType;

/**
 * Plays one turn: reads the game, decides on a move as an honest side does, and sends it. Does nothing where it is not this side's turn.
 * Stateless, so it can be called as often as one likes. Moves are forced, so it is as good if somebody else makes one first: nothing is sent then.
 *
 * @returns the move and the hash of its transaction; neither if there was nothing to do
 * @throws {GameNotFoundError} if there is no such game
 *
 * @example
 * const trace = await traceBytes(model, input);
 * while ((await getGame(client, { deployment, gameId })).phase !== "ended") {
 *   const { hash } = await playGame(client, { deployment, gameId, side: "challenger", model, input, trace, salt });
 *   if (hash !== undefined) await waitForTransactionReceipt(client, { hash });
 * }
 */
export async function playGame(
  client: AssayClient,
  parameters: PlayGameParameters,
): Promise<PlayGameReturnType> {
  const { gameId, time, fromBlock } = checked(parameters, {
    gameId: word,
    side: oneOf(...GAME_SIDES),
    model: MODEL,
    input: bytes,
    trace: TRACE,
    salt: optional(word),
    operatorTree: optional(record),
    alwaysNarrow: optional(flag),
    time: optional(uint(53)),
  });
  const deployment = await resolveDeployment(client, parameters);
  const search = fromBlock === undefined ? {} : { fromBlock };
  const view = await getGameView(client, { deployment, gameId, ...search });
  const player = playerOf(
    client,
    parameters,
    await operatorTreeOf(client, { ...parameters, deployment }, view),
  );
  const move = decide(view, player, time ?? view.blockTimestamp);
  const hash =
    move === undefined ? undefined : await sendUnlessMade(client, { ...parameters, deployment }, view, move);
  return { view, move, hash };
}

/** What a move is refused with when the game has gone on since it was read. */
const OVERTAKEN: ReadonlySet<string> = new Set([
  "GAME_STATE_MISMATCH",
  "GAME_PHASE_MISMATCH",
  "GAME_NOT_ACTIVE",
  "HUB_TRACE_KNOWN",
] satisfies ContractErrorCode[]);

async function sendUnlessMade(
  client: AssayClient,
  parameters: WriteParameters & { readonly gameId: Hex },
  view: GameView,
  move: Move,
): Promise<Hash | undefined> {
  try {
    return await send(client, parameters, view, move);
  } catch (error) {
    if (AssayError.is(error) && OVERTAKEN.has(error.code)) return undefined;
    throw error;
  }
}

/** The operator's tree, as far as this side has a use for it: given, or guessed. */
async function operatorTreeOf(
  client: AssayClient,
  parameters: PlayGameParameters,
  { dossier, game }: GameView,
): Promise<NarrowingTree | undefined> {
  const { side, trace, operatorTree, alwaysNarrow = false, deployment } = parameters;
  if (side !== "challenger" || alwaysNarrow || game.phase === "ended") return undefined;
  if (operatorTree !== undefined || !differsInOutputOnly(dossier.record, trace.tree, dossier))
    return operatorTree;
  const output = await findPublishedOutput(client, {
    requestId: game.requestId,
    ...(deployment && { deployment }),
  });
  return output && reconstructTrace(dossier.record, trace.tree, { ...dossier, output });
}

function playerOf(
  client: AssayClient,
  parameters: PlayGameParameters,
  operatorTree: NarrowingTree | undefined,
): Player {
  const { side, model, trace, salt } = parameters;
  const input = asBytes(parameters.input);
  return {
    side,
    claim: trace,
    account: senderAddressOf(client, parameters),
    prove: ({ step, byteOffset }, tree) => proveElement(model, input, trace, step, byteOffset, tree),
    ...(salt === undefined ? {} : { salt }),
    ...(operatorTree === undefined ? {} : { operatorTree }),
  };
}

function send(
  client: AssayClient,
  parameters: WriteParameters & { readonly gameId: Hex },
  view: GameView,
  move: Move,
): Promise<Hash> {
  switch (move.kind) {
    case "reveal":
      return revealGame(client, { ...parameters, ...move });
    case "postTrace":
      return postTrace(client, { ...parameters, ...move, requestId: view.game.requestId });
    case "answer":
      return answerGame(client, { ...parameters, ...move });
    case "step":
      return stepGame(client, { ...parameters, ...move });
    case "convict":
      return convictGame(client, { ...parameters, ...move });
    case "timeout":
      return timeoutGame(client, { ...parameters, ...move });
    default:
      return quitGame(client, { ...parameters, ...move });
  }
}
