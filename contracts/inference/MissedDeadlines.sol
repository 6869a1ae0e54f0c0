// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceHub} from "../interfaces/IInferenceHub.sol";
import {RequestId} from "../types/Ids.sol";
import {RequestParameters, Status} from "../types/Request.sol";
import {currentTime, Instant} from "../types/Time.sol";
import {HubReader} from "./HubReader.sol";
import {RequestState} from "./RequestState.sol";

/// @title What becomes of requests that nobody answered in time
abstract contract MissedDeadlines is HubReader {
    /// @notice The request was made with other parameters, or by somebody else.
    error HubRequestMismatch(RequestId actual, RequestId expected);
    /// @notice Nobody could commit in time.
    error HubDeadlineNotAhead(uint40 deadline, uint256 time);
    /// @notice The deadline of the request has not passed.
    error HubDeadlineNotPassed(RequestId requestId, uint40 deadline);

    /// @inheritdoc IInferenceHub
    function expire(RequestId requestId) external {
        RequestState storage state = _requests[requestId];
        uint96 lock = _requireMissed(requestId, state);

        state.commitment.status = Status.Refunded;
        if (lock == 0) state.commitment.lock = 0;
        _penalise(state, state.operator, lock, state.fee);
        emit RequestEnded(requestId, Status.Refunded);
    }

    /// @inheritdoc IInferenceHub
    function reopen(RequestId requestId, RequestParameters calldata parameters, uint40 deadline) external {
        RequestState storage state = _requests[requestId];
        // INVARIANT: the id binds the requester, so nobody else passes.
        RequestId given = requestIdOf(msg.sender, parameters, state.inputRoot, state.inputPublished);
        require(RequestId.unwrap(given) == RequestId.unwrap(requestId), HubRequestMismatch(given, requestId));
        uint96 lock = _requireMissed(requestId, state);
        _requireAhead(deadline);
        address operator = state.operator;

        state.commitment.status = Status.Requested;
        state.commitment.lock = parameters.minStake;
        state.operator = parameters.operator;
        state.deadline = Instant.wrap(deadline);
        uint256 penalty = _penalise(state, operator, lock, 0);
        emit RequestReopened(requestId, deadline, penalty);
    }

    // ---------------------------------------------------------------------------------------------------------

    /// @dev Reverts unless nobody committed in time. Gives what the operator has locked that had accepted, or nothing.
    function _requireMissed(
        RequestId requestId,
        RequestState storage state
    ) private view returns (uint96 lock) {
        Status status = state.commitment.status;
        if (status != Status.Accepted) _requireStatus(requestId, status, Status.Requested);
        require(
            currentTime() >= state.deadline,
            HubDeadlineNotPassed(requestId, Instant.unwrap(state.deadline))
        );
        return status == Status.Accepted ? state.commitment.lock : 0;
    }

    /// @dev Gives the requester what is refunded, and what the operator loses that missed a deadline, if one did; the rest of its lock ends.
    function _penalise(
        RequestState storage state,
        address operator,
        uint256 lock,
        uint256 refund
    ) private returns (uint256 penalty) {
        if (lock == 0) {
            if (refund != 0) _vault.give(state.requester, refund);
            return 0;
        }
        penalty = _profileOf(state.profileId).missedDeadlinePenalty;
        _vault.slash(operator, lock, penalty, 0, state.requester, refund + penalty);
    }

    function _requireAhead(uint40 deadline) internal view {
        require(deadline > block.timestamp, HubDeadlineNotAhead(deadline, block.timestamp));
    }
}
