import { createServer, type Server } from "node:http";
import { expect } from "chai";
import { fetchInputUri, InputUriError, type InputUriOptions } from "../../../sdk/src/node/input-uri.ts";
import { isPublicAddress } from "../../../sdk/src/node/public-address.ts";
import { caught } from "../../support/caught.ts";

const BYTES = Uint8Array.of(0, 1, 0x7f, 0x80, 0xff, 0x25);

describe("sdk/node: inputs at URIs", () => {
  const options: InputUriOptions = { seconds: 5, ipfsGateway: undefined, allowPrivate: true };
  let server: Server;
  let url: string;
  let asked: string[] = [];

  before(async () => {
    server = createServer(({ url: path = "" }, response) => {
      asked.push(path);
      const [, kind, rest = ""] = /^\/([^/]*)\/?(.*)$/.exec(path) ?? [];
      if (kind === "redirect") response.writeHead(302, { location: decodeURIComponent(rest) }).end();
      else if (kind === "loop") response.writeHead(302, { location: path }).end();
      else if (kind === "nowhere") response.writeHead(302).end();
      else if (kind === "missing") response.writeHead(404).end(BYTES);
      else if (kind === "silent") return;
      else if (kind === "dripping") {
        response.writeHead(200);
        const timer = setInterval(() => response.write(Uint8Array.of(1)), 100);
        response.once("close", () => clearInterval(timer));
      } else if (kind === "endless") {
        response.writeHead(200);
        const more = (): void => {
          if (!response.destroyed) response.write(new Uint8Array(65_536), () => setImmediate(more));
        };
        more();
      } else if (kind === "broken") {
        response.writeHead(200, { "content-length": "6" });
        response.write(BYTES.subarray(0, 3), () => response.destroy());
      } else if (kind === "empty") response.writeHead(200).end();
      else response.writeHead(200, { "content-type": "text/html" }).end(BYTES);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  });

  beforeEach(() => {
    asked = [];
  });

  after(() => {
    server.close();
    server.closeAllConnections();
  });

  const fetched = (uri: string, changes: Partial<InputUriOptions> = {}): Promise<Uint8Array> =>
    fetchInputUri(uri, BYTES.length, { ...options, ...changes });
  const refused = async (
    uri: string,
    code: string,
    changes: Partial<InputUriOptions> = {},
  ): Promise<void> => {
    const error = await caught(fetched(uri, changes));
    expect(error, uri).to.be.instanceOf(InputUriError);
    expect(error.code, uri).to.equal(code);
  };

  it("default: data, HTTP, redirections, and IPFS through a gateway", async () => {
    expect(await fetched("data:application/octet-stream;base64,AAF/gP8l")).to.deep.equal(BYTES);
    expect(await fetched("data:,%00%01%7F%80%fF%25")).to.deep.equal(BYTES);
    expect(await fetched(`${url}/there`)).to.deep.equal(BYTES);
    expect(await fetched(`${url}/redirect/%2Fthere`)).to.deep.equal(BYTES);
    const ipfs = { ipfsGateway: `${url}/`, allowPrivate: false };
    expect(await fetched("ipfs://QmSomeThing/input.bin?a=b", ipfs)).to.deep.equal(BYTES);
    expect(asked.at(-1)).to.equal("/ipfs/QmSomeThing/input.bin");
  });

  it("error: places that nobody can read here", async () => {
    const uris = [
      "",
      "nowhere",
      "ftp://example.org/a",
      "file:///etc/passwd",
      "ipfs://QmSomeThing",
      "data:nothing",
    ];
    for (const uri of [...uris, "javascript:1", "http://", `${url}/redirect/file:%2F%2F%2Fetc%2Fpasswd`])
      await refused(uri, "INPUT_URI_UNSUPPORTED");
    // A gateway's path cannot be left.
    await fetched("ipfs://QmSomeThing/../../admin", { ipfsGateway: url });
    expect(asked.at(-1)).to.equal("/ipfs/QmSomeThing/admin");
  });

  it("error: computers of private networks are not asked, by whatever name, unless that is allowed", async () => {
    const { port } = new URL(url);
    const hosts = [
      "127.0.0.1",
      "localhost",
      "2130706433",
      "0x7f.1",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "0.0.0.0",
      "[::]",
    ];
    for (const host of hosts)
      await refused(`http://${host}:${port}/there`, "INPUT_ADDRESS_PRIVATE", { allowPrivate: false });
    expect(asked).to.deep.equal([]);
    // Nor does a gateway that is trusted lead there.
    const there = encodeURIComponent(`${url}/there`);
    const gateway = { ipfsGateway: `${url}/redirect/${there}?`, allowPrivate: false };
    await refused("ipfs://QmSomeThing", "INPUT_ADDRESS_PRIVATE", gateway);
    expect(asked).to.have.length(1);
  });

  it("error: what is not there, breaks off, has another length, or leads in a circle", async () => {
    for (const path of ["missing", "nowhere", "broken", "loop"])
      await refused(`${url}/${path}`, "INPUT_UNREACHABLE");
    expect(asked.filter((path) => path === "/loop")).to.have.length(4);
    for (const uri of ["data:,abc", "data:,abcdefg", `${url}/empty`, `${url}/endless`])
      await refused(uri, "INPUT_LENGTH_MISMATCH");
  });

  it("error: what does not come in time, be it that it comes byte by byte", async () => {
    await refused(`${url}/silent`, "INPUT_UNREACHABLE", { seconds: 0.3 });
    await refused(`${url}/dripping`, "INPUT_UNREACHABLE", { seconds: 0.3 });
  });

  it("args: which addresses are public", () => {
    const open = [
      "1.1.1.1",
      "172.15.255.255",
      "172.32.0.0",
      "9.255.255.255",
      "223.255.255.255",
      "2606:4700::1111",
    ];
    const reserved = [
      ...[
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "127.9.9.9",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
      ],
      ...[
        "192.168.1.1",
        "198.19.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:8.8.8.8",
        "fc00::1",
      ],
      ...[
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700::1111%eth0",
        "ff02::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001::1",
      ],
      ...["2001:db8::1", "example.org", "", "1.1.1", "1.1.1.1.1"],
    ];
    for (const address of open) expect(isPublicAddress(address), address).to.equal(true);
    for (const address of reserved) expect(isPublicAddress(address), address).to.equal(false);
  });
});
