import type { Mutant } from "../mutant.ts";
import { inferenceMutants } from "./inference.ts";
import { machineMutants } from "./machine.ts";
import { moveMutants } from "./moves.ts";
import { peripheryMutants } from "./periphery.ts";
import { stakingMutants } from "./staking.ts";
import { verdictMutants } from "./verdicts.ts";

export const mutants: readonly Mutant[] = [
  ...moveMutants,
  ...verdictMutants,
  ...inferenceMutants,
  ...peripheryMutants,
  ...stakingMutants,
  ...machineMutants,
];
