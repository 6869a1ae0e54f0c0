/** Opens a game about a wrong result, and never about a right one: several computations and several endpoints have to agree before a bond is paid. */

import type { Hex } from "viem";
import { getGame } from "../actions/getGame.ts";
import type { InferenceRequest } from "../actions/getRequest.ts";
import { encodeOpenGame } from "../actions/openGame.ts";
import { AssayError } from "../core/errors.ts";
import { GameNotFoundError } from "../errors/protocol.ts";
import { gameIdOf, openingHash } from "../game/state.ts";
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
 * Computes the result once more in another way, and its trace; asks the endpoints; then opens. Returns at once while something is being computed.
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
  const { inference, deployment, sending, log } = tools;
  const waiting = { isOpen: false, isSent: false } as const;
  if (sending === undefined) return { ...waiting, isRetried: false };
  const first = tools.computed(requestId, "check", () => inference.run(modelId, input));
  const trace = tools.computed(requestId, "trace", () => inference.trace(modelId, input));
  const second = tools.computed(requestId, "second", () => inference.run(modelId, input, true));
  if (first === undefined || trace === undefined || second === undefined)
    return { ...waiting, isRetried: false };
  for (const { outputRoot: other } of [second, trace]) {
    if (other === first.outputRoot) continue;
    const error = new SecondOpinionError(requestId, first.outputRoot, other);
    log.fatal({ requestId, error }, "computations differ: nothing is challenged");
    throw error;
  }
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
  if (await isThere(tools, look, gameId))
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

async function isThere({ deployment }: Tools, { client, head }: Look, gameId: Hex): Promise<boolean> {
  try {
    await getGame(client, { deployment, gameId, blockNumber: head.number });
    return true;
  } catch (error) {
    if (error instanceof GameNotFoundError) return false;
    throw error;
  }
}
