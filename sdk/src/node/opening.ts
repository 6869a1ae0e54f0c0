/** Opens a game about a wrong result, and never about a right one: several computations and several endpoints have to agree before a bond is paid. */

import type { Hex } from "viem";
import { getGame } from "../actions/getGame.ts";
import type { InferenceRequest } from "../actions/getRequest.ts";
import { encodeOpenGame } from "../actions/openGame.ts";
import { AssayError } from "../core/errors.ts";
import { GameNotFoundError } from "../errors/protocol.ts";
import { gameIdOf, openingHash } from "../game/state.ts";
import type { Answer, TracedAnswer } from "./inference.ts";
import type { KnownGame } from "./store.ts";
import type { Look, Tools } from "./tools.ts";

/** Two computations of one result differ, so neither is trusted, and nothing is challenged. */
export class SecondOpinionError extends AssayError {
  override readonly name = "SecondOpinionError";

  constructor(requestId: Hex, first: Hex, second: Hex) {
    super("SECOND_OPINION_DIFFERS", `This computer gives ${first} and ${second} for request ${requestId}.`, {
      recovery: "Do not use this computer: its memory, its processor or its JavaScript engine is faulty.",
      context: { requestId, first, second },
    });
  }
}

/** What to open a game about. */
export interface Complaint {
  readonly request: InferenceRequest;
  readonly input: Uint8Array;
  readonly salt: Hex;
}

/** What came of it. */
export type Opening =
  | { readonly isOpen: false; readonly isSent: false; readonly isRetried: boolean }
  /** The game is on the chain, or on its way there. */
  | {
      readonly isOpen: boolean;
      readonly isSent: boolean;
      readonly isRetried: boolean;
      readonly game: KnownGame;
    };

/**
 * The trace of a run by the other engine, before a result is called wrong, and again before a bond is staked on it: a result is never attacked because this
 * computer computes wrongly. All that was computed is forgotten if anything differs, so that a fault that passes does not silence it for ever.
 *
 * @param first - what the fast engine gives: the output's root, and the trace's if it is known
 * @returns nothing while it is being computed
 * @throws {SecondOpinionError} if the computations differ
 */
export function secondOpinion(
  tools: Tools,
  { requestId, modelId }: Pick<InferenceRequest, "requestId" | "modelId">,
  input: Uint8Array,
  first: Answer & Partial<TracedAnswer>,
): TracedAnswer | undefined {
  const second = tools.computed(requestId, "second", () => tools.inference.trace(modelId, input, true));
  if (second === undefined) return undefined;
  const pairs = [
    [first.outputRoot, second.outputRoot],
    [first.traceRoot ?? second.traceRoot, second.traceRoot],
  ] as const;
  for (const [one, other] of pairs) {
    if (one === other) continue;
    tools.recompute(requestId);
    const error = new SecondOpinionError(requestId, one, other);
    tools.log.fatal({ requestId, error }, "computations differ: nothing is challenged");
    throw error;
  }
  return second;
}

/**
 * Computes the trace of the result on both engines; asks the endpoints; then opens. Returns at once while something is being computed.
 *
 * @throws {SecondOpinionError} if the computations differ
 * @throws {QuorumError} if too few endpoints agree
 */
export async function openWhenSure(
  tools: Tools,
  look: Look,
  { request, input, salt }: Complaint,
): Promise<Opening> {
  const { requestId, modelId, outputRoot } = request;
  const { inference, deployment, sending } = tools;
  const waiting = { isOpen: false, isSent: false } as const;
  if (sending === undefined) return { ...waiting, isRetried: false };
  const trace = tools.computed(requestId, "trace", () => inference.trace(modelId, input));
  const isSure = trace !== undefined && secondOpinion(tools, request, input, trace) !== undefined;
  if (!isSure) return { ...waiting, isRetried: false };
  const agreed = await tools.agreedRequest(requestId);
  const isAgreed =
    Number(agreed.chainId) === deployment.chainId &&
    agreed.modelId === modelId &&
    agreed.inputRoot === request.inputRoot &&
    agreed.outputRoot === outputRoot &&
    agreed.profileId === request.profileId;
  if (!isAgreed || agreed.outputRoot === trace.outputRoot) return { ...waiting, isRetried: true };

  const challenger = sending.signer.address;
  const court = { chainId: deployment.chainId, address: deployment.contracts.DisputeGame };
  const hash = openingHash(court, requestId, challenger, trace.traceRoot, salt);
  const gameId = gameIdOf(court, requestId, challenger, hash);
  const game = { gameId, requestId, challenger, blockNumber: look.head.number };
  // When it was opened is not known here: its events are looked for everywhere.
  if (await isThere(tools, gameId))
    return {
      isOpen: true,
      isSent: false,
      isRetried: false,
      game: { ...game, blockNumber: deployment.startBlock },
    };
  const call = encodeOpenGame({ deployment, requestId, openingHash: hash });
  const { windowSeconds: seconds } = await tools.profileOf(request.profileId);
  const deadline = request.windowEndsAt === undefined ? undefined : { at: request.windowEndsAt, seconds };
  const { kind } = await tools.send(look, "open", requestId, call, { requestId, gameId }, deadline);
  return { isOpen: false, isSent: kind === "sent", isRetried: kind === "busy" || kind === "refused", game };
}

/** By as many endpoints as have to agree: who opens a game twice pays gas for nothing. */
function isThere({ deployment, rpc }: Tools, gameId: Hex): Promise<boolean> {
  return rpc.agree("whether a game is open", async (client) => {
    try {
      await getGame(client, { deployment, gameId });
      return true;
    } catch (error) {
      if (error instanceof GameNotFoundError) return false;
      throw error;
    }
  });
}
