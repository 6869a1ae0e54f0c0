/** Random nodes of all operators that are supported, and of some that are not, wired at random: mostly nonsense that looks like sense. */

import { DOMAINS } from "../../../sdk/src/compiler/operators/registry.ts";
import { forestAttributes } from "../forests.ts";
import {
  type Attributes,
  type AttributeValue,
  nodeProto,
  type OnnxType,
  onnxFile,
  tensorProto,
  valueProto,
  versions,
} from "../onnx.ts";
import type { Random } from "../random.ts";
import { anySize } from "./sizes.ts";

const NAMES = Object.entries(DOMAINS).flatMap(([domain, table]) =>
  Object.keys(table).map((operator) => ({ domain, operator })),
);
const TYPES: readonly OnnxType[] = [
  ...([
    "float32",
    "float32",
    "float32",
    "float32",
    "int64",
    "int64",
    "int32",
    "uint8",
    "int8",
    "bool",
  ] as const),
  ...(["float16", "bfloat16", "float64", "uint64", "uint32", "int16", "uint16"] as const),
];
const WORDS = [
  "constant",
  "nearest",
  "linear",
  "sum",
  "mean",
  "none",
  "SAME_UPPER",
  "VALID",
  "forward",
  "reverse",
  "add",
  "xyz",
  "constructor",
  "__proto__",
];

function small(random: Random): number {
  return random.chance(0.9) ? random.integer(-2, 4) : anySize(random);
}

function shape(random: Random): number[] {
  return Array.from({ length: random.integer(0, 4) }, () => random.integer(random.chance(0.05) ? 0 : 1, 4));
}

function attribute(random: Random): AttributeValue {
  return random.pick<() => AttributeValue>([
    () => small(random),
    () => small(random),
    () => Array.from({ length: random.integer(0, 5) }, () => small(random)),
    () => Array.from({ length: random.integer(0, 5) }, () => small(random)),
    () => ({ float: random.pick([0, 1, -1, 0.5, 1e30, Number.NaN]) }),
    () => random.pick(WORDS),
    () => ({ tensor: tensorProto("", "float32", [2], [1, 2]) }),
    () => ({ floats: [0.5, -1] }),
  ])();
}

function attributes({ domain, operator }: (typeof NAMES)[number], random: Random): Attributes {
  const known = DOMAINS[domain]?.[operator]?.attributes ?? [];
  const drawn = Object.fromEntries(
    known.filter(() => random.chance(0.2)).map((name) => [name, attribute(random)] as const),
  );
  return operator.startsWith("TreeEnsemble") ? { ...damagedForest(operator, random), ...drawn } : drawn;
}

/** Trees, of which some fields have another number somewhere, or one less. */
function damagedForest(operator: string, random: Random): Attributes {
  const [trees, depth] = [random.integer(1, 3), random.integer(0, 4)];
  const shape = { trees, depth, features: 2, targets: [0, 1], modes: ["BRANCH_LEQ", "BRANCH_NEQ"] };
  const part = operator.endsWith("Classifier") ? "class" : "target";
  const whole = forestAttributes(part, { ...shape, weight: () => random.integer(-3, 3) }, random);
  const damaged = Object.entries(whole).map(([name, value]) => {
    if (!random.chance(0.06) || !Array.isArray(value)) return [name, value] as const;
    const place = random.integer(0, value.length - 1);
    const list = random.chance(0.3) ? value.toSpliced(place, 1) : value.with(place, small(random));
    return [name, list as readonly number[]] as const;
  });
  const rest: Attributes = part === "class" ? { classlabels_int64s: [3, 4] } : { n_targets: 2 };
  return { ...rest, ...Object.fromEntries(damaged) };
}

/** A model of some random nodes. */
export function randomNodes(random: Random): Uint8Array {
  const available: string[] = [];
  const [inputs, initializers]: [Readonly<Record<string, unknown>>[], Readonly<Record<string, unknown>>[]] = [
    [],
    [],
  ];
  const type = random.chance(0.5) ? "float32" : random.pick(TYPES);
  const shared = random.chance(0.6) ? shape(random) : undefined;
  for (let i = random.integer(1, 3); i > 0; i--) {
    const dims = shared ?? shape(random);
    available.push(`x${i}`);
    inputs.push(valueProto(`x${i}`, random.chance(0.9) ? type : random.pick(TYPES), dims));
  }
  for (let i = random.integer(0, 4); i > 0; i--) {
    const dims = random.chance(0.5) ? [random.integer(0, 4)] : shape(random);
    const count = dims.reduce((product, dim) => product * dim, 1);
    const of = random.chance(0.5) ? "int64" : random.chance(0.7) ? type : random.pick(TYPES);
    const values = Array.from({ length: count }, () =>
      of === "uint64" || of === "uint32"
        ? Math.abs(small(random))
        : of === "int64"
          ? small(random)
          : random.integer(0, 3),
    );
    available.push(`w${i}`);
    initializers.push(tensorProto(`w${i}`, of, dims, values));
  }
  const nodes = Array.from({ length: random.integer(1, 5) }, (_, i) => {
    const chosen = random.pick(random.chance(0.1) ? NAMES.filter(({ domain }) => domain !== "") : NAMES);
    const { domain, operator } = chosen;
    const names = Array.from({ length: random.pick([1, 1, 1, 2, 2, 3, 4]) }, () =>
      random.chance(0.03) ? "" : random.chance(0.5) ? available.at(-1)! : random.pick(available),
    );
    const results = Array.from(
      { length: random.chance(0.8) ? 1 : random.integer(1, 3) },
      (_, j) => `t${i}_${j}`,
    );
    available.push(...results);
    const proto = nodeProto(operator, names, results, attributes(chosen, random), `${operator}_${i}`);
    return { ...proto, domain };
  });
  const last = `t${nodes.length - 1}_0`;
  const opset = random.pick([7, 10, 13, 13, 17, 19, 21, 21]);
  return onnxFile({ nodes, inputs, outputs: [[last, "float32"]], initializers }, opset, {
    opsetImport: versions({ "": opset, "ai.onnx.ml": random.pick([1, 2, 3, 4]) }),
  });
}
