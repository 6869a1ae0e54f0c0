/** What to do about an error, in the words of the command line: the errors themselves speak of the SDK's options. */

import type { AssayError } from "../core/errors.ts";

const RECOVERIES: Readonly<Record<string, (context: Readonly<Record<string, unknown>>) => string>> = {
  ONNX_UNBOUND_DIMENSION: ({ dimension }) => `Bind it, for instance with --dim ${String(dimension)}=1.`,
  ONNX_DATA_DEPENDENT: () =>
    "Shapes, axes, loop counts and conditions must follow from constants and shapes alone. Export the model with them fixed, or bind open dimensions with --dim NAME=N.",
  UNSUPPORTED_CHAIN: () => "Name the contracts with --deployment, or another chain with --rpc-urls.",
  MISSING_DEPLOYMENT: () => "Name the contracts with --deployment.",
  MISSING_ACCOUNT: () => "Name the sender with --keystore and --password-file, or with --account.",
  WRONG_CHAIN: () => "Name an endpoint of the deployment's chain with --rpc-urls, or another --deployment.",
  CONTRACT_NOT_DEPLOYED: () => "Check that --rpc-urls and --deployment belong together.",
  RESULT_NOT_FINAL: () => "Wait for it with `assay request watch`.",
  NODE_UNREACHABLE: () => "Check --rpc-urls, and whether the node runs: `assay doctor` says what is wrong.",
  ABORTED: () => "Run the command again to go on: nothing is lost.",
  LOCAL_NODE_FAILED: ({ port, complaint }) => {
    if (port !== undefined) return "Name another one with --port.";
    const said = typeof complaint === "string" && complaint !== "" ? `\nIt said:\n${complaint}` : "";
    return `Hardhat 3 needs Node.js 22.13 or newer; or start a chain yourself, and pass its --url.${said}`;
  },
  LOCAL_NODE_MISSING: () =>
    "Run `npm install --save-dev hardhat`, or start a development chain yourself and pass its --url.",
  FINALITY_TIMEOUT: () => "Run the command again to go on waiting: nothing is lost.",
};

/** The recovery to print for an error. */
export function recoveryOf({ code, context, recovery }: AssayError): string | undefined {
  return RECOVERIES[code]?.(context) ?? recovery;
}
