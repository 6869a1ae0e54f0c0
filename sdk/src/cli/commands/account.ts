import type { Command } from "commander";
import { type Address, zeroAddress } from "viem";
import { approveToken } from "../../actions/approveToken.ts";
import { cancelUnstake, parseCancelUnstakeReceipt } from "../../actions/cancelUnstake.ts";
import { completeUnstake, parseCompleteUnstakeReceipt } from "../../actions/completeUnstake.ts";
import { deposit as depositTokens, parseDepositReceipt } from "../../actions/deposit.ts";
import { getAccount } from "../../actions/getAccount.ts";
import { parseRequestUnstakeReceipt, requestUnstake } from "../../actions/requestUnstake.ts";
import { parseSetPayoutReceipt, setPayout } from "../../actions/setPayout.ts";
import { parseSetSignerReceipt, setSigner } from "../../actions/setSigner.ts";
import { parseStakeReceipt, stake as stakeTokens } from "../../actions/stake.ts";
import { parseWithdrawReceipt, withdraw as withdrawTokens } from "../../actions/withdraw.ts";
import { formatAmount, type TokenUnits } from "../../core/amounts.ts";
import { AssayError } from "../../core/errors.ts";
import { addWriteOptions, type ChainOptions, connectToWrite, type WriteContext } from "../chain.ts";
import { moment } from "../format.ts";
import { guarded, UsageError } from "../output.ts";
import { type Sending, send } from "../send.ts";
import { accountOf, ticketOf, tokensOf } from "../values.ts";

interface ToOptions extends ChainOptions {
  readonly to?: string;
  readonly for?: string;
}

/** A wallet does not hold the tokens that are to be moved out of it. Nothing was sent. */
class WalletBalanceTooLowError extends AssayError {
  override readonly name = "WalletBalanceTooLowError";

  constructor(owner: Address, balance: bigint, needed: bigint, token: TokenUnits) {
    const message = `The wallet of ${owner} holds ${formatAmount(balance, token)}, and ${formatAmount(needed, token)} are to be moved.`;
    super("WALLET_BALANCE_TOO_LOW", message, {
      recovery: "Transfer tokens to the wallet first, or move fewer.",
      context: { owner, balance, needed },
    });
  }
}

const SIGNED = "--keystore me.json --password-file me.pw";

/** `assay account deposit`: from the wallet into the vault. */
export function deposit(command: Command): void {
  command
    .argument("<tokens>", "amount in whole tokens, such as 100 or 0.5")
    .option("--for <address>", "whose free balance grows (default: the sender's)");
  sends(
    command,
    "Move tokens from the sender's wallet to a free balance in the vault, which pays fees, stakes and bonds. Approves the vault first where that is needed.",
    `assay account deposit 1000 ${SIGNED}`,
    async ({ deployment, client, sender, token }, tokens, options: ToOptions) => {
      const { amount, shown } = await amountOf(tokens, token);
      const beneficiary = options.for === undefined ? {} : { beneficiary: accountOf(options.for) };
      const approve: Sending<object> = {
        title: `let the vault take ${shown}`,
        write: async (signer) => {
          if (sender === undefined) return approveToken(signer, { deployment, amount });
          const { allowance, wallet } = await getAccount(client, { deployment, address: sender });
          // A multisig may get its tokens in the same transaction.
          if (wallet < amount && options.output === undefined)
            throw new WalletBalanceTooLowError(sender, wallet, amount, await token());
          return allowance >= amount ? undefined : approveToken(signer, { deployment, amount });
        },
        parse: () => ({ approved: amount }),
        tell: () => `the vault may take ${shown}`,
      };
      const move: Sending<object> = {
        title: `deposit ${shown}`,
        write: (wallet) => depositTokens(wallet, { deployment, amount, ...beneficiary }),
        parse: (receipt) => parseDepositReceipt(receipt, { deployment }),
        tell: () => `deposited ${shown}`,
      };
      return [approve, move];
    },
  );
}

/** `assay account withdraw`: from the vault into a wallet. */
export function withdraw(command: Command): void {
  command
    .argument("<tokens>", "amount in whole tokens")
    .option("--to <address>", "whose wallet gets them (default: the sender's)");
  sends(
    command,
    "Move tokens from the sender's free balance in the vault to a wallet.",
    `assay account withdraw 100 ${SIGNED}`,
    async ({ deployment, token }, tokens, options: ToOptions) => {
      const { amount, shown } = await amountOf(tokens, token);
      const receiver = options.to === undefined ? {} : { to: accountOf(options.to) };
      return [
        {
          title: `withdraw ${shown}`,
          write: (wallet) => withdrawTokens(wallet, { deployment, amount, ...receiver }),
          parse: (receipt) => parseWithdrawReceipt(receipt, { deployment }),
          tell: ({ to }) => `${shown} are in the wallet of ${to}`,
        },
      ];
    },
  );
}

/** `assay account stake`: what answers are backed with. */
export function stake(command: Command): void {
  command.argument("<tokens>", "amount in whole tokens");
  sends(
    command,
    "Stake from the sender's free balance. A part of it is locked for each result, and lost if the result is proven wrong.",
    `assay account stake 1000 ${SIGNED}`,
    async ({ deployment, token }, tokens) => {
      const { amount, shown } = await amountOf(tokens, token);
      return [
        {
          title: `stake ${shown}`,
          write: (wallet) => stakeTokens(wallet, { deployment, amount }),
          parse: (receipt) => parseStakeReceipt(receipt, { deployment }),
          tell: ({ operator }) => `${operator} has staked ${shown} more`,
        },
      ];
    },
  );
}

/** `assay account unstake`: the beginning of an exit. */
export function unstake(command: Command): void {
  command.argument("<tokens>", "amount in whole tokens");
  sends(
    command,
    "Begin to take stake out that is not locked. It waits for the vault's delay, and is then completed by `assay account complete`.",
    `assay account unstake 500 ${SIGNED}`,
    async ({ deployment, token }, tokens) => {
      const { amount, shown } = await amountOf(tokens, token);
      return [
        {
          title: `unstake ${shown}`,
          write: (wallet) => requestUnstake(wallet, { deployment, amount }),
          parse: (receipt) => parseRequestUnstakeReceipt(receipt, { deployment }),
          tell: ({ ticketId, readyAt }) =>
            `exit ${ticketId}, which can be completed from ${moment(readyAt)} on`,
        },
      ];
    },
  );
}

/** `assay account complete`: the end of an exit. */
export function complete(command: Command): void {
  command.argument("<ticket>", "number of the exit");
  sends(
    command,
    "Complete an exit whose delay is over: the stake becomes free balance.",
    `assay account complete 3 ${SIGNED}`,
    ({ deployment }, ticket) => {
      const ticketId = ticketOf(ticket);
      return [
        {
          title: `complete exit ${ticketId}`,
          write: (wallet) => completeUnstake(wallet, { deployment, ticketId }),
          parse: (receipt) => parseCompleteUnstakeReceipt(receipt, { deployment }),
          tell: () => `exit ${ticketId} is completed: the stake is free balance now`,
        },
      ];
    },
  );
}

/** `assay account cancel`: no exit after all. */
export function cancel(command: Command): void {
  command.argument("<ticket>", "number of the exit");
  sends(
    command,
    "Take an exit back into the stake.",
    `assay account cancel 3 ${SIGNED}`,
    ({ deployment }, ticket) => {
      const ticketId = ticketOf(ticket);
      return [
        {
          title: `cancel exit ${ticketId}`,
          write: (wallet) => cancelUnstake(wallet, { deployment, ticketId }),
          parse: (receipt) => parseCancelUnstakeReceipt(receipt, { deployment }),
          tell: () => `exit ${ticketId} is cancelled: the stake counts again`,
        },
      ];
    },
  );
}

/** `assay account signer`: the hot key. */
export function signer(command: Command): void {
  command.argument("<address>", "the key's account, or `none`");
  sends(
    command,
    "Name the key that accepts and commits for the sender, whose own can stay cold. It replaces the one before at once, and can move no money.",
    `assay account signer 0x... ${SIGNED}`,
    ({ deployment }, address) => {
      const named = someoneOf(address);
      return [
        {
          title: `name ${address} as signer`,
          write: (wallet) => setSigner(wallet, { deployment, signer: named }),
          parse: (receipt) => parseSetSignerReceipt(receipt, { deployment }),
          tell: ({ operator }) => `signer of ${operator}: ${address}`,
        },
      ];
    },
  );
}

/** `assay account payout`: where earnings go. */
export function payout(command: Command): void {
  command.argument("<address>", "account that is paid, or `none` for the sender itself");
  sends(
    command,
    "Name the account whose free balance receives what the sender earns as an operator. Stake stays the sender's.",
    `assay account payout 0x... ${SIGNED}`,
    ({ deployment }, address) => {
      const named = someoneOf(address);
      return [
        {
          title: `name ${address} as payout account`,
          write: (wallet) => setPayout(wallet, { deployment, payout: named }),
          parse: (receipt) => parseSetPayoutReceipt(receipt, { deployment }),
          tell: ({ operator }) => `what ${operator} earns goes to ${address}`,
        },
      ];
    },
  );
}

/** An amount that moves something, and how it reads. */
async function amountOf(
  text: string,
  token: WriteContext["token"],
): Promise<{ readonly amount: bigint; readonly shown: string }> {
  const units = await token();
  const amount = tokensOf("amount", text, units);
  if (amount > 0n) return { amount, shown: formatAmount(amount, units) };
  throw new UsageError(`amount ${text} would move nothing.`, "For instance: amount 0.5");
}

function someoneOf(text: string) {
  return text === "none" ? zeroAddress : accountOf(text);
}

/** What the commands have in common: they send what follows from one argument. */
function sends<parsed, options extends ChainOptions>(
  command: Command,
  description: string,
  example: string,
  sendingsOf: (
    context: WriteContext,
    argument: string,
    options: options,
  ) => readonly Sending<parsed>[] | Promise<readonly Sending<parsed>[]>,
): void {
  command
    .description(description)
    .addHelpText("after", `\nExample:\n  ${example}`)
    .action((argument: string, options: options) =>
      guarded(options, async () => {
        const context = await connectToWrite(options);
        await send(context, options, await sendingsOf(context, argument, options));
      }),
    );
  addWriteOptions(command);
}
