import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTypeChain } from "typechain";
import { type GeneratedFile, type Generator, header, textFile } from "./generator.ts";
import { protocol } from "./protocol.ts";

const require = createRequire(import.meta.url);
const { outputTransformers } = require("typechain/dist/codegen/outputTransformers/index.js") as {
  outputTransformers: ((text: string) => string)[];
};

/**
 * The classes and factories of the protocol for ethers. They are made from the ABIs alone, so the factories connect to
 * deployed contracts and do not carry bytecode.
 */
export const typechain: Generator = {
  name: "typechain",
  generate: async () => {
    const { contracts } = await protocol();
    if (contracts.length === 0) return [];

    const folder = mkdtempSync(join(tmpdir(), "assay-typechain-"));
    try {
      mkdirSync(join(folder, "abi"));
      const files = contracts.map(({ name, abi }) => {
        const file = join(folder, "abi", `${name}.json`);
        writeFileSync(file, JSON.stringify(abi));
        return file.replaceAll("\\", "/");
      });
      outputTransformers.splice(0); // without TypeChain's own formatting, which needs another version of prettier
      await runTypeChain({
        cwd: folder,
        filesToProcess: files,
        allFiles: files,
        outDir: join(folder, "out"),
        target: require.resolve("@typechain/ethers-v6"),
        flags: {
          alwaysGenerateOverloads: false,
          discriminateTypes: false,
          environment: undefined,
          node16Modules: true,
        },
      });
      return collect(join(folder, "out"));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

function collect(folder: string): readonly GeneratedFile[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => {
      const path = `sdk/src/ethers/generated/${name.replaceAll("\\", "/")}`;
      return textFile(path, adapt(readFileSync(join(folder, name), "utf8")));
    });
}

/** Replaces TypeChain's header by ours, its extensions by those of the files as they are, and marks pure types. */
function adapt(text: string): string {
  const body = text
    .replace(/^(?:\/\*[^*]*\*\/\s*|\/\*(?!\*)[\s\S]*?\*\/\s*)+/, "")
    .replace(/^\/\/ @ts-nocheck\n/m, "")
    .replace(/(from\s+["']\.[^"']*)\.js(["'])/g, "$1.ts$2")
    .replace(/(from\s+["']\.{1,2}(?:\/[\w-]+)*)(["'])/g, "$1/index.ts$2")
    .replace(/^(\s*)export namespace /gm, "$1export declare namespace ")
    .replace(/^(\s*export interface OutputObject .*\});$/gm, "$1")
    .replace(/[ \t]+$/gm, "");
  return `${header("typechain")}\n${body.trim()}\n`;
}
