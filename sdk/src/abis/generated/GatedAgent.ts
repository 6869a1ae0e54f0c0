// Written by scripts/generate/abis.ts: do not edit, run `npm run generate`.

/** Functions that people call and events of GatedAgent; `@assay/sdk/abis` has the whole ABI. */
export const gatedAgentAbi = [
  {"anonymous":false,"inputs":[{"indexed":true,"name":"requestId","type":"bytes32"},{"indexed":false,"name":"answer","type":"bytes"}],"name":"ActionExecuted","type":"event"},
  {"anonymous":false,"inputs":[{"indexed":true,"name":"requestId","type":"bytes32"},{"indexed":true,"name":"target","type":"address"},{"indexed":false,"name":"data","type":"bytes"}],"name":"ActionProposed","type":"event"},
  {"anonymous":false,"inputs":[{"indexed":true,"name":"requestId","type":"bytes32"},{"indexed":false,"name":"category","type":"uint256"}],"name":"ActionRefused","type":"event"},
  {"inputs":[],"name":"ALLOWED","outputs":[{"name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"requestId","type":"bytes32"},{"name":"output","type":"bytes"}],"name":"execute","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"target","type":"address"},{"name":"data","type":"bytes"}],"name":"inputOf","outputs":[{"name":"input","type":"bytes"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"target","type":"address"},{"name":"data","type":"bytes"},{"name":"fee","type":"uint96"},{"name":"deadline","type":"uint40"}],"name":"propose","outputs":[{"name":"requestId","type":"bytes32"}],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"requestId","type":"bytes32"}],"name":"refund","outputs":[],"stateMutability":"nonpayable","type":"function"},
] as const;
