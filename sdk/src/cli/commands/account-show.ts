import type { Command } from "commander";
import type { Address } from "viem";
import { formatEther } from "viem";
import { getContractEvents } from "viem/actions";
import { stakeVaultAbi } from "../../abis/generated/StakeVault.ts";
import { getAccount } from "../../actions/getAccount.ts";
import { getTicket } from "../../actions/getTicket.ts";
import { readLogs } from "../../actions/internal/logs.ts";
import { formatAmount } from "../../core/amounts.ts";
import { addAccountOptions, type ChainOptions, connectToWrite, type ReadContext } from "../chain.ts";
import { moment, table } from "../format.ts";
import { guarded, print, UsageError } from "../output.ts";
import { accountOf } from "../values.ts";

/** `assay account show`: what an account has, and where. */
export function show(command: Command): void {
  command
    .description(
      "Show an account: free balance, stake and what of it is locked, signer, payout, exits under way, tokens and gas in the wallet.",
    )
    .argument("[address]", "account (default: that of --account or --keystore)")
    .addHelpText(
      "after",
      "\nExamples:\n  assay account show 0x...\n  assay account show --keystore operator.json",
    )
    .action((address: string | undefined, options: ChainOptions) =>
      guarded(options, () => tell(address, options)),
    );
  addAccountOptions(command);
}

async function tell(given: string | undefined, options: ChainOptions): Promise<void> {
  const named = given === undefined ? undefined : accountOf(given);
  const context = await connectToWrite(options);
  const address = named ?? context.sender;
  if (address === undefined)
    throw new UsageError("It is not known whose account.", "Name it, or add --account or --keystore.");
  const { client, deployment } = context;
  const units = await context.token();
  const shown = (amount: bigint): string => formatAmount(amount, units);
  const [account, gas, exits] = await Promise.all([
    getAccount(client, { deployment, address }),
    client.getBalance({ address }),
    exitsOf(context, address),
  ]);
  const { balance, stake, locked, unlocked, signer, payout, wallet } = account;
  const rows: [string, string][] = [
    ["account", address],
    ["free balance", shown(balance)],
    ["stake", `${shown(stake)}, of which ${shown(locked)} are locked for results`],
    ["can leave", shown(unlocked)],
    ["signer", signer ?? "the account itself"],
    ["payout", payout === address ? "the account itself" : payout],
    ["wallet", `${shown(wallet)}, and ${formatEther(gas)} of the chain's currency for gas`],
    ...exits.map(({ ticketId, amount, readyAt }): [string, string] => [
      `exit ${ticketId}`,
      `${shown(amount)}, from ${moment(readyAt)} on`,
    ]),
  ];
  print(options, { address, ...account, gas, exits }, table(rows));
}

async function exitsOf({ client, deployment }: ReadContext, operator: Address) {
  const logs = await readLogs(client, deployment, {}, (range) =>
    getContractEvents(client, {
      address: deployment.contracts.StakeVault,
      abi: stakeVaultAbi,
      eventName: "UnstakeRequested",
      args: { operator },
      strict: true,
      ...range,
    }),
  );
  const tickets = await Promise.all(
    logs.map(async ({ args: { ticketId } }) => ({
      ticketId,
      ticket: await getTicket(client, { deployment, ticketId }),
    })),
  );
  return tickets.flatMap(({ ticketId, ticket }) =>
    ticket === undefined ? [] : [{ ticketId, amount: ticket.amount, readyAt: ticket.readyAt }],
  );
}
