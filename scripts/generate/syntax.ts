/** What the generators read out of the compiler's syntax trees. */

/** The declaration of a custom error. */
export type ErrorSyntax = {
  readonly signature: string;
  /** What its documentation says, on one line; empty if it has none. */
  readonly notice: string;
};

/** One source file. */
export type SourceSyntax = {
  readonly imports: readonly string[];
  /** Contracts, interfaces and libraries, each with the names of those it inherits from directly. */
  readonly contracts: readonly { readonly name: string; readonly bases: readonly string[] }[];
  readonly errors: readonly ErrorSyntax[];
  readonly enums: readonly EnumSyntax[];
};

/** The declaration of an enumeration, its members in the order of their numbers. */
export type EnumSyntax = { readonly name: string; readonly members: readonly string[] };

type Node = {
  readonly nodeType: string;
  readonly name?: string;
  readonly absolutePath?: string;
  readonly baseContracts?: readonly { readonly baseName: { readonly name: string } }[];
  readonly nodes?: readonly Node[];
  readonly members?: readonly { readonly name: string }[];
  readonly documentation?: { readonly text: string };
  readonly parameters?: {
    readonly parameters: readonly { readonly typeDescriptions: { readonly typeString: string } }[];
  };
};

/** Reads the sources of one compiler output, keyed by the compiler's names of them. */
export function collectSyntax(buildInfo: unknown, sources: Map<string, SourceSyntax>): void {
  const { output } = buildInfo as { output: { sources: Readonly<Record<string, { readonly ast: Node }>> } };
  for (const [name, { ast }] of Object.entries(output.sources)) {
    const top = ast.nodes ?? [];
    const contracts = top.filter(({ nodeType }) => nodeType === "ContractDefinition");
    const declarations = [...top, ...contracts.flatMap(({ nodes }) => nodes ?? [])];
    sources.set(name, {
      imports: top.flatMap((node) =>
        node.nodeType === "ImportDirective" ? [node.absolutePath as string] : [],
      ),
      contracts: contracts.map(({ name, baseContracts }) => ({
        name: name as string,
        bases: (baseContracts ?? []).map(({ baseName }) => baseName.name),
      })),
      errors: declarations.filter(({ nodeType }) => nodeType === "ErrorDefinition").map(errorSyntax),
      enums: declarations
        .filter(({ nodeType }) => nodeType === "EnumDefinition")
        .map((node) => ({
          name: node.name as string,
          members: (node.members ?? []).map(({ name }) => name),
        })),
    });
  }
}

function errorSyntax(node: Node): ErrorSyntax {
  const types =
    node.parameters?.parameters.map(({ typeDescriptions }) => abiType(typeDescriptions.typeString)) ?? [];
  return { signature: `${node.name}(${types.join(",")})`, notice: notice(node.documentation?.text ?? "") };
}

/** Contracts and enums have their ABI types; a user-defined value type stands for a word. */
function abiType(typeString: string): string {
  if (/^(?:u?int\d*|bytes\d*|address|bool|string)(?:\[\d*\])*$/.test(typeString)) return typeString;
  if (typeString.startsWith("enum ")) return "uint8";
  if (typeString.startsWith("contract ")) return "address";
  return "bytes32";
}

/** The first sentence of a documentation comment, without its tag, parameters, links and line breaks. */
function notice(text: string): string {
  const body = text.replace(/^\s*@(?:notice|dev)\s+/, "").split(/\n\s*@|\n\s*\n/)[0] as string;
  const line = body
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\{(?:\w+[.-])?(\w+)\}/g, "$1")
    .trim();
  return /^.*?\.(?= [A-Z]|$)/.exec(line)?.[0] ?? line;
}

/** A source and all that it imports, directly or not. */
export function importClosure(
  name: string,
  sources: ReadonlyMap<string, SourceSyntax>,
): readonly SourceSyntax[] {
  const reached = new Set([name]);
  for (const source of reached)
    for (const imported of sources.get(source)?.imports ?? []) reached.add(imported);
  return [...reached].flatMap((source) => sources.get(source) ?? []);
}
