/** A statement as spreadsheets and accounting programs read it: RFC 4180, amounts exact and without grouping. */

import { formatUnits } from "viem";
import { applied, NOTHING, totalOf } from "./movements.ts";
import type { Statement, StatementEntry } from "./statement.ts";

/** The token's, and the chain's currency's. */
const DECIMALS = 18;

type Column = readonly [name: string, value: (entry: StatementEntry) => string | bigint | number | undefined];

const tokens = (amount: bigint): string => formatUnits(amount, DECIMALS);

const COLUMNS: readonly Column[] = [
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
  ["gas_cost", ({ gas }) => (gas === undefined ? undefined : formatUnits(gas.wei, DECIMALS))],
  ["gas_sender", ({ gas }) => gas?.sender],
];

/** A line of names, then a line per movement. No value holds a comma, a quote or a line's end, and none begins as a formula does. */
export function statementCsv({ entries }: Statement): string {
  const lines = [
    COLUMNS.map(([name]) => name),
    ...entries.map((entry) => COLUMNS.map(([, value]) => String(value(entry) ?? ""))),
  ];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}
