import { expect } from "chai";
import { LARGE_MODELS, measureCompile, TARGET_SECONDS } from "../../scripts/bench/compile/measure.ts";

describe("compiling large models", () => {
  for (const [title, bytes] of Object.entries(LARGE_MODELS)) {
    it(`default: ${title}, 30 MB, compile within the target`, () => {
      const { bytes: length, seconds, hashing } = measureCompile(bytes(), 1);
      console.log(
        `      ${length} bytes: ${seconds.toFixed(1)} s, ${Math.round(100 * hashing)} % of it hashing`,
      );
      expect(length).to.be.greaterThan(30e6);
      expect(seconds).to.be.lessThan(TARGET_SECONDS);
    });
  }
});
