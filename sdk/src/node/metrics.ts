/** What a daemon tells Prometheus. The names follow those of other dispute daemons, so that their dashboards and alerts carry over. */

import { Counter, Gauge, Histogram, Registry } from "prom-client";

export type Metrics = ReturnType<typeof createMetrics>;

/** A registry of its own for every daemon, so that several can live in one process. */
export function createMetrics(version: string, role: string) {
  const registry = new Registry();
  registry.setDefaultLabels({ role });
  const registers = [registry];
  const gauge = <label extends string>(name: string, help: string, ...labelNames: label[]) =>
    new Gauge({ name: `assay_${name}`, help, labelNames, registers });
  const counter = <label extends string>(name: string, help: string, ...labelNames: label[]) =>
    new Counter({ name: `assay_${name}`, help, labelNames, registers });
  const histogram = <label extends string>(
    name: string,
    help: string,
    buckets: number[],
    ...labelNames: label[]
  ) => new Histogram({ name: `assay_${name}`, help, buckets, labelNames, registers });

  const info = gauge("info", "The daemon's version.", "version");
  info.set({ version }, 1);
  return {
    registry,
    up: gauge("up", "1 while the daemon works, 0 while it ends."),
    headBlock: gauge("head_block", "Latest block, by endpoint.", "endpoint"),
    highestActedBlock: gauge("highest_acted_block", "Latest block whose consequences were drawn."),
    reorgs: counter("reorgs_total", "Times that blocks were replaced."),
    monitorDuration: histogram(
      "monitor_duration_seconds",
      "One look at the chain with everything that followed.",
      [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    ),
    clockSkew: gauge("clock_skew_seconds", "This computer's time minus the latest block's."),
    requests: gauge("requests", "Requests that are followed, by status.", "state"),
    disputes: gauge(
      "disputes",
      "Games that are followed, by status and by whether the result agrees with our own computation.",
      ...(["status", "agreement"] as const),
    ),
    checks: counter("checks_total", "Results computed again.", "agreement"),
    canaryChecks: counter(
      "canary_checks_total",
      "Final results that were drawn at random and computed again.",
      "agreement",
    ),
    inflightDisputes: gauge("inflight_disputes", "Games that have not ended."),
    unverifiable: gauge(
      "ignored_requests",
      "Committed results that cannot be computed again here.",
      "reason",
    ),
    oldestDisputeUpdate: gauge(
      "oldest_dispute_update_timestamp",
      "Unix second of the oldest look at an open game.",
    ),
    moves: counter("moves_total", "Moves made in games.", "kind"),
    honestBonds: gauge(
      "honest_actor_bonds",
      "Bonds of this account, in tokens: pending, and won or lost since the start.",
      "state",
    ),
    bondRequired: gauge(
      "bond_collateral_required",
      "Tokens that games about results known to be wrong would still take.",
    ),
    bondAvailable: gauge("bond_collateral_available", "Tokens that are free for challenges."),
    claims: counter("claims_total", "Claims of rewards and refunds.", "kind"),
    claimFailures: counter("claim_failures_total", "Claims that were refused."),
    stake: gauge("stake", "Stake of this account, in tokens.", "state"),
    stakeNeeded: gauge("stake_needed", "Largest lock that is needed, as far as it is known, in tokens."),
    vaultBalance: gauge("vault_balance", "Free balance of this account in the vault, in tokens."),
    served: counter("answers_total", "Answers given.", "channel"),
    declined: counter("declined_requests_total", "Requests not taken on, by reason.", "reason"),
    inputFetches: counter(
      "input_fetches_total",
      "Inputs that were looked for outside of the chain, by what came of it.",
      "result",
    ),
    receipts: gauge("receipts", "Signed receipts by state.", "state"),
    traceSeconds: histogram(
      "trace_execution_seconds",
      "Runs of models.",
      [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120, 600],
      "kind",
    ),
    runFailures: counter("run_failures_total", "Runs of models that failed.", "code"),
    txSent: counter("tx_sent_total", "Transactions sent.", "kind"),
    txPending: gauge("tx_pending", "Transactions that wait to be included."),
    txGasBump: counter("tx_gas_bump_total", "Transactions sent again for more."),
    txReverted: counter("tx_reverted_total", "Transactions that were included and failed.", "kind"),
    txConfirmedLatency: histogram(
      "tx_confirmed_latency_ms",
      "From sending to inclusion.",
      [100, 500, 1_000, 5_000, 15_000, 60_000, 300_000],
    ),
    txPublishError: counter("tx_publish_error_total", "Transactions that no endpoint took.", "error"),
    txDropped: counter("tx_dropped_total", "Transactions that no relay got into a block in time."),
    txFee: gauge("tx_fee_gwei", "What the last transaction pays per gas at most."),
    nonce: gauge("nonce", "Nonce of the last transaction."),
    balance: gauge("account_balance_wei", "What the account can pay gas with."),
    baseFee: gauge("basefee_wei", "Base fee of the latest block."),
    rpcErrors: counter("rpc_error_total", "Questions that endpoints failed to answer.", "endpoint", "code"),
    alerts: counter("alerts_total", "Alerts that webhooks were to be told.", "kind"),
    alertFailures: counter("alert_failures_total", "Attempts to tell a webhook that failed."),
    quorumFailures: counter("quorum_failures_total", "Times that too few endpoints agreed."),
  };
}
