import { decodeFunctionData, type Hash, type Hex, toFunctionSelector, zeroHash } from "viem";
import { disputeGameAbi } from "../../abis/generated/DisputeGame.ts";
import { inferenceHubAbi } from "../../abis/generated/InferenceHub.ts";
import { fromHex } from "../../core/bytes.ts";
import { rootOfBytes } from "../../core/tree.ts";
import { EventNotFoundError } from "../../errors/protocol.ts";
import type { EvidenceStatement } from "../../game/evidence.ts";
import { type GameView, opponentOf, rowOf } from "../../game/state.ts";
import type { EvidenceTransaction } from "./evidence-transactions.ts";
import type { GameEvent } from "./game-history.ts";

/** What binds an operator's trace, or does not yet. */
export interface TraceEvent {
  readonly kind: "committed" | "shown" | "tracePosted";
  readonly traceRoot: Hex;
  readonly requestId: Hex;
  readonly blockNumber: bigint;
  readonly transactionHash: Hash;
  readonly logIndex: number;
}

/** What happens in a game, and makes or ends it. */
export type MoveEvent = GameEvent | TraceEvent;

/**
 * What an event's move said: from the event, the position, and where the event is silent from the calldata, wherever in it the call stands.
 *
 * @returns nothing for an event that is no move
 * @throws {EventNotFoundError} if the transaction does not hold the call
 */
export function statementOf(
  view: GameView,
  event: MoveEvent,
  transaction: EvidenceTransaction,
): EvidenceStatement | undefined {
  const { game, gameId } = view;
  switch (event.kind) {
    case "committed": {
      // A trace of a single tensor is bound with the output.
      if (event.traceRoot === zeroHash || view.dossier.record.stepDepth === 0) return undefined;
      const { args } = hubCall(["commit", "commitByRoot"], event.requestId, transaction);
      return { kind: "postTrace", traceRoot: event.traceRoot, outputProof: args.at(-1) as readonly Hex[] };
    }
    case "tracePosted": {
      const { args } = hubCall(["postTrace"], event.requestId, transaction);
      return { kind: "postTrace", traceRoot: event.traceRoot, outputProof: args[2] as readonly Hex[] };
    }
    case "revealed": {
      const { args } = gameCall("reveal", gameId, transaction);
      const [, traceRoot, salt, outputRoot, outputProof, children] = args as readonly [
        Hex,
        Hex,
        Hex,
        Hex,
        readonly Hex[],
        readonly Hex[],
      ];
      return { kind: "reveal", traceRoot, salt, outputRoot, outputProof, children };
    }
    case "answered": {
      const { moverChildren, moverGrandchildren } = event;
      const other = rowOf(view, opponentOf(event.side), game.level, game.index);
      return { kind: "answer", moverChildren, otherChildren: other?.nodes ?? [], moverGrandchildren };
    }
    case "stepped": {
      const { args } = gameCall("step", gameId, transaction);
      return { kind: "step", proof: args[2] as Hex };
    }
    case "convicted": {
      const { args } = gameCall("convict", gameId, transaction);
      const { index, place, word, siblings, proof } = args[2] as Contradicted;
      return { kind: "convict", index: Number(index), place: Number(place), word, siblings, proof };
    }
    case "ended": {
      // The court's words have ended it already.
      if (game.phase === "ended") return undefined;
      if (event.outcome === "left") return { kind: "quit" };
      if (game.phase !== "demanded" || event.outcome !== "operatorWins") return { kind: "timeout" };
      const { args } = gameCall("publishInput", gameId, transaction);
      return { kind: "publishInput", input: args[1] as Hex };
    }
    default:
      return undefined;
  }
}

/** Roots of the outputs that a transaction commits to for a request; none if it does something else. */
export function committedRoots(
  requestId: Hex,
  wordDepth: number,
  transaction: EvidenceTransaction,
): readonly Hex[] {
  const calls = (["commit", "commitByRoot"] as const).flatMap((name) => {
    const call = findCall(inferenceHubAbi, [name], requestId, transaction);
    return call === undefined ? [] : [[name, call.args[1] as Hex] as const];
  });
  return calls.map(([name, said]) => (name === "commit" ? rootOfBytes(fromHex(said), wordDepth) : said));
}

interface Contradicted {
  readonly index: bigint;
  readonly place: bigint | number;
  readonly word: Hex;
  readonly siblings: readonly Hex[];
  readonly proof: Hex;
}

type Abis = typeof disputeGameAbi | typeof inferenceHubAbi;

interface Call {
  readonly args: readonly unknown[];
}

function gameCall(
  name: "reveal" | "step" | "convict" | "publishInput",
  gameId: Hex,
  transaction: EvidenceTransaction,
): Call {
  return callIn(disputeGameAbi, [name], gameId, transaction);
}

function hubCall(
  names: readonly ("commit" | "commitByRoot" | "postTrace")[],
  requestId: Hex,
  transaction: EvidenceTransaction,
): Call {
  return callIn(inferenceHubAbi, names, requestId, transaction);
}

function callIn(abi: Abis, names: readonly string[], id: Hex, transaction: EvidenceTransaction): Call {
  const call = findCall(abi, names, id, transaction);
  if (call === undefined) throw new EventNotFoundError(names.join(" or "), { hash: transaction.hash, id });
  return call;
}

/** A multisig or another contract passes calldata on as it is: the call is found by its selector and the id behind it. */
function findCall(
  abi: Abis,
  names: readonly string[],
  id: Hex,
  { data }: EvidenceTransaction,
): Call | undefined {
  const text = data.toLowerCase();
  for (const item of abi) {
    if (item.type !== "function" || !names.includes(item.name)) continue;
    const at = text.indexOf(`${toFunctionSelector(item).slice(2)}${id.slice(2).toLowerCase()}`);
    if (at < 0) continue;
    try {
      const { args } = decodeFunctionData({ abi: [item], data: `0x${text.slice(at)}` });
      return { args: args as readonly unknown[] };
    } catch {
      // The same bytes by chance, or by malice.
    }
  }
  return undefined;
}
