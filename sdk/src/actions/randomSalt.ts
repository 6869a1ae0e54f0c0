import type { Hex } from "viem";
import { randomWord } from "./internal/bytes.ts";

/** 32 random bytes, for the opening of a game. Keep it until the reveal: without it the bond is lost. */
export function randomSalt(): Hex {
  return randomWord();
}
