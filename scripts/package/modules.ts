/** All modules that a program loads, found as a browser without a bundler finds them: by following every import. */

import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { ResolverFactory } from "rolldown/experimental";
import { parseSync } from "rolldown/utils";

/** Modules by their paths below the project's folder. */
export type ModuleGraph = ReadonlyMap<string, Module>;

export interface Module {
  readonly source: string;
  /** Paths of what it imports, by the words that it imports it with. */
  readonly imports: ReadonlyMap<string, string>;
}

/** What makes an import map: bare names, by the folder of the module that says them. */
export interface ImportMap {
  readonly scopes: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const BUILTINS: ReadonlySet<string> = new Set(builtinModules);

/**
 * Follows all imports from a module, those that are loaded late among them.
 *
 * @throws {Error} naming each import of a builtin module of Node, each that leads nowhere, and each file that is no ES module
 */
export function modulesOf(project: string, entry: string): ModuleGraph {
  const resolver = new ResolverFactory({
    conditionNames: ["browser", "import", "module", "default"],
    mainFields: ["browser", "module", "main"],
    symlinks: false,
  });
  const modules = new Map<string, Module>();
  const problems: string[] = [];
  const waiting = [entry];
  for (const path of waiting) {
    if (modules.has(path)) continue;
    const file = join(project, path);
    const source = readFileSync(file, "utf8");
    const { module, program } = parseSync(file, source);
    if (!module.hasModuleSyntax && program.body.length > 0) problems.push(`${path} is no ES module`);
    const imports = new Map<string, string>();
    for (const name of namesIn(source, module)) {
      if (name.startsWith("node:") || BUILTINS.has(name)) {
        problems.push(`${path} imports ${name}, which only Node has`);
        continue;
      }
      const { path: found, error } = resolver.sync(dirname(file), name);
      if (found === undefined) {
        problems.push(`${path} imports ${name}: ${error ?? "it is nowhere"}`);
        continue;
      }
      const target = relative(project, found).split(sep).join("/");
      imports.set(name, target);
      waiting.push(target);
    }
    modules.set(path, { source, imports });
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return modules;
}

type Parsed = ReturnType<typeof parseSync>["module"];

function namesIn(source: string, { staticImports, staticExports, dynamicImports }: Parsed): Set<string> {
  const names = new Set(staticImports.map(({ moduleRequest }) => moduleRequest.value));
  for (const { entries } of staticExports)
    for (const { moduleRequest } of entries) if (moduleRequest != null) names.add(moduleRequest.value);
  // A name that is computed cannot be followed.
  for (const { moduleRequest } of dynamicImports) {
    const literal = /^(["'])(.*)\1$/.exec(source.slice(moduleRequest.start, moduleRequest.end));
    if (literal?.[2] !== undefined) names.add(literal[2]);
  }
  return names;
}

/** The import map with which a browser finds the same modules. */
export function importMapOf(modules: ModuleGraph): ImportMap {
  const scopes: Record<string, Record<string, string>> = {};
  for (const [path, { imports }] of modules)
    for (const [name, target] of imports) {
      if (name.startsWith(".")) continue;
      const scope = `/${dirname(path)}/`;
      scopes[scope] = { ...scopes[scope], [name]: `/${target}` };
    }
  return { scopes };
}
