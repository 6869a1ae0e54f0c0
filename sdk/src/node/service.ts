/** Puts a daemon together from its configuration, starts it, and takes it down again in order. */

import { readFileSync } from "node:fs";
import type { DestinationStream } from "pino";
import type { Hex } from "viem";
import { keccakHex } from "../core/hash.ts";
import { VERSION } from "../core/version.ts";
import { toAssayError } from "../errors/normalize.ts";
import { Agenda } from "./agenda.ts";
import { Alerts, readAlertSecret } from "./alerts.ts";
import { answerRoutes } from "./answer-api.ts";
import { Batcher } from "./batcher.ts";
import { ChallengerRole } from "./challenger.ts";
import { ConfigError, required } from "./config.ts";
import { Daemon, type Role } from "./daemon.ts";
import type {
  challengerSettings,
  connectionSettings,
  keySettings,
  operatorSettings,
  serviceSettings,
} from "./daemon-settings.ts";
import type { feeSettings } from "./fee-settings.ts";
import { createInference, type Inference } from "./inference.ts";
import { fetchInputUri } from "./input-uri.ts";
import { decryptKey } from "./keystore.ts";
import { readKeystore, readPassword } from "./keystore-file.ts";
import { Lease } from "./lease.ts";
import { createLogger, type Logger } from "./log.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { ModelStore } from "./model-store.ts";
import { OperatorRole } from "./operator.ts";
import { OutputShelf } from "./output-shelf.ts";
import { Rpc } from "./rpc.ts";
import { createSending } from "./sending.ts";
import type { Values } from "./setting.ts";
import { localSigner, remoteSigner, type Signer } from "./signer.ts";
import { checkContracts, checkMachine, findDeployment } from "./startup.ts";
import { type Listener, listen, statusRoutes } from "./status-server.ts";
import { type KnownRequest, Store } from "./store.ts";
import { type Sending, Tools } from "./tools.ts";

/** Settings of an operator. */
export type OperatorConfig = Values<
  typeof connectionSettings &
    typeof keySettings &
    typeof serviceSettings &
    typeof feeSettings &
    typeof operatorSettings
>;
/** Settings of a challenger. */
export type ChallengerConfig = Values<
  typeof connectionSettings &
    typeof keySettings &
    typeof serviceSettings &
    typeof feeSettings &
    typeof challengerSettings
>;
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

type Cleanup = () => void | Promise<void>;
type CommonConfig = MonitorConfig & Partial<Values<typeof keySettings & typeof feeSettings>>;
const START_ATTEMPTS = 60;
const START_PAUSE_MS = 2_000;
/** How long a daemon that ends waits for what it still has to tell. */
const ALERT_CLOSE_MS = 3_000;

/** Starts an operator. It needs a key, models, stake and currency for gas. */
export async function startOperator(config: OperatorConfig, options: ServiceOptions = {}): Promise<Service> {
  const signer = await openSigner(config);
  if (signer === undefined) throw missingKey("an operator signs its answers");
  const { apiPort, apiHost, batchSeconds, batchSize } = config;
  const profileId =
    apiPort === undefined
      ? undefined
      : required("apiProfile", config.apiProfile, "batches are made under one");
  return start("operator", config, signer, config.allowModels, options, async (tools, store, cleanups) => {
    const sending = tools.sending as Sending;
    if (apiPort === undefined || profileId === undefined) return new OperatorRole(tools, sending, config);
    const { maxBatchResults } = await tools.profileOf(profileId);
    if (maxBatchResults === 0)
      throw new ConfigError(
        "apiProfile",
        "allows no batches",
        "Choose a profile whose maxBatchResults is not 0.",
      );
    // Half of the promised time is for the transaction.
    const marginSeconds = Math.ceil(batchSeconds / 2);
    const batcher = new Batcher(tools, sending, store, { profileId, batchSize, marginSeconds });
    const shelf = new OutputShelf(store, config.apiUrl);
    const role = new OperatorRole(tools, sending, config, { batcher, shelf });
    const refusal = () => role.refusal();
    const routes = answerRoutes(tools, sending, batcher, { profileId, batchSeconds, refusal });
    const api = await listen(routes.route("/", shelf.routes()), apiHost, apiPort);
    cleanups.push(() => api.close());
    tools.log.info({ host: api.host, port: api.port }, "answering over HTTP");
    return role;
  });
}

/** Starts a challenger. With the strategy `watch` it needs no key. */
export async function startChallenger(
  config: ChallengerConfig,
  options: ServiceOptions = {},
): Promise<Service> {
  const { strategy, maxBond, claimFor, demandInputs, saltFile } = config;
  const signer = strategy === "watch" ? undefined : await openSigner(config);
  if (strategy !== "watch" && signer === undefined)
    throw missingKey(`the strategy ${strategy} sends transactions`);
  return start("challenger", config, signer, config.allowModels, options, async (tools) => {
    const { chainId, contracts } = tools.deployment;
    const secret =
      saltFile === undefined
        ? await signer?.secret(`salts on ${chainId}:${contracts.DisputeGame}`)
        : readSecret(saltFile);
    if (strategy === "full")
      required("saltFile", secret, "a signer behind HTTP cannot derive the secret of salts");
    const { canaryPercent: percent, canarySeed: seed, reorgDepth, blockRange } = config;
    const canary = percent === 0 ? undefined : { percent, seed, reorgDepth, blockRange };
    return new ChallengerRole(tools, { strategy, maxBond, demandInputs, claimFor, secret, canary });
  });
}

/** Starts a monitor: it computes every result again and reports. It has no key and sends nothing. */
export function startMonitor(config: MonitorConfig, options: ServiceOptions = {}): Promise<Service> {
  return start("monitor", config, undefined, [], options, (tools) => {
    return new ChallengerRole(tools, {
      strategy: "watch",
      maxBond: undefined,
      demandInputs: false,
      claimFor: [],
      ...{ secret: undefined, canary: undefined },
    });
  });
}

async function start(
  role: string,
  config: CommonConfig,
  signer: Signer | undefined,
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

    const { chainId, contracts } = deployment;
    const identity = keccakHex(
      new TextEncoder().encode(JSON.stringify([chainId, contracts, signer?.address ?? null])),
    );
    const store = Store.open(config.dataDir, identity);
    cleanups.push(() => store.close());
    const alerts = new Alerts({
      ...{ urls: config.alertUrls, secret: readAlertSecret(config.alertSecretFile) },
      ...{
        role,
        chainId,
        account: signer?.address,
        lowGasWei: BigInt(Math.round(config.lowGas * 1e9)) * 10n ** 9n,
        log,
        metrics,
      },
    });
    cleanups.push(() => alerts.close(ALERT_CLOSE_MS));
    const sending =
      signer === undefined
        ? undefined
        : createSending(config, signer, { rpc, store, chainId, metrics, log, alerts });
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
    log.info({ chainId, account: signer?.address, port: status.port, models: models.all.length }, "started");
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

/** Opens the keystore, or names the signer behind HTTP; nothing if there is neither. */
export async function openSigner(
  config: Partial<Values<typeof keySettings>> & { readonly rpcTimeoutSeconds: number },
): Promise<Signer | undefined> {
  const { keystore, passwordFile, signerUrl, account, rpcTimeoutSeconds: timeoutSeconds } = config;
  if (keystore !== undefined && signerUrl !== undefined)
    throw new ConfigError("signerUrl", "is given beside a keystore", "Give one of the two.");
  if (signerUrl !== undefined) {
    const address = required("account", account, "the signer may hold several keys");
    return remoteSigner({ url: signerUrl, address, timeoutSeconds });
  }
  if (keystore === undefined) return undefined;
  const password = await readPassword(required("passwordFile", passwordFile, "the keystore is encrypted"));
  const opened = await decryptKey(await readKeystore(keystore), password);
  if (account !== undefined && account !== opened.address)
    throw new ConfigError(
      "account",
      `is ${account}, the keystore's is ${opened.address}`,
      "Correct one of the two.",
    );
  return localSigner(opened);
}

function missingKey(why: string): ConfigError {
  return new ConfigError(
    "keystore",
    `is missing, and signerUrl, too: ${why}`,
    "Create a key with `assay keys create`.",
  );
}

function readSecret(path: string): Hex {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new ConfigError("saltFile", `${path} cannot be read`, "Check the path and its permissions.");
  }
  if (bytes.length < 32)
    throw new ConfigError("saltFile", `${path} has ${bytes.length} bytes`, "Take at least 32 random ones.");
  return keccakHex(bytes);
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
