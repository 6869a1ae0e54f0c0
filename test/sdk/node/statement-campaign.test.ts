import { expect } from "chai";
import { network } from "hardhat";
import { totalOf } from "../../../sdk/src/node/statement/movements.ts";
import { Campaign } from "../../support/protocol/campaign.ts";
import * as actions from "../../support/protocol/campaign-actions.ts";
import { createCampaignWorld } from "../../support/protocol/campaign-books.ts";
import { everything } from "../../support/protocol/campaign-endings.ts";
import { createRandom } from "../../support/random.ts";
import { printedSeed } from "../../support/seed.ts";
import { kindsOf, statementsOf } from "../../support/statements.ts";
import { steadyClock } from "../../support/steady-clock.ts";

const connection = await network.create();
const clock = steadyClock(connection);

describe("sdk/node: statements of a campaign", () => {
  it("behavior: whatever happens, everybody's movements add up to what the vault has, and to the books", async () => {
    const world = await createCampaignWorld(connection);
    const campaign = await Campaign.create(world, createRandom(printedSeed("statements")), clock);
    const receiver = await world.receiver.getAddress();
    const check = async () => {
      const statements = await statementsOf(connection, world, [receiver]);
      for (const { address, closing } of statements) {
        const { ledger } = campaign;
        const stakes = [ledger.balances, ledger.stakes, ledger.locks].map((book) => book.get(address) ?? 0n);
        expect([closing.free, closing.stake, closing.locked], address).to.deep.equal(stakes);
      }
      return statements;
    };
    await everything(campaign);
    await actions.useVault(campaign);
    // In the middle of it bonds and fees are in escrow.
    const held = (await check()).reduce((sum, { closing }) => sum + closing.bonds + closing.fees, 0n);
    expect(held > 0n && held <= campaign.ledger.held).to.equal(true);

    await campaign.warp(BigInt(world.profile.windowSeconds + 2 * world.profile.clockSeconds + 1));
    while (campaign.active().length > 0) await actions.endOverdue(campaign);
    for (let left = campaign.commitments.length; left > 0; left--) await actions.settleSomething(campaign);
    for (const game of campaign.games) await campaign.claimRefunds(game);
    const statements = await check();
    for (const { closing, entries } of statements) {
      expect([closing.bonds, closing.fees]).to.deep.equal([0n, 0n]);
      expect(entries.length === 0 ? 0n : totalOf(entries.at(-1)!.after)).to.equal(totalOf(closing));
    }
    const kinds = kindsOf(statements);
    for (const kind of [
      ...(["deposit", "stake", "lock", "unlock", "slashed", "deadlinePenalty", "voidPenalty"] as const),
      ...(["feePlaced", "feePaid", "feeReturned", "feeEarned", "compensation", "penaltyReceived"] as const),
      ...(["bondPlaced", "bondReturned", "bondLost", "bondEarned", "reward", "moveRefund"] as const),
    ])
      expect(kinds.get(kind) ?? 0, kind).to.be.greaterThan(0);
  });
});
