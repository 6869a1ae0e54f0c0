import type { Mutant } from "../mutant.ts";

const game = { file: "dispute/DisputeGame.sol" } as const;
const verdicts = { file: "dispute/GameVerdicts.sol" } as const;
const payouts = { file: "dispute/GamePayouts.sol" } as const;
const pool = { file: "dispute/RewardPool.sol" } as const;

export const verdictMutants: readonly Mutant[] = [
  // Verdicts
  {
    ...verdicts,
    bugClass: "wrong side",
    find: "if (operatorValue == truth) return Outcome.OperatorWins;",
    replace: "if (challengerValue == truth) return Outcome.OperatorWins;",
  },
  {
    ...verdicts,
    bugClass: "semantics",
    find: "return challengerValue == truth ? Outcome.ChallengerWins : Outcome.BothLose;",
    replace: "return Outcome.ChallengerWins;",
  },
  {
    ...verdicts,
    bugClass: "tree maths",
    find: "step_ = index >> wordDepth;",
    replace: "step_ = index >> (wordDepth + 1);",
  },
  // Money
  {
    ...payouts,
    bugClass: "double pay",
    find: "state.rewarded = true;",
    replace: "",
  },
  {
    ...payouts,
    bugClass: "double pay",
    find: "        delete _defences[gameId];\n",
    replace: "",
  },
  {
    ...payouts,
    bugClass: "payee",
    find: "_vault.give(challenger, amount);",
    replace: "_vault.give(msg.sender, amount);",
  },
  {
    ...payouts,
    bugClass: "payee",
    find: "_vault.give(movers[i], refund);",
    replace: "_vault.give(msg.sender, refund);",
  },
  {
    ...payouts,
    bugClass: "double pay",
    find: "require(pool.closed, GameRewardPending(gameId));",
    replace: "",
  },
  {
    ...payouts,
    bugClass: "phase",
    find: "_requireOutcome(gameId, state, Outcome.ChallengerWins);",
    replace: "",
  },
  {
    ...payouts,
    bugClass: "phase",
    find: "_requireOutcome(gameId, state, Outcome.OperatorWins);",
    replace: "",
  },
  {
    ...verdicts,
    bugClass: "payee",
    find: "return msg.sender != operator && msg.sender != challenger;",
    replace: "return msg.sender != operator;",
  },
  {
    ...verdicts,
    bugClass: "double pay",
    find: "state.phase = Phase.Ended;",
    replace: "",
  },
  {
    ...verdicts,
    bugClass: "payee",
    find: "if (outcome == Outcome.ChallengerWins) pool.enter(state.sequence);",
    replace: "pool.enter(state.sequence);",
  },
  {
    ...verdicts,
    bugClass: "double pay",
    find: "if (status == Status.Slashed && openGames == 0) _vault.burn(pool.close());",
    replace: "if (status == Status.Slashed) _vault.burn(pool.close());",
  },
  {
    ...verdicts,
    bugClass: "double pay",
    find: "if (amount != 0) pool.amount = uint128(amount);",
    replace: "pool.amount = uint128(amount);",
  },
  // Shares
  {
    ...pool,
    bugClass: "payee",
    find: "if (winners <= MAX_OTHERS) self.winners",
    replace: "if (winners <= 1) self.winners",
  },
  {
    ...pool,
    bugClass: "payee",
    find: "if (place == MAX_OTHERS && self.others[--place] < sequence) return;",
    replace: "if (place == MAX_OTHERS) return;",
  },
  {
    ...pool,
    bugClass: "payee",
    find: "if (winners == 0 || sequence < earliest) {",
    replace: "if (winners == 0) {",
  },
  {
    ...pool,
    bugClass: "payee",
    find: "place > 0 && self.others[place - 1] > sequence; --place",
    replace: "place > 0 && self.others[place - 1] < sequence; --place",
  },
  {
    ...pool,
    bugClass: "payee",
    find: "if (rank == 0) return self.amount - half;",
    replace: "if (rank == 0) return self.amount;",
  },
  {
    ...pool,
    bugClass: "payee",
    find: "half / (self.winners - 1);",
    replace: "half / self.winners;",
  },
  {
    ...pool,
    bugClass: "double pay",
    find: "if (self.winners != 0) unclaimable -= _share(self, 0);",
    replace: "",
  },
  // Convictions
  {
    ...verdicts,
    bugClass: "binding",
    find: "require(siblings.length == depth, GameWordProofLengthMismatch(siblings.length, depth));",
    replace: "",
  },
  {
    ...verdicts,
    bugClass: "binding",
    find: "require(root == dossier.traceRoot, GameWordMismatch(root, dossier.traceRoot));",
    replace: "",
  },
  {
    ...verdicts,
    bugClass: "totality",
    find: "require(place < 32, GamePlaceOutOfRange(place));",
    replace: "",
  },
  {
    ...verdicts,
    bugClass: "semantics",
    find: "require(claimed != truth, GameWordAgrees(gameId, truth));",
    replace: "",
  },
  {
    ...verdicts,
    bugClass: "tree maths",
    find: "byteOffset = ((index & ((1 << wordDepth) - 1)) << 5) | place;",
    replace: "byteOffset = ((index & ((1 << wordDepth) - 1)) << 5);",
  },
  {
    ...verdicts,
    bugClass: "semantics",
    find: "uint32 claimed = GameMoves.elementAt(word, place, size);",
    replace: "uint32 claimed = GameMoves.elementAt(word, 0, size);",
  },
  {
    ...game,
    bugClass: "wrong side",
    find: "_requireContradiction(gameId, dossier, contradiction);\n\n        _end(gameId, state, Outcome.ChallengerWins, challenger, defence);",
    replace:
      "_requireContradiction(gameId, dossier, contradiction);\n\n        _end(gameId, state, Outcome.BothLose, challenger, defence);",
  },
  // Defenders
  {
    ...verdicts,
    bugClass: "payee",
    find: "if (outcome == Outcome.OperatorWins && defence != 0) _defences[gameId] = defence;",
    replace: "if (defence != 0) _defences[gameId] = defence;",
  },
  {
    ...verdicts,
    bugClass: "identity",
    find: "return keccak256(abi.encode(defence, mover));",
    replace: "return keccak256(abi.encode(mover));",
  },
  {
    ...payouts,
    bugClass: "double pay",
    find: "require(movers.length == moves, GameMoverCountMismatch(gameId, movers.length, moves));",
    replace: "",
  },
  {
    ...payouts,
    bugClass: "payee",
    find: "require(computed == defence, GameDefenceMismatch(gameId, computed, defence));",
    replace: "",
  },
  {
    ...payouts,
    bugClass: "payee",
    find: "uint256 refund = i < answers ? profile.answerRefund : profile.stepRefund;",
    replace: "uint256 refund = i <= answers ? profile.answerRefund : profile.stepRefund;",
  },
  {
    ...game,
    bugClass: "payee",
    find: "            ++state.defendedAnswers;\n",
    replace: "",
  },
  {
    ...verdicts,
    bugClass: "cross credit",
    find: "RewardPool storage pool = _pools[commitmentId];",
    replace: "RewardPool storage pool = _pools[CommitmentId.wrap(RequestId.unwrap(requestId))];",
  },
  {
    ...verdicts,
    bugClass: "payee",
    find: "        state.setChallenger(challenger);\n",
    replace: "",
  },
];
