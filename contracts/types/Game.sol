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

/// @notice One challenge of one commitment.
struct Game {
    RequestId requestId;
    address challenger;
    Phase phase;
    Outcome outcome;
    /// @dev Whose clock runs, except at the leaf.
    Side turn;
    /// @dev Depth of the two nodes below the roots; the leaf level is the model's stepDepth + wordDepth.
    uint8 level;
    /// @dev Position of the two nodes in their level.
    uint64 index;
    /// @dev When the present turn began.
    uint40 turnStartedAt;
    /// @dev Place of this game among the games of its commitment, from 0 in order of opening.
    uint32 sequence;
    /// @dev Seconds used in ended turns.
    uint32 operatorUsed;
    /// @dev Seconds used in ended turns.
    uint32 challengerUsed;
    /// @dev Node of the operator's trace; zero before the reveal, and until the operator's first answer if its trace was unknown then.
    bytes32 operatorNode;
    /// @dev Node of the challenger's trace; zero before the reveal (the opening's hash is bound by the game's id).
    bytes32 challengerNode;
}
