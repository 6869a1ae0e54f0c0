// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Game, Outcome, Phase, Side} from "../types/Game.sol";
import {RequestId} from "../types/Ids.sol";
import {Duration, Instant} from "../types/Time.sol";

/// @notice A game as it is stored, in the order that fills slots. Opening one writes the first three.
struct GameState {
    RequestId requestId;
    // ----- next slot: who, and whose turn since when
    address challenger;
    Phase phase;
    Outcome outcome;
    Side turn;
    Instant turnStartedAt;
    uint32 sequence;
    // ----- next slot: where, and what is left
    uint64 index;
    uint8 level;
    /// @dev Depth of the traces, and of one tensor in them; from the model's record, known from the reveal on.
    uint8 depth;
    uint8 wordDepth;
    /// @dev C, as it was when the game was opened.
    Duration clock;
    Duration operatorUsed;
    Duration challengerUsed;
    /// @dev Answers that third parties made for the operator.
    uint8 defendedAnswers;
    /// @dev Whether the challenger's share of the slashed lock was credited.
    bool rewarded;
    // ----- next slots: what
    bytes32 operatorNode;
    bytes32 challengerNode;
}

using GameStates for GameState global;

/// @title Views of a stored game
library GameStates {
    /// @notice The game as readers see it.
    /// @param self A game.
    /// @return All fields.
    function toGame(GameState storage self) internal view returns (Game memory) {
        return
            Game({
                requestId: self.requestId,
                challenger: self.challenger,
                phase: self.phase,
                outcome: self.outcome,
                turn: self.turn,
                level: self.level,
                index: self.index,
                turnStartedAt: Instant.unwrap(self.turnStartedAt),
                sequence: self.sequence,
                operatorUsed: Duration.unwrap(self.operatorUsed),
                challengerUsed: Duration.unwrap(self.challengerUsed),
                operatorNode: self.operatorNode,
                challengerNode: self.challengerNode
            });
    }
}
