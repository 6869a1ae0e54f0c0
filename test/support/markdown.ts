/** Documents whose blocks are tested. */

export interface Block {
  readonly language: string;
  /** What stands behind the language: the name of a file, or how a command is run. */
  readonly note: string;
  readonly code: string;
}

/** The fenced blocks of a Markdown text. */
export function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/^```(\w+)[ ]?([^\n]*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = "", note = "", code = ""]) => ({ language, note, code }),
  );
}
