/** The order in which nodes are translated. */

import { OnnxMalformedError } from "../errors.ts";
import type { OnnxGraph, OnnxNode } from "../onnx/model.ts";

/**
 * The nodes that the outputs need, each after what it reads; as they stand in the file where that is such an order.
 *
 * @param taken - names that inputs and initializers have
 * @throws {OnnxMalformedError} if a name is given twice, or nodes wait for each other
 */
export function orderNodes(
  nodes: readonly OnnxNode[],
  outputs: readonly string[],
  taken: ReadonlySet<string>,
): readonly OnnxNode[] {
  const producers = new Map<string, number>();
  for (const [i, node] of nodes.entries()) {
    for (const name of node.outputs) {
      if (name === "") continue;
      if (producers.has(name) || taken.has(name)) {
        throw new OnnxMalformedError(`the name "${name}", an output of node "${node.name}", is given twice`);
      }
      producers.set(name, i);
    }
  }
  const sources = nodes.map((node) =>
    [...node.inputs, ...capturedNames(node)].flatMap((name) => producers.get(name) ?? []),
  );
  const needed = new Set(outputs.flatMap((name) => producers.get(name) ?? []));
  for (const i of needed) for (const source of sources[i]!) needed.add(source);

  const live = [...needed].sort((a, b) => a - b);
  if (live.every((i) => sources[i]!.every((source) => source < i))) return live.map((i) => nodes[i]!);
  return sorted(live, sources).map((i) => nodes[i]!);

  function sorted(all: readonly number[], reads: readonly (readonly number[])[]): number[] {
    const waiting = new Map(all.map((i) => [i, new Set(reads[i]).size]));
    const readers = new Map<number, number[]>();
    for (const i of all) {
      for (const source of new Set(reads[i])) {
        const list = readers.get(source);
        if (list === undefined) readers.set(source, [i]);
        else list.push(i);
      }
    }
    const order = all.filter((i) => waiting.get(i) === 0);
    for (const i of order) {
      for (const reader of readers.get(i) ?? []) {
        const left = waiting.get(reader)! - 1;
        waiting.set(reader, left);
        if (left === 0) order.push(reader);
      }
    }
    if (order.length < all.length) {
      const stuck = all.find((i) => waiting.get(i)! > 0)!;
      throw new OnnxMalformedError(`node "${nodes[stuck]!.name}" waits for its own output`);
    }
    return order;
  }
}

/** Names of the surrounding graph that the subgraphs of a node read. */
export function capturedNames(node: OnnxNode): readonly string[] {
  const names: string[] = [];
  for (const attribute of node.attributes.values()) {
    if (attribute.kind === "graph") names.push(...freeNames(attribute.value));
  }
  return names;
}

function freeNames(graph: OnnxGraph): readonly string[] {
  const own = new Set<string>(graph.initializers.keys());
  for (const { name } of graph.inputs) own.add(name);
  for (const node of graph.nodes) for (const name of node.outputs) own.add(name);
  const read = [
    ...graph.nodes.flatMap((node) => [...node.inputs, ...capturedNames(node)]),
    ...graph.outputs.map(({ name }) => name),
  ];
  return read.filter((name) => name !== "" && !own.has(name));
}
