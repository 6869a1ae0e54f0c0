import { existsSync, rmSync } from "node:fs";
import { defineConfig } from "tsup";
import { entries, unexported } from "./entries.ts";

rmSync("dist", { recursive: true, force: true });

const present = Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file)));
const named = (isWanted: (name: string) => boolean) =>
  Object.fromEntries(Object.entries(present).filter(([name]) => isWanted(name)));
const library = named((name) => !unexported.has(name));
const programs = named((name) => unexported.has(name));

const shared = {
  target: "es2023",
  platform: "neutral",
  splitting: true,
  treeshake: true,
  sourcemap: true,
  clean: false,
  // Where the package's own files are, in CommonJS too.
  shims: true,
} as const;

export default defineConfig([
  ...(Object.keys(library).length > 0
    ? [{ ...shared, entry: library, format: ["esm" as const, "cjs" as const], dts: true }]
    : []),
  { ...shared, entry: programs, format: ["esm" as const], platform: "node" as const, dts: false },
]);
