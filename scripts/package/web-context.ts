/** Loads a module and all that it imports in a context that has the globals of a browser and none of Node, and prints what it leaves in `found`. */

import { createContext, SourceTextModule } from "node:vm";
import { modulesOf } from "./modules.ts";

const [project = "", entry = "", origin = ""] = process.argv.slice(2);
const NAMES = [
  ...["AbortController", "AbortSignal", "Blob", "CustomEvent", "Event", "EventTarget", "MessageChannel"],
  ...["TextDecoder", "TextEncoder", "URL", "URLSearchParams", "Headers", "Request", "Response", "fetch"],
  ...["atob", "btoa", "clearInterval", "clearTimeout", "console", "crypto", "performance", "queueMicrotask"],
  ...["setInterval", "setTimeout", "structuredClone"],
] as const;

const globals: Record<string, unknown> = Object.fromEntries(
  NAMES.map((name) => [name, globalThis[name as keyof typeof globalThis]]),
);
globals.self = globals;
globals.location = { origin };
const context = createContext(globals);

const graph = modulesOf(project, entry);
const loaded = new Map<string, SourceTextModule>();

function load(path: string): SourceTextModule {
  const known = loaded.get(path);
  if (known !== undefined) return known;
  const module = new SourceTextModule(graph.get(path)?.source ?? "", {
    context,
    identifier: path,
    importModuleDynamically: (name: string) => evaluated(target(path, name)),
  });
  loaded.set(path, module);
  return module;
}

function target(path: string, name: string): string {
  const found = graph.get(path)?.imports.get(name);
  if (found === undefined) throw new Error(`${path} imports ${name}, which a browser cannot find`);
  return found;
}

async function evaluated(path: string): Promise<SourceTextModule> {
  const module = load(path);
  if (module.status === "unlinked")
    await module.link((name, { identifier }) => load(target(identifier, name)));
  await module.evaluate();
  return module;
}

await evaluated(entry);
process.stdout.write(String(await globals.found));
process.exit(0);
