import type { Hex } from "viem";
import type { EventNotFoundError, GameNotFoundError } from "../errors/protocol.ts";
import { checked, word } from "./internal/check.ts";
import type { DisputeEvidence } from "./internal/evidence.ts";
import type { AssayClient, LogParameters, ReadErrorType } from "./internal/types.ts";

/** What {@link exportDispute} takes. */
export interface ExportDisputeParameters extends LogParameters {
  /** Id of the game: a hash of 32 bytes. */
  readonly gameId: Hex;
}

/** What {@link exportDispute} gives. */
export type ExportDisputeReturnType = DisputeEvidence;

/** What {@link exportDispute} can fail with. */
export type ExportDisputeErrorType = ReadErrorType | EventNotFoundError | GameNotFoundError;

/**
 * Puts together the evidence of a dispute: what was committed to, every move with what it showed, the disputed step with its operands and their paths, the
 * verdict, and the signed transactions of all of it. The moves are played again meanwhile, so that nothing is written down that does not follow.
 *
 * @throws {GameNotFoundError} if there is no such game
 * @throws {EventNotFoundError} if the node does not have the event of the opening, or the call of a move in its transaction
 *
 * @example
 * writeFileSync("dispute.json", JSON.stringify(await exportDispute(client, { deployment, gameId })));
 */
export async function exportDispute(
  client: AssayClient,
  parameters: ExportDisputeParameters,
): Promise<ExportDisputeReturnType> {
  checked(parameters, { gameId: word });
  // Loaded when it is used: who only reads does not need the rules of the game and the machine.
  const { collectEvidence } = await import("./internal/evidence.ts");
  return collectEvidence(client, parameters);
}
