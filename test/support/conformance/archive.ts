/** The operator tests of the ONNX project: one model with its inputs and the outputs that it must give. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";

export interface ConformanceCase {
  /** `suite/test`, for instance `node/test_add`. */
  readonly name: string;
  readonly model: Uint8Array;
  /** Serialized values, in the order of the graph's inputs and outputs. */
  readonly inputs: readonly Uint8Array[];
  readonly outputs: readonly Uint8Array[];
}

export const ARCHIVE = join(import.meta.dirname, "../../fixtures/onnx-tests/cases.br");

/** Cases whose files together are larger are not in the archive. */
export const MOST_BYTES = 512 * 1024;

export function caseBytes({ model, inputs, outputs }: ConformanceCase): number {
  return [model, ...inputs, ...outputs].reduce((sum, file) => sum + file.length, 0);
}

/** For every case its name, and the places of its files: the model, the inputs, the outputs. */
type Index = readonly (readonly [name: string, inputs: number, ...files: (readonly [number, number])[]])[];

/** Files that are the same are stored once. */
export function packArchive(cases: readonly ConformanceCase[]): Uint8Array {
  const places = new Map<string, readonly [number, number]>();
  const files: Uint8Array[] = [];
  let end = 0;
  const place = (file: Uint8Array): readonly [number, number] => {
    const key = Buffer.from(file).toString("base64");
    const known = places.get(key);
    if (known !== undefined) return known;
    const own = [end, file.length] as const;
    places.set(key, own);
    files.push(file);
    end += file.length;
    return own;
  };
  const index: Index = cases.map(({ name, model, inputs, outputs }) => [
    name,
    inputs.length,
    ...[model, ...inputs, ...outputs].map(place),
  ]);
  const header = new TextEncoder().encode(JSON.stringify(index));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, header.length);
  const bytes = Buffer.concat([length, header, ...files]);
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

export function readArchive(path = ARCHIVE): readonly ConformanceCase[] {
  const bytes = new Uint8Array(brotliDecompressSync(readFileSync(path)));
  const start = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const index = JSON.parse(new TextDecoder().decode(bytes.subarray(4, start))) as Index;
  return index.map(([name, inputCount, ...places]) => {
    const [model, ...values] = places.map(([offset, size]) =>
      bytes.subarray(start + offset, start + offset + size),
    );
    return { name, model: model!, inputs: values.slice(0, inputCount), outputs: values.slice(inputCount) };
  });
}

/** All cases below a folder with the layout of ONNX's `backend/test/data`: `suite/test/model.onnx` and `suite/test/test_data_set_0/*.pb`. */
export function readFolder(root: string): readonly ConformanceCase[] {
  return readdirSync(root)
    .sort()
    .flatMap((suite) =>
      readdirSync(join(root, suite))
        .sort()
        .filter((test) => existsSync(join(root, suite, test, "model.onnx")))
        .map((test) => readCase(`${suite}/${test}`, join(root, suite, test))),
    );
}

function readCase(name: string, folder: string): ConformanceCase {
  const data = join(folder, "test_data_set_0");
  const values = (kind: string): Uint8Array[] => {
    const count = readdirSync(data).filter((file) => file.startsWith(`${kind}_`)).length;
    return Array.from({ length: count }, (_, i) => readFileSync(join(data, `${kind}_${i}.pb`)));
  };
  return {
    name,
    model: readFileSync(join(folder, "model.onnx")),
    inputs: values("input"),
    outputs: values("output"),
  };
}
