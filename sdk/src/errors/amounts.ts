/** Which values of the contracts' errors are amounts of the vault's token, by the error's name. */

import type { contractErrors } from "./generated/contract-errors.ts";

export const errorAmounts: Readonly<Partial<Record<keyof typeof contractErrors, readonly string[]>>> = {
  AgentSecurityTooLow: ["lock", "minimum"],
  ERC20InsufficientAllowance: ["allowance", "needed"],
  ERC20InsufficientBalance: ["balance", "needed"],
  HubStakeTooLow: ["stake", "minimum"],
  ProfileBondTooSmall: ["bond", "minimum"],
  ProfileLockBelowBond: ["lock", "bond"],
  ProfileMissedDeadlinePenaltyTooLarge: ["penalty", "maximum"],
  ProfileRefundsTooLarge: ["refunds", "available"],
  ProfileRewardTooSmall: ["reward", "minimum"],
  ProfileVoidPenaltyTooLarge: ["penalty", "maximum"],
  VaultBalanceTooLow: ["balance", "amount"],
  VaultTokenAmountMismatch: ["received", "amount"],
  VaultTokenShrank: ["balance", "owed"],
  VaultUnlockedStakeTooLow: ["unlocked", "amount"],
};
