/** The settings of what a daemon tells people at once. */

import { decimalNumber, listOf, redactUrl, type Settings, text, url } from "./setting.ts";

const NOWHERE: readonly string[] = [];

/** Whom a daemon tells what cannot wait. */
export const alertSettings = {
  alertUrls: {
    schema: listOf(url),
    placeholder: "<url,...>",
    description:
      "webhooks that are told of what cannot wait, Slack's and Discord's among them (default: none)",
    fallback: NOWHERE,
    redact: (urls: readonly string[]) => urls.map(redactUrl),
  },
  alertSecretFile: {
    schema: text,
    placeholder: "<file>",
    description: "secret of at least 16 bytes that alerts are signed with (default: they are not signed)",
  },
  lowGas: {
    schema: decimalNumber(0, 1_000_000),
    placeholder: "<amount>",
    description: "an alert is sent when the account can pay less gas than this, in the chain's currency",
    fallback: 0.05,
  },
} as const satisfies Settings;
