// Written by scripts/generate/abis.ts: do not edit, run `npm run generate`.

/** Functions that people call and events of DigitReader; `@assay/sdk/abis` has the whole ABI. */
export const digitReaderAbi = [
  {"anonymous":false,"inputs":[{"indexed":true,"name":"requestId","type":"bytes32"},{"indexed":true,"name":"asker","type":"address"}],"name":"DigitAsked","type":"event"},
  {"anonymous":false,"inputs":[{"indexed":true,"name":"requestId","type":"bytes32"},{"indexed":false,"name":"digit","type":"uint8"}],"name":"DigitRead","type":"event"},
  {"inputs":[{"name":"picture","type":"bytes"},{"name":"fee","type":"uint96"},{"name":"deadline","type":"uint40"}],"name":"ask","outputs":[{"name":"requestId","type":"bytes32"}],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"requestId","type":"bytes32"}],"name":"digitOf","outputs":[{"name":"","type":"uint8"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"output","type":"bytes"}],"name":"highestScore","outputs":[{"name":"digit","type":"uint8"}],"stateMutability":"pure","type":"function"},
  {"inputs":[{"name":"requestId","type":"bytes32"},{"name":"output","type":"bytes"}],"name":"read","outputs":[{"name":"digit","type":"uint8"}],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"requestId","type":"bytes32"}],"name":"refund","outputs":[],"stateMutability":"nonpayable","type":"function"},
] as const;
