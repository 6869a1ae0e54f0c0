// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IDisputeGame} from "../interfaces/IDisputeGame.sol";
import {IInferenceHub} from "../interfaces/IInferenceHub.sol";
import {IModelRegistry} from "../interfaces/IModelRegistry.sol";
import {IProfiles} from "../interfaces/IProfiles.sol";
import {IStakeVault} from "../interfaces/IStakeVault.sol";
import {OutputBinding} from "../libraries/OutputBinding.sol";
import {WordTree} from "../libraries/WordTree.sol";
import {ProfileId, RequestId} from "../types/Ids.sol";
import {ModelShape} from "../types/ModelRecord.sol";
import {RequestParameters, Status} from "../types/Request.sol";
import {Terms} from "../types/Terms.sol";
import {currentTime, Duration, Instant} from "../types/Time.sol";
import {BatchBook} from "./BatchBook.sol";
import {CommitmentState} from "./CommitmentState.sol";
import {HubBook} from "./HubBook.sol";
import {InferenceCourt} from "./InferenceCourt.sol";
import {MissedDeadlines} from "./MissedDeadlines.sol";
import {RequestState} from "./RequestState.sol";

/// @title Requests, commitments and finality
/// @dev | function | who | status | until |
/// |---|---|---|---|
/// | request, requestByRoot | anyone with the fee in its free balance | None | - |
/// | accept, acceptFor | the named operator, or anyone if none is named; or its signer | Requested | deadline |
/// | commit, commitByRoot | the operator that accepted, the named one at once; or its signer | Accepted; Requested | deadline |
/// | postTrace | the operator or its signer | Committed, Slashed | - |
/// | settle | anyone | Committed | from the end of the window, when no game is open |
/// | expire | anyone | Requested, Accepted | from the deadline |
/// | reopen | the requester | Requested, Accepted | from the deadline |
contract InferenceHub is MissedDeadlines, InferenceCourt, BatchBook {
    /// @notice A contract of the deployment is linked to another one than it should be.
    error HubLinkMismatch(address linker, address actual, address expected);
    /// @notice The very same request was made before; another salt makes it distinct.
    error HubRequestExists(RequestId requestId);
    /// @notice The deadline of the request has passed.
    error HubDeadlinePassed(RequestId requestId, uint40 deadline);
    /// @notice The model gives an output of another length.
    error HubOutputLengthMismatch(uint256 actual, uint256 expected);
    /// @notice An output of no more bytes than this is published with its commitment.
    error HubOutputNotPublished(uint256 outputBytes, uint256 maximum);
    /// @notice A lazy commitment has no trace that a proof could be about.
    error HubProofWithoutTrace(uint256 length);
    /// @notice The trace of the commitment is bound already.
    error HubTraceKnown(RequestId requestId, bytes32 traceRoot);
    /// @notice Zero stands for a trace that is not known.
    error HubTraceRootZero(RequestId requestId);
    /// @notice The batch has bound another trace.
    error HubTraceRootMismatch(RequestId requestId, bytes32 traceRoot, bytes32 boundTraceRoot);

    /// @dev Longest output that is published with its commitment: with the proof it fits into a transaction of 128 KiB, and takes no more gas than a transaction
    /// may, a nonzero byte of calldata taking 40.
    uint256 private constant MAX_PUBLISHED_BYTES = 122_880;

    /// @dev The four contracts know each other from birth: the first two were given this one's address before it existed, which is proven here.
    constructor(
        IStakeVault vault_,
        IDisputeGame game_,
        IModelRegistry models_,
        IProfiles profiles_
    ) HubBook(vault_, address(game_), models_, profiles_) {
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
        bytes32 inputRoot = _rootOfInput(_models.shapeOf(parameters.modelId), input);

        requestId = _open(parameters, inputRoot, true);
        emit InferenceRequested(requestId, msg.sender, parameters, inputRoot, input, "");
    }

    /// @inheritdoc IInferenceHub
    function requestByRoot(
        RequestParameters calldata parameters,
        bytes32 inputRoot,
        string calldata inputUri
    ) external returns (RequestId requestId) {
        _models.shapeOf(parameters.modelId);

        requestId = _open(parameters, inputRoot, false);
        emit InferenceRequested(requestId, msg.sender, parameters, inputRoot, "", inputUri);
    }

    // ---------------------------------------------------------------------------------------------------------
    // Operator
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IInferenceHub
    function accept(RequestId requestId) external {
        acceptFor(requestId, msg.sender);
    }

    /// @inheritdoc IInferenceHub
    function acceptFor(RequestId requestId, address operator) public {
        RequestState storage state = _requests[requestId];
        _requireStatus(requestId, state.commitment.status, Status.Requested);
        _requireBeforeDeadline(requestId, state);
        _requireActsFor(requestId, operator);
        address named = state.operator;
        require(named == address(0) || named == operator, HubOperatorMismatch(requestId, operator, named));
        _accept(requestId, state, operator);
    }

    /// @inheritdoc IInferenceHub
    function commit(
        RequestId requestId,
        bytes calldata output,
        bytes32 traceRoot,
        bytes32[] calldata outputProof
    ) external {
        (RequestState storage state, ModelShape memory shape) = _answer(requestId);
        require(
            output.length == shape.outputBytes,
            HubOutputLengthMismatch(output.length, shape.outputBytes)
        );
        bytes32 outputRoot = WordTree.rootOf(output, shape.wordDepth);
        _commit(requestId, state, shape, outputRoot, output, traceRoot, outputProof);
    }

    /// @inheritdoc IInferenceHub
    function commitByRoot(
        RequestId requestId,
        bytes32 outputRoot,
        string calldata outputUri,
        bytes32 traceRoot,
        bytes32[] calldata outputProof
    ) external {
        (RequestState storage state, ModelShape memory shape) = _answer(requestId);
        require(
            shape.outputBytes > MAX_PUBLISHED_BYTES,
            HubOutputNotPublished(shape.outputBytes, MAX_PUBLISHED_BYTES)
        );

        state.outputByRoot = true;
        emit OutputLocated(requestId, outputUri);
        _commit(requestId, state, shape, outputRoot, msg.data[:0], traceRoot, outputProof);
    }

    /// @inheritdoc IInferenceHub
    function postTrace(RequestId requestId, bytes32 traceRoot, bytes32[] calldata outputProof) external {
        RequestState storage state = _requests[requestId];
        Status status = state.commitment.status;
        // A slashed commitment's other games go on, each on its own, and the operator may still win their bonds.
        if (status != Status.Slashed) _requireStatus(requestId, status, Status.Committed);
        bytes32 bound = state.boundTraceRoot;
        if (bound == 0)
            _requireActsFor(requestId, state.operator);
            // INVARIANT: what a batch has bound cannot be replaced, and need not be posted by the operator.
        else require(traceRoot == bound, HubTraceRootMismatch(requestId, traceRoot, bound));
        require(traceRoot != 0, HubTraceRootZero(requestId));
        require(state.traceRoot == 0, HubTraceKnown(requestId, state.traceRoot));
        ModelShape memory shape = _models.shapeOf(state.modelId);
        OutputBinding.check(shape.stepDepth, shape.stepCount, state.outputRoot, traceRoot, outputProof);

        state.traceRoot = traceRoot;
        emit TracePosted(requestId, traceRoot);
    }

    // ---------------------------------------------------------------------------------------------------------
    // Finality
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IInferenceHub
    function settle(RequestId requestId) external {
        RequestState storage state = _requests[requestId];
        _requireStatus(requestId, state.commitment.status, Status.Committed);
        CommitmentState storage commitment = _commitmentOf(state);
        Status status = commitment.statusNow();
        if (status == Status.Committed) _requireEnded(_commitmentIdOf(requestId, state), commitment);

        state.commitment.status = status;
        // The lock of a batch ends when the batch is settled, and the fee of a result that nobody asked for here is nothing.
        if (!state.inBatch) _release(state.operator, commitment.lock, state.profileId, status);
        if (status == Status.Final) _vault.pay(state.operator, state.fee, 0);
        else _vault.give(state.requester, state.fee);
        emit RequestEnded(requestId, status);
    }

    // ---------------------------------------------------------------------------------------------------------

    function _open(
        RequestParameters calldata parameters,
        bytes32 inputRoot,
        bool inputPublished
    ) private returns (RequestId requestId) {
        requestId = requestIdOf(msg.sender, parameters, inputRoot, inputPublished);
        RequestState storage state = _requests[requestId];
        require(state.commitment.status == Status.None, HubRequestExists(requestId));
        _requireAhead(parameters.deadline);
        Terms terms = _termsOf(parameters.profileId);

        state.commitment.begin(Status.Requested, Instant.wrap(0), parameters.minStake);
        state.operator = parameters.operator;
        state.deadline = Instant.wrap(parameters.deadline);
        // INVARIANT: the window is fixed by the request; no operator chooses it.
        state.windowSeconds = terms.windowSeconds();
        state.inputPublished = inputPublished;
        state.requester = msg.sender;
        state.fee = parameters.fee;
        state.modelId = parameters.modelId;
        state.profileId = parameters.profileId;
        state.inputRoot = inputRoot;
        _vault.take(msg.sender, parameters.fee);
    }

    /// @dev The request that the caller may answer now.
    function _answer(
        RequestId requestId
    ) private returns (RequestState storage state, ModelShape memory shape) {
        state = _requests[requestId];
        address operator = state.operator;
        bool isDirect = state.commitment.status == Status.Requested && operator != address(0);
        if (!isDirect) _requireStatus(requestId, state.commitment.status, Status.Accepted);
        _requireActsFor(requestId, operator);
        _requireBeforeDeadline(requestId, state);
        if (isDirect) _accept(requestId, state, operator);
        shape = _models.shapeOf(state.modelId);
    }

    function _commit(
        RequestId requestId,
        RequestState storage state,
        ModelShape memory shape,
        bytes32 outputRoot,
        bytes calldata output,
        bytes32 traceRoot,
        bytes32[] calldata outputProof
    ) private {
        if (traceRoot != 0) {
            // INVARIANT: no trace is known whose last tensor is not the committed output.
            OutputBinding.check(shape.stepDepth, shape.stepCount, outputRoot, traceRoot, outputProof);
        } else {
            require(outputProof.length == 0, HubProofWithoutTrace(outputProof.length));
            if (shape.stepDepth == 0) traceRoot = outputRoot;
        }
        Instant windowEndsAt = currentTime().after_(Duration.wrap(state.windowSeconds));

        state.commitment.begin(Status.Committed, windowEndsAt, state.commitment.lock);
        state.outputRoot = outputRoot;
        if (traceRoot != 0) state.traceRoot = traceRoot;
        emit ResultCommitted(
            requestId,
            state.operator,
            outputRoot,
            traceRoot,
            output,
            Instant.unwrap(windowEndsAt)
        );
    }

    function _accept(RequestId requestId, RequestState storage state, address operator) private {
        _requireStake(operator, state.commitment.lock);
        uint96 lock = _termsOf(state.profileId).lock();

        state.operator = operator;
        state.commitment.status = Status.Accepted;
        state.commitment.lock = lock;
        _vault.lock(operator, lock);
        emit RequestAccepted(requestId, operator, lock);
    }

    /// @inheritdoc BatchBook
    function _requireAnswerableBy(
        RequestId requestId,
        RequestState storage state,
        address operator
    ) internal view override returns (uint96 lock) {
        bool isAccepted = state.commitment.status == Status.Accepted;
        if (!isAccepted) _requireStatus(requestId, state.commitment.status, Status.Requested);
        require(operator == state.operator, HubOperatorMismatch(requestId, operator, state.operator));
        _requireBeforeDeadline(requestId, state);
        if (isAccepted) return state.commitment.lock;
        _requireStake(operator, state.commitment.lock);
    }

    /// @inheritdoc BatchBook
    function _release(address operator, uint96 lock, ProfileId profileId, Status status) internal override {
        if (status == Status.Final) return _vault.unlock(operator, lock);
        uint256 penalty = _profileOf(profileId).voidPenalty;
        _vault.slash(operator, lock, penalty, penalty, address(0), 0);
    }

    function _requireBeforeDeadline(RequestId requestId, RequestState storage state) private view {
        require(currentTime() < state.deadline, HubDeadlinePassed(requestId, Instant.unwrap(state.deadline)));
    }

    function _requireLink(address linker, address actual, address expected) private pure {
        require(actual == expected, HubLinkMismatch(linker, actual, expected));
    }
}
