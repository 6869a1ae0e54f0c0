// Written by scripts/generate/abis.ts: do not edit, run `npm run generate`.

/** Functions that people call and events of VerdictEscrow; `@assay/sdk/abis` has the whole ABI. */
export const verdictEscrowAbi = [
  {"anonymous":false,"inputs":[{"indexed":true,"name":"escrowId","type":"uint256"},{"indexed":true,"name":"buyer","type":"address"},{"indexed":true,"name":"seller","type":"address"},{"indexed":false,"name":"amount","type":"uint256"},{"indexed":false,"name":"category","type":"uint256"},{"indexed":false,"name":"endsAt","type":"uint40"}],"name":"EscrowOpened","type":"event"},
  {"anonymous":false,"inputs":[{"indexed":true,"name":"escrowId","type":"uint256"},{"indexed":true,"name":"receiver","type":"address"},{"indexed":false,"name":"amount","type":"uint256"}],"name":"EscrowReleased","type":"event"},
  {"anonymous":false,"inputs":[{"indexed":true,"name":"escrowId","type":"uint256"},{"indexed":true,"name":"requestId","type":"bytes32"},{"indexed":false,"name":"category","type":"uint256"}],"name":"VerdictReached","type":"event"},
  {"anonymous":false,"inputs":[{"indexed":true,"name":"escrowId","type":"uint256"},{"indexed":true,"name":"requestId","type":"bytes32"}],"name":"WorkDelivered","type":"event"},
  {"inputs":[{"name":"requestId","type":"bytes32"},{"name":"output","type":"bytes"}],"name":"conclude","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"escrowId","type":"uint256"},{"name":"work","type":"bytes"},{"name":"fee","type":"uint96"},{"name":"deadline","type":"uint40"}],"name":"deliverWork","outputs":[{"name":"requestId","type":"bytes32"}],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"escrowId","type":"uint256"}],"name":"escrowOf","outputs":[{"components":[{"name":"buyer","type":"address"},{"name":"amount","type":"uint96"},{"name":"seller","type":"address"},{"name":"endsAt","type":"uint40"},{"name":"category","type":"uint32"},{"name":"pending","type":"bytes32"}],"name":"","type":"tuple"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"requestId","type":"bytes32"},{"name":"output","type":"bytes"}],"name":"onInferenceResult","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"seller","type":"address"},{"name":"amount","type":"uint96"},{"name":"category","type":"uint32"},{"name":"endsAt","type":"uint40"}],"name":"open","outputs":[{"name":"escrowId","type":"uint256"}],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"escrowId","type":"uint256"}],"name":"refund","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"requestId","type":"bytes32"}],"name":"withdrawRequest","outputs":[],"stateMutability":"nonpayable","type":"function"},
] as const;
