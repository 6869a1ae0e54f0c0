// Written by scripts/generate/abis.ts: do not edit, run `npm run generate`.

/** Functions and events of InferenceLens; `@assay/sdk/abis` has the whole ABI. */
export const inferenceLensAbi = [
  {"inputs":[],"name":"hub","outputs":[{"name":"","type":"address"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"requestId","type":"bytes32"}],"name":"readingOf","outputs":[{"components":[{"name":"status","type":"uint8"},{"name":"finalAt","type":"uint40"},{"name":"isPublic","type":"bool"},{"name":"lock","type":"uint256"},{"name":"sharedBy","type":"uint256"},{"name":"windowSeconds","type":"uint32"},{"name":"censorshipSeconds","type":"uint32"},{"name":"operator","type":"address"},{"name":"modelId","type":"bytes32"},{"name":"inputRoot","type":"bytes32"},{"name":"outputRoot","type":"bytes32"},{"name":"batchId","type":"bytes32"}],"name":"","type":"tuple"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"requestIds","type":"bytes32[]"}],"name":"readingsOf","outputs":[{"components":[{"name":"status","type":"uint8"},{"name":"finalAt","type":"uint40"},{"name":"isPublic","type":"bool"},{"name":"lock","type":"uint256"},{"name":"sharedBy","type":"uint256"},{"name":"windowSeconds","type":"uint32"},{"name":"censorshipSeconds","type":"uint32"},{"name":"operator","type":"address"},{"name":"modelId","type":"bytes32"},{"name":"inputRoot","type":"bytes32"},{"name":"outputRoot","type":"bytes32"},{"name":"batchId","type":"bytes32"}],"name":"readings","type":"tuple[]"}],"stateMutability":"view","type":"function"},
] as const;
