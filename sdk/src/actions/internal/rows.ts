import { decodeFunctionData, type Hex, toFunctionSelector } from "viem";
import { disputeGameAbi } from "../../abis/generated/DisputeGame.ts";
import { nodeOf } from "../../core/tree.ts";

/** The lists of an answer that its event does not repeat. */
export interface AnswerRows {
  readonly moverChildren: readonly Hex[];
  readonly otherChildren: readonly Hex[];
}

const answerAbi = disputeGameAbi.filter((item) => item.type === "function" && item.name === "answer");
const selector = answerAbi.map((item) => toFunctionSelector(item).slice(2))[0] ?? "";

/**
 * Finds an answer's lists in the input of its transaction, also where a wallet's contract has wrapped the call: wherever the function's selector stands
 * followed by lists that hash to the two nodes that were answered.
 *
 * @returns nothing if there is no such call
 */
export function findAnswerRows(
  input: Hex,
  gameId: Hex,
  moverNode: Hex,
  otherNode: Hex,
): AnswerRows | undefined {
  for (let at = input.indexOf(selector, 2); at >= 0; at = input.indexOf(selector, at + 1)) {
    const rows = decodeAnswer(`0x${input.slice(at)}`, gameId);
    if (rows !== undefined && isRow(rows.moverChildren, moverNode) && isRow(rows.otherChildren, otherNode)) {
      return rows;
    }
  }
  return undefined;
}

function decodeAnswer(data: Hex, gameId: Hex): AnswerRows | undefined {
  try {
    const { functionName, args } = decodeFunctionData({ abi: disputeGameAbi, data });
    if (functionName !== "answer" || args[0] !== gameId) return undefined;
    return { moverChildren: args[2], otherChildren: args[3] };
  } catch {
    return undefined;
  }
}

function isRow(row: readonly Hex[], node: Hex): boolean {
  return row.length > 0 && (row.length & (row.length - 1)) === 0 && nodeOf(row) === node;
}
