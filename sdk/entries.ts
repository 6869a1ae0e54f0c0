/**
 * One entry file per public subpath of the package: `dist/<key>` is built from it, and package.json exports it, except for what `unexported` names.
 * These are the only files that re-export other modules.
 */
export const entries: Readonly<Record<string, string>> = {
  index: "src/index.ts",
  abis: "src/abis/index.ts",
  actions: "src/actions/index.ts",
  addresses: "src/addresses.ts",
  clients: "src/clients/index.ts",
  compiler: "src/compiler/index.ts",
  errors: "src/errors/index.ts",
  ethers: "src/ethers/index.ts",
  game: "src/game/index.ts",
  machine: "src/machine/index.ts",
  node: "src/node/index.ts",
  react: "src/react/index.ts",
  runtime: "src/runtime/index.ts",
  testing: "src/testing/index.ts",
  trace: "src/trace/index.ts",
  worker: "src/worker/index.ts",
  cli: "src/cli/main.ts",
  "inference-worker": "src/node/inference-worker.ts",
  "progress-worker": "src/cli/progress-worker.ts",
};

/** Files that the package runs itself: the command line, the thread that runs models, and the one that shows progress. */
export const unexported: ReadonlySet<string> = new Set(["cli", "inference-worker", "progress-worker"]);
