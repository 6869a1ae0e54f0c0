/** Whole models that no compiler would emit: sound ones with their programs, constants and records damaged. */

import type { MachineModel } from "../../sdk/src/machine/model.ts";
import type { ModelRecord } from "../../sdk/src/machine/types.ts";
import { mutated, noise } from "./hostile-steps.ts";
import type { Random } from "./random.ts";

/** A damaged copy. Its parts have the numbers that its record says, so that it is run, as far as it can be. */
export function hostileModel(model: MachineModel, random: Random): MachineModel {
  let program = [...model.program];
  let { record, constants } = model;
  for (let changes = random.integer(1, 4); changes > 0; changes--) {
    const at = random.integer(0, program.length - 1);
    const encoding = program[at] ?? new Uint8Array();
    const other = program[random.integer(0, program.length - 1)] ?? encoding;
    switch (random.integer(0, 9)) {
      case 0: // steps in another order
        [program[at], program[program.indexOf(other)]] = [other, encoding];
        break;
      case 1: // a step once more
        program.splice(at, 0, other);
        break;
      case 2: // a step less
        if (program.length > 1) program.splice(at, 1);
        break;
      case 3:
        program[at] = noise(random);
        break;
      case 4: // another model's constants, as it were
        constants = random.chance(0.5)
          ? random.bytes(random.integer(0, 4096))
          : constants.subarray(0, random.integer(0, constants.length));
        break;
      case 5:
        record = damagedRecord(record, random);
        break;
      default:
        program[at] = encoding.length === 0 ? noise(random) : mutated(random, encoding);
    }
  }
  program = program.slice(0, 2 ** record.stepDepth);
  return { ...model, program, constants, steps: [], record: { ...record, stepCount: program.length } };
}

/** Depths and sizes that are too small, too large, or just others. */
function damagedRecord(record: ModelRecord, random: Random): ModelRecord {
  const field = random.pick([
    ...(["inputDepth", "constantsDepth", "wordDepth", "stepDepth", "inputBytes", "outputBytes"] as const),
  ]);
  const by = random.pick([-3, -1, 1, 2, 7]);
  return { ...record, [field]: Math.max(record[field] + by, 0) };
}
