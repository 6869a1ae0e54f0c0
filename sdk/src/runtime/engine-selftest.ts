/** The self-test of each engine, run once before it is used. */

import { accelerateHashing } from "../core/wasm/hasher.ts";
import { evaluateElement } from "../machine/element.ts";
import { executeStep } from "../machine/execute.ts";
import { type Memory, tensorBytes } from "../machine/memory.ts";
import { applyOp } from "../machine/scalar.ts";
import type { Operand, Step } from "../machine/types.ts";
import { type EngineName, resolveEngine } from "./engines.ts";
import { type Machine, runSelfTest } from "./selftest.ts";
import { Instance } from "./wasm/instance.ts";
import { makeProgram } from "./wasm/program.ts";

const passed = new Set<EngineName>();

/**
 * Tests an engine, the first time only, and has trees hashed as fast as this computer can: whoever runs models hashes megabytes.
 *
 * @param engine - default the one that runs use by default
 * @throws {SelfTestError} if this computer does not compute as the machine must
 */
export function assertSelfTest(engine: EngineName = resolveEngine(undefined)): void {
  if (passed.has(engine)) return;
  accelerateHashing();
  runSelfTest();
  if (engine === "wasm") runSelfTest(wasmMachine());
  passed.add(engine);
}

/** The WebAssembly engine as what the self-test tests. Single elements, which it does not compute, are the reference's. */
export function wasmMachine(): Machine {
  const operations = new Map<number, Instance>();
  return {
    applyOp: (op, a, b, c) => {
      if (op === 0) return applyOp(op, a, b, c);
      const instance = operations.get(op) ?? stepInstance(operationStep(op), OPERANDS);
      operations.set(op, instance);
      const input = new Uint8Array(Uint32Array.of(a, b, c).buffer);
      instance.run(input);
      return new Uint32Array(instance.tensor(0).slice().buffer)[0] ?? 0;
    },
    evaluateElement,
    executeStep: (step, stepIndex, memory) => {
      if (step === undefined || stepIndex !== 0) return executeStep(step, stepIndex, memory);
      const instance = stepInstance(step, memory);
      instance.run(memory.input);
      return instance.tensor(0).slice();
    },
  };
}

const OPERANDS: Memory = {
  input: new Uint8Array(12),
  constants: new Uint8Array(),
  steps: [],
  depths: { inputDepth: 0, constantsDepth: 0, stepDepth: 0, wordDepth: 0 },
};

/** One operation on three words of the input. */
function operationStep(op: number): Step {
  const word = (base: number): Operand => ({
    ...{ space: "input", type: "i32", step: 0, address: { base, strides: [] }, guards: [], pad: 0 },
  });
  return {
    ...{ type: "i32", fold: "none", extents: [], reduction: [], bodyOperands: [] },
    outerOperands: [word(0), word(1), word(2)],
    ...{ immediates: [], init: 0, body: [], epilogue: [{ op, a: 0, b: 1, c: 2 }] },
  };
}

function stepInstance(step: Step, { depths, input, constants }: Memory): Instance {
  const program = makeProgram({
    ...{ depths, inputBytes: input.length, constants, steps: [step] },
    ...{ tensorBytes: [tensorBytes(step, depths)], joinsChains: false, reusesRoom: false },
  });
  const bytes = program.makeModule(false) ?? new Uint8Array();
  return new Instance(program, new WebAssembly.Module(bytes), false);
}
