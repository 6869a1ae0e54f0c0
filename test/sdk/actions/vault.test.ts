import { expect } from "chai";
import { createWalletClient, parseEther } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { approveToken, simulateApproveToken } from "../../../sdk/src/actions/approveToken.ts";
import { cancelUnstake, parseCancelUnstakeReceipt } from "../../../sdk/src/actions/cancelUnstake.ts";
import { completeUnstake, parseCompleteUnstakeReceipt } from "../../../sdk/src/actions/completeUnstake.ts";
import { deposit, parseDepositReceipt } from "../../../sdk/src/actions/deposit.ts";
import { depositWithPermit } from "../../../sdk/src/actions/depositWithPermit.ts";
import { getAccount } from "../../../sdk/src/actions/getAccount.ts";
import { getToken } from "../../../sdk/src/actions/getToken.ts";
import {
  parseRequestUnstakeReceipt,
  requestUnstake,
  simulateRequestUnstake,
} from "../../../sdk/src/actions/requestUnstake.ts";
import { signDepositPermit } from "../../../sdk/src/actions/signDepositPermit.ts";
import { parseStakeReceipt, simulateStake, stake } from "../../../sdk/src/actions/stake.ts";
import { parseWithdrawReceipt, withdraw } from "../../../sdk/src/actions/withdraw.ts";
import { caught, caughtRevert } from "../../support/caught.ts";
import { UNSTAKE_DELAY } from "../../support/protocol/world.ts";
import { createProtocol, type Protocol, transportOf } from "../../support/sdk.ts";

const amount = parseEther("7");

describe("sdk/actions: the vault", () => {
  let protocol: Protocol;

  before(async () => {
    protocol = await createProtocol();
  });

  it("default: approves, deposits and withdraws", async () => {
    const { deployment, client, requester, stranger, mined } = protocol;
    const { address } = requester.account;
    const before = await getAccount(client, { deployment, address });
    expect(await simulateApproveToken(requester, { deployment, amount })).to.equal(true);
    await mined(await approveToken(requester, { deployment, amount }));
    expect((await getAccount(client, { deployment, address })).allowance).to.equal(amount);
    const receipt = await mined(await deposit(requester, { deployment, amount }));
    expect(parseDepositReceipt(receipt, { deployment })).to.deep.equal({
      account: address,
      from: address,
      amount,
    });
    const after = await getAccount(client, { deployment, address });
    expect(after).to.deep.equal({
      ...before,
      balance: before.balance + amount,
      wallet: before.wallet - amount,
      allowance: 0n,
    });

    const to = stranger.account.address;
    const withdrawn = await mined(await withdraw(requester, { deployment, amount, to }));
    expect(parseWithdrawReceipt(withdrawn, { deployment })).to.deep.equal({ account: address, to, amount });
    await mined(await withdraw(requester, { deployment, amount }));
    expect((await getAccount(client, { deployment, address })).wallet).to.equal(before.wallet);
  });

  it("default: deposits with a permit, signed by the node or by a local key", async () => {
    const { deployment, client, connection, requester, signers, token, mined } = protocol;
    const account = privateKeyToAccount(generatePrivateKey());
    const local = createWalletClient({ account, transport: transportOf(connection) });
    await signers[0]!.sendTransaction({ to: account.address, value: parseEther("1") });
    await token.transfer(account.address, amount);
    for (const wallet of [requester, local]) {
      const { address } = wallet.account;
      const { balance } = await getAccount(client, { deployment, address });
      await mined(await depositWithPermit(wallet, { deployment, amount }));
      expect((await getAccount(client, { deployment, address })).balance).to.equal(balance + amount);
    }
  });

  it("args: beneficiary and permit", async () => {
    const { deployment, client, requester, stranger, mined } = protocol;
    const beneficiary = stranger.account.address;
    const { balance } = await getAccount(client, { deployment, address: beneficiary });
    const permit = await signDepositPermit(requester, { deployment, amount, deadline: 2n ** 40n });
    expect(permit).to.include({ deadline: 2n ** 40n });
    const receipt = await mined(
      await depositWithPermit(requester, { deployment, amount, beneficiary, permit }),
    );
    expect(parseDepositReceipt(receipt, { deployment })).to.deep.equal({
      account: beneficiary,
      from: requester.account.address,
      amount,
    });
    expect((await getAccount(client, { deployment, address: beneficiary })).balance).to.equal(
      balance + amount,
    );
  });

  it("default: stakes, and takes the stake out after the delay", async () => {
    const { deployment, client, stranger, time, mined } = protocol;
    const { address } = stranger.account;
    const { balance } = await getAccount(client, { deployment, address });
    await simulateStake(stranger, { deployment, amount });
    const staked = await mined(await stake(stranger, { deployment, amount }));
    expect(parseStakeReceipt(staked, { deployment })).to.deep.equal({ operator: address, amount });
    expect(await getAccount(client, { deployment, address })).to.include({
      stake: amount,
      unlocked: amount,
      locked: 0n,
    });

    const predicted = await simulateRequestUnstake(stranger, { deployment, amount });
    const requested = await mined(await requestUnstake(stranger, { deployment, amount }));
    const { ticketId, readyAt } = parseRequestUnstakeReceipt(requested, { deployment });
    expect(ticketId).to.equal(predicted);
    expect(readyAt).to.equal((await time.latest()) + UNSTAKE_DELAY);
    const early = await caughtRevert(completeUnstake(stranger, { deployment, ticketId }));
    expect(early).to.include({ code: "VAULT_TICKET_NOT_READY", isTransient: true });
    await time.increaseTo(readyAt);
    const completed = await mined(await completeUnstake(stranger, { deployment, ticketId }));
    expect(parseCompleteUnstakeReceipt(completed, { deployment })).to.deep.equal({ ticketId });
    expect(await getAccount(client, { deployment, address })).to.include({ stake: 0n, balance });
  });

  it("behavior: a ticket can be taken back", async () => {
    const { deployment, client, stranger, mined } = protocol;
    await mined(await stake(stranger, { deployment, amount }));
    const receipt = await mined(await requestUnstake(stranger, { deployment, amount }));
    const { ticketId } = parseRequestUnstakeReceipt(receipt, { deployment });
    const cancelled = await mined(await cancelUnstake(stranger, { deployment, ticketId }));
    expect(parseCancelUnstakeReceipt(cancelled, { deployment })).to.deep.equal({ ticketId });
    const { address } = stranger.account;
    expect((await getAccount(client, { deployment, address })).stake).to.equal(amount);
  });

  it("error: the token's own errors pass through the vault", async () => {
    const { deployment, other, mined } = protocol;
    const unapproved = await caughtRevert(deposit(other, { deployment, amount }));
    expect(unapproved.code).to.equal("ERC20_INSUFFICIENT_ALLOWANCE");
    expect(unapproved.context).to.include({ spender: deployment.contracts.StakeVault, needed: amount });
    await mined(await approveToken(other, { deployment, amount: 2n ** 255n }));
    const poor = await caughtRevert(deposit(other, { deployment, amount: 2n ** 128n - 1n }));
    expect(poor.code).to.equal("ERC20_INSUFFICIENT_BALANCE");
  });

  it("default: how the token's amounts are written", async () => {
    const { deployment, client } = protocol;
    const { AssayToken: address } = deployment.contracts;
    expect(await getToken(client, { deployment })).to.deep.equal({ address, decimals: 18, symbol: "ASSAY" });
  });

  it("behavior: a token that says nothing, or what nobody can read, has amounts all the same", async () => {
    const { deployment, client, connection } = protocol;
    const address = `0x${"7e".repeat(20)}` as const;
    const other = { ...deployment, contracts: { ...deployment.contracts, AssayToken: address } };
    const { provider } = connection;
    const become = (code: string) => provider.request({ method: "hardhat_setCode", params: [address, code] });
    for (const [code, decimals, symbol] of [
      // Answers 6 to whatever it is asked, which is no text.
      ["0x600660005260206000f3", 6, "tokens"],
      // Refuses everything.
      ["0x60006000fd", 0, "smallest units"],
      // Answers a number that no token can have as its decimals.
      ["0x61100060005260206000f3", 0, "smallest units"],
      // Answers a text of escape sequences, after the 32 that is also its decimals.
      [`0x6020600052600460205263${"1b5b324a"}60e01b60405260606000f3`, 32, "tokens"],
    ] as const) {
      await become(code);
      expect(await getToken(client, { deployment: other })).to.deep.equal({ address, decimals, symbol });
    }
    await become("0x");
    expect((await caught(getToken(client, { deployment: other }))).code).to.equal("CONTRACT_NOT_DEPLOYED");
  });

  it("error: more than there is", async () => {
    const { deployment, other } = protocol;
    expect((await caughtRevert(withdraw(other, { deployment, amount: 2n ** 100n }))).code).to.equal(
      "VAULT_BALANCE_TOO_LOW",
    );
    expect((await caughtRevert(requestUnstake(other, { deployment, amount }))).code).to.equal(
      "VAULT_UNLOCKED_STAKE_TOO_LOW",
    );
    const unknown = await caughtRevert(completeUnstake(other, { deployment, ticketId: 999n }));
    expect(unknown.context).to.include({
      ticketId: 999n,
      functionName: "completeUnstake",
      contract: "StakeVault",
    });
  });
});
