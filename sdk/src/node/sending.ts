/** The outbox of a daemon, with what it tells in logs and metrics. */

import type { Alerts } from "./alerts.ts";
import type { feeSettings } from "./fee-settings.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { Outbox } from "./outbox.ts";
import type { Relay } from "./relay.ts";
import { Rpc, type RpcOptions } from "./rpc.ts";
import type { Values } from "./setting.ts";
import type { Store } from "./store.ts";
import type { Sending } from "./tools.ts";

export interface SendingContext {
  readonly rpc: Rpc;
  readonly store: Store;
  readonly chainId: number;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly alerts: Alerts;
}

type SendingConfig = Partial<Values<typeof feeSettings>> & {
  readonly reorgDepth: number;
  readonly rpcTimeoutSeconds: number;
};

/** Puts the outbox of an account together. */
export function createSending(
  config: SendingConfig,
  { signer, account }: Pick<Sending, "signer" | "account">,
  context: SendingContext,
): Sending {
  const { rpc, store, chainId, metrics, log, alerts } = context;
  const { maxFeeGwei = 300, tipGwei = 1, maxTipGwei = 50, clockMarginSeconds = 600 } = config;
  const { bumpPercent = 25, bumpSeconds = 30, maxInFlight = 16 } = config;
  const wei = (gwei: number): bigint => BigInt(Math.round(gwei * 1e9));
  const fees = {
    ...{ maxFee: wei(maxFeeGwei), tip: wei(tipGwei), maxTip: wei(maxTipGwei), clockMarginSeconds },
    ...{ bumpPercent, bumpSeconds, maxInFlight },
  };
  const outbox = new Outbox({
    ...{ chainId, rpc, signer, store, fees, reorgDepth: config.reorgDepth },
    relay: relayOf(config, metrics),
    events: {
      sent: ({ nonce, attempts }) => {
        metrics.nonce.set(nonce);
        metrics.txFee.set(Number(attempts[0]?.maxFeePerGas ?? 0n) / 1e9);
      },
      bumped: ({ key, nonce }, { maxFeePerGas }) => {
        metrics.txGasBump.inc();
        metrics.txFee.set(Number(maxFeePerGas) / 1e9);
        log.warn({ key, nonce, maxFeePerGas: String(maxFeePerGas) }, "sent again for more");
      },
      mined: ({ key, sentAt, mined }, { transactionHash, gasUsed }) => {
        const kind = key.split(":")[0] as string;
        metrics.txConfirmedLatency.observe(Date.now() - sentAt);
        if (mined?.ok !== true) metrics.txReverted.inc({ kind });
        log[mined?.ok === true ? "info" : "warn"](
          { kind, key, hash: transactionHash, block: String(mined?.blockNumber), gasUsed: String(gasUsed) },
          mined?.ok === true ? "included" : "included, but reverted",
        );
      },
      failed: ({ key, nonce }, error) => {
        metrics.txPublishError.inc({ error: error.code });
        log.warn({ key, nonce, error }, "no endpoint takes a transaction");
      },
      dropped: ({ key, nonce, block }, error) => {
        metrics.txDropped.inc();
        log.error({ key, nonce, error }, "a relay has dropped a transaction");
        const message = `no relay gets a transaction into a block: ${key.split(":")[0]} with nonce ${nonce}`;
        // Each time that it is found missing is news.
        const details = { key, nonce, isFallback: String(config.submitFallback) };
        alerts.tell({ kind: "transactionDropped", subject: `${key}:${block}`, details, message });
      },
    },
  });
  return { signer, account, outbox };
}

function relayOf(config: SendingConfig, metrics: Metrics): Relay | undefined {
  const { submitRpcUrls: urls = [], submitBlocks: patienceBlocks = 25, submitFallback = false } = config;
  if (urls.length === 0) return undefined;
  const onError: RpcOptions["onError"] = ({ label }, { code }) =>
    metrics.rpcErrors.inc({ endpoint: label, code });
  const rpc = new Rpc({ urls, quorum: 1, timeoutSeconds: config.rpcTimeoutSeconds, onError });
  return { rpc, patienceBlocks, isFallback: submitFallback };
}
