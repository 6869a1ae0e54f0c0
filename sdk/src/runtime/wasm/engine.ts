/** Instances by model: a program is made and compiled once, for as long as its model is in use. */

import { decodeStep } from "../../machine/decode.ts";
import { tensorBytes } from "../../machine/memory.ts";
import type { MachineModel } from "../../machine/model.ts";
import { isExecutable } from "../../machine/validity.ts";
import { Instance } from "./instance.ts";
import { makeProgram, type Program } from "./program.ts";

export interface InstanceOptions {
  /** Whether the tensor of every step is asked for. */
  readonly isTraced: boolean;
  readonly isShared?: boolean;
  /** Of the run's limits. */
  readonly memoryBytes: number;
}

/** Longer programs, which only a hostile model has, are left to the reference. */
const MOST_STEPS = 20_000;

/** Addresses are signed numbers of 32 bits. */
const MOST_BYTES = 2 ** 31 - 2 ** 20;

/** Pads, packed weights that fill their vectors, and the ends of regions may take this much beyond the limit. */
const SPARE_BYTES = 2 ** 22;

type Variant = "plain" | "traced";

interface Known {
  readonly instance: Instance | undefined;
  /** What its memory has or would have; infinite for what the engine never takes. */
  readonly memoryBytes: number;
}

const REFUSED: Known = { instance: undefined, memoryBytes: Number.POSITIVE_INFINITY };

const knownByModel = new WeakMap<MachineModel, Map<Variant, Known>>();

/** The model's instance; `undefined` if the engine does not take the model within the limit, which the reference then runs. */
export function wasmInstance(model: MachineModel, options: InstanceOptions): Instance | undefined {
  const { isTraced, isShared = false, memoryBytes } = options;
  const variant = isTraced ? "traced" : "plain";
  const variants = knownByModel.get(model) ?? new Map<Variant, Known>();
  knownByModel.set(model, variants);
  const most = memoryBytes + 3 * model.constants.length + SPARE_BYTES;
  let known = variants.get(variant);
  if (known === undefined || (known.memoryBytes <= most && isMissing(known, isShared))) {
    known = compile(model, isTraced, isShared, most);
    variants.set(variant, known);
  }
  return known.memoryBytes <= most ? known.instance : undefined;
}

/** Whether there is no instance yet, or none whose memory threads can share. */
function isMissing({ instance }: Known, isShared: boolean): boolean {
  return instance === undefined || (isShared && !instance.isShared);
}

function compile(model: MachineModel, isTraced: boolean, isShared: boolean, most: number): Known {
  const program = programOf(model, isTraced);
  if (program === undefined) return REFUSED;
  const { memoryBytes } = program;
  if (memoryBytes > most) return { instance: undefined, memoryBytes };
  const bytes = program.makeModule(isShared);
  if (bytes === undefined) return REFUSED;
  try {
    return { instance: new Instance(program, new WebAssembly.Module(bytes), isShared), memoryBytes };
  } catch (error) {
    // The host has no room for the memory, or compiles only small modules here, as on a page's main thread.
    if (error instanceof RangeError) return REFUSED;
    throw error;
  }
}

/** @returns `undefined` if it is too long, or needs more memory than can be addressed */
export function programOf(model: MachineModel, isTraced: boolean): Program | undefined {
  const { record, program, constants } = model;
  if (program.length > MOST_STEPS || record.inputBytes > MOST_BYTES || constants.length > MOST_BYTES)
    return undefined;
  const steps = program.map((encoding) => {
    const step = decodeStep(encoding);
    return isExecutable(step, encoding.length, record) ? step : undefined;
  });
  const made = makeProgram({
    depths: record,
    inputBytes: record.inputBytes,
    constants,
    steps,
    tensorBytes: steps.map((step) => (step === undefined ? 0 : tensorBytes(step, record))),
    joinsChains: !isTraced,
    reusesRoom: true,
  });
  return made.memoryBytes > MOST_BYTES ? undefined : made;
}
