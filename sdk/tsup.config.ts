import { existsSync, rmSync } from "node:fs";
import { defineConfig } from "tsup";
import { entries } from "./entries.ts";

rmSync("dist", { recursive: true, force: true });

const present = Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file)));
const { cli, ...library } = present;

const shared = {
  target: "es2023",
  platform: "neutral",
  splitting: true,
  treeshake: true,
  sourcemap: true,
  clean: false,
} as const;

export default defineConfig([
  ...(Object.keys(library).length > 0
    ? [{ ...shared, entry: library, format: ["esm" as const, "cjs" as const], dts: true }]
    : []),
  ...(cli === undefined
    ? []
    : [{ ...shared, entry: { cli }, format: ["esm" as const], platform: "node" as const, dts: false }]),
]);
