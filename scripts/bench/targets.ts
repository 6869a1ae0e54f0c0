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
  // Whole transactions. Of the second, 71,000 is for the transaction and its calldata, 147,000 for the end of the game and the slash, and 59,000 for the court:
  // more than the target even if the court took nothing.
  { about: /^step: f32 dot product of 1,024$/, limit: 900_000, isKept: true },
  { about: /^step: u8\/i8 dot product of 768$/, limit: 140_000, isKept: false },
  { about: /: whole dispute$/, limit: 1_900_000, isKept: true },
  // Of it, 57,400 is for the transaction (22,600), the batch's new slot (22,100), the profile's terms (2,100), the vault (2,600) and the operator's stake in it
  // (5,000), and the event (2,900), whatever code does it.
  { about: /^a batch: .* not published$/, limit: 60_000, isKept: false },
];

/** The target of a figure, if it has one. */
export function targetOf(figure: Figure): Target | undefined {
  return TARGETS.find(({ about }) => about.test(keyOf(figure)));
}
