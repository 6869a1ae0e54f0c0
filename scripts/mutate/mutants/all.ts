import type { Mutant } from "../mutant.ts";
import { disputeMutants } from "./dispute.ts";
import { inferenceMutants } from "./inference.ts";
import { machineMutants } from "./machine.ts";
import { stakingMutants } from "./staking.ts";

export const mutants: readonly Mutant[] = [
  ...disputeMutants,
  ...inferenceMutants,
  ...stakingMutants,
  ...machineMutants,
];
