import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { encryptKeystoreJsonSync, Wallet } from "ethers";
import { privateKeyToAccount } from "viem/accounts";
import {
  addressOf,
  decryptKey,
  decryptPrivateKey,
  encryptKey,
  type Keystore,
} from "../../../sdk/src/node/keystore.ts";
import {
  changeKeystorePassword,
  readKeystore,
  readPassword,
  writeKeystore,
} from "../../../sdk/src/node/keystore-file.ts";
import { caught } from "../../support/caught.ts";

const PASSWORD = "correct horse battery";
const KEY = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";
const { address } = privateKeyToAccount(KEY);
const quick = { scryptN: 2 ** 10 };

/** The test vector of the format's own definition. */
const DEFINITION = {
  crypto: {
    cipher: "aes-128-ctr",
    cipherparams: { iv: "6087dab2f9fdbbfaddc31a909735c1e6" },
    ciphertext: "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
    kdf: "pbkdf2",
    kdfparams: {
      ...{ c: 262144, dklen: 32, prf: "hmac-sha256" },
      salt: "ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd",
    },
    mac: "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2",
  },
  id: "3198bc9c-6672-5ab3-d995-4942343ae5b6",
  version: 3,
};

describe("sdk/node: keystore", () => {
  let folder: string;
  const path = (name: string): string => join(folder, name);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "assay-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("default: what is encrypted is decrypted, by ethers too", async () => {
    const keystore = await encryptKey(PASSWORD, KEY, quick);
    expect(addressOf(keystore)).to.equal(address);
    expect((await decryptKey(keystore, PASSWORD)).address).to.equal(address);
    expect(await decryptPrivateKey(keystore, PASSWORD)).to.equal(KEY);
    expect((await Wallet.fromEncryptedJson(JSON.stringify(keystore), PASSWORD)).privateKey).to.equal(KEY);
  });

  it("behavior: opens what ethers has written, and the definition's own example", async () => {
    const foreign = encryptKeystoreJsonSync({ address, privateKey: KEY }, PASSWORD, {
      scrypt: { N: 2 ** 10 },
    });
    writeFileSync(path("ethers.json"), foreign);
    expect(await decryptPrivateKey(await readKeystore(path("ethers.json")), PASSWORD)).to.equal(KEY);
    expect(await decryptPrivateKey(DEFINITION, "testpassword")).to.equal(
      "0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d",
    );
  });

  it("behavior: a new key every time, and no two keystores of one key alike", async () => {
    const a = await encryptKey(PASSWORD, undefined, quick);
    const b = await encryptKey(PASSWORD, undefined, quick);
    expect(addressOf(a)).to.not.equal(addressOf(b));
    const c = await encryptKey(PASSWORD, KEY, quick);
    const d = await encryptKey(PASSWORD, KEY, quick);
    expect(c.crypto.ciphertext).to.not.equal(d.crypto.ciphertext);
  });

  it("behavior: a file that only its owner can read, never replaced, nothing left behind", async () => {
    const keystore = await encryptKey(PASSWORD, KEY, quick);
    await writeKeystore(path("keys/one.json"), keystore);
    expect(statSync(path("keys/one.json")).mode & 0o777).to.equal(0o600);
    expect(await readKeystore(path("keys/one.json"))).to.deep.equal(keystore);
    const other = await encryptKey(PASSWORD, undefined, quick);
    const error = await caught(writeKeystore(path("keys/one.json"), other));
    expect(error.code).to.equal("KEYSTORE_EXISTS");
    expect(await readKeystore(path("keys/one.json"))).to.deep.equal(keystore);
    expect(readdirSync(path("keys"))).to.deep.equal(["one.json"]);
    expect(readFileSync(path("keys/one.json"), "utf8")).to.not.contain(KEY.slice(2));
  });

  it("default: a password is changed, of what a link leads to as well, and the old one opens nothing", async () => {
    const password = "another horse battery";
    await writeKeystore(path("keys/one.json"), await encryptKey(PASSWORD, KEY, quick));
    symlinkSync(path("keys/one.json"), path("link.json"));
    const changed = await changeKeystorePassword(path("link.json"), PASSWORD, password, quick);
    expect(lstatSync(path("link.json")).isSymbolicLink()).to.equal(true);
    expect(statSync(path("keys/one.json")).mode & 0o777).to.equal(0o600);
    expect(readdirSync(path("keys"))).to.deep.equal(["one.json"]);
    expect(await readKeystore(path("keys/one.json"))).to.deep.equal(changed);
    expect(await decryptPrivateKey(changed, password)).to.equal(KEY);
    expect((await caught(decryptKey(changed, PASSWORD))).code).to.equal("KEYSTORE_PASSWORD_WRONG");
  });

  it("error: a password that cannot be changed leaves the file as it was, and nothing beside it", async () => {
    await writeKeystore(path("one.json"), await encryptKey(PASSWORD, KEY, quick));
    const before = readFileSync(path("one.json"), "utf8");
    const change = (from: string, to: string) =>
      caught(changeKeystorePassword(path("one.json"), from, to, quick));
    expect((await change("correct horse batterz", "another horse battery")).code).to.equal(
      "KEYSTORE_PASSWORD_WRONG",
    );
    expect((await change(PASSWORD, "short")).code).to.equal("KEYSTORE_PASSWORD_WEAK");
    // A disk that does not take the new file.
    mkdirSync(path(`one.json.${process.pid}.partial`));
    const refused = changeKeystorePassword(path("one.json"), PASSWORD, "another horse battery", quick);
    expect(await refused.catch((error: NodeJS.ErrnoException) => error.code)).to.equal("EEXIST");
    expect(readFileSync(path("one.json"), "utf8")).to.equal(before);
    expect(readdirSync(folder).sort()).to.deep.equal(["one.json", `one.json.${process.pid}.partial`]);
  });

  it("behavior: a password file's first line counts, with its blanks", async () => {
    for (const end of ["", "\n", "\r\n", "\nmore"]) {
      writeFileSync(path("password"), ` p w ${end}`);
      expect(await readPassword(path("password"))).to.equal(" p w ");
    }
    expect((await caught(readPassword(path("nowhere")))).code).to.equal("KEYSTORE_UNREADABLE");
  });

  it("error: the wrong password, and one that is quickly guessed", async () => {
    const keystore = await encryptKey(PASSWORD, KEY, quick);
    const error = await caught(decryptKey(keystore, "correct horse batterz"));
    expect(error.code).to.equal("KEYSTORE_PASSWORD_WRONG");
    expect(error.context).to.deep.equal({ address });
    expect(JSON.stringify(error)).to.not.contain("batter");
    for (const weak of ["", "short", "aaaaaaaaaaaaaaa"]) {
      expect((await caught(encryptKey(weak, KEY, quick))).code).to.equal("KEYSTORE_PASSWORD_WEAK");
    }
  });

  it("error: bytes that are no key", async () => {
    const order = "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    for (const key of ["0x12", `0x${"00".repeat(32)}`, order] as const) {
      expect((await caught(encryptKey(PASSWORD, key, quick))).code).to.equal("KEYSTORE_KEY_INVALID");
    }
  });

  it("error: keystores that are changed, hostile or none", async () => {
    const good = await encryptKey(PASSWORD, KEY, quick);
    const { crypto } = good;
    const changed = (part: object): unknown => ({ ...good, crypto: { ...crypto, ...part } });
    const params = (part: object): unknown => changed({ kdfparams: { ...crypto.kdfparams, ...part } });
    const invalid: readonly unknown[] = [
      null,
      [],
      {},
      { ...good, version: 1 },
      changed({ cipher: "aes-128-cbc" }),
      changed({ kdf: "argon2id" }),
      params({ n: 1000 }),
      params({ n: 2 ** 24, r: 64 }),
      params({ p: 2 ** 30 }),
      params({ dklen: 16 }),
      { ...good, address: "00".repeat(20) },
    ];
    for (const [index, content] of invalid.entries()) {
      expect((await caught(decryptKey(content, PASSWORD))).code, `case ${index}`).to.equal(
        "KEYSTORE_INVALID",
      );
    }
    const flipped = `${crypto.ciphertext.startsWith("0") ? "1" : "0"}${crypto.ciphertext.slice(1)}`;
    expect((await caught(decryptKey(changed({ ciphertext: flipped }), PASSWORD))).code).to.equal(
      "KEYSTORE_PASSWORD_WRONG",
    );
    const files = { empty: "", text: "hello", long: `"${"x".repeat(100_000)}"`, other: "{}" };
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(path(name), content);
      expect((await caught(readKeystore(path(name)))).code, name).to.equal("KEYSTORE_INVALID");
    }
    expect((await caught(readKeystore(path("nowhere")))).code).to.equal("KEYSTORE_UNREADABLE");
    expect((await caught(readKeystore(folder))).code).to.equal("KEYSTORE_UNREADABLE");
  });

  it("args: prefixes of hexadecimal are allowed", async () => {
    const good: Keystore = await encryptKey(PASSWORD, KEY, quick);
    const prefixed = { ...good, address: address, crypto: { ...good.crypto, mac: `0x${good.crypto.mac}` } };
    expect(await decryptPrivateKey(prefixed, PASSWORD)).to.equal(KEY);
  });
});
