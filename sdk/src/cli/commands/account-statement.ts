import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { statementCsv } from "../../node/statement/csv.ts";
import { getStatement } from "../../node/statement/statement.ts";
import { addAccountOptions, type ChainOptions, connectToWrite } from "../chain.ts";
import { guarded, note, print, UsageError } from "../output.ts";
import { accountOf, blockOf } from "../values.ts";

interface Options extends ChainOptions {
  readonly fromBlock?: string;
  readonly toBlock?: string;
  readonly gas?: boolean;
  readonly out?: string;
}

/** `assay account statement`: where an account's money came from and went to. */
export function statement(command: Command): void {
  command
    .description(
      "Print every movement of an account's money as CSV: deposits, stake, exits, locks, fees, penalties, slashes, bonds, rewards and refunds, with what there is after each. It is compared with the vault at the last block, and refused if anything differs.",
    )
    .argument(
      "[address]",
      "operator, challenger, requester or payout account (default: that of --account or --keystore)",
    )
    .option("--from-block <n>", "first block to print (default: the deployment's first)")
    .option(
      "--to-block <n>",
      "last block (default: the latest); one that is long past needs an endpoint with an archive",
    )
    .option(
      "--gas",
      "also what the account's and its signers' transactions have cost; reads a receipt for each",
    )
    .option("--out <file>", "write it there instead of printing it; never over a file that is there")
    .addHelpText(
      "after",
      `
Rewards and refunds of moves count when they are claimed. \`bonds\` and \`fees\` are in escrow, and still the account's; \`gain\` is by how much all of it changed.
A transaction that failed has no event, and its gas is not counted. An operator's fees are in the statement of the payout account that it had named then.

Examples:
  assay account statement --keystore operator.json --out 2026.csv
  assay account statement 0x... --from-block 1000000 --to-block 2000000 --gas --json`,
    )
    .action((address: string | undefined, options: Options) =>
      guarded(options, () => tell(address, options)),
    );
  addAccountOptions(command);
}

async function tell(given: string | undefined, options: Options): Promise<void> {
  const named = given === undefined ? undefined : accountOf(given);
  const { fromBlock, toBlock, gas = false, out } = options;
  const range = {
    ...(fromBlock === undefined ? {} : { fromBlock: blockOf("--from-block", fromBlock) }),
    ...(toBlock === undefined ? {} : { toBlock: blockOf("--to-block", toBlock) }),
  };
  const { client, deployment, sender, token } = await connectToWrite(options);
  const address = named ?? sender;
  if (address === undefined)
    throw new UsageError("It is not known whose account.", "Name it, or add --account or --keystore.");
  const found = await getStatement(client, { deployment, address, withGas: gas, ...range });
  const { entries, opening, closing } = found;
  const csv = statementCsv(found, (await token()).decimals);
  if (out === undefined) return print(options, found, csv.trimEnd());
  await writeFile(out, csv, { flag: "wx" });
  print(options, { address, out, entries: entries.length, opening, closing }, out);
  note(
    options,
    `${entries.length} movements of ${address}, which agree with the vault at block ${found.toBlock}`,
  );
}
