import { expect } from "chai";
import { AmountMalformedError, formatAmount, parseAmount } from "../../../sdk/src/core/amounts.ts";

const ether = { decimals: 18, symbol: "ASSAY" };
const dollar = { decimals: 6, symbol: "USDC" };
const whole = { decimals: 0, symbol: "points" };

describe("sdk/core: amounts", () => {
  for (const [amount, units, text] of [
    [0n, ether, "0 ASSAY"],
    [1n, ether, "0.000000000000000001 ASSAY"],
    [10n ** 18n, ether, "1 ASSAY"],
    [1_500_000n, dollar, "1.5 USDC"],
    [-1_500_000n, dollar, "-1.5 USDC"],
    [120n, whole, "120 points"],
    [2n ** 256n - 1n, dollar, `${(2n ** 256n - 1n) / 10n ** 6n}.639935 USDC`],
  ] as const)
    it(`default: ${amount} of ${units.decimals} decimals reads ${text}, and is read back`, () => {
      expect(formatAmount(amount, units)).to.equal(text);
      const [digits = ""] = text.split(" ");
      if (amount >= 0n && digits.length < 60) expect(parseAmount(digits, units)).to.equal(amount);
    });

  it("args: zeros before and behind are no matter", () => {
    expect(parseAmount("0012.50", dollar)).to.equal(12_500_000n);
  });

  for (const text of [
    ...["", " ", "-1", "+1", "1e3", "1,5", "1.", ".5", "0x10", "1 2", "1_000", "٣", "∞", "NaN", "1.0000001"],
    ...["1.5.5", "9".repeat(60), "1\n"],
  ])
    it(`error: ${JSON.stringify(text)} is no amount`, () => {
      expect(() => parseAmount(text, dollar))
        .to.throw(AmountMalformedError)
        .with.property("context")
        .that.deep.equals({ text, decimals: 6, symbol: "USDC" });
    });
});
