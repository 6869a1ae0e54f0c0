/** Models whose structure is hostile: circles, names, nesting, and a size that explodes while a small file is read. */

import {
  type Attributes,
  encodeModel,
  type GraphParts,
  graphProto,
  nodeProto,
  onnxFile,
  tensorProto,
  valueProto,
} from "../onnx.ts";
import type { Random } from "../random.ts";
import { anySize } from "./sizes.ts";

type Fields = Readonly<Record<string, unknown>>;
type Recipe = (random: Random) => Uint8Array;

const OPSETS = [{ domain: "", version: 19n }];
const LOCAL = "local";
const X = valueProto("x", "float32", [2, 3]);
const outputs = [["y", "float32"]] as const;

function file(nodes: readonly Fields[], more: Partial<GraphParts> = {}): Uint8Array {
  return onnxFile({ nodes, inputs: [X], outputs, ...more }, 19);
}

/** Nodes one after another, from `x` to `y`. */
function chain(length: number, node: (from: string, to: string, i: number) => Fields): readonly Fields[] {
  const name = (i: number): string => (i === 0 ? "x" : i === length ? "y" : `t${i}`);
  return Array.from({ length }, (_, i) => node(name(i), name(i + 1), i));
}

const unary = (operator: string) => (from: string, to: string) => nodeProto(operator, [from], [to]);

/** Levels of conditions that have both branches: each doubles the bytes of the file. */
const MOST_DOUBLED = 12;

/** A graph of an If or a Loop, as deep as asked for, with `width` such nodes in each. */
function nested(depth: number, width: number, operator: "If" | "Loop", trips: number): Fields {
  const body: Fields[] = [];
  if (depth === 0) body.push(nodeProto("Relu", ["x"], ["r0"]));
  for (let i = 0; depth > 0 && i < width; i++) {
    const graph = nested(depth - 1, width, operator, trips);
    const other = depth > MOST_DOUBLED ? nested(0, width, operator, trips) : graph;
    const attributes: Attributes =
      operator === "If" ? { then_branch: { graph }, else_branch: { graph: other } } : { body: { graph } };
    body.push(nodeProto(operator, operator === "If" ? ["true"] : ["trips", ""], [`r${i}`], attributes));
  }
  const isLoop = operator === "Loop";
  return graphProto({
    nodes: isLoop ? [nodeProto("Identity", ["true"], ["go"]), ...body] : body,
    inputs: isLoop ? [valueProto("i", "int64", []), valueProto("condition", "bool", [])] : [],
    outputs: isLoop
      ? [
          ["go", "bool"],
          ["r0", "float32"],
        ]
      : [["r0", "float32"]],
  });
}

function nestedFile(random: Random, operator: "If" | "Loop"): Uint8Array {
  const trips = random.pick([1, 2, 7, 64, 5000, 2 ** 40]);
  const graph = nested(random.integer(1, random.pick([4, 24])), 1, operator, trips);
  const wide = nested(random.integer(1, 4), random.integer(1, 6), operator, trips);
  const inner = random.chance(0.5) ? graph : wide;
  const attributes: Attributes =
    operator === "If"
      ? { then_branch: { graph: inner }, else_branch: { graph: inner } }
      : { body: { graph: inner } };
  const inputs = operator === "If" ? ["true"] : ["trips", ""];
  return file([nodeProto(operator, inputs, ["y"], attributes)], {
    initializers: [tensorProto("true", "bool", [], [1]), tensorProto("trips", "int64", [], [trips])],
  });
}

/** A billion laughs: every function calls the next one twice. */
function laughs(random: Random): Uint8Array {
  const depth = random.integer(2, 40);
  const call = (i: number, from: string, to: string): Fields => ({
    ...nodeProto(i === depth ? "Relu" : `f${i}`, [from], [to]),
    domain: i === depth ? "" : LOCAL,
  });
  const functions = Array.from({ length: depth }, (_, i) => ({
    ...{ name: `f${i}`, domain: LOCAL, input: ["a"], output: ["c"], opsetImport: OPSETS },
    node: [call(i + 1, "a", "b"), call(i + 1, "b", "c")],
  }));
  return encodeModel({
    opsetImport: [...OPSETS, { domain: LOCAL, version: 1n }],
    graph: graphProto({ nodes: [call(0, "x", "y")], inputs: [X], outputs }),
    functions,
  });
}

const STRANGE_NAMES = [
  "",
  " ",
  "\u0000",
  "__proto__",
  "constructor",
  "toString",
  "../../etc/passwd",
  "a\nb",
  "\ud800",
  "𝒙",
];

type Chain = readonly [length: number, operator: string];
const CHAINS: readonly Chain[] = [
  [100, "Tan"],
  [100, "Softmax"],
  [1000, "Sigmoid"],
  [3000, "Relu"],
  [30_000, "Identity"],
];
const LONGEST_CHAINS: readonly Chain[] = [
  [30_000, "Tan"],
  [30_000, "Softmax"],
  [190_000, "Relu"],
];

/** By what is hostile. */
export const GRAPH_RECIPES: Readonly<Record<string, Recipe>> = {
  circle: (random) => {
    const length = random.integer(1, 6);
    const nodes = Array.from({ length }, (_, i) =>
      nodeProto("Add", [`t${i}`, "x"], [`t${(i + 1) % length}`]),
    );
    return file([...nodes, nodeProto("Relu", ["t0"], ["y"])]);
  },
  "long chain": (random) => {
    // The longest ones end at a limit, or after many seconds.
    const [length, operator] = random.chance(0.95) ? random.pick(CHAINS) : random.pick(LONGEST_CHAINS);
    return file(chain(length, unary(operator)));
  },
  "long chain of views": (random) =>
    file(
      chain(random.pick([100, 3000]), (from, to, i) =>
        i % 2 === 0 ? nodeProto("Transpose", [from], [to]) : nodeProto("Flatten", [from], [to]),
      ),
    ),
  "doubling sums": (random) =>
    file(chain(random.integer(1, 64), (from, to) => nodeProto("Add", [from, from], [to]))),
  "doubling shapes": (random) =>
    file(
      chain(random.integer(1, 64), (from, to) =>
        nodeProto("Concat", [from, from], [to], { axis: random.integer(-1, 1) }),
      ),
    ),
  "doubling weights": (random) => {
    const nodes = chain(random.integer(1, 64), (from, to) =>
      nodeProto("Concat", [from, from], [to], { axis: 0 }),
    );
    return file([...nodes.slice(0, -1), nodeProto("Add", [`t${nodes.length - 1}`, "z"], ["y"])], {
      inputs: [valueProto("z", "float32", [1, 3])],
      initializers: [tensorProto("x", "float32", [2, 3], [1, 2, 3, 4, 5, 6])],
    });
  },
  "growing ranks": (random) =>
    file(
      chain(random.integer(1, 40), (from, to) => nodeProto("Unsqueeze", [from, "axes"], [to])),
      {
        initializers: [tensorProto("axes", "int64", [1], [0])],
      },
    ),
  "growing products": (random) =>
    file(
      chain(random.integer(1, 20), (from, to) =>
        nodeProto("MatMul", [from, `w${random.integer(0, 1)}`], [to]),
      ),
      {
        initializers: [0, 1].map((i) => tensorProto(`w${i}`, "float32", [3, 3], Array(9).fill(0.5))),
      },
    ),
  "many inputs": (random) => {
    const names = Array.from({ length: random.pick([100, 1000, 20_000]) }, () => "x");
    return file([
      nodeProto(
        random.pick(["Concat", "Sum", "Max", "Mean", "Min"]),
        names,
        ["y"],
        random.chance(0.5) ? { axis: 0 } : {},
      ),
    ]);
  },
  "many outputs": (random) => {
    const count = random.pick([2, 100, 3000]);
    const names = Array.from({ length: count }, (_, i) => `y${i}`);
    return file([nodeProto("Split", ["x"], names, { axis: 0, num_outputs: count })], {
      inputs: [valueProto("x", "float32", [count, 2])],
      outputs: names.map((name) => [name, "float32"] as const),
    });
  },
  "many nodes": (random) => {
    const count = random.pick([1000, 20_000]);
    const nodes = Array.from({ length: count }, (_, i) => nodeProto("Relu", ["x"], [`t${i}`]));
    return file([
      ...nodes,
      nodeProto(
        "Sum",
        Array.from({ length: count }, (_, i) => `t${i}`),
        ["y"],
      ),
    ]);
  },
  "nested conditions": (random) => nestedFile(random, "If"),
  "nested loops": (random) => nestedFile(random, "Loop"),
  "loop that grows its state": (random) => {
    const body = graphProto({
      nodes: [
        nodeProto("Identity", ["condition"], ["go"]),
        nodeProto(
          random.pick(["Concat", "Add"]),
          ["state", "state"],
          ["next"],
          random.chance(0.5) ? { axis: 0 } : {},
        ),
      ],
      inputs: [
        valueProto("i", "int64", []),
        valueProto("condition", "bool", []),
        valueProto("state", "float32", [2, 3]),
      ],
      outputs: [
        ["go", "bool"],
        ["next", "float32"],
      ],
    });
    return file([nodeProto("Loop", ["trips", "", "x"], ["y"], { body: { graph: body } })], {
      initializers: [tensorProto("trips", "int64", [], [random.pick([3, 40, 4000, 2 ** 50])])],
    });
  },
  "functions that call twice": laughs,
  "strange names": (random) => {
    const [input, middle, node] = [0, 1, 2].map(() => random.pick(STRANGE_NAMES)) as [string, string, string];
    return file([nodeProto("Relu", [input], [middle], {}, node), nodeProto("Neg", [middle], ["y"])], {
      inputs: [valueProto(input, "float32", [random.pick(STRANGE_NAMES), 2])],
    });
  },
  "names given twice": (random) => {
    const names = ["x", "y", "t"];
    const nodes = Array.from({ length: random.integer(1, 5) }, () =>
      nodeProto("Add", [random.pick(names), random.pick(names)], [random.pick(names)]),
    );
    return file(nodes, {
      initializers: random.chance(0.5) ? [tensorProto("t", "float32", [1], [1])] : [],
    });
  },
  "giant strings": (random) => {
    const giant = "a".repeat(random.pick([1000, 2 ** 16, 2 ** 22]));
    const where = random.integer(0, 3);
    return file(
      [
        nodeProto(
          where === 0 ? giant : "Relu",
          ["x"],
          ["y"],
          where === 1 ? { [giant]: 1 } : {},
          where === 2 ? giant : "",
        ),
      ],
      {
        inputs: [where === 3 ? valueProto("x", "float32", [giant]) : X],
      },
    );
  },
  "data elsewhere": (random) => {
    const location = random.pick([
      "weights.bin",
      "/etc/passwd",
      "../../../secret",
      "http://example.org/w",
      "",
    ]);
    const externalData = [
      { key: "location", value: location },
      { key: random.pick(["offset", "length", "location"]), value: String(anySize(random)) },
    ];
    const w = {
      ...tensorProto("w", "float32", [2, 3], []),
      dataLocation: random.integer(0, 2),
      externalData,
    };
    return file([nodeProto("Add", ["x", "w"], ["y"])], { initializers: [w] });
  },
  "data that is not there": (random) => {
    const w = tensorProto(
      "w",
      random.pick(["float32", "int64", "float16", "bool"]),
      [anySize(random), anySize(random)],
      [],
    );
    const raw = random.chance(0.5) ? { rawData: random.bytes(random.integer(0, 64)) } : {};
    return file([nodeProto("Add", ["x", "w"], ["y"])], { initializers: [{ ...w, ...raw }] });
  },
  "unknown opsets": (random) =>
    onnxFile({ nodes: [nodeProto("Relu", ["x"], ["y"])], inputs: [X], outputs }, anySize(random)),
};
