// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Status} from "../types/Request.sol";
import {currentTime, Instant} from "../types/Time.sol";

/// @notice What one lock backs, as the hub stores it in one slot: the answer to one request, or a batch of results.
struct CommitmentState {
    Status status;
    bool tainted;
    /// @dev When it was made. Before that, when the request was made.
    Instant committedAt;
    Instant windowEndsAt;
    uint32 openGames;
    uint32 gamesOpened;
    /// @dev The lock. Of a request that nobody has accepted: the smallest stake that an operator must hold.
    uint96 lock;
}

using CommitmentStates for CommitmentState global;

/// @title What a stored commitment amounts to
library CommitmentStates {
    /// @notice Writes what begins now, and that no game has touched.
    /// @dev All of the slot at once, where the fields one by one would read and write it again for each.
    /// @param self A request, a commitment, or a batch.
    /// @param status What it is.
    /// @param windowEndsAt Until when it can be challenged; zero for a request.
    /// @param lock See {CommitmentState}.
    function begin(CommitmentState storage self, Status status, Instant windowEndsAt, uint96 lock) internal {
        uint256 slot =
            uint256(status) |
                (uint256(Instant.unwrap(currentTime())) << 16) |
                (uint256(Instant.unwrap(windowEndsAt)) << 56) |
                (uint256(lock) << 160);
        // SAFETY: the fields are in one slot, the first one in its lowest bits; those not written here are zero in the beginning.
        assembly ("memory-safe") {
            sstore(self.slot, slot)
        }
    }

    /// @notice The status at this moment, whether or not anybody has called for it to be stored.
    /// @dev One function for every reader and for every transition out of time, so that none of them can disagree.
    /// @param self A commitment.
    /// @return As stored, except that what nothing can change any more is Final or Void.
    function statusNow(CommitmentState storage self) internal view returns (Status) {
        Status status = self.status;
        // INVARIANT: a game can only be opened before the window ends, and a game alone makes the window longer; so none will follow when it is
        // over and none is open.
        if (status == Status.Committed && currentTime() >= self.windowEndsAt && self.openGames == 0) {
            return self.tainted ? Status.Void : Status.Final;
        }
        return status;
    }
}
