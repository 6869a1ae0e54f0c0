/** What an elementwise operator computes. */

import type { HostType } from "../host/tensor.ts";
import type { Register, Tape } from "../tape/tape.ts";

export interface Rule {
  /** Over registers; `types` are those of the inputs. */
  readonly emit: (tape: Tape, args: readonly Register[], types: readonly HostType[]) => Register;
  /** Over 64-bit integers that are known while compiling, exactly. Without it they are computed as registers are. */
  readonly big?: (...args: readonly bigint[]) => bigint;
  /**
   * Over doubles that are known while compiling; without it they are refused. Only operations that every JavaScript engine rounds alike:
   * + - * / and square roots, never Math.exp and its kind.
   */
  readonly wide?: (...args: readonly number[]) => number;
}

/** The element itself. */
export const IDENTITY: Rule = { emit: (_tape, [x]) => x!, big: (x) => x!, wide: (x) => x! };
