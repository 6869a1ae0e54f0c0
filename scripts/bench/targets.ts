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
  // Whole transactions. In the second, 71,000 are paid for the transaction and its calldata, and 147,000 to end the game and to slash; the court takes 64,000,
  // so that the target is kept by the court's own transaction alone, 135,000.
  { about: /^step: f32 dot product of 1,024$/, limit: 900_000, isKept: true },
  { about: /^step: u8\/i8 dot product of 768$/, limit: 140_000, isKept: false },
  { about: /: whole dispute$/, limit: 1_900_000, isKept: true },
  { about: /^a batch: .* not published$/, limit: 60_000, isKept: false },
];

/** The target of a figure, if it has one. */
export function targetOf(figure: Figure): Target | undefined {
  return TARGETS.find(({ about }) => about.test(keyOf(figure)));
}
