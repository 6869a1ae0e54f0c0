/** The settings of the daemons, in groups that other commands share. */

import type { Address, Hex } from "viem";
import { alertSettings } from "./alert-settings.ts";
import {
  address,
  amount,
  decimalNumber,
  hash,
  listOf,
  oneOf,
  redactUrl,
  type Settings,
  text,
  url,
  wholeNumber,
  yesOrNo,
} from "./setting.ts";
import { treasurySettings } from "./treasury-settings.ts";

const NO_HASHES: readonly Hex[] = [];
const NO_ADDRESSES: readonly Address[] = [];

/** Which chain, and through whom. */
export const connectionSettings = {
  rpcUrls: {
    schema: listOf(url),
    placeholder: "<url,...>",
    description:
      "JSON-RPC endpoints, best run by different people; what puts money at stake is asked of several",
    redact: (urls: readonly string[]) => urls.map(redactUrl),
  },
  quorum: {
    schema: wholeNumber(1, 16),
    placeholder: "<n>",
    description:
      "endpoints that must agree before money is put at stake (default: 2, or 1 if there is only one endpoint)",
  },
  deployment: {
    schema: text,
    placeholder: "<file>",
    description:
      "deployments/<chainId>.json of the contracts to use (default: the bundled one of the endpoints' chain)",
  },
  rpcTimeoutSeconds: {
    schema: decimalNumber(0.1, 300),
    placeholder: "<n>",
    description: "how long an endpoint may take to answer",
    fallback: 10,
  },
} as const satisfies Settings;

/** Who signs: a keystore with its password, or a signer behind HTTP. */
export const keySettings = {
  keystore: { schema: text, placeholder: "<file>", description: "encrypted key, see `assay keys create`" },
  passwordFile: {
    schema: text,
    placeholder: "<file>",
    description: "file whose first line is the keystore's password",
  },
  signerUrl: {
    schema: url,
    placeholder: "<url>",
    description: "signer with eth_signTransaction, such as Web3Signer, in the place of a keystore",
    redact: redactUrl,
  },
  account: {
    schema: address,
    placeholder: "<address>",
    description: "the signer's account to use; with a keystore, the address that it must have",
  },
} as const satisfies Settings;

/** What a process needs that runs for months. */
export const serviceSettings = {
  ...alertSettings,
  dataDir: {
    schema: text,
    placeholder: "<dir>",
    description: "store of this daemon: a cache and an outbox, which the chain can restore",
    fallback: ".assay",
  },
  models: {
    schema: listOf(text),
    placeholder: "<dir,...>",
    description: "directories that hold model directories, as `assay model compile --out` writes them",
    fallback: ["models"] as readonly string[],
  },
  pollSeconds: {
    schema: decimalNumber(0.05, 600),
    placeholder: "<n>",
    description: "pause between two looks at the chain",
    fallback: 2,
  },
  reorgDepth: {
    schema: wholeNumber(1, 10_000),
    placeholder: "<blocks>",
    description: "blocks at the end of the chain that may still be replaced, and are read again",
    fallback: 64,
  },
  blockRange: {
    schema: wholeNumber(1, 100_000),
    placeholder: "<blocks>",
    description: "blocks per eth_getLogs at most; halved where an endpoint wants fewer",
    fallback: 2_000,
  },
  workers: {
    schema: wholeNumber(1, 64),
    placeholder: "<n>",
    description: "threads that run models for answers and checks; disputes have one of their own",
    fallback: 1,
  },
  runSeconds: {
    schema: decimalNumber(0.1, 86_400),
    placeholder: "<n>",
    description: "how long one run of a model may take before its thread is ended",
    fallback: 600,
  },
  maxMemoryMb: {
    schema: wholeNumber(16, 1_048_576),
    placeholder: "<MB>",
    description: "memory that one run of a model may take; a model that takes more is refused",
    fallback: 2_048,
  },
  inputSeconds: {
    schema: decimalNumber(0.1, 600),
    placeholder: "<n>",
    description:
      "how long fetching an input may take of which a request gave its root and its place alone, and how long it is tried before it counts as withheld",
    fallback: 30,
  },
  ipfsGateway: {
    schema: url,
    placeholder: "<url>",
    description: "gateway that inputs at ipfs:// are fetched through (default: they are not fetched)",
    redact: redactUrl,
  },
  allowPrivateInputs: {
    schema: yesOrNo,
    placeholder: "<true|false>",
    description: "also fetch inputs from this computer and from private networks, as strangers name them",
    fallback: false,
  },
  metricsHost: {
    schema: text,
    placeholder: "<host>",
    description: "interface of /metrics, /healthz, /readyz and /status",
    fallback: "127.0.0.1",
  },
  metricsPort: {
    schema: wholeNumber(0, 65_535),
    placeholder: "<port>",
    description: "port of /metrics, /healthz, /readyz and /status; 0 for any free one",
    fallback: 7_300,
  },
  logLevel: {
    schema: oneOf("trace", "debug", "info", "warn", "error", "fatal", "silent"),
    placeholder: "<level>",
    description: "trace, debug, info, warn, error, fatal or silent",
    fallback: "info" as const,
  },
  logFormat: {
    schema: oneOf("json", "pretty"),
    placeholder: "<format>",
    description: "json for machines, pretty for people",
    fallback: "json" as const,
  },
  drainSeconds: {
    schema: decimalNumber(0, 3_600),
    placeholder: "<n>",
    description: "after SIGTERM, how long running work and sent transactions are waited for",
    fallback: 30,
  },
} as const satisfies Settings;

/** What an operator takes on. */
export const operatorSettings = {
  ...treasurySettings,
  allowModels: {
    schema: listOf(hash),
    placeholder: "<id,...>",
    description: "models to serve (default: all in --models)",
    fallback: NO_HASHES,
  },
  allowProfiles: {
    schema: listOf(hash),
    placeholder: "<id,...>",
    description: "profiles to commit under (default: any)",
    fallback: NO_HASHES,
  },
  minFee: {
    schema: amount,
    placeholder: "<amount>",
    description: "smallest fee to work for, in the token's smallest unit",
    fallback: 0n,
  },
  maxExposure: {
    schema: amount,
    placeholder: "<amount>",
    description: "most stake to have locked at a time, in the token's smallest unit (default: all of it)",
  },
  deadlineMarginSeconds: {
    schema: wholeNumber(1, 86_400),
    placeholder: "<n>",
    description: "a request is only accepted if its deadline is further away than this",
    fallback: 60,
  },
  eager: {
    schema: yesOrNo,
    placeholder: "<true|false>",
    description: "commit to the trace with every answer, so that anybody can defend it",
    fallback: false,
  },
  apiHost: {
    schema: text,
    placeholder: "<host>",
    description: "interface on which requests are answered over HTTP",
    fallback: "127.0.0.1",
  },
  apiPort: {
    schema: wholeNumber(0, 65_535),
    placeholder: "<port>",
    description: "port on which requests are answered over HTTP; 0 for any free one (default: not at all)",
  },
  apiUrl: {
    schema: url,
    placeholder: "<url>",
    description:
      "where others reach the API port: the chain tells it as the place of outputs that are too long for a transaction",
  },
  apiProfile: {
    schema: hash,
    placeholder: "<id>",
    description: "profile of the batches that answers over HTTP are committed in; needed with an API port",
  },
  batchSize: {
    schema: wholeNumber(1, 65_535),
    placeholder: "<n>",
    description:
      "answers over HTTP after which a batch is committed to, at most as many as the profile allows",
    fallback: 256,
  },
  batchSeconds: {
    schema: wholeNumber(10, 86_400),
    placeholder: "<n>",
    description: "an answer over HTTP is promised to be committed to within so many seconds",
    fallback: 300,
  },
} as const satisfies Settings;

/** What a challenger takes on. */
export const challengerSettings = {
  strategy: {
    schema: oneOf("watch", "defend", "full"),
    placeholder: "<strategy>",
    description:
      "watch re-executes and reports, without a key; defend also defends right results of others; full also challenges wrong ones",
    fallback: "watch" as const,
  },
  allowModels: {
    schema: listOf(hash),
    placeholder: "<id,...>",
    description: "models to re-execute (default: all in --models)",
    fallback: NO_HASHES,
  },
  maxBond: {
    schema: amount,
    placeholder: "<amount>",
    description: "most to have bonded at a time, in the token's smallest unit (default: the free balance)",
  },
  demandInputs: {
    schema: yesOrNo,
    placeholder: "<true|false>",
    description:
      "with the strategy full, demand inputs that cannot be fetched: who withholds them is slashed, and who publishes them gets the bond",
    fallback: false,
  },
  claimFor: {
    schema: listOf(address),
    placeholder: "<address,...>",
    description: "other accounts whose rewards and refunds are claimed, too; they are paid, not the sender",
    fallback: NO_ADDRESSES,
  },
  canaryPercent: {
    schema: decimalNumber(0, 100),
    placeholder: "<percent>",
    description:
      "share of the time in which results that are final are drawn at random and computed again, where nothing else is to be computed; 0 for never",
    fallback: 0,
  },
  canarySeed: {
    schema: text,
    placeholder: "<text>",
    description: "what those draws come from (default: random; it is logged, and shown by /status)",
  },
  saltFile: {
    schema: text,
    placeholder: "<file>",
    description:
      "secret of at least 32 bytes that challenges are hidden with (default: derived from the keystore's key)",
  },
} as const satisfies Settings;
