import type { Mutant } from "../mutant.ts";
import { batchMutants } from "./batches.ts";
import { clockMutants } from "./clocks.ts";
import { packedFloatMutants } from "./floats.ts";
import { inferenceMutants } from "./inference.ts";
import { machineMutants } from "./machine.ts";
import { moveMutants } from "./moves.ts";
import { peripheryMutants } from "./periphery.ts";
import { stakingMutants } from "./staking.ts";
import { verdictMutants } from "./verdicts.ts";

export const mutants: readonly Mutant[] = [
  ...clockMutants,
  ...moveMutants,
  ...verdictMutants,
  ...inferenceMutants,
  ...batchMutants,
  ...peripheryMutants,
  ...stakingMutants,
  ...machineMutants,
  ...packedFloatMutants,
];
