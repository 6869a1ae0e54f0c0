/** NumPy's `.npy` files as tensors, and back. */

import { readFile, writeFile } from "node:fs/promises";
import { dump, parse } from "npyjs";
import { AssayError } from "../core/errors.ts";
import { brainToNumber } from "../core/half.ts";
import type { Tensor, TensorDataMap, TensorType } from "../machine/model.ts";

/** A `.npy` file that cannot be read, or holds what no tensor of the machine can. */
export class NpyError extends AssayError {
  override readonly name = "NpyError";
  constructor(path: string, problem: string, recovery: string, cause?: unknown) {
    super("NPY_UNREADABLE", `${path}: ${problem}.`, { context: { path }, recovery, cause });
  }
}

const TYPES: Readonly<Record<string, TensorType>> = {
  ...{ f4: "float32", f2: "float16" },
  ...{ i8: "int64", i4: "int32", i2: "int16", i1: "int8" },
  ...{ u8: "uint64", u4: "uint32", u2: "uint16", u1: "uint8", b1: "bool" },
};

const DTYPES = {
  ...({ float32: "f4", float16: "f2", bfloat16: "f4" } as const),
  ...({ int64: "i8", int32: "i4", int16: "i2", int8: "i1" } as const),
  ...({ uint64: "u8", uint32: "u4", uint16: "u2", uint8: "u1", bool: "b1" } as const),
};

/** Reads a tensor. Row-major (C order) little-endian files of float32, float16, all integers and bool are supported. */
export async function readNpy(path: string): Promise<Tensor> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new NpyError(path, "the file cannot be read", "Check the path and its permissions.", cause);
  });
  let array: ReturnType<typeof parse>;
  try {
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    array = parse(buffer, { convertFloat16: false });
  } catch (cause) {
    throw new NpyError(
      path,
      "not an .npy file, or truncated",
      "Write it with numpy.save(path, array).",
      cause,
    );
  }
  const type = TYPES[array.dtype];
  if (type === undefined) {
    throw new NpyError(
      path,
      `dtype ${array.dtype} is not supported`,
      `Convert it to one of ${Object.values(TYPES).join(", ")}.`,
    );
  }
  if (array.fortranOrder) {
    throw new NpyError(path, "the array is in Fortran order", "Save numpy.ascontiguousarray(array).");
  }
  const data = array.data as ArrayBufferView;
  const count = array.shape.reduce((product, size) => product * size, 1);
  const typed = type === "bool" ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : data;
  if ((typed as Uint8Array).length !== count) {
    throw new NpyError(
      path,
      `${(typed as Uint8Array).length} elements where the shape [${array.shape.join(", ")}] has ${count}`,
      "Write the file again.",
    );
  }
  return { type, dims: array.shape, data: typed as TensorDataMap[TensorType] };
}

/** Writes a tensor in C order; bfloat16, which NumPy does not have, as float32. */
export async function writeNpy(path: string, tensor: Tensor): Promise<void> {
  const { type, dims } = tensor;
  const data =
    type === "bfloat16" ? Float32Array.from(tensor.data as Uint16Array, brainToNumber) : tensor.data;
  const bytes = dump(data, [...dims], { dtype: DTYPES[type] });
  await writeFile(path, new Uint8Array(bytes));
}
