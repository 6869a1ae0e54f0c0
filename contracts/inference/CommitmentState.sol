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
