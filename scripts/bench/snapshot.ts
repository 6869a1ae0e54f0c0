import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import hre from "hardhat";
import { type Figure, keyOf } from "./figures.ts";

/** The committed figures: gas by key, for each build profile, since the code generators differ. */
const FILE = join(import.meta.dirname, "gas.json");

export type BuildProfile = "default" | "production";
export type Snapshot = Readonly<Record<string, number>>;

/** A figure that is not what it was. */
export interface Difference {
  readonly key: string;
  /** Nothing for a new figure. */
  readonly before: number | undefined;
  /** Nothing for one that is not measured any more. */
  readonly after: number | undefined;
}

/** The build profile that the compiled contracts come from. */
export async function builtProfile(): Promise<BuildProfile> {
  const id = await hre.artifacts.getBuildInfoId("contracts/dispute/DisputeGame.sol:DisputeGame");
  const file = id === undefined ? undefined : await hre.artifacts.getBuildInfoPath(id);
  if (file === undefined) throw new Error("The contracts are not compiled: run npm run compile.");
  const { input } = JSON.parse(readFileSync(file, "utf8")) as { input: { settings: { viaIR?: boolean } } };
  return input.settings.viaIR === true ? "production" : "default";
}

/** The committed figures of a build profile; none if none were ever committed. */
export function readSnapshot(profile: BuildProfile): Snapshot {
  return readAll()[profile] ?? {};
}

/** Replaces the figures of a build profile. */
export function writeSnapshot(profile: BuildProfile, figures: readonly Figure[]): void {
  const snapshot = Object.fromEntries(figures.map((figure) => [keyOf(figure), figure.gas]));
  writeFileSync(FILE, `${JSON.stringify({ ...readAll(), [profile]: snapshot }, undefined, 2)}\n`);
}

/** What has changed since the snapshot. */
export function differences(snapshot: Snapshot, figures: readonly Figure[]): readonly Difference[] {
  const measured = new Map(figures.map((figure) => [keyOf(figure), figure.gas]));
  const keys = new Set([...measured.keys(), ...Object.keys(snapshot)]);
  return [...keys]
    .map((key) => ({ key, before: snapshot[key], after: measured.get(key) }))
    .filter(({ before, after }) => before !== after);
}

function readAll(): Readonly<Partial<Record<BuildProfile, Snapshot>>> {
  try {
    return JSON.parse(readFileSync(FILE, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}
