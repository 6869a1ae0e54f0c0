/** A statement as spreadsheets and accounting programs read it: RFC 4180, amounts exact and without grouping. */

import { formatUnits } from "viem";
import { applied, NOTHING, totalOf } from "./movements.ts";
import type { Statement, StatementEntry } from "./statement.ts";

type Column = readonly [name: string, value: (entry: StatementEntry) => string | bigint | number | undefined];

/** Of the chain's currency. */
const WEI_DECIMALS = 18;

const columnsIn = (tokens: (amount: bigint) => string): readonly Column[] => [
  ["block", ({ blockNumber }) => blockNumber],
  ["time", ({ time }) => new Date(1_000 * time).toISOString()],
  ["transaction", ({ transactionHash }) => transactionHash],
  ["log", ({ logIndex }) => logIndex],
  ["kind", ({ kind }) => kind],
  ["request", ({ requestId }) => requestId],
  ["game", ({ gameId }) => gameId],
  ["batch", ({ batchId }) => batchId],
  ["exit", ({ ticketId }) => ticketId],
  ["counterparty", ({ counterparty }) => counterparty],
  ["amount", ({ amount }) => tokens(amount)],
  ["amount_units", ({ amount }) => amount],
  ["gain", ({ change }) => tokens(totalOf(applied(NOTHING, change)))],
  ["free", ({ after }) => tokens(after.free)],
  ["stake", ({ after }) => tokens(after.stake)],
  ["locked", ({ after }) => tokens(after.locked)],
  ["exits", ({ after }) => tokens(after.exits)],
  ["bonds", ({ after }) => tokens(after.bonds)],
  ["fees", ({ after }) => tokens(after.fees)],
  ["total", ({ after }) => tokens(totalOf(after))],
  ["total_units", ({ after }) => totalOf(after)],
  ["gas_used", ({ gas }) => gas?.used],
  ["gas_cost", ({ gas }) => (gas === undefined ? undefined : formatUnits(gas.wei, WEI_DECIMALS))],
  ["gas_sender", ({ gas }) => gas?.sender],
];

/**
 * A line of names, then a line per movement. No value holds a comma, a quote or the end of a line.
 *
 * @param decimals - of the token, as `getToken` tells; default: 18
 */
export function statementCsv({ entries }: Statement, decimals = 18): string {
  const columns = columnsIn((amount) => formatUnits(amount, decimals));
  const lines = [
    columns.map(([name]) => name),
    ...entries.map((entry) => columns.map(([, value]) => String(value(entry) ?? ""))),
  ];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}
