import { expect } from "chai";
import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import type { Tensor } from "../../../../sdk/src/machine/model.ts";
import { run } from "../../../../sdk/src/runtime/index.ts";
import { expectError } from "../../../support/errors.ts";
import { type Attributes, floats, ints, type Operand, singleNode, weights } from "../../../support/onnx.ts";
import { expectNodeAgreement, makeInputs } from "../../../support/onnx-oracle.ts";
import { createRandom } from "../../../support/random.ts";

type Kind = "RNN" | "GRU" | "LSTM";
const GATES: Readonly<Record<Kind, number>> = { RNN: 1, GRU: 3, LSTM: 4 };
const FUNCTIONS: Readonly<Record<Kind, number>> = { RNN: 1, GRU: 2, LSTM: 3 };
const KINDS = Object.keys(GATES) as readonly Kind[];

interface Layer {
  readonly kind: Kind;
  readonly attributes?: Attributes;
  readonly directions?: 1 | 2;
  readonly lengths?: Operand;
  /** Inputs that may be left out. */
  readonly has?: readonly ("bias" | "state" | "peepholes")[];
  readonly dims?: readonly [number, number, number];
}

/** A layer of 4 units; by default of a sequence of 5, a batch of 2, 3 inputs. */
function layer({ kind, attributes = {}, directions = 1, lengths, has = ["bias"], dims = [5, 2, 3] }: Layer) {
  const gates = GATES[kind];
  const state = has.includes("state") ? floats([directions, 2, 4]) : undefined;
  const inputs = [
    floats(dims),
    weights([directions, gates * 4, 3], 1),
    weights([directions, gates * 4, 4], 2),
    has.includes("bias") ? weights([directions, 2 * gates * 4], 3) : undefined,
    lengths,
    state,
    ...(kind === "LSTM" ? [state] : []),
    ...(has.includes("peepholes") ? [weights([directions, 12], 4)] : []),
  ];
  while (inputs.at(-1) === undefined) inputs.pop();
  return {
    ...{ operator: kind, inputs, opset: 14 },
    attributes: {
      hidden_size: 4,
      ...(directions === 2 ? { direction: "bidirectional" } : {}),
      ...attributes,
    },
    outputs: new Array<"float32">(kind === "LSTM" ? 3 : 2).fill("float32"),
  };
}

const given = (...values: readonly number[]): Operand => ({ type: "int32", dims: [2], values });

const CASES: Readonly<Record<string, Layer>> = {
  "GRU, linear before reset": { kind: "GRU", attributes: { linear_before_reset: 1 } },
  "LSTM with peepholes": { kind: "LSTM", has: ["bias", "peepholes"] },
  "LSTM, what is not taken in being kept": { kind: "LSTM", attributes: { input_forget: 1 }, has: ["state"] },
  "LSTM of functions that are too long for one step": {
    ...{ kind: "LSTM", directions: 2, has: ["bias", "peepholes", "state"], dims: [2, 2, 3] },
    attributes: {
      activations: { strings: ["Softplus", "Tanh", "Sigmoid", "Softsign", "Softplus", "Tanh"] },
    },
  },
  "RNN of functions with parameters, each taking its own from the lists": {
    ...{ kind: "RNN", directions: 2 },
    attributes: {
      activations: { strings: ["ScaledTanh", "Affine"] },
      activation_alpha: { floats: [0.5, 0.75] },
      activation_beta: { floats: [1.5, 0.125] },
    },
  },
};
for (const kind of KINDS) {
  const names = ["HardSigmoid", "LeakyRelu", "Softsign"].slice(0, FUNCTIONS[kind]);
  Object.assign(CASES, {
    [kind]: { kind },
    [`${kind} without a bias`]: { kind, has: [] },
    [`${kind}, reverse, with a state`]: { kind, attributes: { direction: "reverse" }, has: ["state"] },
    [`${kind}, bidirectional`]: { kind, directions: 2 },
    [`${kind} with bounded gates`]: { kind, attributes: { clip: { float: 0.25 } } },
    [`${kind} of other functions`]: { kind, attributes: { activations: { strings: names } } },
    [`${kind} of known lengths`]: { kind, directions: 2, lengths: given(5, 2), has: ["state"] },
    [`${kind} of the request's lengths`]: {
      ...{ kind, directions: 2, has: ["bias", "state"] },
      lengths: ints("int32", [2], [1, 5]),
    },
  } satisfies Record<string, Layer>);
}

describe("compileOnnx: recurrent layers", () => {
  for (const [title, item] of Object.entries(CASES)) {
    it(`default: ${title}`, async () => {
      await expectNodeAgreement(layer(item));
    });
  }

  it("behavior: lengths that are the input's own cost nothing", () => {
    for (const kind of KINDS) {
      const steps = (lengths?: Operand): number =>
        compileOnnx(singleNode(layer({ kind, ...(lengths === undefined ? {} : { lengths }) }))).report.steps;
      expect(steps(given(5, 5))).to.equal(steps());
    }
  });

  it("behavior: a layout with the batch in front only moves elements", async () => {
    const [front, back] = [1, 0].map((layout) => {
      const dims = layout === 1 ? ([2, 5, 3] as const) : ([5, 2, 3] as const);
      return compileOnnx(singleNode(layer({ kind: "LSTM", dims, attributes: { layout } })));
    });
    const { x0 } = makeInputs(back!, { random: createRandom(1) });
    const swapped = (tensor: Tensor, [a, b, c]: readonly [number, number, number]): number[] =>
      Array.from({ length: a * b * c }, (_, i) => {
        const [p, q, r] = [Math.floor(i / (a * c)), Math.floor(i / c) % a, i % c];
        return Number(tensor.data[(q * b + p) * c + r]);
      });
    const turned = Float32Array.from(swapped(x0!, [5, 2, 3]));
    const plain = await run(back!, { x0: x0! });
    const result = await run(front!, { x0: { type: "float32", dims: [2, 5, 3], data: turned } });
    expect([...result.y0!.data]).to.deep.equal(swapped(plain.y0!, [5, 2, 4]));
    expect([...result.y1!.data, ...result.y2!.data]).to.deep.equal([...plain.y1!.data, ...plain.y2!.data]);
  });

  it("error: lengths beyond the input, of another number or type", () => {
    const file = (lengths: Operand): Uint8Array => singleNode(layer({ kind: "RNN", lengths }));
    expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(file(given(5, 6))), { operator: "RNN" });
    expectError("ONNX_SHAPE_MISMATCH", () =>
      compileOnnx(file({ type: "int32", dims: [3], values: [5, 5, 5] })),
    );
    expectError("ONNX_UNSUPPORTED_TYPE", () => compileOnnx(file(ints("uint8", [2]))));
  });

  it("error: functions that nobody knows, too few of them, or parameters that only the node can know", () => {
    const file = (...strings: readonly string[]): Uint8Array =>
      singleNode(layer({ kind: "GRU", attributes: { activations: { strings } } }));
    expectError("ONNX_UNSUPPORTED_ATTRIBUTE", () => compileOnnx(file("Sigmoid", "Sinc")), { value: "Sinc" });
    expectError("ONNX_MALFORMED", () => compileOnnx(file("Sigmoid")));
    expectError("ONNX_MALFORMED", () => compileOnnx(file("Sigmoid", "ScaledTanh")));
  });
});
