/** Walks ONNX nodes in the order of their dependencies and lets each operator build its part of the graph. */

import {
  CompilerError,
  type NodeContext,
  OnnxLimitError,
  OnnxMalformedError,
  OnnxUnsupportedAttributeError,
  OnnxUnsupportedOperatorError,
  OnnxUnsupportedTypeError,
} from "../errors.ts";
import { DATA_TYPES } from "../host/tensor.ts";
import { LIMITS } from "../limits.ts";
import type { OnnxAttribute, OnnxFunction, OnnxGraph, OnnxModel, OnnxNode } from "../onnx/model.ts";
import { named, type Operator, OperatorContext } from "../operators/context.ts";
import { firstOpset } from "../operators/early.ts";
import { DOMAINS } from "../operators/registry.ts";
import type { GraphBuilder } from "./builder.ts";
import { withHalves } from "./halves.ts";
import type { Item, Value } from "./ir.ts";
import { capturedNames, orderNodes } from "./order.ts";

/** Values by name; a subgraph also sees those of the graph around it. */
class Scope {
  readonly #values = new Map<string, Item>();
  readonly #parent: Scope | undefined;
  /** How many nodes and outputs read each name. */
  readonly readers = new Map<string, number>();

  constructor(parent?: Scope) {
    this.#parent = parent;
  }

  get(name: string): Item | undefined {
    return this.#values.get(name) ?? this.#parent?.get(name);
  }

  set(name: string, value: Item): void {
    this.#values.set(name, value);
  }
}

/** Where nodes are translated: their operator versions and the attributes of the function that they are part of. */
interface Surroundings {
  readonly domains: ReadonlyMap<string, number>;
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
  readonly depth: number;
}

export class Translator {
  readonly #model: OnnxModel;
  readonly #builder: GraphBuilder;
  #visited = 0;

  constructor(model: OnnxModel, builder: GraphBuilder) {
    this.#model = model;
    this.#builder = builder;
  }

  /** Values of the model's outputs, given those of its inputs. */
  model(inputs: ReadonlyMap<string, Value>): readonly Value[] {
    const { graph, domains } = this.#model;
    const values = graph.inputs.map(({ name }) => inputs.get(name)!);
    const results = this.#graph(graph, values, undefined, { domains, attributes: new Map(), depth: 0 });
    return results.map((item, i) => {
      if (item.kind !== "sequence") return item;
      throw new OnnxUnsupportedTypeError(`Output "${graph.outputs[i]!.name}"`, "sequence", DATA_TYPES);
    });
  }

  #graph(
    graph: OnnxGraph,
    inputs: readonly Item[],
    parent: Scope | undefined,
    around: Surroundings,
  ): readonly Item[] {
    if (inputs.length !== graph.inputs.length) {
      throw new OnnxMalformedError(
        `graph "${graph.name}" takes ${graph.inputs.length} inputs, not ${inputs.length}`,
      );
    }
    const scope = new Scope(parent);
    for (const [name, tensor] of graph.initializers) scope.set(name, tensor);
    for (const [i, { name }] of graph.inputs.entries()) scope.set(name, inputs[i]!);
    const taken = new Set([...graph.initializers.keys(), ...graph.inputs.map(({ name }) => name)]);
    const outputs = graph.outputs.map(({ name }) => name);
    this.#nodes(graph.nodes, outputs, taken, scope, around);
    return this.#results(outputs, scope, `graph "${graph.name}"`);
  }

  #nodes(
    nodes: readonly OnnxNode[],
    outputs: readonly string[],
    taken: ReadonlySet<string>,
    scope: Scope,
    around: Surroundings,
  ): void {
    const order = orderNodes(nodes, outputs, taken);
    for (const name of [...outputs, ...order.flatMap((node) => [...node.inputs, ...capturedNames(node)])]) {
      scope.readers.set(name, (scope.readers.get(name) ?? 0) + 1);
    }
    for (const node of order) this.#node(node, scope, around);
  }

  #results(names: readonly string[], scope: Scope, owner: string): readonly Item[] {
    return names.map((name) => {
      const value = scope.get(name);
      if (value === undefined) throw new OnnxMalformedError(`output "${name}" of ${owner} is never computed`);
      return value;
    });
  }

  #node(node: OnnxNode, scope: Scope, around: Surroundings): void {
    if (++this.#visited > LIMITS.visitedNodes) {
      throw new OnnxLimitError(
        "Nodes, counting every iteration of loops",
        this.#visited,
        LIMITS.visitedNodes,
      );
    }
    const opset = around.domains.get(node.domain) ?? this.#model.domains.get(node.domain) ?? 0;
    const at: NodeContext = { node: node.name, operator: node.operator, domain: node.domain, opset };
    const inputs = node.inputs.map((name) => {
      if (name === "") return undefined;
      const value = scope.get(name);
      if (value === undefined) throw new OnnxMalformedError(`input "${name}" does not exist`, { at });
      return value;
    });
    const bound = { ...node, attributes: resolveReferences(node, around.attributes) };
    const definition = this.#model.functions.get(`${node.domain}:${node.operator}`);
    const outer = this.#builder.at;
    this.#builder.at = at;
    let results: readonly (Item | undefined)[];
    if (definition === undefined) {
      const operator = operatorOf(bound, at);
      const context = {
        ...{ graph: this.#builder, at, opset, node: bound },
        isOnlyReader: (input: number) => scope.readers.get(node.inputs[input] ?? "") === 1,
        subgraphs: {
          translate: (graph: OnnxGraph, values: readonly Item[]) =>
            this.#graph(graph, values, scope, { ...around, depth: around.depth + 1 }),
        },
      };
      results = withHalves(this.#builder, node.operator, inputs, (seen) =>
        normalised(runOperator(operator, new OperatorContext({ ...context, inputs: seen }))),
      );
    } else results = this.#call(definition, inputs, bound, around.depth);
    this.#builder.at = outer;
    for (const [i, name] of node.outputs.entries()) {
      if (name === "") continue;
      const value = results[i];
      if (value !== undefined) scope.set(name, value);
      else if (scope.readers.has(name)) {
        throw new OnnxUnsupportedAttributeError(
          at,
          `output ${i}`,
          name,
          `output ${results.length === 1 ? "0 only" : `0 to ${results.length - 1}`}`,
        );
      }
    }
  }

  #call(
    definition: OnnxFunction,
    inputs: readonly (Item | undefined)[],
    node: OnnxNode,
    depth: number,
  ): readonly (Item | undefined)[] {
    if (depth >= LIMITS.graphDepth)
      throw new OnnxLimitError("Functions within functions", depth + 1, LIMITS.graphDepth);
    const scope = new Scope();
    for (const [i, name] of definition.inputs.entries()) {
      const value = inputs[i];
      if (value !== undefined) scope.set(name, value);
    }
    const attributes = new Map([...definition.defaults, ...node.attributes]);
    const around = { domains: definition.domains, attributes, depth: depth + 1 };
    this.#nodes(definition.nodes, definition.outputs, new Set(definition.inputs), scope, around);
    return this.#results(definition.outputs, scope, `function "${definition.name}"`);
  }
}

function operatorOf(node: OnnxNode, at: NodeContext): Operator {
  const table = named(DOMAINS, node.domain) ?? {};
  const operator = named(table, node.operator);
  const isDefined =
    operator !== undefined &&
    at.opset >= firstOpset(node.operator, operator.since) &&
    at.opset <= (operator.until ?? at.opset);
  if (!isDefined) {
    throw new OnnxUnsupportedOperatorError(at, Object.keys(table).sort());
  }
  const { attributes = [], earlyAttributes = [] } = operator;
  const understood = at.opset < 7 ? [...attributes, ...earlyAttributes] : attributes;
  for (const [name, attribute] of node.attributes) {
    if (!understood.includes(name) || attribute.kind === "other") {
      const known = understood.join(", ");
      throw new OnnxUnsupportedAttributeError(
        at,
        name,
        attribute.value,
        known === "" ? "no attributes" : known,
      );
    }
  }
  return operator;
}

/** Errors of parts that know nothing of nodes are told which one they concern. */
function runOperator(operator: Operator, ctx: OperatorContext): Item | readonly (Item | undefined)[] {
  try {
    return operator.translate(ctx);
  } catch (error) {
    if (CompilerError.is(error)) throw error;
    if (error instanceof RangeError)
      throw new OnnxMalformedError("its sizes cannot be computed with", { at: ctx.at, cause: error });
    throw error;
  }
}

function normalised(results: Item | readonly (Item | undefined)[]): readonly (Item | undefined)[] {
  return "kind" in results ? [results] : results;
}

function resolveReferences(
  node: OnnxNode,
  given: ReadonlyMap<string, OnnxAttribute>,
): ReadonlyMap<string, OnnxAttribute> {
  const resolved = new Map<string, OnnxAttribute>();
  for (const [name, attribute] of node.attributes) {
    const value = attribute.kind === "reference" ? given.get(attribute.value) : attribute;
    if (value !== undefined) resolved.set(name, value);
  }
  return resolved;
}
