/** Has the chain compute elements of steps of real models. */

import hre from "hardhat";
import type { CompiledModel } from "../../../sdk/src/compiler/index.ts";
import { count, type StepCost, stepCost } from "../../../sdk/src/machine/budget.ts";
import { BUDGET } from "../../../sdk/src/machine/weights.ts";
import { elementCall, runModel } from "../../../test/support/model-proofs.ts";
import type { Random } from "../../../test/support/random.ts";
import type { RefereeCall } from "../../../test/support/referee-calls.ts";
import type { Feeds } from "../accuracy/models.ts";

/** What no transaction may exceed: EIP-7825, and what nodes accept in one transaction. */
export const TRANSACTION_GAS = 16_777_216;
export const TRANSACTION_BYTES = 131_072;

export interface Proof {
  readonly step: number;
  readonly operator: string;
  /** Why this step was chosen. */
  readonly chosen: string;
  /** Of the transaction that proves the dearest of the elements that were tried. */
  readonly gas: number;
  readonly calldataBytes: number;
  /** Of the calldata, the words and siblings that open what the step reads. */
  readonly openedBytes: number;
  /** What the compiler said that gas and opened bytes are below: SPEC.md section 5. */
  readonly bound: StepCost;
}

/** Whether a proof takes no more than the compiler said, and the compiler said no more than the budget allows. */
export function isProvable({ gas, calldataBytes, openedBytes, bound }: Proof): boolean {
  const isBelow = gas < bound.gas && openedBytes <= bound.bytes;
  const isLegal = bound.gas <= BUDGET.gas && bound.bytes <= BUDGET.bytes;
  return isBelow && isLegal && gas < TRANSACTION_GAS && calldataBytes < TRANSACTION_BYTES;
}

/** A referee on a chain of its own. */
export async function startReferee() {
  await hre.tasks.getTask("build").run({ quiet: true });
  const connection = await hre.network.create({ override: { hardfork: "osaka" } });
  const { ethers } = connection;
  const [sender] = await ethers.getSigners();
  const referee = await ethers.deployContract("Referee");
  return {
    close: () => connection.close(),
    /** The bits that the chain computes, and what a transaction that does it takes. */
    async execute(call: RefereeCall) {
      const data = referee.interface.encodeFunctionData("execute", [...call]);
      const [value] = await referee.execute(...call, { gasLimit: TRANSACTION_GAS });
      const transaction = await sender!.sendTransaction({ to: referee, data, gasLimit: TRANSACTION_GAS });
      const receipt = await transaction.wait();
      return { value: Number(value), gas: Number(receipt!.gasUsed), calldataBytes: (data.length - 2) / 2 };
    },
  };
}

export type TestReferee = Awaited<ReturnType<typeof startReferee>>;

/** Of a proof, the bytes that open words: what is left of it without the encoding of the step and its path. */
export function openedBytesOf([{ stepDepth }, , , , , proof]: RefereeCall, encoding: Uint8Array): number {
  const lengths = 2 + 3 * 2;
  return proof.length - lengths - encoding.length - 32 * stepDepth;
}

/** Proves the steps of a model that cost most gas and most bytes, and random ones: each at its first, its last and two more elements. */
export async function proveSteps(
  referee: TestReferee,
  model: CompiledModel,
  feeds: Feeds,
  { random, samples }: { readonly random: Random; readonly samples: number },
): Promise<Proof[]> {
  const run = runModel(model, feeds);
  const proofs: Proof[] = [];
  for (const [index, chosen] of chosenSteps(model, random, samples)) {
    const step = model.steps[index]!;
    const encoding = model.program[index]!;
    let [gas, calldataBytes, openedBytes] = [0, 0, 0];
    const elements = count(step.extents);
    for (const element of new Set([
      0,
      random.integer(0, elements - 1),
      Math.floor(elements / 2),
      elements - 1,
    ])) {
      const { call, bits } = elementCall(run, index, element);
      const result = await referee.execute(call);
      if (result.value !== bits)
        throw new Error(
          `Element ${element} of step ${index}: the chain computes ${result.value}, not ${bits}.`,
        );
      gas = Math.max(gas, result.gas);
      calldataBytes = Math.max(calldataBytes, result.calldataBytes);
      openedBytes = Math.max(openedBytes, openedBytesOf(call, encoding));
    }
    const { operator } = model.stepInfos[index]!;
    const bound = stepCost(step, model.record);
    proofs.push({ step: index, operator, chosen, gas, calldataBytes, openedBytes, bound });
  }
  return proofs;
}

function chosenSteps(model: CompiledModel, random: Random, samples: number): Map<number, string> {
  const costs = model.steps.map((step) => stepCost(step!, model.record));
  const dearest = (resource: "gas" | "bytes"): number =>
    costs.reduce((worst, cost, i) => (cost[resource] > costs[worst]![resource] ? i : worst), 0);
  const chosen = new Map([[dearest("gas"), "most gas"]]);
  const longest = dearest("bytes");
  chosen.set(longest, chosen.has(longest) ? "most gas and bytes" : "most bytes");
  const enough = Math.min(model.steps.length, chosen.size + samples);
  while (chosen.size < enough) {
    const index = random.integer(0, model.steps.length - 1);
    if (!chosen.has(index)) chosen.set(index, "at random");
  }
  return chosen;
}
