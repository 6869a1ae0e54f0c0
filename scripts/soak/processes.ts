/** What this computer spends on a process, as Linux tells it: anvil's package is for Linux alone. */

import { readdirSync, readFileSync } from "node:fs";

/** Of a process' times in `/proc`: most systems count 100 a second. */
const TICKS_PER_SECOND = 100;

/** Seconds of processor time that a process has used; 0 if it is gone. */
export function processorSeconds(pid: number | undefined): number {
  const fields = pid === undefined ? undefined : statOf(pid);
  return fields === undefined ? 0 : (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** A process that another one has started. */
export function childOf(pid: number): number | undefined {
  const pids = readdirSync("/proc").filter((name) => /^[0-9]+$/.test(name));
  const child = pids.find((name) => Number(statOf(Number(name))?.[1]) === pid);
  return child === undefined ? undefined : Number(child);
}

/** The fields after a process' name, which may have blanks in it. */
function statOf(pid: number): readonly string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)?.split(" ");
  } catch {
    return undefined;
  }
}
