import type { Command } from "commander";
import { formatAmount } from "../../core/amounts.ts";
import { type ExposedCommitment, getExposure } from "../../node/statement/exposure.ts";
import { addAccountOptions, type ChainOptions, connectToWrite } from "../chain.ts";
import { moment, table } from "../format.ts";
import { guarded, print, UsageError } from "../output.ts";
import { accountOf } from "../values.ts";

/** `assay operator risk`: what could be lost. */
export function risk(command: Command): void {
  command
    .description(
      "Show what an operator could lose: every result whose stake is locked, what a conviction, an undecided game or a missed deadline would cost, when it is safe, and exits under way.",
    )
    .argument("[address]", "account that owns the stake (default: that of --account or --keystore)")
    .addHelpText(
      "after",
      `
A result is safe when its window is over and no game about it is open. The latest moment counts on every game being answered in time.

Examples:
  assay operator risk 0x...
  assay operator risk --keystore operator.json --json`,
    )
    .action((address: string | undefined, options: ChainOptions) =>
      guarded(options, () => tell(address, options)),
    );
  addAccountOptions(command);
}

async function tell(given: string | undefined, options: ChainOptions): Promise<void> {
  const named = given === undefined ? undefined : accountOf(given);
  const { client, deployment, sender, token } = await connectToWrite(options);
  const address = named ?? sender;
  if (address === undefined)
    throw new UsageError("It is not known whose stake.", "Name it, or add --account or --keystore.");
  const found = await getExposure(client, { deployment, address });
  const units = await token();
  const shown = (amount: bigint): string => formatAmount(amount, units);
  const rows: [string, string][] = [
    ["operator", found.address],
    ["stake", `${shown(found.stake)}, of which ${shown(found.unlocked)} are not locked`],
    ["worst case", `${shown(found.worstCase)}, if all ${found.commitments.length} open results were wrong`],
    ...found.commitments.map((one): [string, string] => [
      one.requestId ?? `batch ${one.batchId}`,
      line(one, shown),
    ]),
    ...found.exits.map(({ ticketId, amount, readyAt }): [string, string] => [
      `exit ${ticketId}`,
      `${shown(amount)}, from ${moment(readyAt)} on`,
    ]),
  ];
  print(options, found, table(rows));
}

function line(one: ExposedCommitment, shown: (amount: bigint) => string): string {
  const { status, lock, burned, compensation, voidPenalty, latePenalty, safeAt, latestAt } = one;
  const late = latePenalty === 0n ? "" : `; ${shown(latePenalty)} if it is late`;
  const safe = safeAt === undefined ? "" : `safe from ${moment(safeAt)} on, `;
  const split = `${shown(burned)} burned, ${shown(compensation)} to the requester`;
  return `${status}: ${shown(lock)} if it is wrong (${split}), ${shown(voidPenalty)} if it is undecided${late}; ${safe}over by ${moment(latestAt)}`;
}
