import type { Mutant } from "../mutant.ts";

const game = { file: "dispute/DisputeGame.sol" } as const;
const book = { file: "dispute/GameBook.sol" } as const;
const clock = { file: "dispute/GameClock.sol" } as const;
const moves = { file: "dispute/GameMoves.sol" } as const;
const state = { file: "dispute/GameState.sol" } as const;
const pool = { file: "dispute/RewardPool.sol" } as const;

export const disputeMutants: readonly Mutant[] = [
  // Clocks
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
    find: "self.operatorUsed = _total(self, Side.Operator);",
    replace: "self.operatorUsed = _total(self, Side.Challenger);",
  },
  {
    ...clock,
    bugClass: "wrong side",
    find: "self.challengerUsed = _total(self, Side.Challenger);",
    replace: "self.operatorUsed = _total(self, Side.Challenger);",
  },
  {
    ...clock,
    bugClass: "wrong side",
    find: "return side == Side.Operator ? self.operatorUsed : self.challengerUsed;",
    replace: "return side == Side.Operator ? self.challengerUsed : self.operatorUsed;",
  },
  { ...clock, bugClass: "boundary", find: "self.turnStartedAt = currentTime();", replace: "" },
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
  // Moves
  {
    ...game,
    bugClass: "identity",
    find: "require(state.phase == Phase.None, GameExists(gameId));",
    replace: "",
  },
  {
    ...game,
    bugClass: "wrong side",
    find: "state.turn = Side.Challenger;",
    replace: "state.turn = Side.Operator;",
  },
  {
    ...game,
    bugClass: "payee",
    find: "state.challenger = msg.sender;",
    replace: "state.challenger = tx.origin;",
  },
  {
    ...game,
    bugClass: "cross credit",
    find: "state.sequence = sequence;",
    replace: "state.sequence = 0;",
  },
  {
    ...game,
    bugClass: "binding",
    find: "            GameId.unwrap(gameIdOf(state.requestId, state.challenger, opening)) == GameId.unwrap(gameId),",
    replace: "            opening != 0,",
  },
  {
    ...game,
    bugClass: "payee",
    find: "openingHash(state.requestId, state.challenger, traceRoot, salt);",
    replace: "openingHash(state.requestId, msg.sender, traceRoot, salt);",
  },
  {
    ...game,
    bugClass: "complement",
    find: "require(traceRoot != dossier.traceRoot, GameTraceAgrees(gameId, traceRoot));",
    replace: "",
  },
  {
    ...game,
    bugClass: "binding",
    find: "require(outputRoot != dossier.outputRoot, GameOutputAgrees(gameId, outputRoot));",
    replace: "",
  },
  {
    ...game,
    bugClass: "binding",
    find: "            outputRoot,\n            traceRoot,\n            outputProof\n        );",
    replace:
      "            dossier.outputRoot,\n            dossier.traceRoot,\n            outputProof\n        );",
  },
  {
    ...game,
    bugClass: "binding",
    find: "GameMoves.checkRow(children, traceRoot, 0, depth);",
    replace: "",
  },
  {
    ...game,
    bugClass: "binding",
    find: "state.setOperatorRoot(dossier.traceRoot);",
    replace: "state.setOperatorRoot(0);",
  },
  {
    ...game,
    bugClass: "phase",
    find: "_requireMovable(gameId, state, Phase.Opened);",
    replace: "",
  },
  {
    ...game,
    bugClass: "phase",
    find: "_requireMovable(gameId, state, Phase.Leaf);",
    replace: "",
  },
  {
    ...game,
    bugClass: "binding",
    find: "_requireMovable(gameId, state, Phase.Narrowing);\n        _requireState(gameId, expectedState);",
    replace: "_requireMovable(gameId, state, Phase.Narrowing);",
  },
  {
    ...game,
    bugClass: "binding",
    find: "_requireMovable(gameId, state, Phase.Leaf);\n        _requireState(gameId, expectedState);",
    replace: "_requireMovable(gameId, state, Phase.Leaf);",
  },
  {
    ...game,
    bugClass: "wrong side",
    find: "bool isOperator = state.turn == Side.Operator;",
    replace: "bool isOperator = state.turn == Side.Challenger;",
  },
  {
    ...game,
    bugClass: "binding",
    find: "GameMoves.checkRow(moverChildren, isOperator ? operatorNode : challengerNode, level, depth);",
    replace: "",
  },
  {
    ...game,
    bugClass: "binding",
    find: "GameMoves.checkRow(otherChildren, isOperator ? challengerNode : operatorNode, level, depth);",
    replace: "",
  },
  {
    ...game,
    bugClass: "binding",
    find: "GameMoves.checkRow(moverGrandchildren, moverChildren[place], level, depth);",
    replace: "",
  },
  {
    ...game,
    bugClass: "wrong side",
    find: "state.operatorNode = isOperator ? moverChildren[place] : otherChildren[place];",
    replace: "state.operatorNode = isOperator ? otherChildren[place] : moverChildren[place];",
  },
  {
    ...game,
    bugClass: "tree maths",
    find: "state.index = uint64((uint256(state.index) << height) | place);",
    replace: "state.index = uint64(place);",
  },
  {
    ...game,
    bugClass: "phase",
    find: "if (level == depth) state.phase = Phase.Leaf;",
    replace: "if (level + 1 >= depth) state.phase = Phase.Leaf;",
  },
  {
    ...game,
    bugClass: "complement",
    find: "            !state.isInTime(),",
    replace: "            state.phase != Phase.None,",
  },
  {
    ...game,
    bugClass: "wrong side",
    find: "outcome = state.turn == Side.Operator ? Outcome.ChallengerWins : Outcome.OperatorWins;",
    replace: "outcome = state.turn == Side.Operator ? Outcome.OperatorWins : Outcome.ChallengerWins;",
  },
  {
    ...game,
    bugClass: "phase",
    find: "if (state.phase != Phase.Leaf) {",
    replace: "if (state.phase != Phase.None) {",
  },
  {
    ...game,
    bugClass: "access",
    find: "            msg.sender == state.challenger,\n            GameCallerNotChallenger",
    replace: "            msg.sender != address(0),\n            GameCallerNotChallenger",
  },
  // Verdicts
  {
    ...game,
    bugClass: "wrong side",
    find: "if (operatorValue == truth) return Outcome.OperatorWins;",
    replace: "if (challengerValue == truth) return Outcome.OperatorWins;",
  },
  {
    ...game,
    bugClass: "semantics",
    find: "return challengerValue == truth ? Outcome.ChallengerWins : Outcome.BothLose;",
    replace: "return Outcome.ChallengerWins;",
  },
  {
    ...game,
    bugClass: "tree maths",
    find: "uint256 step_ = index >> state.wordDepth;",
    replace: "uint256 step_ = index >> (state.wordDepth + 1);",
  },
  // Money
  {
    ...game,
    bugClass: "double pay",
    find: "state.rewarded = true;",
    replace: "",
  },
  {
    ...game,
    bugClass: "double pay",
    find: "delete _defences[gameId][mover];",
    replace: "",
  },
  {
    ...game,
    bugClass: "payee",
    find: "_vault.give(state.challenger, amount);",
    replace: "_vault.give(msg.sender, amount);",
  },
  {
    ...game,
    bugClass: "payee",
    find: "_vault.give(mover, amount);",
    replace: "_vault.give(msg.sender, amount);",
  },
  {
    ...game,
    bugClass: "double pay",
    find: "require(pool.closed, GameRewardPending(gameId));",
    replace: "",
  },
  {
    ...game,
    bugClass: "phase",
    find: "_requireOutcome(gameId, state, Outcome.ChallengerWins);",
    replace: "",
  },
  {
    ...game,
    bugClass: "phase",
    find: "_requireOutcome(gameId, state, Outcome.OperatorWins);",
    replace: "",
  },
  {
    ...game,
    bugClass: "payee",
    find: "return msg.sender != operator && msg.sender != state.challenger;",
    replace: "return msg.sender != operator;",
  },
  {
    ...game,
    bugClass: "double pay",
    find: "state.phase = Phase.Ended;",
    replace: "",
  },
  {
    ...game,
    bugClass: "payee",
    find: "if (outcome == Outcome.ChallengerWins) pool.enter(state.sequence);",
    replace: "pool.enter(state.sequence);",
  },
  {
    ...game,
    bugClass: "double pay",
    find: "if (status == Status.Slashed && openGames == 0) _vault.burn(pool.close());",
    replace: "if (status == Status.Slashed) _vault.burn(pool.close());",
  },
  {
    ...game,
    bugClass: "double pay",
    find: "if (amount != 0) pool.amount = uint128(amount);",
    replace: "pool.amount = uint128(amount);",
  },
  // Identity
  {
    ...book,
    bugClass: "identity",
    find: "abi.encode(GAME_TAG, block.chainid, address(this), requestId, challenger, openingHash_)",
    replace: "abi.encode(GAME_TAG, block.chainid, address(this), requestId, openingHash_)",
  },
  {
    ...book,
    bugClass: "identity",
    find: "abi.encode(GAME_TAG, block.chainid, address(this), requestId, challenger, openingHash_)",
    replace: "abi.encode(GAME_TAG, uint256(1), address(this), requestId, challenger, openingHash_)",
  },
  {
    ...book,
    bugClass: "identity",
    find: "abi.encode(OPENING_TAG, block.chainid, address(this), requestId, challenger, traceRoot, salt)",
    replace: "abi.encode(OPENING_TAG, block.chainid, address(this), requestId, challenger, traceRoot)",
  },
  // Trees
  {
    ...moves,
    bugClass: "tree maths",
    find: "return rest < LEVELS_PER_MOVE ? rest : LEVELS_PER_MOVE;",
    replace: "return rest <= LEVELS_PER_MOVE ? 1 : LEVELS_PER_MOVE;",
  },
  {
    ...moves,
    bugClass: "binding",
    find: "require(row.length == length, GameRowLengthMismatch(row.length, length));",
    replace: "",
  },
  {
    ...moves,
    bugClass: "binding",
    find: "require(computed == node, GameRowMismatch(computed, node));",
    replace: "",
  },
  {
    ...moves,
    bugClass: "tree maths",
    find: "uint256 first = place - (place % size);",
    replace: "uint256 first = place;",
  },
  {
    ...moves,
    bugClass: "tree maths",
    find: "while (a[place] == b[place]) ++place;",
    replace: "while (a[place] == b[place] && place < 30) ++place;",
  },
  {
    ...state,
    bugClass: "binding",
    find: "return node == UNKNOWN_ROOT && self.level == 0 && self.depth != 0 ? bytes32(0) : node;",
    replace: "return node == UNKNOWN_ROOT ? bytes32(0) : node;",
  },
  // Shares
  {
    ...pool,
    bugClass: "payee",
    find: "if (place < MAX_WINNERS) self.winners",
    replace: "if (place < 1) self.winners",
  },
  {
    ...pool,
    bugClass: "payee",
    find: "else if (self.sequences[--place] < sequence) return;",
    replace: "else return;",
  },
  {
    ...pool,
    bugClass: "payee",
    find: "place > 0 && self.sequences[place - 1] > sequence; --place",
    replace: "place > 0 && self.sequences[place - 1] < sequence; --place",
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
];
