/** A file that a generator writes; the path is relative to the root of the repository, with forward slashes. */
export type GeneratedFile = { readonly path: string; readonly content: Uint8Array };

/** Computes committed files from other committed files, and nothing else: the same sources give the same bytes. */
export type Generator = {
  readonly name: string;
  readonly generate: () => Promise<readonly GeneratedFile[]>;
};

/** The first line of every generated TypeScript file. */
export function header(generator: string): string {
  return `// Written by scripts/generate/${generator}.ts: do not edit, run \`npm run generate\`.\n`;
}

/** A generated file from its text. */
export function textFile(path: string, text: string): GeneratedFile {
  return { path, content: new TextEncoder().encode(text) };
}
