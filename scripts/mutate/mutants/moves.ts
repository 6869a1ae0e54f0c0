import type { Mutant } from "../mutant.ts";

const game = { file: "dispute/DisputeGame.sol" } as const;
const book = { file: "dispute/GameBook.sol" } as const;
const moves = { file: "dispute/GameMoves.sol" } as const;
const state = { file: "dispute/GameState.sol" } as const;

export const moveMutants: readonly Mutant[] = [
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
    find: "state.setChallenger(msg.sender);",
    replace: "state.setChallenger(tx.origin);",
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
    find: "            GameId.unwrap(gameIdOf(requestId, challenger, opening)) == GameId.unwrap(gameId),",
    replace: "            opening != 0,",
  },
  {
    ...game,
    bugClass: "payee",
    find: "openingHash(requestId, challenger, traceRoot, salt);",
    replace: "openingHash(requestId, msg.sender, traceRoot, salt);",
  },
  {
    ...game,
    bugClass: "complement",
    find: "require(traceRoot != claim.traceRoot, GameTraceAgrees(gameId, traceRoot));",
    replace: "",
  },
  {
    ...game,
    bugClass: "binding",
    find: "require(outputRoot != claim.outputRoot, GameOutputAgrees(gameId, outputRoot));",
    replace: "",
  },
  {
    ...game,
    bugClass: "binding",
    find: "claim.stepCount, outputRoot, traceRoot, outputProof",
    replace: "claim.stepCount, claim.outputRoot, claim.traceRoot, outputProof",
  },
  {
    ...game,
    bugClass: "binding",
    find: "GameMoves.checkRow(children, traceRoot, 0, depth);",
    replace: "",
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
    find: "_requireMovable(gameId, state, Phase.Leaf);\n        _requirePosition(gameId, state, position);",
    replace: "_requirePosition(gameId, state, position);",
  },
  {
    ...game,
    bugClass: "phase",
    find: "_requireMovable(gameId, state, Phase.Narrowing);",
    replace: "_requireActive(gameId, state);",
  },
  {
    ...game,
    bugClass: "phase",
    find: "_requireMovable(gameId, state, Phase.Demanded);",
    replace: "_requireActive(gameId, state);",
  },
  {
    ...game,
    bugClass: "phase",
    find: "Phase phase = state.phase == Phase.Demanded ? Phase.Opened : state.phase;",
    replace: "Phase phase = state.phase;",
  },
  {
    ...game,
    bugClass: "complement",
    find: "        _requireMovable(gameId, state, phase);\n",
    replace: "",
  },
  {
    ...game,
    bugClass: "binding",
    find: "_requireMovable(gameId, state, Phase.Narrowing);\n        _requirePosition(gameId, state, position);",
    replace: "_requireMovable(gameId, state, Phase.Narrowing);",
  },
  {
    ...game,
    bugClass: "binding",
    find: "_requireMovable(gameId, state, Phase.Leaf);\n        _requirePosition(gameId, state, position);",
    replace: "_requireMovable(gameId, state, Phase.Leaf);",
  },
  {
    ...game,
    bugClass: "binding",
    find: "dossier.traceRoot != 0 || dossier.record.traceDepth() == 0",
    replace: "true",
  },
  {
    ...game,
    bugClass: "binding",
    find: "dossier.traceRoot != 0 || dossier.record.traceDepth() == 0",
    replace: "dossier.traceRoot != 0",
  },
  {
    ...game,
    bugClass: "binding",
    find: "require(root != 0, GameTraceUnknown(gameId, requestId));",
    replace: "",
  },
  {
    ...game,
    bugClass: "wrong side",
    find: "            side == Side.Operator\n                ? _descend(",
    replace: "            side == Side.Challenger\n                ? _descend(",
  },
  {
    ...game,
    bugClass: "binding",
    find: "GameMoves.checkRow(operatorRow, position.operatorNode, level, depth);",
    replace: "",
  },
  {
    ...game,
    bugClass: "binding",
    find: "GameMoves.checkRow(challengerRow, position.challengerNode, level, depth);",
    replace: "",
  },
  {
    ...game,
    bugClass: "binding",
    find: "        GameMoves.checkRow(\n            moverGrandchildren,\n            side == Side.Operator ? position.operatorNode : position.challengerNode,\n            level,\n            depth\n        );\n",
    replace: "",
  },
  {
    ...game,
    bugClass: "wrong side",
    find: "position.operatorNode = operatorRow[place];",
    replace: "position.operatorNode = challengerRow[place];",
  },
  {
    ...game,
    bugClass: "tree maths",
    find: "position.index = uint64((uint256(position.index) << height) | place);",
    replace: "position.index = uint64(place);",
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
    find: "require(msg.sender == challenger, GameCallerNotChallenger(gameId, msg.sender, challenger));",
    replace: "",
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
    find: "for (; difference >> 248 == 0; difference <<= 8) ++place;",
    replace: "for (; difference >> 248 == 0 && place < 30; difference <<= 8) ++place;",
  },
  {
    ...state,
    bugClass: "binding",
    find: "keccak256(abi.encode(gameId, level, position));",
    replace: "keccak256(abi.encode(level, position));",
  },
  {
    ...state,
    bugClass: "binding",
    find: "keccak256(abi.encode(gameId, level, position));",
    replace: "keccak256(abi.encode(gameId, level, position.index));",
  },
  {
    ...state,
    bugClass: "phase",
    find: "return self.phase == Phase.Narrowing || self.phase == Phase.Leaf;",
    replace: "return self.phase == Phase.Narrowing;",
  },
  {
    ...book,
    bugClass: "binding",
    find: "require(expected == actual, GameStateMismatch(gameId, expected, actual));",
    replace: "",
  },
  {
    ...book,
    bugClass: "boundary",
    find: "require(state.isInTime(), GameClockUsedUp(gameId, state.turn));",
    replace: "",
  },
  {
    ...book,
    bugClass: "cross credit",
    find: "        _requirePosition(gameId, state, position);\n        return",
    replace: "        return",
  },
  {
    ...book,
    bugClass: "complement",
    find: "return state.isActive() && !state.isInTime();",
    replace: "return state.isActive();",
  },
  {
    ...book,
    bugClass: "phase",
    find: "require(state.outcome == outcome, GameOutcomeMismatch(gameId, state.outcome, outcome));",
    replace: "",
  },
];
