/** One daemon of a soak: `node member.ts CONFIG`, with the configuration as JSON. An honest one is exactly what `assay operator run` starts. */

import { readModelDirectory } from "../../sdk/src/node/model-directory.ts";
import type { Service } from "../../sdk/src/node/service.ts";
import { type ChallengerConfig, startChallenger } from "../../sdk/src/node/start-challenger.ts";
import { type OperatorConfig, startOperator } from "../../sdk/src/node/start-operator.ts";
import { type Lie, lyingInference } from "../../test/support/node/liar.ts";

export interface MemberConfig {
  readonly role: "operator" | "challenger";
  /** What it lies about; honest without. */
  readonly lie?: Lie;
  readonly rpcUrls: readonly string[];
  readonly dataDir: string;
  readonly keystore: string;
  readonly passwordFile: string;
  readonly deployment: string;
  readonly models: readonly string[];
  readonly pollSeconds: number;
  /** Whether it asks this computer for inputs; others demand those that are nowhere else. */
  readonly allowPrivateInputs: boolean;
  /** Transactions that may wait to be included. */
  readonly maxInFlight: number;
}

const DEFAULTS = {
  ...{ quorum: undefined, rpcTimeoutSeconds: 4, signerUrl: undefined, account: undefined },
  ...{ reorgDepth: 16, blockRange: 500, workers: 1, runSeconds: 60, maxMemoryMb: 512 },
  ...{ alertUrls: [], alertSecretFile: undefined, lowGas: 0 },
  ...{ inputSeconds: 2, ipfsGateway: undefined, demandInputs: true, canaryPercent: 0, canarySeed: undefined },
  ...{ metricsHost: "127.0.0.1", metricsPort: 0, drainSeconds: 5 },
  logLevel: "info" as const,
  logFormat: "json" as const,
  ...{
    maxFeeGwei: 100,
    tipGwei: 1,
    maxTipGwei: 50,
    clockMarginSeconds: 600,
    bumpPercent: 25,
    bumpSeconds: 5,
  },
  ...{ submitRpcUrls: [], submitBlocks: 25, submitFallback: false },
  ...{ allowModels: [], claimFor: [], maxBond: undefined, saltFile: undefined, strategy: "full" as const },
  ...{ allowProfiles: [], minFee: 0n, maxExposure: undefined, deadlineMarginSeconds: 30 },
  ...{ owner: undefined, lowStake: 0n, topUpBelow: undefined, topUpCap: undefined },
  ...{
    eager: false,
    apiHost: "127.0.0.1",
    apiPort: undefined,
    apiUrl: undefined,
    apiProfile: undefined,
    batchSize: 16,
    batchSeconds: 60,
  },
};

async function start({ role, lie, ...given }: MemberConfig): Promise<Service> {
  const config: ChallengerConfig & OperatorConfig = { ...DEFAULTS, ...given };
  const { model } = await readModelDirectory(given.models[0] as string);
  const options = lie === undefined ? {} : { inference: () => lyingInference(model, lie) };
  return role === "operator" ? startOperator(config, options) : startChallenger(config, options);
}

const service = await start(JSON.parse(process.argv[2] ?? "") as MemberConfig);
process.on("SIGTERM", () => void service.stop());
await service.ended;
process.exit(0);
