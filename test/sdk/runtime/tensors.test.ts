import { expect } from "chai";
import { toHex } from "../../../sdk/src/core/bytes.ts";
import type { Tensor, TensorSlot, TensorType } from "../../../sdk/src/machine/model.ts";
import type { ModelRecord } from "../../../sdk/src/machine/types.ts";
import { packInputs, unpackOutputs } from "../../../sdk/src/runtime/tensors.ts";
import { expectError } from "../../support/errors.ts";
import { makeSlots, type Shape } from "../../support/models.ts";

const side = (slots: readonly TensorSlot[], bytes = 192) => ({
  inputs: slots,
  outputs: slots,
  record: { inputBytes: bytes, outputBytes: bytes } as ModelRecord,
});

const ALL: readonly Shape[] = [
  ["floats", "float32", 2, 2],
  ["ints", "int32", 3],
  ["longs", "int64", 2],
  ["bytes", "int8", 1, 5],
  ["pixels", "uint8", 33],
  ["flags", "bool", 2],
  ["halves", "float16", 2],
  ["brains", "bfloat16", 1],
  ["shorts", "int16", 2],
  ["marks", "uint16", 1],
  ["counts", "uint32", 1],
  ["sizes", "uint64", 1],
];

const TENSORS: Readonly<Record<string, Tensor>> = {
  floats: {
    type: "float32",
    dims: [2, 2],
    data: new Float32Array(Uint32Array.of(0x3f800000, 0x7fa00001, 0x80000000, 1).buffer),
  },
  ints: { type: "int32", dims: [3], data: Int32Array.of(-1, 0x7fffffff, 5) },
  longs: { type: "int64", dims: [2], data: BigInt64Array.of(-(2n ** 31n), 2n ** 31n - 1n) },
  bytes: { type: "int8", dims: [1, 5], data: Int8Array.of(-128, 127, 0, -1, 1) },
  pixels: { type: "uint8", dims: [33], data: new Uint8Array(33).fill(200) },
  flags: { type: "bool", dims: [2], data: Uint8Array.of(1, 0) },
  halves: { type: "float16", dims: [2], data: Uint16Array.of(0x3c00, 0x8001) },
  brains: { type: "bfloat16", dims: [1], data: Uint16Array.of(0xc049) },
  shorts: { type: "int16", dims: [2], data: Int16Array.of(-2, 300) },
  marks: { type: "uint16", dims: [1], data: Uint16Array.of(65535) },
  counts: { type: "uint32", dims: [1], data: Uint32Array.of(0xfffffffe) },
  sizes: { type: "uint64", dims: [1], data: BigUint64Array.of(0xfffffffdn) },
};

const one = (type: TensorType, ...dims: number[]) => side(makeSlots(["x", type, ...dims]), 32);

describe("packInputs", () => {
  it("default: lays all types out, with zeros between them", () => {
    const bytes = packInputs(side(makeSlots(...ALL), 416), TENSORS);
    const words = [
      "0000803f0100a07f0000008001000000",
      "ffffffffffffff7f05000000",
      "00000080ffffff7f",
      "807f00ff01",
      "c8".repeat(32),
      "c8",
      "0100",
      "0000803f000080b3",
      "000049c0",
      "feffffff2c010000",
      "ffff0000",
      "feffffff",
      "fdffffff",
    ];
    expect(toHex(bytes)).to.equal(`0x${words.map((word) => word.padEnd(64, "0")).join("")}`);
  });

  it("behavior: takes tensors that are a part of a buffer", () => {
    const data = Float32Array.of(9, 1, 2).subarray(1);
    const bytes = packInputs(one("float32", 2), { x: { type: "float32", dims: [2], data } });
    expect([...new Float32Array(bytes.buffer, 0, 2)]).to.deep.equal([1, 2]);
  });

  it("behavior: takes tensors without elements and without dimensions", () => {
    const empty: Tensor = { type: "float32", dims: [0], data: new Float32Array() };
    expect(packInputs(one("float32", 0), { x: empty })).to.have.length(32);
    expect(packInputs(one("int8"), { x: { type: "int8", dims: [], data: Int8Array.of(7) } })[0]).to.equal(7);
  });

  it("error: an input that is missing", () => {
    expectError("INPUT_MISSING", () => packInputs(one("float32", 1), {}), { name: "x", expected: ["x"] });
    expectError("INPUT_MISSING", () => packInputs(side(makeSlots(["toString", "int8", 1])), {}));
  });

  it("error: an input that the model does not have", () => {
    expectError("INPUT_UNKNOWN", () => packInputs(side([]), TENSORS), { name: "floats", expected: [] });
  });

  it("error: another type", () => {
    const x: Tensor = { type: "int32", dims: [1], data: Int32Array.of(1) };
    expectError("INPUT_TYPE", () => packInputs(one("float32", 1), { x }), {
      actual: "int32",
      expected: "float32",
    });
  });

  it("error: another shape", () => {
    const x: Tensor = { type: "int32", dims: [4], data: new Int32Array(4) };
    expectError("INPUT_DIMS", () => packInputs(one("int32", 2, 2), { x }), { actual: [4], expected: [2, 2] });
  });

  it("error: another kind of array", () => {
    const x = { type: "int32", dims: [1], data: Float32Array.of(1) } as unknown as Tensor;
    expectError("INPUT_DATA", () => packInputs(one("int32", 1), { x }), {
      actual: "Float32Array",
      expected: "Int32Array",
    });
    const list = { type: "int32", dims: [1], data: [1] } as unknown as Tensor;
    expectError("INPUT_DATA", () => packInputs(one("int32", 1), { x: list }), { actual: "Array" });
  });

  it("error: another number of elements", () => {
    const x: Tensor = { type: "int32", dims: [3], data: new Int32Array(2) };
    expectError("INPUT_LENGTH", () => packInputs(one("int32", 3), { x }), { actual: 2, expected: 3 });
  });

  it("error: an int64 that 32 bits cannot hold", () => {
    for (const value of [2n ** 31n, -(2n ** 31n) - 1n, 2n ** 62n]) {
      const x: Tensor = { type: "int64", dims: [2], data: BigInt64Array.of(0n, value) };
      expectError("INPUT_VALUE", () => packInputs(one("int64", 2), { x }), { name: "x", at: 1, value });
    }
  });

  it("error: a bool that is neither 0 nor 1", () => {
    const x: Tensor = { type: "bool", dims: [3], data: Uint8Array.of(0, 1, 2) };
    expectError("INPUT_VALUE", () => packInputs(one("bool", 3), { x }), { name: "x", at: 2, value: 2 });
  });

  it("error: a slot that does not fit the model", () => {
    const [slot] = makeSlots(["x", "int32", 3]);
    const x: Tensor = { type: "int32", dims: [3], data: new Int32Array(3) };
    for (const wrong of [
      ...[
        { byteOffset: 32 },
        { byteOffset: -32 },
        { byteOffset: 4 },
        { byteLength: 8 },
        { elementType: "u8" },
      ],
      ...[{ dims: [2] }, { dims: [-3] }, { dims: [1.5, 2] }],
    ])
      expectError("SLOT_INVALID", () => packInputs(side([{ ...slot!, ...wrong } as TensorSlot], 32), { x }));
  });
});

describe("unpackOutputs", () => {
  it("default: gives back what was packed, bit by bit", () => {
    const model = side(makeSlots(...ALL), 416);
    const outputs = unpackOutputs(model, packInputs(model, TENSORS));
    expect(Object.keys(outputs)).to.deep.equal(Object.keys(TENSORS));
    for (const [name, { type, dims, data }] of Object.entries(TENSORS)) {
      expect(outputs[name]?.type).to.equal(type);
      expect(outputs[name]?.dims).to.deep.equal(dims);
      const bits = (array: ArrayBufferView) => [
        ...new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
      ];
      expect(outputs[name]?.data.constructor).to.equal(data.constructor);
      expect(bits(outputs[name]!.data), name).to.deep.equal(bits(data));
    }
  });

  it("behavior: reads an answer that lies within other bytes", () => {
    const bytes = new Uint8Array(40);
    bytes.set([1, 0, 0, 0], 5);
    expect(unpackOutputs(one("int32", 1), bytes.subarray(5, 37)).x?.data).to.deep.equal(Int32Array.of(1));
  });

  it("behavior: an output may have any name", () => {
    const outputs = unpackOutputs(side(makeSlots(["__proto__", "int8", 1]), 32), new Uint8Array(32));
    expect(Object.keys(outputs)).to.deep.equal(["__proto__"]);
  });

  it("error: an answer that is too short", () => {
    expectError("OUTPUT_LENGTH", () => unpackOutputs(one("int32", 1), new Uint8Array(31)), {
      actual: 31,
      expected: 32,
    });
  });

  it("error: a slot beyond the answer", () => {
    expectError("SLOT_INVALID", () =>
      unpackOutputs(side(makeSlots(["x", "int32", 9]), 32), new Uint8Array(64)),
    );
  });
});
