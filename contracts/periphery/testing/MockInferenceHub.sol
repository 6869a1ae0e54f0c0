// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IInferenceHub} from "../../interfaces/IInferenceHub.sol";
import {IModelRegistry} from "../../interfaces/IModelRegistry.sol";
import {IProfiles} from "../../interfaces/IProfiles.sol";
import {Shares} from "../../libraries/Shares.sol";
import {WordTree} from "../../libraries/WordTree.sol";
import {StakeVault} from "../../staking/StakeVault.sol";
import {RequestId} from "../../types/Ids.sol";
import {ModelShape} from "../../types/ModelRecord.sol";
import {Profile} from "../../types/Profile.sol";
import {Request, RequestParameters, Status} from "../../types/Request.sol";

/// @title A hub for the tests of contracts that consume results
/// @notice Requests cost what they cost, tokens move, deadlines pass and results become final, as with the real one; but nobody stakes or challenges
/// anything, anyone plays the operator, and {conclude} ends a request as the test wants it to. For tests only: it is worth no trust at all.
contract MockInferenceHub is IInferenceHub {
    /// @notice The request is not in the status that the call needs.
    error MockStatusMismatch(RequestId requestId, Status actual, Status expected);
    /// @notice Too early, or too late.
    error MockTimeMismatch(RequestId requestId, uint256 time, uint256 limit);
    /// @notice The model takes an input, or gives an output, of another length.
    error MockLengthMismatch(uint256 actual, uint256 expected);
    /// @notice The result is not final.
    error MockNotFinal(RequestId requestId, Status status);
    /// @notice The request was made with other parameters, or by somebody else, or before.
    error MockRequestMismatch(RequestId requestId);

    StakeVault private immutable _vault;
    IModelRegistry private immutable _models;
    IProfiles private immutable _profiles;
    mapping(RequestId requestId => Request request) private _requests;

    /// @param token What fees are paid in.
    /// @param models_ A real registry, with the models that are asked.
    /// @param profiles_ Real profiles.
    constructor(IERC20 token, IModelRegistry models_, IProfiles profiles_) {
        _vault = new StakeVault(token, address(this), address(this), 0);
        _models = models_;
        _profiles = profiles_;
    }

    /// @notice Ends a request as if time had passed and games had been played: Final, Slashed, Void or Refunded. What the requester gets back it gets, fee
    /// and compensation; the latter comes out of this contract's free balance in the vault, which the test has to fill.
    /// @param requestId A request that has not ended.
    /// @param status How it ends.
    function conclude(RequestId requestId, Status status) external {
        Request storage request_ = _requests[requestId];
        uint256 amount = request_.fee;
        Profile memory profile = _profiles.profileOf(request_.profileId);
        uint256 compensation = 0;
        if (status == Status.Slashed) compensation = Shares.shareDown(request_.lock, profile.requesterBps);
        if (status == Status.Refunded && request_.lock != 0) compensation = profile.missedDeadlinePenalty;
        request_.status = status;
        if (compensation != 0) _vault.take(address(this), compensation);
        _vault.give(status == Status.Final ? request_.operator : request_.requester, amount + compensation);
        emit RequestEnded(requestId, status);
    }

    /// @inheritdoc IInferenceHub
    function request(
        RequestParameters calldata parameters,
        bytes calldata input
    ) external returns (RequestId requestId) {
        ModelShape memory shape = _models.shapeOf(parameters.modelId);
        require(input.length == shape.inputBytes, MockLengthMismatch(input.length, shape.inputBytes));
        bytes32 inputRoot = WordTree.rootOf(input, shape.inputDepth);
        requestId = _open(parameters, inputRoot, true);
        emit InferenceRequested(requestId, msg.sender, parameters, inputRoot, input, "");
    }

    /// @inheritdoc IInferenceHub
    function requestByRoot(
        RequestParameters calldata parameters,
        bytes32 inputRoot,
        string calldata inputUri
    ) external returns (RequestId requestId) {
        requestId = _open(parameters, inputRoot, false);
        emit InferenceRequested(requestId, msg.sender, parameters, inputRoot, "", inputUri);
    }

    /// @inheritdoc IInferenceHub
    function accept(RequestId requestId) external {
        acceptFor(requestId, msg.sender);
    }

    /// @inheritdoc IInferenceHub
    function acceptFor(RequestId requestId, address operator) public {
        Request storage request_ = _requireStatus(requestId, Status.Requested);
        request_.status = Status.Accepted;
        request_.operator = operator;
        request_.lock = _profiles.profileOf(request_.profileId).lock;
        emit RequestAccepted(requestId, operator, request_.lock);
    }

    /// @inheritdoc IInferenceHub
    function commit(
        RequestId requestId,
        bytes calldata output,
        bytes32 traceRoot,
        bytes32[] calldata
    ) external {
        ModelShape memory shape = _models.shapeOf(_requests[requestId].modelId);
        require(output.length == shape.outputBytes, MockLengthMismatch(output.length, shape.outputBytes));
        _requests[requestId].outputPublished = true;
        _commit(requestId, WordTree.rootOf(output, shape.wordDepth), output, traceRoot);
    }

    /// @inheritdoc IInferenceHub
    function commitByRoot(
        RequestId requestId,
        bytes32 outputRoot,
        string calldata outputUri,
        bytes32 traceRoot,
        bytes32[] calldata
    ) external {
        emit OutputLocated(requestId, outputUri);
        _commit(requestId, outputRoot, msg.data[:0], traceRoot);
    }

    /// @inheritdoc IInferenceHub
    function postTrace(RequestId requestId, bytes32 traceRoot, bytes32[] calldata) external {
        _requireStatus(requestId, Status.Committed).traceRoot = traceRoot;
        emit TracePosted(requestId, traceRoot);
    }

    /// @inheritdoc IInferenceHub
    function settle(RequestId requestId) external {
        Request storage request_ = _requireStatus(requestId, Status.Committed);
        require(
            block.timestamp >= request_.windowEndsAt,
            MockTimeMismatch(requestId, block.timestamp, request_.windowEndsAt)
        );
        request_.status = Status.Final;
        _vault.give(request_.operator, request_.fee);
        emit RequestEnded(requestId, Status.Final);
    }

    /// @inheritdoc IInferenceHub
    function expire(RequestId requestId) external {
        Request storage request_ = _requireMissed(requestId);
        // Nobody has staked anything here, so a missed deadline costs nobody anything.
        request_.status = Status.Refunded;
        request_.lock = 0;
        _vault.give(request_.requester, request_.fee);
        emit RequestEnded(requestId, Status.Refunded);
    }

    /// @inheritdoc IInferenceHub
    function reopen(RequestId requestId, RequestParameters calldata parameters, uint40 deadline) external {
        Request storage request_ = _requireMissed(requestId);
        RequestId given = requestIdOf(msg.sender, parameters, request_.inputRoot, request_.inputPublished);
        require(RequestId.unwrap(given) == RequestId.unwrap(requestId), MockRequestMismatch(requestId));
        request_.status = Status.Requested;
        request_.operator = parameters.operator;
        request_.deadline = deadline;
        request_.lock = 0;
        emit RequestReopened(requestId, deadline, 0);
    }

    /// @inheritdoc IInferenceHub
    function requestOf(RequestId requestId) external view returns (Request memory) {
        return _requests[requestId];
    }

    /// @inheritdoc IInferenceHub
    function statusOf(RequestId requestId) public view returns (Status status) {
        Request storage request_ = _requests[requestId];
        status = request_.status;
        bool isOpen = status == Status.Requested || status == Status.Accepted;
        if (isOpen && block.timestamp >= request_.deadline) return Status.Refunded;
        if (status == Status.Committed && block.timestamp >= request_.windowEndsAt) return Status.Final;
    }

    /// @inheritdoc IInferenceHub
    function isFinal(RequestId requestId) external view returns (bool) {
        return statusOf(requestId) == Status.Final;
    }

    /// @inheritdoc IInferenceHub
    function finalAt(RequestId requestId) external view returns (uint40) {
        Request storage request_ = _requests[requestId];
        if (request_.status == Status.Committed) return request_.windowEndsAt;
        if (request_.status != Status.Final) return type(uint40).max;
        // {conclude} may have been early.
        return request_.windowEndsAt < block.timestamp ? request_.windowEndsAt : uint40(block.timestamp);
    }

    /// @inheritdoc IInferenceHub
    function securityOf(RequestId requestId) external view returns (uint256 lock, uint256 sharedBy) {
        Status status = statusOf(requestId);
        if (status == Status.Committed || status == Status.Final) return (_requests[requestId].lock, 1);
    }

    /// @inheritdoc IInferenceHub
    function finalOutputRoot(RequestId requestId) public view returns (bytes32 outputRoot) {
        Status status = statusOf(requestId);
        require(status == Status.Final, MockNotFinal(requestId, status));
        return _requests[requestId].outputRoot;
    }

    /// @inheritdoc IInferenceHub
    function isResult(RequestId requestId, bytes calldata output) external view returns (bool) {
        bytes32 outputRoot = finalOutputRoot(requestId);
        ModelShape memory shape = _models.shapeOf(_requests[requestId].modelId);
        return output.length == shape.outputBytes && WordTree.rootOf(output, shape.wordDepth) == outputRoot;
    }

    /// @inheritdoc IInferenceHub
    function vault() external view returns (address) {
        return address(_vault);
    }

    /// @inheritdoc IInferenceHub
    function game() external view returns (address) {
        return address(this);
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
                        keccak256("Assay request"),
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

    // ---------------------------------------------------------------------------------------------------------

    function _open(
        RequestParameters calldata parameters,
        bytes32 inputRoot,
        bool inputPublished
    ) private returns (RequestId requestId) {
        requestId = requestIdOf(msg.sender, parameters, inputRoot, inputPublished);
        Request storage request_ = _requests[requestId];
        require(request_.status == Status.None, MockRequestMismatch(requestId));
        request_.requester = msg.sender;
        request_.status = Status.Requested;
        request_.inputPublished = inputPublished;
        request_.deadline = parameters.deadline;
        request_.operator = parameters.operator;
        request_.modelId = parameters.modelId;
        request_.profileId = parameters.profileId;
        request_.inputRoot = inputRoot;
        request_.fee = parameters.fee;
        _vault.take(msg.sender, parameters.fee);
    }

    function _commit(
        RequestId requestId,
        bytes32 outputRoot,
        bytes calldata output,
        bytes32 traceRoot
    ) private {
        if (_requests[requestId].status == Status.Requested) acceptFor(requestId, msg.sender);
        Request storage request_ = _requireStatus(requestId, Status.Accepted);
        require(
            block.timestamp < request_.deadline,
            MockTimeMismatch(requestId, block.timestamp, request_.deadline)
        );
        request_.status = Status.Committed;
        request_.outputRoot = outputRoot;
        request_.traceRoot = traceRoot;
        request_.committedAt = uint40(block.timestamp);
        request_.windowEndsAt =
            uint40(block.timestamp) + _profiles.profileOf(request_.profileId).windowSeconds;
        emit ResultCommitted(
            requestId,
            request_.operator,
            outputRoot,
            traceRoot,
            output,
            request_.windowEndsAt
        );
    }

    function _requireStatus(
        RequestId requestId,
        Status expected
    ) private view returns (Request storage request_) {
        request_ = _requests[requestId];
        require(request_.status == expected, MockStatusMismatch(requestId, request_.status, expected));
    }

    function _requireMissed(RequestId requestId) private view returns (Request storage request_) {
        request_ = _requests[requestId];
        if (request_.status != Status.Accepted) _requireStatus(requestId, Status.Requested);
        require(
            block.timestamp >= request_.deadline,
            MockTimeMismatch(requestId, block.timestamp, request_.deadline)
        );
    }
}
