import { compileOnnx, LIMITS } from "../../../../sdk/src/compiler/index.ts";
import { expectError } from "../../../support/errors.ts";
import { floats, type Operand, singleNode, weights } from "../../../support/onnx.ts";

const GATES = { LSTM: 4, GRU: 3, RNN: 1 } as const;

describe("compileOnnx: recurrent layers of hostile shapes", () => {
  for (const [operator, gates] of Object.entries(GATES)) {
    const [width, hidden] = [2, 3];
    const inputs: readonly (Operand | undefined)[] = [
      floats([5, 1, width]),
      weights([2, gates * hidden, width]),
      weights([2, gates * hidden, hidden]),
      weights([2, 2 * gates * hidden]),
      undefined,
      floats([2, 1, hidden]),
    ];
    const file = (index?: number, other?: Operand) =>
      singleNode({
        operator,
        inputs: inputs.map((input, i) => (i === index ? other : input)),
        attributes: { hidden_size: hidden, direction: "bidirectional" },
      });

    it(`error: ${operator} with weights or states of other shapes`, () => {
      compileOnnx(file());
      const others: readonly (readonly [number, Operand])[] = [
        [0, floats([5, width])],
        // One direction only, of which the other one would be read beyond the end.
        [1, weights([1, gates * hidden, width])],
        [1, weights([2, gates * hidden, width + 1])],
        [1, weights([gates * hidden * 2, width])],
        [2, weights([1, gates * hidden, hidden])],
        [2, weights([2, hidden, gates * hidden + 1])],
        [3, weights([1, 2 * gates * hidden])],
        [3, weights([2, gates * hidden])],
        [5, floats([1, 1, hidden])],
        // As many elements as there must be, in another order.
        [5, floats([1, 2, hidden])],
      ];
      for (const [index, other] of others)
        expectError("ONNX_SHAPE_MISMATCH", () => compileOnnx(file(index, other)), { operator });
    });

    it(`error: ${operator} over a sequence that is too long, even of nothing`, () => {
      const none = singleNode({
        operator,
        inputs: [floats([2 ** 31 - 1, 1, 1]), weights([1, 0, 1]), weights([1, 0, 0])],
        attributes: { hidden_size: 0 },
      });
      expectError("ONNX_LIMIT_EXCEEDED", () => compileOnnx(none), {
        operator,
        limit: LIMITS.unrolledIterations,
      });
    });
  }
});
