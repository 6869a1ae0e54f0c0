import type { Command } from "commander";
import type { Hex } from "viem";
import { claimRefund, parseClaimRefundReceipt } from "../../actions/claimRefund.ts";
import { claimReward, parseClaimRewardReceipt } from "../../actions/claimReward.ts";
import { getGame } from "../../actions/getGame.ts";
import { formatAmount } from "../../core/amounts.ts";
import { addWriteOptions, type ChainOptions, connectToWrite } from "../chain.ts";
import { guarded } from "../output.ts";
import { send } from "../send.ts";
import { accountOf, hashOf } from "../values.ts";

interface Options extends ChainOptions {
  readonly refundFor?: string;
}

/** `assay dispute claim`: what a game yields. */
export function claim(command: Command): void {
  command
    .description(
      "Pay out what a game yields: the challenger's reward, or with --refund-for the gas of a third party. Anybody may; it goes to whom it belongs.",
    )
    .argument("<id>", "game")
    .option("--refund-for <address>", "third party that moved for a side that has won")
    .addHelpText("after", "\nExample:\n  assay dispute claim 0x... --keystore me.json --password-file me.pw")
    .action((id: string, options: Options) => guarded(options, () => pay(hashOf(id), options)));
  addWriteOptions(command);
}

async function pay(gameId: Hex, options: Options): Promise<void> {
  const mover = options.refundFor === undefined ? undefined : accountOf(options.refundFor);
  const context = await connectToWrite(options);
  const { client, deployment } = context;
  // The contract takes a game that is not there for one that ended otherwise.
  await getGame(client, { deployment, gameId });
  const units = await context.token();
  if (mover === undefined) {
    await send(context, options, [
      {
        title: `claim the reward of game ${gameId}`,
        write: (sender) => claimReward(sender, { deployment, gameId }),
        parse: (receipt) => parseClaimRewardReceipt(receipt, { deployment }),
        tell: ({ amount, challenger }) =>
          `${formatAmount(amount, units)} are in the free balance of ${challenger} now`,
      },
    ]);
    return;
  }
  await send(context, options, [
    {
      title: `claim ${mover}'s refund of game ${gameId}`,
      write: (sender) => claimRefund(sender, { deployment, gameId, movers: [mover] }),
      parse: (receipt) => parseClaimRefundReceipt(receipt, { deployment }),
      tell: ({ refunds }) => {
        const total = refunds.reduce((sum, { amount }) => sum + amount, 0n);
        return `${formatAmount(total, units)} are in the free balance of ${mover} now`;
      },
    },
  ]);
}
