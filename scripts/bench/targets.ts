import { type Figure, keyOf } from "./figures.ts";

/** What figures of one kind should not exceed. */
export interface Target {
  /** Matches the keys of the figures that it is about. */
  readonly about: RegExp;
  readonly limit: number;
  /** Whether the code keeps it today. What is kept once must be kept for ever: the test fails otherwise. */
  readonly isKept: boolean;
}

/** A figure is judged by the first target that is about it. */
export const TARGETS: readonly Target[] = [
  { about: /: commit, /, limit: 100_000, isKept: true },
  { about: /: open$/, limit: 125_000, isKept: true },
  { about: /: reveal$/, limit: 90_000, isKept: true },
  { about: /: answer \d+$/, limit: 95_000, isKept: true },
  { about: /: settle$/, limit: 80_000, isKept: true },
  // The transaction that steps, end of the game and slash included.
  { about: /^step: f32 dot product of 1,024$/, limit: 900_000, isKept: true },
  // The step and nothing else: a transaction to the referee alone, with the same proof. It is not what a step costs in a game: that transaction ends the game,
  // slashes the stake and divides it besides, and is "step: u8/i8 dot product of 768". Nor is it what such a transaction costs by itself today, which is
  // "referee alone: u8/i8 dot product of 768": by itself it has so much calldata for what it computes that the floor of EIP-7623 holds. In a game it does not.
  {
    about: /^referee alone, no floor on calldata: u8\/i8 dot product of 768$/,
    limit: 140_000,
    isKept: true,
  },
  { about: /: whole dispute$/, limit: 1_900_000, isKept: true },
  { about: /^a batch: .* not published$/, limit: 60_000, isKept: true },
];

/** The target of a figure, if it has one. */
export function targetOf(figure: Figure): Target | undefined {
  return TARGETS.find(({ about }) => about.test(keyOf(figure)));
}
