import { compileOnnx } from "../../../sdk/src/compiler/index.ts";
import { rootOfBytes } from "../../../sdk/src/core/tree.ts";
import { largeConvolutional, largePerceptron } from "./large.ts";

/** Seconds of processor time that loading and compiling a file of 30 MB may take. */
export const TARGET_SECONDS = 5;

export const LARGE_MODELS: Readonly<Record<string, () => Uint8Array>> = {
  "4 fully connected layers of 1,376 units": largePerceptron,
  "13 convolutions of 256 channels": largeConvolutional,
};

export interface Measurement {
  readonly bytes: number;
  readonly seconds: number;
  /** The share of hashing the constants. */
  readonly hashing: number;
}

/** Compiles a file some times over: medians of what it takes. */
export function measureCompile(bytes: Uint8Array, runs: number): Measurement {
  const [whole, hashing]: [number[], number[]] = [[], []];
  for (let i = 0; i < runs; i++) {
    const start = processorSeconds();
    const { constants, record } = compileOnnx(bytes);
    const end = processorSeconds();
    rootOfBytes(constants, record.constantsDepth);
    whole.push(end - start);
    hashing.push((processorSeconds() - end) / (end - start));
  }
  return { bytes: bytes.length, seconds: median(whole), hashing: median(hashing) };
}

/** Of this process: other programs on the machine change it little. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
