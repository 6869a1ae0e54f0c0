/**
 * Compiles an ONNX model, registers it, and writes the directory that operators and challengers read.
 *
 *     npm run register -- MODEL.onnx OUT [NAME=SIZE...]
 *
 * Where and as whom is said by the environment, as for `assay`: ASSAY_RPC_URLS, ASSAY_DEPLOYMENT, ASSAY_KEYSTORE, ASSAY_PASSWORD_FILE.
 */

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { createWalletClient, http } from "viem";
import { waitForTransactionReceipt } from "viem/actions";
import { registerModel } from "../../sdk/src/actions/registerModel.ts";
import { compileOnnx } from "../../sdk/src/compiler/index.ts";
import { loadConfig, required } from "../../sdk/src/node/config.ts";
import { connectionSettings, keySettings } from "../../sdk/src/node/daemon-settings.ts";
import { decryptKey } from "../../sdk/src/node/keystore.ts";
import { readKeystore, readPassword } from "../../sdk/src/node/keystore-file.ts";
import { writeModelDirectory } from "../../sdk/src/node/model-directory.ts";
import { Rpc } from "../../sdk/src/node/rpc.ts";
import { findDeployment } from "../../sdk/src/node/startup.ts";

const [file, out, ...dims] = process.argv.slice(2);
if (file === undefined || out === undefined) {
  console.error("npm run register -- MODEL.onnx OUT [NAME=SIZE...]");
  process.exit(2);
}
const { values } = loadConfig({ ...connectionSettings, ...keySettings }, { env: process.env });
const sizes = dims.map((dim) => dim.split("=")).map(([name, size]) => [name, Number(size)] as const);
const model = compileOnnx(new Uint8Array(readFileSync(file)), { dims: Object.fromEntries(sizes) });
await writeModelDirectory(out, { name: basename(file, ".onnx"), model, stepInfos: model.stepInfos });

const urls = required("rpcUrls", values.rpcUrls, "the registry is on a chain");
const { deployment } = await findDeployment(
  values.deployment,
  new Rpc({ urls, timeoutSeconds: values.rpcTimeoutSeconds }),
);
const password = await readPassword(
  required("passwordFile", values.passwordFile, "the keystore is encrypted"),
);
const account = await decryptKey(
  await readKeystore(required("keystore", values.keystore, "somebody pays gas")),
  password,
);
const client = createWalletClient({ account, transport: http(urls[0]) });
const hash = await registerModel(client, { deployment, record: model.record });
const { gasUsed } = await waitForTransactionReceipt(client, { hash });
console.log(JSON.stringify({ modelId: model.modelId, hash, gasUsed: Number(gasUsed), directory: out }));
