import { formatUnits, type TransactionReceipt } from "viem";

/** Tells what happens, as it happens, and keeps the gas of every transaction. */
export class Story {
  readonly #silent: boolean;
  readonly #gas: { readonly kind: string; readonly used: number }[] = [];

  constructor(silent: boolean) {
    this.#silent = silent;
  }

  title(text: string): void {
    this.#print(`\n${text}\n${"-".repeat(text.length)}`);
  }

  line(text: string): void {
    this.#print(text === "" ? "" : `  ${text}`);
  }

  /** Notes a transaction: who did what, and the gas it took. */
  transaction(who: string, what: string, kind: string, receipt: TransactionReceipt): void {
    const used = Number(receipt.gasUsed);
    this.#gas.push({ kind, used });
    this.#print(`  ${who.padEnd(10)} ${what.padEnd(60)} ${used.toLocaleString("en-US").padStart(10)} gas`);
  }

  /** Gas of all transactions of the given kinds, in order. */
  gasOf(...kinds: readonly string[]): readonly number[] {
    return this.#gas.filter(({ kind }) => kinds.includes(kind)).map(({ used }) => used);
  }

  #print(text: string): void {
    if (!this.#silent) console.log(text);
  }
}

/** An amount of tokens for people. */
export function tokens(amount: bigint): string {
  return `${formatUnits(amount, 18)} ASSAY`;
}

/** 32 bits as the binary32 number they are, and as they are. */
export function float(bits: number): string {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits);
  return `${Number(view.getFloat32(0).toPrecision(9))} (0x${bits.toString(16).padStart(8, "0")})`;
}
