/** The settings of whoever sends transactions. */

import { decimalNumber, listOf, redactUrl, type Settings, url, wholeNumber, yesOrNo } from "./setting.ts";

const NO_URLS: readonly string[] = [];

/** How transactions are paid for, and where they are sent. */
export const feeSettings = {
  submitRpcUrls: {
    schema: listOf(url),
    placeholder: "<url,...>",
    description:
      "private relays that transactions are sent to in the place of --rpc-urls, which are only asked then (default: none)",
    fallback: NO_URLS,
    redact: (urls: readonly string[]) => urls.map(redactUrl),
  },
  submitBlocks: {
    schema: wholeNumber(1, 100_000),
    placeholder: "<blocks>",
    description: "blocks after which a transaction counts as dropped by the relays that is in none of them",
    fallback: 25,
  },
  submitFallback: {
    schema: yesOrNo,
    placeholder: "<true|false>",
    description: "send what the relays drop to --rpc-urls, where everybody sees it before it is in a block",
    fallback: false,
  },
  maxFeeGwei: {
    schema: decimalNumber(0.000000001, 1_000_000),
    placeholder: "<gwei>",
    description: "most that is paid per gas, whatever happens",
    fallback: 300,
  },
  tipGwei: {
    schema: decimalNumber(0, 1_000_000),
    placeholder: "<gwei>",
    description: "priority fee per gas of a first attempt that has time",
    fallback: 1,
  },
  maxTipGwei: {
    schema: decimalNumber(0, 1_000_000),
    placeholder: "<gwei>",
    description:
      "priority fee per gas of a move whose clock is nearly used up; it rises from half of the clock",
    fallback: 50,
  },
  clockMarginSeconds: {
    schema: wholeNumber(0, 1_000_000),
    placeholder: "<n>",
    description:
      "a move is paid for with all that may be paid when its clock has so little left, or a quarter of it if that is less",
    fallback: 600,
  },
  bumpPercent: {
    schema: wholeNumber(13, 1_000),
    placeholder: "<percent>",
    description: "how much more a transaction pays that is sent again; nodes want at least 12.5",
    fallback: 25,
  },
  bumpSeconds: {
    schema: decimalNumber(0.1, 3_600),
    placeholder: "<n>",
    description: "how long a transaction may wait to be included before it is sent again for more",
    fallback: 30,
  },
  maxInFlight: {
    schema: wholeNumber(1, 64),
    placeholder: "<n>",
    description: "transactions that may wait to be included at the same time",
    fallback: 16,
  },
} as const satisfies Settings;
