// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RequestId} from "./Ids.sol";

/// @notice The two sides of a game.
enum Side {
    Operator,
    Challenger
}

/// @notice What a game waits for.
enum Phase {
    /// @dev No such game.
    None,
    /// @dev The challenger's reveal; its clock runs.
    Opened,
    /// @dev An answer of the side to move; its clock runs.
    Narrowing,
    /// @dev A step by anyone; both clocks run.
    Leaf,
    /// @dev Nothing: the outcome is fixed.
    Ended,
    /// @dev The publication of the input, by anyone; the operator's clock runs. Such a game is about nothing else.
    Demanded
}

/// @notice How a game ended.
enum Outcome {
    /// @dev Not yet.
    None,
    /// @dev The court computed the operator's word, or the challenger ran out of time, or the demanded input was published.
    OperatorWins,
    /// @dev The court computed the challenger's word, or the operator ran out of time.
    ChallengerWins,
    /// @dev The court computed neither side's word.
    BothLose,
    /// @dev Nobody had the court compute the word until both clocks ran out.
    Undecided,
    /// @dev The challenger left after the commitment had been slashed by another game.
    Left
}

/// @notice One challenge of one commitment, as far as the chain keeps it readable; the rest is in {GamePosition}, bound by its hash.
struct Game {
    RequestId requestId;
    /// @dev Known before the reveal and after the end; in between zero here, and bound by the position.
    address challenger;
    Phase phase;
    Outcome outcome;
    /// @dev Whose clock runs, except at the leaf.
    Side turn;
    /// @dev Depth of the two nodes below the roots; the leaf level is the model's stepDepth + wordDepth.
    uint8 level;
    /// @dev When the present turn began.
    uint40 turnStartedAt;
    /// @dev Place of this game among the games of its commitment, from 0 in order of opening.
    uint32 sequence;
    /// @dev Seconds used in ended turns.
    uint32 operatorUsed;
    /// @dev Seconds used in ended turns.
    uint32 challengerUsed;
}

/// @notice Where a game stands between its reveal and its end. The chain keeps the hash of it; who moves shows it, the events tell it.
struct GamePosition {
    address operator;
    address challenger;
    /// @dev Position of the two nodes in their level.
    uint64 index;
    /// @dev Node of the operator's trace; zero at level 0, where it is the root that the hub knows.
    bytes32 operatorNode;
    /// @dev Node of the challenger's trace.
    bytes32 challengerNode;
    /// @dev Third parties that answered for the operator, in order, zero if there were none: each joins as hash(abi.encode(defence, mover)).
    bytes32 defence;
}

/// @notice A word of the operator's own trace that contradicts the words before it.
struct Contradiction {
    /// @dev Number of the word among the leaves of the trace.
    uint64 index;
    /// @dev A byte of the wrong element, 0 to 31.
    uint8 place;
    /// @dev The word.
    bytes32 word;
    /// @dev Siblings from the word to the root of the operator's trace, from the bottom upwards.
    bytes32[] siblings;
    /// @dev The referee's proof of the element that holds the byte.
    bytes proof;
}
