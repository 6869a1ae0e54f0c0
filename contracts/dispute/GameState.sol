// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Game, GamePosition, Outcome, Phase, Side} from "../types/Game.sol";
import {GameId, RequestId} from "../types/Ids.sol";
import {Duration, Instant} from "../types/Time.sol";

/// @notice A game as it is stored, in the order that fills slots. Opening one fills all three, so that no move fills any.
struct GameState {
    RequestId requestId;
    // ----- next slot: whose turn since when, and what is left
    Phase phase;
    Outcome outcome;
    Side turn;
    Instant turnStartedAt;
    /// @dev C, as it was when the game was opened.
    Duration clock;
    Duration operatorUsed;
    Duration challengerUsed;
    uint32 sequence;
    uint8 level;
    /// @dev Depth of the traces; from the model's record, known from the reveal on.
    uint8 depth;
    /// @dev Answers that third parties made for the operator.
    uint8 defendedAnswers;
    /// @dev Steps that third parties made for the operator: one or none.
    uint8 defendedSteps;
    /// @dev Whether the challenger's share of the slashed lock was credited.
    bool rewarded;
    // ----- next slot
    /// @dev The hash of the position in {Phase.Narrowing} and {Phase.Leaf}, else the challenger.
    bytes32 subject;
}

using GameStates for GameState global;

/// @title Views of a stored game
library GameStates {
    /// @notice Whether the game has a position.
    /// @param self A game.
    /// @return Whether its subject is the hash of one.
    function isPlaced(GameState storage self) internal view returns (bool) {
        return self.phase == Phase.Narrowing || self.phase == Phase.Leaf;
    }

    /// @notice The challenger of a game without a position.
    /// @param self A game.
    /// @return Zero if the game has a position, or does not exist.
    function storedChallenger(GameState storage self) internal view returns (address) {
        return isPlaced(self) ? address(0) : address(uint160(uint256(self.subject)));
    }

    /// @notice Records the challenger in place of a position.
    /// @param self A game that is opened, or ends.
    /// @param challenger Who opened it.
    function setChallenger(GameState storage self, address challenger) internal {
        self.subject = bytes32(uint256(uint160(challenger)));
    }

    /// @notice Hash that binds a position.
    /// @param gameId The game.
    /// @param level Level of the nodes.
    /// @param position The position.
    /// @return The hash.
    function hashOf(
        GameId gameId,
        uint256 level,
        GamePosition memory position
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(gameId, level, position));
    }

    /// @notice The game as readers see it.
    /// @param self A game.
    /// @return All fields.
    function toGame(GameState storage self) internal view returns (Game memory) {
        return
            Game({
                requestId: self.requestId,
                challenger: self.storedChallenger(),
                phase: self.phase,
                outcome: self.outcome,
                turn: self.turn,
                level: self.level,
                turnStartedAt: Instant.unwrap(self.turnStartedAt),
                sequence: self.sequence,
                operatorUsed: Duration.unwrap(self.operatorUsed),
                challengerUsed: Duration.unwrap(self.challengerUsed)
            });
    }
}
