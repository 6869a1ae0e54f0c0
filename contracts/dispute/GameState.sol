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
    /// @dev Stored where the root of a lazy commitment's trace will be: what is not zero costs the operator less to replace. No hash has this value.
    bytes32 internal constant UNKNOWN_ROOT = bytes32(uint256(1));

    /// @notice Records the operator's node at the roots.
    /// @param self A game at its reveal, its depth recorded.
    /// @param traceRoot Root of the operator's trace, or zero while that is not known.
    function setOperatorRoot(GameState storage self, bytes32 traceRoot) internal {
        self.operatorNode = traceRoot == 0 && self.depth != 0 ? UNKNOWN_ROOT : traceRoot;
    }

    /// @notice The operator's node.
    /// @dev SAFETY: a leaf may be any word, that of {UNKNOWN_ROOT} included; a root that stands above others is a hash.
    /// @param self A game.
    /// @return Zero while it is not known.
    function knownOperatorNode(GameState storage self) internal view returns (bytes32) {
        bytes32 node = self.operatorNode;
        return node == UNKNOWN_ROOT && self.level == 0 && self.depth != 0 ? bytes32(0) : node;
    }

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
                operatorNode: self.knownOperatorNode(),
                challengerNode: self.challengerNode
            });
    }
}
