import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

/** What an application may have to load of this package's own code for what it imports: gzip bytes, minified, without peers and dependencies. */
export interface Budget {
  readonly title: string;
  readonly code: string;
  readonly limit: number;
  /** Only what is added to an application that already has this. */
  readonly beside?: string;
}

export interface Size extends Budget {
  readonly bytes: number;
}

const READS =
  'export { getRequest, getResult, getModel, getProfile, waitForFinality } from "@assay/sdk/actions";';
const WRITE = 'export { stake } from "@assay/sdk/actions";';

export const BUDGETS: readonly Budget[] = [
  { title: "a client that only reads", code: READS, limit: 12_000 },
  {
    title: "every read at once: publicActions",
    code: 'export { publicActions } from "@assay/sdk";',
    limit: 18_000,
  },
  ...[
    "acceptRequest",
    "commitResult",
    "requestInference",
    "openGame",
    "answerGame",
    "stepGame",
    "claimReward",
  ].map((action) => ({
    title: `one action more: ${action}`,
    code: `export { ${action} } from "@assay/sdk/actions";`,
    limit: 2_000,
    beside: `${READS}${WRITE}export { getGame } from "@assay/sdk/actions";`,
  })),
];

/** Measures with Vite's bundler: what is imported dynamically is loaded later, and is not counted. */
export async function measure(folder: string, budgets: readonly Budget[]): Promise<readonly Size[]> {
  const sizes: Size[] = [];
  for (const budget of budgets) {
    const { code, beside } = budget;
    const bytes =
      beside === undefined
        ? await initialBytes(folder, code)
        : (await initialBytes(folder, beside + code)) - (await initialBytes(folder, beside));
    sizes.push({ ...budget, bytes });
  }
  return sizes;
}

async function initialBytes(folder: string, code: string): Promise<number> {
  const entry = join(folder, "entry.js");
  writeFileSync(entry, code);
  const bundle = await rolldown({
    input: entry,
    cwd: folder,
    external: [/^viem/, /^@noble/, /^@bufbuild/],
    logLevel: "silent",
  });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  await bundle.close();
  const chunks = new Map(output.flatMap((file) => (file.type === "chunk" ? [[file.fileName, file]] : [])));
  const initial = new Set([...chunks.values()].filter(({ isEntry }) => isEntry));
  for (const { imports } of initial) {
    for (const name of imports) {
      const chunk = chunks.get(name);
      if (chunk !== undefined) initial.add(chunk);
    }
  }
  return [...initial].reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0);
}
