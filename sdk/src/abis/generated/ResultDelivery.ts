// Written by scripts/generate/abis.ts: do not edit, run `npm run generate`.

/** Functions that people call and events of ResultDelivery; `@assay/sdk/abis` has the whole ABI. */
export const resultDeliveryAbi = [
  {"anonymous":false,"inputs":[{"indexed":true,"name":"requestId","type":"bytes32"},{"indexed":true,"name":"receiver","type":"address"},{"indexed":false,"name":"gasLimit","type":"uint256"},{"indexed":false,"name":"reason","type":"bytes"}],"name":"DeliveryFailed","type":"event"},
  {"anonymous":false,"inputs":[{"indexed":true,"name":"requestId","type":"bytes32"},{"indexed":true,"name":"receiver","type":"address"},{"indexed":false,"name":"gasLimit","type":"uint32"}],"name":"DeliverySubscribed","type":"event"},
  {"anonymous":false,"inputs":[{"indexed":true,"name":"requestId","type":"bytes32"},{"indexed":true,"name":"receiver","type":"address"},{"indexed":true,"name":"deliverer","type":"address"}],"name":"ResultDelivered","type":"event"},
  {"inputs":[{"name":"requestId","type":"bytes32"},{"name":"output","type":"bytes"},{"name":"gasLimit","type":"uint256"}],"name":"deliver","outputs":[{"name":"delivered","type":"bool"}],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"requestId","type":"bytes32"}],"name":"deliveryOf","outputs":[{"components":[{"name":"receiver","type":"address"},{"name":"gasLimit","type":"uint32"},{"name":"attempts","type":"uint32"},{"name":"status","type":"uint8"}],"name":"","type":"tuple"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"hub","outputs":[{"name":"","type":"address"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"maxGasLimit","outputs":[{"name":"","type":"uint32"}],"stateMutability":"pure","type":"function"},
  {"inputs":[{"name":"requestId","type":"bytes32"},{"name":"receiver","type":"address"},{"name":"gasLimit","type":"uint32"}],"name":"subscribe","outputs":[],"stateMutability":"nonpayable","type":"function"},
] as const;
