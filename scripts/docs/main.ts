/**
 * Writes the API reference of the SDK to `.scratch/api`, and fails on every warning: a dead link, or a public symbol without a word.
 *
 *     npm run docs
 */

import { Application, type DeclarationReflection, ReflectionKind } from "typedoc";

const DOCUMENTED =
  ReflectionKind.ClassOrInterface |
  ReflectionKind.TypeAlias |
  ReflectionKind.Enum |
  ReflectionKind.EnumMember |
  ReflectionKind.Function |
  ReflectionKind.Method |
  ReflectionKind.Property |
  ReflectionKind.Accessor |
  ReflectionKind.Variable;

/** A type that is written nowhere, such as what a decorator adds to a client: it repeats what is documented where it is declared. */
function isInferred({ parent }: DeclarationReflection): boolean {
  for (let outer = parent; outer !== undefined; outer = outer.parent)
    if (outer.name === "__type") return true;
  return false;
}

function isDocumented({ comment, signatures, getSignature, type }: DeclarationReflection): boolean {
  const inner = type?.type === "reflection" ? type.declaration.signatures : undefined;
  const all = [
    ...(signatures ?? []),
    ...(inner ?? []),
    ...(getSignature === undefined ? [] : [getSignature]),
  ];
  return (
    comment?.hasVisibleComponent() === true || all.some((one) => one.comment?.hasVisibleComponent() === true)
  );
}

const application = await Application.bootstrapWithPlugins({ options: "sdk/typedoc.json" });
const project = await application.convert();
if (project === undefined) process.exit(1);
application.validate(project);
const undocumented = new Set<string>();
for (const reflection of project.getReflectionsByKind(DOCUMENTED) as DeclarationReflection[]) {
  if (reflection.flags.isExternal || isInferred(reflection) || isDocumented(reflection)) continue;
  // What overrides something means the same.
  if (reflection.overwrites !== undefined) continue;
  const [source] = reflection.sources ?? [];
  undocumented.add(`${source?.fileName}:${source?.line}: ${reflection.name} is not documented`);
}
for (const problem of undocumented) application.logger.warn(problem);
if (application.logger.hasErrors() || application.logger.hasWarnings()) process.exit(1);
await application.generateOutputs(project);
