/**
 * Replaces comments by spaces, and the characters of strings too unless they are kept, so that offsets and lines stay
 * as they were and patterns match code alone.
 */
export function stripSolidity(text: string, options: { readonly keepStrings?: boolean } = {}): string {
  const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;
  return text.replace(token, (match) => {
    const isString = match.startsWith('"') || match.startsWith("'");
    return isString && options.keepStrings === true ? match : match.replace(/[^\n]/g, " ");
  });
}

/** The paths a Solidity file imports, as written. */
export function solidityImports(text: string): readonly string[] {
  const code = stripSolidity(text, { keepStrings: true });
  const statement = /\bimport\s+(?:[^"';]*?\bfrom\s+)?["']([^"']+)["']/g;
  return [...code.matchAll(statement)].map((match) => match[1] as string);
}

/** The text between the parenthesis at the offset and the one that closes it. */
export function parenthesised(code: string, open: number): string {
  let depth = 0;
  for (let i = open; i < code.length; i++) {
    if (code[i] === "(") depth++;
    else if (code[i] === ")" && --depth === 0) return code.slice(open + 1, i);
  }
  return code.slice(open + 1);
}

/** Splits an argument list at the commas that are not nested. */
export function splitArguments(list: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < list.length; i++) {
    const character = list[i] as string;
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    else if (character === "," && depth === 0) {
      parts.push(list.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(list.slice(start));
  return parts.map((part) => part.trim());
}
