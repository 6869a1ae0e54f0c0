/** Has the chain compute elements of the steps that are dearest to prove. */

import hre from "hardhat";
import type { CompiledModel } from "../../../sdk/src/compiler/index.ts";
import { rootOfBytes } from "../../../sdk/src/core/tree.ts";
import { stepCost } from "../../../sdk/src/machine/budget.ts";
import { decodeStep } from "../../../sdk/src/machine/decode.ts";
import { ELEMENT_SIZE } from "../../../sdk/src/machine/opcodes.ts";
import type { Step } from "../../../sdk/src/machine/types.ts";
import { BUDGET } from "../../../sdk/src/machine/weights.ts";
import { executeModel } from "../../../sdk/src/runtime/execute.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { proveElement } from "../../../sdk/src/trace/prove.ts";
import { TraceTree } from "../../../sdk/src/trace/tree.ts";
import type { RefereeCall } from "../../../test/support/referee-calls.ts";
import type { Feeds } from "./models.ts";

/** What no transaction may exceed: EIP-7825, and what nodes accept in one transaction. */
export const TRANSACTION_GAS = 16_777_216;
export const TRANSACTION_BYTES = 131_072;

export interface Proof {
  readonly step: number;
  readonly operator: string;
  /** Bounds from the encoding alone: SPEC.md section 5. */
  readonly estimatedGas: number;
  readonly estimatedBytes: number;
  /** Of the transaction that proves the dearest of the elements that were tried. */
  readonly gas: number;
  readonly calldataBytes: number;
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

/** Proves the steps of a model that cost most gas and most bytes, at the first, the middle and the last element. */
export async function proveWorst(referee: TestReferee, model: CompiledModel, feeds: Feeds): Promise<Proof[]> {
  const input = packInputs(model, feeds);
  const { tensors } = executeModel(model, input, { keep: "all" });
  const proofs: Proof[] = [];
  for (const step of worstSteps(model)) proofs.push(await proveStep(referee, model, input, tensors, step));
  return proofs;
}

function worstSteps(model: CompiledModel): ReadonlySet<number> {
  const costs = model.steps.map((step) => stepCost(step!, model.record));
  const dearest = (weight: (cost: { gas: number; bytes: number }) => number): number =>
    costs.reduce((worst, cost, i) => (weight(cost) > weight(costs[worst]!) ? i : worst), 0);
  return new Set([dearest(({ gas }) => gas / BUDGET.gas), dearest(({ bytes }) => bytes / BUDGET.bytes)]);
}

async function proveStep(
  referee: TestReferee,
  model: CompiledModel,
  input: Uint8Array,
  tensors: readonly Uint8Array[],
  index: number,
): Promise<Proof> {
  const { record } = model;
  const step = decodeStep(model.program[index]!)!;
  // Tensors that the step does not read change nothing but hashes on the way; leaving them out saves hashing them.
  const read = new Set(stepsRead(step));
  const tree = new TraceTree(
    tensors.map((tensor, i) => (read.has(i) ? tensor : new Uint8Array(0))),
    record,
  );
  const size = ELEMENT_SIZE[step.type];
  const count = step.extents.reduce((product, extent) => product * extent, 1);
  const expected = new DataView(tensors[index]!.buffer, tensors[index]!.byteOffset);
  let [gas, calldataBytes] = [0, 0];
  for (const element of new Set([0, Math.floor(count / 2), Math.floor((count * 5) / 7), count - 1])) {
    const byteOffset = element * size;
    const proof = proveElement(model, input, { tree }, index, byteOffset);
    const inputRoot = rootOfBytes(input, record.inputDepth);
    const result = await referee.execute([record, inputRoot, tree.root, index, byteOffset, proof]);
    const bits = size === 4 ? expected.getUint32(byteOffset, true) : expected.getUint8(byteOffset);
    if (result.value !== bits)
      throw new Error(
        `Element ${element} of step ${index}: the chain computes ${result.value}, not ${bits}.`,
      );
    gas = Math.max(gas, result.gas);
    calldataBytes = Math.max(calldataBytes, result.calldataBytes);
  }
  const cost = stepCost(step, record);
  const { operator } = model.stepInfos[index]!;
  return { step: index, operator, estimatedGas: cost.gas, estimatedBytes: cost.bytes, gas, calldataBytes };
}

function stepsRead({ bodyOperands, outerOperands }: Step): number[] {
  return [...bodyOperands, ...outerOperands].filter(({ space }) => space === "step").map(({ step }) => step);
}
