import type { Hex } from "viem";
import { acceptRequest } from "../../sdk/src/actions/acceptRequest.ts";
import { bindTrace } from "../../sdk/src/actions/bindTrace.ts";
import { commitResult } from "../../sdk/src/actions/commitResult.ts";
import { getOpeningHash } from "../../sdk/src/actions/getOpeningHash.ts";
import { openGame, parseOpenGameReceipt } from "../../sdk/src/actions/openGame.ts";
import { playGame } from "../../sdk/src/actions/playGame.ts";
import { parseRequestInferenceReceipt, requestInference } from "../../sdk/src/actions/requestInference.ts";
import type { Side } from "../../sdk/src/game/state.ts";
import type { MachineModel } from "../../sdk/src/machine/model.ts";
import { executeModel } from "../../sdk/src/runtime/execute.ts";
import { type Trace, traceOf } from "../../sdk/src/trace/trace.ts";
import type { BenchChain, Person, Sent } from "./chain.ts";
import type { HandMade } from "./models.ts";
import { FEE } from "./stage.ts";

/** A model that was asked, and what the two sides say about its run. */
export interface Case {
  readonly model: MachineModel;
  readonly input: Uint8Array;
  readonly traces: Readonly<Record<Side, Trace>>;
}

/** How an operator commits: with the root of its trace, or without. */
export type Manner = "eager" | "lazy";

/** A commitment, and the transactions that led to it. */
export interface Commitment extends Case {
  readonly requestId: Hex;
  readonly request: Sent;
  readonly accept: Sent;
  readonly commit: Sent;
}

/** A game, and the transaction that opened it. */
export interface Match extends Case {
  readonly gameId: Hex;
  readonly requestId: Hex;
  readonly salt: Hex;
  readonly open: Sent;
}

/** A move of a game, as it was made. */
export interface MoveSent extends Sent {
  readonly kind: string;
}

/** An operator that is wrong about one element of the output, and a challenger that is not. */
export function caseOf({ model, input, element }: HandMade): Case {
  const { tensors } = executeModel(model, input, { keep: "all" });
  const last = tensors.at(-1)?.slice() ?? new Uint8Array();
  // The least significant bit: the hardest lie to see.
  last[4 * element] = (last[4 * element] ?? 0) ^ 1;
  const challenger = traceOf(model.record, input, tensors);
  const operator = traceOf(model.record, input, [...tensors.slice(0, -1), last]);
  return { model, input, traces: { operator, challenger } };
}

/** Makes a request. */
export async function ask(
  chain: BenchChain,
  { model, input }: Pick<Case, "model" | "input">,
  profileId: Hex,
): Promise<{ readonly requestId: Hex; readonly request: Sent }> {
  const { clients, deployment } = chain;
  const { modelId } = model;
  const salt = BigInt(chain.salt());
  const terms = { profileId, fee: FEE, deadline: chain.time + 3_600, salt };
  const request = await chain.send(() =>
    requestInference(clients.requester, { deployment, modelId, input, ...terms }),
  );
  const { requestId } = parseRequestInferenceReceipt(request.receipt, { deployment });
  return { requestId, request };
}

/** Has the operator answer a new request with what its trace says. */
export async function commit(
  chain: BenchChain,
  about: Case,
  profileId: Hex,
  manner: Manner,
): Promise<Commitment> {
  const { clients, deployment } = chain;
  const { requestId, request } = await ask(chain, about, profileId);
  const accept = await chain.send(() => acceptRequest(clients.operator, { deployment, requestId }));
  const bound = bindTrace(about.model, about.traces.operator);
  const what = manner === "eager" ? bound : { output: bound.output };
  const sent = await chain.send(() => commitResult(clients.operator, { deployment, requestId, ...what }));
  return { ...about, requestId, request, accept, commit: sent };
}

/** Challenges a commitment. */
export async function open(chain: BenchChain, { requestId, ...about }: Commitment): Promise<Match> {
  const { clients, deployment } = chain;
  const { challenger: client } = clients;
  const salt = chain.salt();
  const { traceRoot } = about.traces.challenger;
  const challenger = client.account.address;
  const openingHash = await getOpeningHash(client, { deployment, requestId, challenger, traceRoot, salt });
  const sent = await chain.send(() => openGame(client, { deployment, requestId, openingHash }));
  const { gameId } = parseOpenGameReceipt(sent.receipt, { deployment });
  return { ...about, requestId, gameId, salt, open: sent };
}

/** Makes the next move of a side, if it has one. */
export async function move(
  chain: BenchChain,
  { gameId, model, input, traces, salt }: Match,
  side: Side,
  mover: Person = side,
  alwaysNarrow = true,
): Promise<MoveSent | undefined> {
  const { clients, deployment } = chain;
  let kind = "";
  const sent = await chain.sendIfAny(async () => {
    const played = await playGame(clients[mover], {
      deployment,
      gameId,
      side,
      model,
      input,
      trace: traces[side],
      time: chain.time,
      alwaysNarrow,
      ...(side === "challenger" ? { salt } : {}),
    });
    kind = played.move?.kind ?? "";
    return played.hash;
  });
  return sent === undefined ? undefined : { ...sent, kind };
}

/**
 * Plays a game until nobody has a move left.
 *
 * @param operatorMover - who makes the operator's moves
 */
export async function play(
  chain: BenchChain,
  match: Match,
  operatorMover: Person = "operator",
): Promise<readonly MoveSent[]> {
  const moves: MoveSent[] = [];
  for (;;) {
    const made =
      (await move(chain, match, "challenger")) ?? (await move(chain, match, "operator", operatorMover));
    if (made === undefined) return moves;
    moves.push(made);
  }
}
