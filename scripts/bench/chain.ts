import hre from "hardhat";
import {
  type Account,
  concatHex,
  createWalletClient,
  custom,
  type EIP1193Parameters,
  type Hex,
  keccak256,
  numberToHex,
  publicActions,
  size,
  stringToHex,
  type TransactionReceipt,
} from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { type Deployment, defineDeployment } from "../../sdk/src/addresses.ts";
import { deploySystem } from "../deploy/system.ts";

const MNEMONIC = "test test test test test test test test test test test junk";
const PEOPLE = ["deployer", "publisher", "requester", "operator", "challenger", "defender"] as const;
export type Person = (typeof PEOPLE)[number];

/** When the chain begins, and when the first transaction is made that may be measured; Unix seconds. */
const GENESIS = 1_900_000_000;
const START = GENESIS + 86_400;
const BLOCK_SECONDS = 12;

export type Client = ReturnType<typeof connect>;
type Connection = Awaited<ReturnType<typeof hre.network.create>>;
type Provider = Connection["provider"];

/** A transaction that has succeeded. */
export interface Sent {
  readonly receipt: TransactionReceipt;
  readonly gas: number;
  readonly calldataBytes: number;
}

/**
 * A chain inside of this process with the protocol on it. Its time moves by twelve seconds with every transaction and does not depend on any clock;
 * keys, nonces and with them all addresses are fixed. So the same contracts and calls take the same gas on every machine.
 */
export class BenchChain {
  readonly clients: Readonly<Record<Person, Client>>;
  readonly deployment: Deployment;
  readonly #connection: Connection;
  #time = START;
  #salts = 0;

  private constructor(connection: Connection, deployment: Deployment) {
    const clients = PEOPLE.map((person, addressIndex) => [
      person,
      connect(connection.provider, mnemonicToAccount(MNEMONIC, { addressIndex })),
    ]);
    this.clients = Object.fromEntries(clients) as Record<Person, Client>;
    this.deployment = deployment;
    this.#connection = connection;
  }

  /** Starts a chain and deploys what is compiled. Without a floor on calldata it is as chains were before EIP-7623. */
  static async create(hardfork: "osaka" | "cancun" = "osaka"): Promise<BenchChain> {
    const initialDate = new Date(1000 * GENESIS).toISOString();
    const connection = await hre.network.create({ override: { hardfork, initialDate } });
    const deployment = defineDeployment(await deploySystem(connection, { name: "bench" }));
    const chain = new BenchChain(connection, deployment);
    await chain.pass(0);
    return chain;
  }

  /** The time of the next block. */
  get time(): number {
    return this.#time;
  }

  /** A number that nothing else has; in every run the same. */
  salt(): Hex {
    return keccak256(concatHex([stringToHex("salt"), numberToHex(++this.#salts)]));
  }

  /** Sends a transaction in a block of its own at the next time, and waits for it. */
  async send(transaction: () => Promise<Hex>): Promise<Sent> {
    const sent = await this.sendIfAny(transaction);
    if (sent === undefined) throw new Error("No transaction was sent.");
    return sent;
  }

  /** The same for what may find that there is nothing to send. */
  async sendIfAny(transaction: () => Promise<Hex | undefined>): Promise<Sent | undefined> {
    await this.#request("evm_setNextBlockTimestamp", [this.#time]);
    const hash = await transaction();
    if (hash === undefined) return undefined;
    this.#time += BLOCK_SECONDS;
    const { deployer } = this.clients;
    const receipt = await deployer.getTransactionReceipt({ hash });
    if (receipt.status !== "success") throw new Error(`Transaction ${hash} was reverted.`);
    const { input } = await deployer.getTransaction({ hash });
    return { receipt, gas: Number(receipt.gasUsed), calldataBytes: size(input) };
  }

  /** Lets time pass, in an empty block. */
  async pass(seconds: number): Promise<void> {
    this.#time += seconds;
    await this.#request("evm_setNextBlockTimestamp", [this.#time]);
    await this.#request("evm_mine", []);
    this.#time += BLOCK_SECONDS;
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  #request(method: string, params: unknown[]): Promise<unknown> {
    return this.#connection.provider.request({ method, params });
  }
}

function connect(provider: Provider, account: Account) {
  const transport = custom({ request: (call: EIP1193Parameters) => provider.request(call as never) });
  return createWalletClient({ account, transport, cacheTime: 0 }).extend(publicActions);
}
