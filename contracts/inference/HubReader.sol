// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceHub} from "../interfaces/IInferenceHub.sol";
import {WordTree} from "../libraries/WordTree.sol";
import {RequestId} from "../types/Ids.sol";
import {ModelShape} from "../types/ModelRecord.sol";
import {Request, RequestParameters, Status} from "../types/Request.sol";
import {Instant} from "../types/Time.sol";
import {CommitmentState} from "./CommitmentState.sol";
import {HubBook} from "./HubBook.sol";
import {RequestState} from "./RequestState.sol";

/// @title What readers see of requests and their results
abstract contract HubReader is HubBook, IInferenceHub {
    /// @notice The result is not final.
    error HubNotFinal(RequestId requestId, Status status);

    /// @dev Separates ids of requests from every other hash of the system.
    bytes32 private constant REQUEST_TAG = keccak256("Assay request");

    /// @inheritdoc IInferenceHub
    function isFinal(RequestId requestId) public view returns (bool) {
        return statusOf(requestId) == Status.Final;
    }

    /// @inheritdoc IInferenceHub
    function finalAt(RequestId requestId) external view returns (uint40) {
        RequestState storage state = _requests[requestId];
        Status status = state.commitment.status;
        bool isCommitted = status == Status.Committed || status == Status.Final;
        return isCommitted ? _finalAt(_commitmentOf(state)) : type(uint40).max;
    }

    /// @inheritdoc IInferenceHub
    function securityOf(RequestId requestId) external view returns (uint256 lock, uint256 sharedBy) {
        RequestState storage state = _requests[requestId];
        Status status = _statusNow(state);
        if (status != Status.Committed && status != Status.Final) return (0, 0);
        lock = _commitmentOf(state).lock;
        sharedBy = state.inBatch ? _profileOf(state.profileId).maxBatchResults : 1;
    }

    /// @inheritdoc IInferenceHub
    function finalOutputRoot(RequestId requestId) public view returns (bytes32 outputRoot) {
        Status status = statusOf(requestId);
        require(status == Status.Final, HubNotFinal(requestId, status));
        return _requests[requestId].outputRoot;
    }

    /// @inheritdoc IInferenceHub
    function isResult(RequestId requestId, bytes calldata output) external view returns (bool) {
        bytes32 outputRoot = finalOutputRoot(requestId);
        ModelShape memory shape = _models.shapeOf(_requests[requestId].modelId);
        return output.length == shape.outputBytes && WordTree.rootOf(output, shape.wordDepth) == outputRoot;
    }

    /// @inheritdoc IInferenceHub
    function requestOf(RequestId requestId) external view returns (Request memory) {
        RequestState storage state = _requests[requestId];
        CommitmentState storage commitment = _commitmentOf(state);
        Status status = state.commitment.status;
        bool isCommitted = Instant.unwrap(commitment.windowEndsAt) != 0;
        return
            Request({
                requester: state.requester,
                status: status,
                inputPublished: state.inputPublished,
                outputPublished: isCommitted && !state.outputByRoot && !state.inBatch,
                tainted: commitment.tainted,
                deadline: Instant.unwrap(state.deadline),
                operator: state.operator,
                committedAt: isCommitted ? Instant.unwrap(commitment.committedAt) : 0,
                windowEndsAt: Instant.unwrap(commitment.windowEndsAt),
                openGames: commitment.openGames,
                modelId: state.modelId,
                profileId: state.profileId,
                inputRoot: state.inputRoot,
                fee: state.fee,
                lock: status == Status.Requested ? 0 : commitment.lock,
                outputRoot: state.outputRoot,
                traceRoot: state.traceRoot,
                batchId: state.batchId
            });
    }

    /// @inheritdoc IInferenceHub
    function statusOf(RequestId requestId) public view returns (Status) {
        return _statusNow(_requests[requestId]);
    }

    /// @inheritdoc IInferenceHub
    function vault() external view returns (address) {
        return address(_vault);
    }

    /// @inheritdoc IInferenceHub
    function game() external view returns (address) {
        return _game;
    }

    /// @inheritdoc IInferenceHub
    function registry() external view returns (address) {
        return address(_models);
    }

    /// @inheritdoc IInferenceHub
    function profiles() external view returns (address) {
        return address(_profiles);
    }

    /// @inheritdoc IInferenceHub
    function requestIdOf(
        address requester,
        RequestParameters calldata parameters,
        bytes32 inputRoot,
        bool inputPublished
    ) public view returns (RequestId) {
        return
            RequestId.wrap(
                keccak256(
                    abi.encode(
                        REQUEST_TAG,
                        block.chainid,
                        address(this),
                        requester,
                        parameters,
                        inputRoot,
                        inputPublished
                    )
                )
            );
    }
}
