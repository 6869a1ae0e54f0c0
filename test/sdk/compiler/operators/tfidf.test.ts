import { compileOnnx } from "../../../../sdk/src/compiler/index.ts";
import { expectError } from "../../../support/errors.ts";
import { type Attributes, floats, ints, type SingleNode, singleNode } from "../../../support/onnx.ts";
import { expectNodeAgreement } from "../../../support/onnx-oracle.ts";

/** Three tokens alone, two pairs, two triples. */
const POOL: Attributes = {
  ...{ pool_int64s: [2, 3, 5, 2, 3, 3, 1, 1, 2, 3, 3, 2, 1], ngram_counts: [0, 3, 7] },
  ...{ ngram_indexes: [0, 1, 2, 3, 4, 5, 6], min_gram_length: 1, max_gram_length: 3, mode: "TF" },
  max_skip_count: 0,
};
const rows = ints("int64", [3, 14], [1, 4]);
const node = (attributes: Attributes, input = rows): SingleNode => ({
  ...{ operator: "TfIdfVectorizer", inputs: [input], attributes: { ...POOL, ...attributes } },
});

describe("compileOnnx: TfIdfVectorizer", () => {
  for (const mode of ["TF", "IDF", "TFIDF"]) {
    it(`default: ${mode}, of rows and of one row`, async () => {
      const weights = { floats: [0.5, 1, 1.5, 2, 2.5, 3, 3.5] };
      await expectNodeAgreement(node({ mode, weights }));
      await expectNodeAgreement(node({ mode }, ints("int32", [20], [1, 3])));
    });
  }

  for (const max_skip_count of [1, 3, 40]) {
    it(`args: up to ${max_skip_count} tokens left out`, async () => {
      await expectNodeAgreement(node({ max_skip_count }));
    });
  }

  it("args: only some lengths, and indices in another order, some of them never used", async () => {
    await expectNodeAgreement(node({ min_gram_length: 2, max_gram_length: 2 }));
    await expectNodeAgreement(node({ ngram_indexes: [3, 0, 9, 1, 8, 2, 4] }));
    await expectNodeAgreement(node({ min_gram_length: 3 }, ints("int64", [2, 2], [1, 3])));
  });

  it("error: pools that do not divide, texts, indices that meet, and tokens that are no integers", () => {
    const refuse = (code: string, attributes: Attributes, input = rows): void => {
      expectError(code, () => compileOnnx(singleNode(node(attributes, input))));
    };
    refuse("ONNX_MALFORMED", { ngram_counts: [0, 4, 7] });
    refuse("ONNX_MALFORMED", { ngram_counts: [0, 3, 99] });
    refuse("ONNX_MALFORMED", { ngram_counts: [0, -3, 7] });
    refuse("ONNX_UNSUPPORTED_ATTRIBUTE", { pool_strings: { strings: ["a"] } });
    refuse("ONNX_UNSUPPORTED_ATTRIBUTE", { mode: "BM25" });
    refuse("ONNX_SHAPE_MISMATCH", { ngram_indexes: [0, 1, 2, 3, 3, 5, 6] });
    refuse("ONNX_SHAPE_MISMATCH", { ngram_indexes: [0, 1] });
    refuse("ONNX_SHAPE_MISMATCH", { weights: { floats: [1] } });
    refuse("ONNX_UNSUPPORTED_TYPE", {}, floats([3, 4]));
    refuse("ONNX_SHAPE_MISMATCH", {}, ints("int64", [1, 2, 3]));
  });
});
