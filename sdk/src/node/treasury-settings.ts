/** The settings of an operator's money: whose it is, and what keeps it enough. */

import { address, amount, type Settings } from "./setting.ts";

/** Whose stake an operator works with, and what is done when it runs low. */
export const treasurySettings = {
  owner: {
    schema: address,
    placeholder: "<address>",
    description:
      "account that owns the stake, and has named the key's account as its signer (default: the key's account itself)",
  },
  lowStake: {
    schema: amount,
    placeholder: "<amount>",
    description:
      "an alert is sent when less stake than this is not locked, in the token's smallest unit (default: when it is too little for a request, a batch, or an allowed profile)",
    fallback: 0n,
  },
  topUpBelow: {
    schema: amount,
    placeholder: "<amount>",
    description:
      "stake from the free balance whenever less than this is not locked, until something of it is slashed (default: never)",
  },
  topUpCap: {
    schema: amount,
    placeholder: "<amount>",
    description: "most stake, in total, that topping up leads to; needed with topUpBelow",
  },
} as const satisfies Settings;
