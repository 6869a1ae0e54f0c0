/** Puts the evidence of a dispute together. */

import type { Hash, Hex } from "viem";
import { getContractEvents } from "viem/actions";
import { inferenceHubAbi } from "../../abis/generated/InferenceHub.ts";
import { EventNotFoundError } from "../../errors/protocol.ts";
import {
  afterMove,
  type DisputeRecord,
  type EvidenceMove,
  type EvidenceVerdict,
  openingOf,
  verdictOf,
} from "../../game/evidence.ts";
import { getGame } from "../getGame.ts";
import { getGameHistory } from "../getGameHistory.ts";
import { getModel } from "../getModel.ts";
import { getProfile } from "../getProfile.ts";
import { getRequest } from "../getRequest.ts";
import { resolveDeployment } from "./deployment.ts";
import { type MoveEvent, statementOf, type TraceEvent } from "./evidence-moves.ts";
import { type EvidenceTerms, findTerms } from "./evidence-terms.ts";
import { type EvidenceTransaction, TransactionBook } from "./evidence-transactions.ts";
import { readLogs } from "./logs.ts";
import type { AssayClient, LogParameters } from "./types.ts";

/** A dispute with everything that is needed to judge it, as plain JSON. `verifyDispute` checks it without a chain. */
export interface DisputeEvidence {
  /** What the file is. */
  readonly format: "assay-dispute";
  /** Version of the format. */
  readonly version: 1;
  /** What happened, move by move. */
  readonly dispute: DisputeRecord;
  /** What was agreed on with the request; `undefined` for a result in a batch. */
  readonly terms?: EvidenceTerms | undefined;
  /** Hash of the transaction with which the result was committed to; `undefined` where the node does not have its event. */
  readonly commitTransaction?: Hash | undefined;
  /** Hash of the transaction that opened the game. */
  readonly openTransaction: Hash;
  /** The transactions of the commitment, the opening and all moves. */
  readonly transactions: readonly EvidenceTransaction[];
}

/** See `exportDispute`. */
export async function collectEvidence(
  client: AssayClient,
  parameters: LogParameters & { readonly gameId: Hex },
): Promise<DisputeEvidence> {
  const { gameId } = parameters;
  const deployment = await resolveDeployment(client, parameters);
  const { requestId } = await getGame(client, { deployment, gameId });
  const [request, history, traces] = await Promise.all([
    getRequest(client, { deployment, requestId }),
    getGameHistory(client, { ...parameters, deployment }),
    traceEvents(client, { ...parameters, deployment }, requestId),
  ]);
  const [opening, ...events] = history;
  if (opening?.kind !== "opened" && opening?.kind !== "demanded")
    throw new EventNotFoundError("GameOpened", { gameId });
  const { modelId, profileId, inputRoot, outputRoot = "0x", operator = "0x" } = request;
  const [record, profile] = await Promise.all([
    getModel(client, { deployment, modelId }),
    getProfile(client, { deployment, profileId }),
  ]);
  const { clockSeconds } = profile;
  const terms = await findTerms(client, { ...parameters, deployment }, requestId, profile);
  const book = new TransactionBook(client);
  const opened = await book.add(opening);
  const head = {
    court: { chainId: deployment.chainId, address: deployment.contracts.DisputeGame },
    ...{ gameId, requestId, challenger: opening.challenger },
    ...(opening.kind === "opened" ? { openingHash: opening.openingHash } : {}),
    ...{ openedAt: opened.time, clockSeconds },
    commitment: { operator, modelId, record, inputRoot, outputRoot },
  };
  let view = openingOf(head);
  const moves: EvidenceMove[] = [];
  let verdict: EvidenceVerdict | undefined;
  for (const event of inOrder([...traces, ...events])) {
    if (view.game.phase === "ended") break;
    const transaction = await book.add(event);
    const caller = "mover" in event ? event.mover : transaction.from;
    const statement = statementOf(view, event, transaction);
    if (statement === undefined) continue;
    const move: EvidenceMove = {
      ...statement,
      caller,
      time: transaction.time,
      transaction: transaction.hash,
    };
    verdict = verdictOf(view, move) ?? verdict;
    view = afterMove(view, move);
    moves.push(move);
  }
  const commit = traces.find(({ kind }) => kind !== "tracePosted");
  if (commit !== undefined) await book.add(commit);
  return {
    ...{ format: "assay-dispute", version: 1 },
    dispute: { ...head, moves, outcome: view.game.outcome, verdict },
    terms,
    ...{ commitTransaction: commit?.transactionHash, openTransaction: opened.hash },
    transactions: book.transactions,
  };
}

function inOrder(events: readonly MoveEvent[]): readonly MoveEvent[] {
  return [...events].sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex);
}

/** What has bound the operator's trace: its commitment, or a posting later. */
function traceEvents(
  client: AssayClient,
  parameters: LogParameters & Required<Pick<LogParameters, "deployment">>,
  requestId: Hex,
): Promise<readonly TraceEvent[]> {
  const { deployment } = parameters;
  const place = {
    ...({ address: deployment.contracts.InferenceHub, abi: inferenceHubAbi, strict: true } as const),
    args: { requestId },
  };
  return readLogs(client, deployment, parameters, async (range) => {
    const [committed, posted, shown] = await Promise.all([
      getContractEvents(client, { ...place, ...range, eventName: "ResultCommitted" }),
      getContractEvents(client, { ...place, ...range, eventName: "TracePosted" }),
      getContractEvents(client, {
        ...place,
        ...range,
        args: { resultId: requestId },
        eventName: "ResultShown",
      }),
    ]);
    const at = (kind: TraceEvent["kind"], logs: readonly Found[]): readonly TraceEvent[] =>
      logs.map(({ args: { traceRoot }, blockNumber, transactionHash, logIndex }) => ({
        ...{ kind, traceRoot, requestId, blockNumber, transactionHash, logIndex },
      }));
    return [...at("committed", committed), ...at("shown", shown), ...at("tracePosted", posted)];
  });
}

interface Found {
  readonly args: { readonly traceRoot: Hex };
  readonly blockNumber: bigint;
  readonly transactionHash: Hash;
  readonly logIndex: number;
}
