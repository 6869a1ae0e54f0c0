// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ProfileId} from "../types/Ids.sol";
import {ModelId} from "../types/ModelRecord.sol";
import {Request, Status} from "../types/Request.sol";
import {currentTime, Duration, Instant} from "../types/Time.sol";

/// @notice A request as the hub stores it, in the order that fills slots: what a game touches, what a commitment touches, money, then one slot each.
struct RequestState {
    address operator;
    Status status;
    bool tainted;
    Instant committedAt;
    Instant windowEndsAt;
    // ----- next slot
    address requester;
    Instant deadline;
    Duration window;
    bool inputPublished;
    // ----- next slot
    uint96 fee;
    /// @dev The smallest stake that an operator must hold until one has accepted, its lock from then on; zero if none ever did.
    uint96 minStakeOrLock;
    uint32 openGames;
    uint32 gamesOpened;
    // ----- next slots
    ModelId modelId;
    ProfileId profileId;
    bytes32 inputRoot;
    bytes32 outputRoot;
    bytes32 traceRoot;
}

using RequestStates for RequestState global;

/// @title What a stored request amounts to
library RequestStates {
    /// @notice The status at this moment, whether or not anybody has called for it to be stored.
    /// @dev One function for every reader and for every transition out of time, so that none of them can disagree.
    /// @param self A request.
    /// @return The status.
    function statusNow(RequestState storage self) internal view returns (Status) {
        Status status = self.status;
        if (status == Status.Requested || status == Status.Accepted) {
            return currentTime() < self.deadline ? status : Status.Refunded;
        }
        // INVARIANT: a game can only be opened before the window ends, so none will follow when it is over and none is open.
        if (status == Status.Committed && currentTime() >= self.windowEndsAt && self.openGames == 0) {
            return self.tainted ? Status.Void : Status.Final;
        }
        return status;
    }

    /// @notice What the operator locked when it accepted.
    /// @param self A request.
    /// @return Zero if none has accepted.
    function lock(RequestState storage self) internal view returns (uint96) {
        return self.status == Status.Requested ? 0 : self.minStakeOrLock;
    }

    /// @notice The request as readers see it.
    /// @param self A request.
    /// @return All fields.
    function toRequest(RequestState storage self) internal view returns (Request memory) {
        return
            Request({
                requester: self.requester,
                status: self.status,
                inputPublished: self.inputPublished,
                tainted: self.tainted,
                deadline: Instant.unwrap(self.deadline),
                operator: self.operator,
                committedAt: Instant.unwrap(self.committedAt),
                windowEndsAt: Instant.unwrap(self.windowEndsAt),
                openGames: self.openGames,
                modelId: self.modelId,
                profileId: self.profileId,
                inputRoot: self.inputRoot,
                fee: self.fee,
                lock: lock(self),
                outputRoot: self.outputRoot,
                traceRoot: self.traceRoot
            });
    }
}
