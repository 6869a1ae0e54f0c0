// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What the challengers who convicted a commitment share. The earliest opened of them has half, up to 8 others share the other half equally.
struct RewardPool {
    uint128 amount;
    /// @dev Whether the last game has ended, so that nobody can join any more.
    bool closed;
    /// @dev Number of entries of `sequences`.
    uint8 winners;
    /// @dev The smallest places in the order of opening among the games won, ascending.
    uint32[9] sequences;
}

using RewardPools for RewardPool global;

/// @title Sharing of a slashed lock
/// @dev The order of opening decides, not that of winning: to win early takes the operator's help.
library RewardPools {
    /// @notice How many winners are paid.
    uint256 internal constant MAX_WINNERS = 9;

    /// @notice Enters a game that was won; if there are too many, the latest opened one drops out.
    /// @param self A pool.
    /// @param sequence Place of the game in the order of opening; each is entered once.
    function enter(RewardPool storage self, uint32 sequence) internal {
        uint256 place = self.winners;
        if (place < MAX_WINNERS) self.winners = uint8(place + 1);
        else if (self.sequences[--place] < sequence) return;

        // INVARIANT: the entries before `place` are ascending; the new one sinks to its place among them.
        for (; place > 0 && self.sequences[place - 1] > sequence; --place) {
            self.sequences[place] = self.sequences[place - 1];
        }
        self.sequences[place] = sequence;
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
        for (uint256 rank = 0; rank < self.winners; ++rank) {
            if (self.sequences[rank] == sequence) return _share(self, rank);
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
