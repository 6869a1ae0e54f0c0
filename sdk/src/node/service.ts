/** Puts a daemon together from its configuration, starts it, and takes it down again in order. */

import type { DestinationStream } from "pino";
import type { Address, Hex } from "viem";
import type { Deployment } from "../addresses.ts";
import { keccakHex } from "../core/hash.ts";
import { VERSION } from "../core/version.ts";
import { toAssayError } from "../errors/normalize.ts";
import { Agenda } from "./agenda.ts";
import { Alerts, readAlertSecret } from "./alerts.ts";
import { ConfigError, required } from "./config.ts";
import { Daemon, type Role } from "./daemon.ts";
import type { connectionSettings, serviceSettings } from "./daemon-settings.ts";
import type { feeSettings } from "./fee-settings.ts";
import { createInference, type Inference } from "./inference.ts";
import { fetchInputUri } from "./input-uri.ts";
import { Lease } from "./lease.ts";
import { createLogger, type Logger } from "./log.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { ModelStore } from "./model-store.ts";
import { Rpc } from "./rpc.ts";
import { createSending } from "./sending.ts";
import type { Values } from "./setting.ts";
import type { Signer } from "./signer.ts";
import { checkContracts, checkMachine, checkVersion, findDeployment } from "./startup.ts";
import { type Listener, listen, statusRoutes } from "./status-server.ts";
import { type KnownRequest, Store } from "./store.ts";
import { Tools } from "./tools.ts";

/** Settings of a monitor. */
export type MonitorConfig = Values<typeof connectionSettings & typeof serviceSettings>;

/** What a caller may replace. */
export interface ServiceOptions {
  /** Where logs go; default: the standard output. */
  readonly logTo?: DestinationStream;
  /** What computes; default: threads that run the models. */
  readonly inference?: (models: ModelStore) => Inference;
}

/** A daemon that runs. */
export interface Service {
  /** What runs. */
  readonly daemon: Daemon;
  /** Where it logs. */
  readonly log: Logger;
  /** The HTTP server of metrics, health and status. */
  readonly status: Listener;
  /** Takes nothing new on, ends what was begun for as long as the configuration says, and frees everything. */
  stop(): Promise<void>;
  /** Ends when the daemon has. */
  readonly ended: Promise<void>;
}

/** Takes down what was begun. */
export type Cleanup = () => void | Promise<void>;
type CommonConfig = MonitorConfig & Partial<Values<typeof feeSettings>>;

/** Who signs, and whose money it is: the signer's own, or that of who has named it. */
export interface Keys {
  readonly signer: Signer;
  readonly account: Address;
}

const START_ATTEMPTS = 60;
const START_PAUSE_MS = 2_000;
/** How long a daemon that ends waits for what it still has to tell. */
const ALERT_CLOSE_MS = 3_000;

/** Puts a daemon together, and starts it. */
export async function startService(
  role: string,
  config: CommonConfig,
  keys: Keys | undefined,
  allow: readonly Hex[],
  options: ServiceOptions,
  createRole: (tools: Tools, store: Store, cleanups: Cleanup[]) => Role | Promise<Role>,
): Promise<Service> {
  const urls = required("rpcUrls", config.rpcUrls, "the chain is reached through at least one endpoint");
  const { quorum } = config;
  if (quorum !== undefined && quorum > urls.length)
    throw new ConfigError(
      "quorum",
      `${quorum} endpoints cannot agree where there are ${urls.length}`,
      "Add endpoints.",
    );
  const { logLevel: level, logFormat: format } = config;
  const log = createLogger(role, {
    level,
    format,
    ...(options.logTo === undefined ? {} : { destination: options.logTo }),
  });
  const metrics = createMetrics(VERSION, role);
  // What has been begun is taken down again, in the opposite order, if anything fails or when all is over.
  const cleanups: Cleanup[] = [];
  const cleanUp = async (): Promise<void> => {
    for (const cleanup of cleanups.reverse()) await cleanup();
    cleanups.length = 0;
  };
  try {
    const rpc = new Rpc({
      ...{ urls, timeoutSeconds: config.rpcTimeoutSeconds },
      ...(quorum === undefined ? {} : { quorum }),
      onError: ({ label }, { code }) => metrics.rpcErrors.inc({ endpoint: label, code }),
    });
    const known = await patiently(log, async () => {
      const found = await findDeployment(config.deployment, rpc);
      await checkContracts(rpc, found);
      await checkVersion(rpc, found.deployment);
      return found;
    });
    const { deployment } = known;

    let lose: () => void = () => {};
    const lease = Lease.acquire(config.dataDir, () => lose());
    cleanups.push(() => lease.release());
    const { store: models, problems } = await ModelStore.load({ directories: config.models, allow });
    for (const { directory, error } of problems) log.warn({ directory, error }, "a model cannot be used");
    const inference =
      options.inference?.(models) ??
      createInference({ ...config, models, onRun: (...run) => noteRun(metrics, ...run) });
    cleanups.push(() => inference.close());
    await checkMachine(models, inference);

    const { chainId } = deployment;
    const identity = identityOf(deployment, keys);
    const store = Store.open(config.dataDir, identity);
    cleanups.push(() => store.close());
    const alerts = new Alerts({
      ...{ urls: config.alertUrls, secret: readAlertSecret(config.alertSecretFile) },
      ...{
        role,
        chainId,
        account: keys?.account,
        lowGasWei: BigInt(Math.round(config.lowGas * 1e9)) * 10n ** 9n,
        log,
        metrics,
      },
    });
    cleanups.push(() => alerts.close(ALERT_CLOSE_MS));
    const sending =
      keys === undefined
        ? undefined
        : createSending(config, keys, { rpc, store, chainId, metrics, log, alerts });
    const agenda = new Agenda(store);
    const wake = (requestId: Hex): void => {
      agenda.touch(requestId);
      daemon.wake();
    };
    const fetchInput = (uri: string, length: number): Promise<Uint8Array> => {
      const { inputSeconds: seconds, ipfsGateway, allowPrivateInputs: allowPrivate } = config;
      return fetchInputUri(uri, length, { seconds, ipfsGateway, allowPrivate });
    };
    const keep = (request: KnownRequest): void => store.addRequest(request);
    const parts = { deployment, rpc, models, inference, metrics, log, alerts, sending };
    const tools = new Tools({ ...parts, wake, keep, fetchInput, inputSeconds: config.inputSeconds });
    const daemon = new Daemon({
      ...config,
      tools,
      store,
      agenda,
      role: await createRole(tools, store, cleanups),
    });
    lose = () => {
      log.fatal("another daemon has taken the directory: stopping");
      daemon.stop();
    };
    const routes = statusRoutes({
      registry: metrics.registry,
      problems: () => daemon.problems(),
      isAlive: () => daemon.isAlive(),
      status: () => daemon.status(),
    });
    const status = await listen(routes, config.metricsHost, config.metricsPort);
    cleanups.push(() => status.close());
    log.info(
      {
        chainId,
        account: keys?.account,
        signer: keys?.signer.address,
        port: status.port,
        models: models.all.length,
      },
      "started",
    );
    const ended = daemon.run().finally(cleanUp);
    const stop = async (): Promise<void> => {
      daemon.stop();
      await ended;
    };
    return { daemon, log, status, stop, ended };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

/** A daemon is often started together with its node, or while an endpoint is down. */
async function patiently<result>(log: Logger, action: () => Promise<result>): Promise<result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (thrown) {
      const error = toAssayError(thrown);
      if (!error.isTransient || attempt === START_ATTEMPTS) throw error;
      log.warn({ error, attempt }, "the chain cannot be read yet");
      await new Promise((resolve) => setTimeout(resolve, START_PAUSE_MS));
    }
  }
}

/** What a store is about. */
function identityOf({ chainId, contracts }: Deployment, keys: Keys | undefined): Hex {
  const { signer, account } = keys ?? {};
  const owners = account === signer?.address ? [] : [account];
  return keccakHex(
    new TextEncoder().encode(JSON.stringify([chainId, contracts, signer?.address ?? null, ...owners])),
  );
}

function noteRun(
  metrics: Metrics,
  kind: string,
  seconds: number,
  error: { readonly code: string } | undefined,
): void {
  metrics.traceSeconds.observe({ kind }, seconds);
  if (error !== undefined) metrics.runFailures.inc({ code: error.code });
}
