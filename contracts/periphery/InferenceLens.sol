// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceCourt} from "../interfaces/IInferenceCourt.sol";
import {IInferenceHub} from "../interfaces/IInferenceHub.sol";
import {BatchId, RequestId} from "../types/Ids.sol";
import {ModelId} from "../types/ModelRecord.sol";
import {Profile} from "../types/Profile.sol";
import {Request, Status} from "../types/Request.sol";

/// @title All that a reader should know about a result, in one call
/// @notice For contracts and for people alike; holds nothing, and nothing depends on it.
contract InferenceLens {
    /// @notice A result as it stands at this moment.
    struct Reading {
        /// @dev What it amounts to now, settled or not.
        Status status;
        /// @dev Irrevocable from this second on, if nothing happens before; the largest number there is if that is not known.
        uint40 finalAt;
        /// @dev Whether everybody can re-execute it: the input's bytes are on-chain, and so is the result. If not, only those who were told can challenge it.
        bool isPublic;
        /// @dev Whether the output's bytes are on-chain, so that who reads the result need not get them elsewhere.
        bool outputPublished;
        /// @dev Stake that backs or backed it, and how many results at most share it.
        uint256 lock;
        uint256 sharedBy;
        /// @dev How long it could be challenged, in seconds, and the censorship that this is made to survive.
        uint32 windowSeconds;
        uint32 censorshipSeconds;
        address operator;
        ModelId modelId;
        bytes32 inputRoot;
        bytes32 outputRoot;
        /// @dev The batch that contains it, or zero.
        BatchId batchId;
    }

    IInferenceHub private immutable _hub;

    /// @param hub_ The hub whose results are read.
    constructor(IInferenceHub hub_) {
        _hub = hub_;
    }

    /// @notice The hub whose results are read.
    /// @return Its address.
    function hub() external view returns (address) {
        return address(_hub);
    }

    /// @notice A request's result, or one that was shown from a batch.
    /// @param requestId Of the request, or of the result that was shown.
    /// @return All zero, but for `finalAt`, if there is no such request.
    function readingOf(RequestId requestId) public view returns (Reading memory) {
        Request memory request = _hub.requestOf(requestId);
        (uint256 lock, uint256 sharedBy) = _hub.securityOf(requestId);
        Profile memory profile;
        if (request.status != Status.None) profile = IInferenceCourt(address(_hub)).profileOf(requestId);
        return
            Reading({
                status: _hub.statusOf(requestId),
                finalAt: _hub.finalAt(requestId),
                isPublic: request.inputPublished,
                outputPublished: request.outputPublished,
                lock: lock,
                sharedBy: sharedBy,
                windowSeconds: profile.windowSeconds,
                censorshipSeconds: profile.censorshipSeconds,
                operator: request.operator,
                modelId: request.modelId,
                inputRoot: request.inputRoot,
                outputRoot: request.outputRoot,
                batchId: request.batchId
            });
    }

    /// @notice {readingOf} many.
    /// @param requestIds The ids.
    /// @return readings In their order.
    function readingsOf(RequestId[] calldata requestIds) external view returns (Reading[] memory readings) {
        readings = new Reading[](requestIds.length);
        for (uint256 i = 0; i < requestIds.length; ++i) readings[i] = readingOf(requestIds[i]);
    }
}
