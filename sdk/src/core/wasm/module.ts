/** Writes WebAssembly modules in their binary form: just what generated kernels need, one memory, functions, exports. */

import { concatBytes } from "../bytes.ts";
import { uleb, VALUE_TYPE, type ValueType } from "./encoding.ts";
import { FunctionBody } from "./function.ts";

/** A memory in pages of 64 KiB. A shared one has its bound fixed. */
export interface MemoryLimits {
  readonly pages: number;
  readonly isShared: boolean;
}

interface Entry {
  readonly name: string;
  readonly body: FunctionBody;
}

/** A module that imports its memory as `env.memory` and exports every function under its name. */
export class WasmModule {
  readonly #memory: MemoryLimits;
  readonly #functions: Entry[] = [];

  constructor(memory: MemoryLimits) {
    this.#memory = memory;
  }

  /** Appends a function without results. */
  addFunction(name: string, parameters: readonly ValueType[]): FunctionBody {
    const body = new FunctionBody(parameters);
    this.#functions.push({ name, body });
    return body;
  }

  /** Bytes of code so far. */
  get codeBytes(): number {
    return this.#functions.reduce((sum, { body }) => sum + body.size, 0);
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    const { pages, isShared } = this.#memory;
    const types: number[][] = [];
    const typeOf = ({ body }: Entry): number => {
      const own = [0x60, ...vector(body.parameters.map((type) => [VALUE_TYPE[type]])), 0];
      const known = types.findIndex((other) => other.join() === own.join());
      return known >= 0 ? known : types.push(own) - 1;
    };
    const typeIndices = this.#functions.map((entry) => uleb(typeOf(entry)));
    const exports = this.#functions.map(({ name }, index) => [...text(name), 0, ...uleb(index)]);
    const bodies = this.#functions.map(({ body }) => {
      const bytes = body.toBytes();
      return concatBytes(Uint8Array.from(uleb(bytes.length)), bytes);
    });
    return joined(
      Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
      section(1, vector(types)),
      section(2, [
        ...uleb(1),
        ...text("env"),
        ...text("memory"),
        ...[0x02, isShared ? 0x03 : 0x01, ...uleb(pages), ...uleb(pages)],
      ]),
      section(3, vector(typeIndices)),
      section(7, vector(exports)),
      section(10, concatBytes(Uint8Array.from(uleb(bodies.length)), ...bodies)),
    );
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(concatBytes(...parts));
}

function section(id: number, content: Uint8Array | readonly number[]): Uint8Array {
  return concatBytes(Uint8Array.of(id, ...uleb(content.length)), Uint8Array.from(content));
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...uleb(items.length), ...items.flat()];
}

function text(value: string): number[] {
  const codes = Array.from(value, (character) => character.charCodeAt(0));
  return [...uleb(codes.length), ...codes];
}
