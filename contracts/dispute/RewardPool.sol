// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What the challengers who convicted a commitment share. The earliest opened of them has half, up to 8 others share the other half equally.
struct RewardPool {
    uint128 amount;
    /// @dev Whether the last game has ended, so that nobody can join any more.
    bool closed;
    /// @dev Number of winners; at most one more than `others` has room for.
    uint8 winners;
    /// @dev The smallest place in the order of opening among the games won. Hardly ever is there another one, so the first slot is all that is written.
    uint32 earliest;
    // ----- next slot
    /// @dev The smallest places among the others, ascending.
    uint32[8] others;
}

using RewardPools for RewardPool global;

/// @title Sharing of a slashed lock
/// @dev The order of opening decides, not that of winning: to win early takes the operator's help.
library RewardPools {
    /// @notice How many winners are paid besides the earliest opened one.
    uint256 internal constant MAX_OTHERS = 8;

    /// @notice Enters a game that was won; if there are too many, the latest opened one drops out.
    /// @param self A pool.
    /// @param sequence Place of the game in the order of opening; each is entered once.
    function enter(RewardPool storage self, uint32 sequence) internal {
        uint8 winners = self.winners;
        uint32 earliest = self.earliest;
        if (winners == 0 || sequence < earliest) {
            self.earliest = sequence;
            // The one that was the earliest until now is one of the others.
            sequence = earliest;
        }
        if (winners <= MAX_OTHERS) self.winners = winners + 1;
        if (winners == 0) return;
        uint256 place = winners - 1;
        if (place == MAX_OTHERS && self.others[--place] < sequence) return;

        // INVARIANT: the entries before `place` are ascending; the new one sinks to its place among them.
        for (; place > 0 && self.others[place - 1] > sequence; --place) {
            self.others[place] = self.others[place - 1];
        }
        self.others[place] = sequence;
    }

    /// @notice Ends the sharing.
    /// @param self A pool.
    /// @return unclaimable What no winner gets.
    function close(RewardPool storage self) internal returns (uint256 unclaimable) {
        self.closed = true;
        uint256 others = self.winners < 2 ? 0 : self.winners - 1;
        unclaimable = self.amount - others * _share(self, 1);
        if (self.winners != 0) unclaimable -= _share(self, 0);
    }

    /// @notice What a game that was won earns.
    /// @param self A closed pool.
    /// @param sequence Place of the game in the order of opening.
    /// @return Its share; nothing if 9 earlier ones were won.
    function shareOf(RewardPool storage self, uint32 sequence) internal view returns (uint256) {
        uint256 winners = self.winners;
        if (winners == 0) return 0;
        if (self.earliest == sequence) return _share(self, 0);
        for (uint256 rank = 1; rank < winners; ++rank) {
            if (self.others[rank - 1] == sequence) return _share(self, rank);
        }
        return 0;
    }

    /// @dev The first half is rounded up, so that it is the larger one; what the division of the other one leaves over is burned.
    function _share(RewardPool storage self, uint256 rank) private view returns (uint256) {
        uint256 half = self.amount / 2;
        if (rank == 0) return self.amount - half;
        return self.winners < 2 ? 0 : half / (self.winners - 1);
    }
}
