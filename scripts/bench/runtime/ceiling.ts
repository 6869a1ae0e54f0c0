/** How fast this processor can multiply and add at most, as WebAssembly can say it: vectors of four, each product rounded before it is added. */

import { WasmModule } from "../../../sdk/src/core/wasm/module.ts";
import { Simd } from "../../../sdk/src/core/wasm/opcodes.ts";

/** Accumulators that do not wait for each other: enough to hide an addition's latency, few enough for all to be registers. */
const ACCUMULATORS = 12;
const ROUNDS = 20_000;
const REPEATS = 300;
const LANES = 4;

/** Multiply-adds in a millisecond, of one thread that reads and writes nothing: the best of many runs. */
export function ceiling(): number {
  const module = new WasmModule({ pages: 1, isShared: false });
  const f = module.addFunction("run", ["i32"]);
  const factor = f.local("v128");
  const accumulators = Array.from({ length: ACCUMULATORS }, () => f.local("v128"));
  f.i32(0).access(Simd.load, 0).set(factor);
  f.i32(0);
  f.count(
    f.local("i32"),
    () => void f.get(0),
    1,
    () => {
      for (const accumulator of accumulators)
        f.get(accumulator).get(factor).get(accumulator).simd(Simd.f32Mul).simd(Simd.f32Add).set(accumulator);
    },
  );
  for (const [i, accumulator] of accumulators.entries())
    f.i32(16 * i)
      .get(accumulator)
      .access(Simd.store, 0);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.toBytes()), { env: { memory } });
  const run = exports.run as (rounds: number) => void;
  let best = Number.POSITIVE_INFINITY;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = performance.now();
    run(ROUNDS);
    best = Math.min(best, performance.now() - start);
  }
  return (ROUNDS * ACCUMULATORS * LANES) / best;
}
