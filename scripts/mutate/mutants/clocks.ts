import type { Mutant } from "../mutant.ts";

const clock = { file: "dispute/GameClock.sol" } as const;

export const clockMutants: readonly Mutant[] = [
  {
    ...clock,
    bugClass: "boundary",
    find: "return _total(self, self.turn) < self.clock;",
    replace: "return !(self.clock < _total(self, self.turn));",
  },
  {
    ...clock,
    bugClass: "boundary",
    find: "return _total(self, Side.Operator) < self.clock ||",
    replace: "return !(self.clock < _total(self, Side.Operator)) ||",
  },
  {
    ...clock,
    bugClass: "boundary",
    find: "|| _total(self, Side.Challenger) < self.clock;",
    replace: "|| !(self.clock < _total(self, Side.Challenger));",
  },
  {
    ...clock,
    bugClass: "complement",
    find: "return _total(self, Side.Operator) < self.clock ||",
    replace: "return _total(self, Side.Operator) < self.clock &&",
  },
  {
    ...clock,
    bugClass: "complement",
    find: "if (self.phase != Phase.Leaf) return",
    replace: "if (self.phase == Phase.Narrowing) return",
    equivalent: "before the reveal neither side has used anything, so both clocks show the same",
  },
  {
    ...clock,
    bugClass: "wrong side",
    find: "return _total(self, self.turn) < self.clock;",
    replace:
      "return _total(self, self.turn == Side.Operator ? Side.Challenger : Side.Operator) < self.clock;",
  },
  {
    ...clock,
    bugClass: "wrong side",
    find: "Duration used = _total(self, Side.Operator);",
    replace: "Duration used = _total(self, Side.Challenger);",
  },
  {
    ...clock,
    bugClass: "wrong side",
    find: "self.challengerUsed = used;",
    replace: "self.operatorUsed = used;",
  },
  {
    ...clock,
    bugClass: "wrong side",
    find: "return side == Side.Operator ? self.operatorUsed : self.challengerUsed;",
    replace: "return side == Side.Operator ? self.challengerUsed : self.operatorUsed;",
  },
  {
    ...clock,
    bugClass: "boundary",
    find: "Instant present = currentTime();",
    replace: "Instant present = self.turnStartedAt;",
  },
  {
    ...clock,
    bugClass: "boundary",
    find: "return _used(self, side) + currentTime().since(self.turnStartedAt);",
    replace: "return currentTime().since(self.turnStartedAt);",
  },
  {
    ...clock,
    bugClass: "wrong side",
    find: "bool runs = self.phase == Phase.Leaf || self.turn == side;",
    replace: "bool runs = self.phase == Phase.Leaf || self.turn != side;",
  },
  {
    ...clock,
    bugClass: "phase",
    find: "return self.phase != Phase.None && self.phase != Phase.Ended;",
    replace: "return self.phase != Phase.None;",
  },
];
