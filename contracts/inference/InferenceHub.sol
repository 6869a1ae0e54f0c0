// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IDisputeGame} from "../interfaces/IDisputeGame.sol";
import {IInferenceHub} from "../interfaces/IInferenceHub.sol";
import {IModelRegistry} from "../interfaces/IModelRegistry.sol";
import {IProfiles} from "../interfaces/IProfiles.sol";
import {IStakeVault} from "../interfaces/IStakeVault.sol";
import {OutputBinding} from "../libraries/OutputBinding.sol";
import {WordTree} from "../libraries/WordTree.sol";
import {RequestId} from "../types/Ids.sol";
import {ModelRecord} from "../types/ModelRecord.sol";
import {Profile} from "../types/Profile.sol";
import {Request, RequestParameters, Status} from "../types/Request.sol";
import {currentTime, Duration, Instant} from "../types/Time.sol";
import {InferenceCourt} from "./InferenceCourt.sol";
import {RequestState} from "./RequestState.sol";

/// @title Requests, commitments and finality
/// @dev | function | who | status | until |
/// |---|---|---|---|
/// | request, requestByRoot | anyone with the fee in its free balance | None | - |
/// | accept | the named operator, or anyone if none is named | Requested | deadline |
/// | commit | the operator that accepted; the named one at once | Accepted; Requested | deadline |
/// | postTrace | the operator | Committed, Slashed | - |
/// | settle | anyone | Committed | from the end of the window, when no game is open |
/// | expire | anyone | Requested, Accepted | from the deadline |
contract InferenceHub is InferenceCourt {
    /// @notice A contract of the deployment is linked to another one than it should be.
    error HubLinkMismatch(address linker, address actual, address expected);
    /// @notice The very same request was made before; another salt makes it distinct.
    error HubRequestExists(RequestId requestId);
    /// @notice Nobody could commit in time.
    error HubDeadlineNotAhead(uint40 deadline, uint256 time);
    /// @notice The deadline of the request has passed.
    error HubDeadlinePassed(RequestId requestId, uint40 deadline);
    /// @notice The deadline of the request has not passed.
    error HubDeadlineNotPassed(RequestId requestId, uint40 deadline);
    /// @notice The model takes an input of another length.
    error HubInputLengthMismatch(uint256 actual, uint256 expected);
    /// @notice The model gives an output of another length.
    error HubOutputLengthMismatch(uint256 actual, uint256 expected);
    /// @notice Another operator is meant.
    error HubOperatorMismatch(RequestId requestId, address caller, address expected);
    /// @notice The requester wants an operator with more stake.
    error HubStakeTooLow(address operator, uint256 stake, uint256 minimum);
    /// @notice A lazy commitment has no trace that a proof could be about.
    error HubProofWithoutTrace(uint256 length);
    /// @notice The trace of the commitment is bound already.
    error HubTraceKnown(RequestId requestId, bytes32 traceRoot);
    /// @notice Zero stands for a trace that is not known.
    error HubTraceRootZero(RequestId requestId);
    /// @notice The result can still be challenged.
    error HubWindowOpen(RequestId requestId, uint40 windowEndsAt);
    /// @notice The result is being disputed.
    error HubGamesOpen(RequestId requestId, uint256 openGames);
    /// @notice The result is not final.
    error HubNotFinal(RequestId requestId, Status status);

    /// @dev Separates ids of requests from every other hash of the system.
    bytes32 private constant REQUEST_TAG = keccak256("Assay request");

    /// @dev The four contracts know each other from birth: the first two were given this one's address before it existed, which is proven here.
    constructor(
        IStakeVault vault_,
        IDisputeGame game_,
        IModelRegistry models_,
        IProfiles profiles_
    ) InferenceCourt(vault_, address(game_), models_, profiles_) {
        _requireLink(address(vault_), vault_.hub(), address(this));
        _requireLink(address(vault_), vault_.game(), address(game_));
        _requireLink(address(game_), game_.hub(), address(this));
        _requireLink(address(game_), game_.vault(), address(vault_));
    }

    // ---------------------------------------------------------------------------------------------------------
    // Requester
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IInferenceHub
    function request(
        RequestParameters calldata parameters,
        bytes calldata input
    ) external returns (RequestId requestId) {
        ModelRecord memory record = _recordOf(parameters.modelId);
        require(input.length == record.inputBytes, HubInputLengthMismatch(input.length, record.inputBytes));
        bytes32 inputRoot = WordTree.rootOf(input, record.inputDepth);

        requestId = _open(parameters, inputRoot, true);
        emit InferenceRequested(requestId, msg.sender, parameters, inputRoot, input, "");
    }

    /// @inheritdoc IInferenceHub
    function requestByRoot(
        RequestParameters calldata parameters,
        bytes32 inputRoot,
        string calldata inputUri
    ) external returns (RequestId requestId) {
        _recordOf(parameters.modelId);

        requestId = _open(parameters, inputRoot, false);
        emit InferenceRequested(requestId, msg.sender, parameters, inputRoot, "", inputUri);
    }

    /// @inheritdoc IInferenceHub
    function expire(RequestId requestId) external {
        RequestState storage state = _requests[requestId];
        Status status = state.status;
        if (status != Status.Accepted) _requireStatus(requestId, status, Status.Requested);
        require(
            currentTime() >= state.deadline,
            HubDeadlineNotPassed(requestId, Instant.unwrap(state.deadline))
        );
        uint256 refund = state.fee;

        state.status = Status.Refunded;
        if (status == Status.Accepted) {
            uint256 penalty = _profileOf(state.profileId).missedDeadlinePenalty;
            _vault.slash(state.operator, state.minStakeOrLock, penalty);
            refund += penalty;
        } else {
            state.minStakeOrLock = 0;
        }
        _vault.give(state.requester, refund);
        emit RequestEnded(requestId, Status.Refunded);
    }

    // ---------------------------------------------------------------------------------------------------------
    // Operator
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IInferenceHub
    function accept(RequestId requestId) external {
        RequestState storage state = _requests[requestId];
        _requireStatus(requestId, state.status, Status.Requested);
        _requireBeforeDeadline(requestId, state);
        _accept(requestId, state);
    }

    /// @inheritdoc IInferenceHub
    function commit(
        RequestId requestId,
        bytes calldata output,
        bytes32 traceRoot,
        bytes32[] calldata outputProof
    ) external {
        RequestState storage state = _requests[requestId];
        bool isDirect = state.status == Status.Requested && state.operator == msg.sender;
        if (!isDirect) {
            _requireStatus(requestId, state.status, Status.Accepted);
            _requireOperator(requestId, state);
        }
        _requireBeforeDeadline(requestId, state);
        if (isDirect) _accept(requestId, state);
        ModelRecord memory record = _recordOf(state.modelId);
        require(
            output.length == record.outputBytes,
            HubOutputLengthMismatch(output.length, record.outputBytes)
        );
        bytes32 outputRoot = WordTree.rootOf(output, record.wordDepth);
        if (traceRoot != 0) {
            // INVARIANT: no trace is known whose last tensor is not the committed output.
            OutputBinding.check(record, outputRoot, traceRoot, outputProof);
        } else {
            require(outputProof.length == 0, HubProofWithoutTrace(outputProof.length));
            if (record.stepDepth == 0) traceRoot = outputRoot;
        }
        Instant windowEndsAt = currentTime().after_(state.window);

        state.status = Status.Committed;
        state.committedAt = currentTime();
        state.windowEndsAt = windowEndsAt;
        state.outputRoot = outputRoot;
        if (traceRoot != 0) state.traceRoot = traceRoot;
        emit ResultCommitted(
            requestId,
            msg.sender,
            outputRoot,
            traceRoot,
            output,
            Instant.unwrap(windowEndsAt)
        );
    }

    /// @inheritdoc IInferenceHub
    function postTrace(RequestId requestId, bytes32 traceRoot, bytes32[] calldata outputProof) external {
        RequestState storage state = _requests[requestId];
        // A slashed commitment's other games go on, each on its own, and the operator may still win their bonds.
        if (state.status != Status.Slashed) _requireStatus(requestId, state.status, Status.Committed);
        _requireOperator(requestId, state);
        require(traceRoot != 0, HubTraceRootZero(requestId));
        require(state.traceRoot == 0, HubTraceKnown(requestId, state.traceRoot));
        OutputBinding.check(_recordOf(state.modelId), state.outputRoot, traceRoot, outputProof);

        state.traceRoot = traceRoot;
        emit TracePosted(requestId, traceRoot);
    }

    // ---------------------------------------------------------------------------------------------------------
    // Finality
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IInferenceHub
    function settle(RequestId requestId) external {
        RequestState storage state = _requests[requestId];
        _requireStatus(requestId, state.status, Status.Committed);
        require(
            currentTime() >= state.windowEndsAt,
            HubWindowOpen(requestId, Instant.unwrap(state.windowEndsAt))
        );
        require(state.openGames == 0, HubGamesOpen(requestId, state.openGames));
        Status status = state.statusNow();

        state.status = status;
        if (status == Status.Final) {
            _vault.unlock(state.operator, state.minStakeOrLock);
            _vault.give(state.operator, state.fee);
        } else {
            uint256 penalty = _profileOf(state.profileId).voidPenalty;
            _vault.slash(state.operator, state.minStakeOrLock, penalty);
            _vault.burn(penalty);
            _vault.give(state.requester, state.fee);
        }
        emit RequestEnded(requestId, status);
    }

    /// @inheritdoc IInferenceHub
    function isFinal(RequestId requestId) public view returns (bool) {
        return _requests[requestId].statusNow() == Status.Final;
    }

    /// @inheritdoc IInferenceHub
    function finalOutputRoot(RequestId requestId) public view returns (bytes32 outputRoot) {
        require(isFinal(requestId), HubNotFinal(requestId, statusOf(requestId)));
        return _requests[requestId].outputRoot;
    }

    /// @inheritdoc IInferenceHub
    function isResult(RequestId requestId, bytes calldata output) external view returns (bool) {
        bytes32 outputRoot = finalOutputRoot(requestId);
        ModelRecord memory record = _recordOf(_requests[requestId].modelId);
        return output.length == record.outputBytes && WordTree.rootOf(output, record.wordDepth) == outputRoot;
    }

    // ---------------------------------------------------------------------------------------------------------
    // Views
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IInferenceHub
    function requestOf(RequestId requestId) external view returns (Request memory) {
        return _requests[requestId].toRequest();
    }

    /// @inheritdoc IInferenceHub
    function statusOf(RequestId requestId) public view returns (Status) {
        return _requests[requestId].statusNow();
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

    // ---------------------------------------------------------------------------------------------------------

    function _open(
        RequestParameters calldata parameters,
        bytes32 inputRoot,
        bool inputPublished
    ) private returns (RequestId requestId) {
        requestId = requestIdOf(msg.sender, parameters, inputRoot, inputPublished);
        RequestState storage state = _requests[requestId];
        require(state.status == Status.None, HubRequestExists(requestId));
        require(
            parameters.deadline > block.timestamp,
            HubDeadlineNotAhead(parameters.deadline, block.timestamp)
        );
        Profile memory profile = _profileOf(parameters.profileId);

        state.operator = parameters.operator;
        state.status = Status.Requested;
        state.requester = msg.sender;
        state.deadline = Instant.wrap(parameters.deadline);
        // INVARIANT: the window is fixed by the request; no operator chooses it.
        state.window = Duration.wrap(profile.windowSeconds);
        state.inputPublished = inputPublished;
        state.fee = parameters.fee;
        state.minStakeOrLock = parameters.minStake;
        state.modelId = parameters.modelId;
        state.profileId = parameters.profileId;
        state.inputRoot = inputRoot;
        _vault.take(msg.sender, parameters.fee);
    }

    function _accept(RequestId requestId, RequestState storage state) private {
        if (state.operator != address(0)) _requireOperator(requestId, state);
        (uint256 stake, ) = _vault.stakeOf(msg.sender);
        require(stake >= state.minStakeOrLock, HubStakeTooLow(msg.sender, stake, state.minStakeOrLock));
        uint96 lock = _profileOf(state.profileId).lock;

        state.operator = msg.sender;
        state.status = Status.Accepted;
        state.minStakeOrLock = lock;
        _vault.lock(msg.sender, lock);
        emit RequestAccepted(requestId, msg.sender, lock);
    }

    function _requireBeforeDeadline(RequestId requestId, RequestState storage state) private view {
        require(currentTime() < state.deadline, HubDeadlinePassed(requestId, Instant.unwrap(state.deadline)));
    }

    function _requireOperator(RequestId requestId, RequestState storage state) private view {
        require(msg.sender == state.operator, HubOperatorMismatch(requestId, msg.sender, state.operator));
    }

    function _requireLink(address linker, address actual, address expected) private pure {
        require(actual == expected, HubLinkMismatch(linker, actual, expected));
    }
}
