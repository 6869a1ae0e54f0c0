// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Phase, Side} from "../types/Game.sol";
import {currentTime, Duration, Instant} from "../types/Time.sol";
import {GameState} from "./GameState.sol";

/// @title The two clocks of a game
/// @notice Each side may use up less than the game's budget, in total and over all its turns. Nothing extends a clock, nothing resets one.
///
///     phase       running            a move is possible while           over when
///     Opened      challenger         used + elapsed < clock             not
///     Narrowing   the side to move   used + elapsed < clock             not
///     Leaf        both               either one's used + elapsed < clock    not for both
///
/// @dev {isInTime} alone decides: moves require it, a timeout requires its negation, at every second exactly one of them.
library GameClock {
    /// @notice Whether the running clock, at the leaf one of the two, is not used up.
    /// @dev INVARIANT: a turn cannot start with a clock that is used up, since the move before was made in that side's absence and uses
    /// nothing of it; so half-open intervals lose nobody a second.
    /// @param self A game that has not ended.
    /// @return Whether the next move is possible.
    function isInTime(GameState storage self) internal view returns (bool) {
        if (self.phase != Phase.Leaf) return _total(self, self.turn) < self.clock;
        return _total(self, Side.Operator) < self.clock || _total(self, Side.Challenger) < self.clock;
    }

    /// @notice Books the turn that ends to the side that made it, and starts the other side's.
    /// @param self A game in time, not at the leaf.
    function passTurn(GameState storage self) internal {
        Instant present = currentTime();
        // Assigned one after the other with no call in between, both numbers are written at once.
        if (self.turn == Side.Operator) {
            Duration used = _total(self, Side.Operator);
            self.turn = Side.Challenger;
            self.operatorUsed = used;
            self.turnStartedAt = present;
        } else {
            Duration used = _total(self, Side.Challenger);
            self.turn = Side.Operator;
            self.challengerUsed = used;
            self.turnStartedAt = present;
        }
    }

    /// @notice What a side has left.
    /// @param self A game.
    /// @param side One of its sides.
    /// @return The rest of the budget at this moment; nothing when the game has ended or does not exist.
    function remaining(GameState storage self, Side side) internal view returns (Duration) {
        if (!isActive(self)) return Duration.wrap(0);
        bool runs = self.phase == Phase.Leaf || self.turn == side;
        return self.clock.monus(runs ? _total(self, side) : _used(self, side));
    }

    /// @notice Whether a game exists and has not ended.
    /// @param self A game.
    /// @return Whether it goes on.
    function isActive(GameState storage self) internal view returns (bool) {
        return self.phase != Phase.None && self.phase != Phase.Ended;
    }

    function _used(GameState storage self, Side side) private view returns (Duration) {
        return side == Side.Operator ? self.operatorUsed : self.challengerUsed;
    }

    /// @dev What a side has used, the present turn included.
    function _total(GameState storage self, Side side) private view returns (Duration) {
        return _used(self, side) + currentTime().since(self.turnStartedAt);
    }
}
