// Written by scripts/generate/abis.ts: do not edit, run `npm run generate`.

/** Members of Solidity's enumerations as the SDK writes them, in the order of their numbers. */
export const enums = {
  DeliveryStatus: ["none","subscribed","failed","delivered"],
  Outcome: ["none","operatorWins","challengerWins","bothLose","undecided","left"],
  Phase: ["none","opened","narrowing","leaf","ended","demanded"],
  Side: ["operator","challenger"],
  Status: ["none","requested","accepted","committed","final","slashed","void","refunded"],
} as const;
