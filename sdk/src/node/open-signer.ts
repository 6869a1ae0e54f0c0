/** Opens what signs for a daemon, and reads what it keeps secret. */

import { readFileSync } from "node:fs";
import type { Hex } from "viem";
import { keccakHex } from "../core/hash.ts";
import { ConfigError, required } from "./config.ts";
import type { keySettings } from "./daemon-settings.ts";
import { decryptKey } from "./keystore.ts";
import { readKeystore, readPassword } from "./keystore-file.ts";
import type { Values } from "./setting.ts";
import { localSigner, remoteSigner, type Signer } from "./signer.ts";

/** Opens the keystore, or names the signer behind HTTP; nothing if there is neither. */
export async function openSigner(
  config: Partial<Values<typeof keySettings>> & { readonly rpcTimeoutSeconds: number },
): Promise<Signer | undefined> {
  const { keystore, passwordFile, signerUrl, account, rpcTimeoutSeconds: timeoutSeconds } = config;
  if (keystore !== undefined && signerUrl !== undefined)
    throw new ConfigError("signerUrl", "is given beside a keystore", "Give one of the two.");
  if (signerUrl !== undefined) {
    const address = required("account", account, "the signer may hold several keys");
    return remoteSigner({ url: signerUrl, address, timeoutSeconds });
  }
  if (keystore === undefined) return undefined;
  const password = await readPassword(required("passwordFile", passwordFile, "the keystore is encrypted"));
  const opened = await decryptKey(await readKeystore(keystore), password);
  if (account !== undefined && account !== opened.address)
    throw new ConfigError(
      "account",
      `is ${account}, the keystore's is ${opened.address}`,
      "Correct one of the two.",
    );
  return localSigner(opened);
}

/** Nobody signs, where somebody has to. */
export function missingKey(why: string): ConfigError {
  return new ConfigError(
    "keystore",
    `is missing, and signerUrl, too: ${why}`,
    "Create a key with `assay keys create`.",
  );
}

/** The secret of a file: the hash of all its bytes. */
export function readSecret(path: string): Hex {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new ConfigError("saltFile", `${path} cannot be read`, "Check the path and its permissions.");
  }
  if (bytes.length < 32)
    throw new ConfigError("saltFile", `${path} has ${bytes.length} bytes`, "Take at least 32 random ones.");
  return keccakHex(bytes);
}
