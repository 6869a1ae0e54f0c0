// Written by scripts/generate/abis.ts: do not edit, run `npm run generate`.

/** Functions that people call and events of Referee; `@assay/sdk/abis` has the whole ABI. */
export const refereeAbi = [
  {"inputs":[{"components":[{"name":"machineVersion","type":"uint16"},{"name":"programRoot","type":"bytes32"},{"name":"constantsRoot","type":"bytes32"},{"name":"inputDepth","type":"uint8"},{"name":"constantsDepth","type":"uint8"},{"name":"stepDepth","type":"uint8"},{"name":"wordDepth","type":"uint8"},{"name":"stepCount","type":"uint32"},{"name":"inputBytes","type":"uint32"},{"name":"outputBytes","type":"uint32"}],"name":"record","type":"tuple"},{"name":"inputRoot","type":"bytes32"},{"name":"traceRoot","type":"bytes32"},{"name":"step","type":"uint256"},{"name":"byteOffset","type":"uint256"},{"name":"proof","type":"bytes"}],"name":"execute","outputs":[{"name":"value","type":"uint32"},{"name":"size","type":"uint256"}],"stateMutability":"pure","type":"function"},
] as const;
