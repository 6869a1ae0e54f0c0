// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IBatchHub} from "../interfaces/IBatchHub.sol";
import {IInferenceCourt} from "../interfaces/IInferenceCourt.sol";
import {IInferenceHub} from "../interfaces/IInferenceHub.sol";
import {Shares} from "../libraries/Shares.sol";
import {WordTree} from "../libraries/WordTree.sol";
import {Outcome} from "../types/Game.sol";
import {CommitmentId, RequestId} from "../types/Ids.sol";
import {ModelShape} from "../types/ModelRecord.sol";
import {Profile} from "../types/Profile.sol";
import {Status} from "../types/Request.sol";
import {Terms} from "../types/Terms.sol";
import {currentTime, Duration, Instant} from "../types/Time.sol";
import {VerdictTerms} from "../types/VerdictTerms.sol";
import {CommitmentState} from "./CommitmentState.sol";
import {HubBook} from "./HubBook.sol";
import {RequestState} from "./RequestState.sol";

/// @title The part of the hub that games act upon
/// @dev Every function that changes anything does a bounded amount of work, calls the vault alone, and cannot be made to revert by a
/// participant: no game can be kept from ending.
abstract contract InferenceCourt is HubBook, IInferenceCourt {
    /// @notice Only the game reports about games.
    error HubCallerNotGame(address caller, address game);
    /// @notice The result can no longer be challenged, or its input no longer demanded.
    error HubWindowClosed(RequestId requestId, uint40 windowEndsAt);
    /// @notice Everybody has the input already.
    error HubInputKnown(RequestId requestId);
    /// @notice The input was demanded before; its operator publishes it, or is slashed.
    error HubInputDemanded(RequestId requestId);
    /// @notice The input is too long to be published in one transaction, or longer than the profile allows.
    error HubInputTooLong(RequestId requestId, uint256 inputBytes, uint256 maximum);
    /// @notice The model takes an input of another length.
    error HubInputLengthMismatch(uint256 actual, uint256 expected);
    /// @notice This is another input than the one demanded.
    error HubInputMismatch(RequestId requestId, bytes32 actualRoot, bytes32 expectedRoot);

    modifier onlyGame() {
        require(msg.sender == _game, HubCallerNotGame(msg.sender, _game));
        _;
    }

    // ---------------------------------------------------------------------------------------------------------
    // Games
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IInferenceCourt
    function openGame(
        RequestId requestId,
        address challenger
    ) external onlyGame returns (uint32 sequence, uint32 clockSeconds) {
        RequestState storage state = _requests[requestId];
        CommitmentState storage commitment = _requireCommitted(requestId, state);
        // INVARIANT: no game is opened against what has ended, nor at or after the end of the window.
        _requireWindow(requestId, commitment.windowEndsAt);
        return _countIn(commitment, _termsOf(state.profileId), challenger);
    }

    /// @inheritdoc IInferenceCourt
    function openDemand(
        RequestId requestId,
        address challenger
    ) external onlyGame returns (uint32 sequence, uint32 clockSeconds) {
        RequestState storage state = _requests[requestId];
        CommitmentState storage commitment = _requireCommitted(requestId, state);
        // INVARIANT: a published input makes the window longer, and what is demanded then makes it no longer still: everything is decided by
        // 2W + 3C after the commitment.
        _requireWindow(requestId, commitment.committedAt.after_(Duration.wrap(state.windowSeconds)));
        require(!state.inputPublished, HubInputKnown(requestId));
        require(!state.inputDemanded, HubInputDemanded(requestId));
        uint256 inputBytes = _models.shapeOf(state.modelId).inputBytes;
        uint256 maximum = _profileOf(state.profileId).maxDemandBytes;
        require(inputBytes <= maximum, HubInputTooLong(requestId, inputBytes, maximum));

        state.inputDemanded = true;
        return _countIn(commitment, _termsOf(state.profileId), challenger);
    }

    /// @inheritdoc IInferenceCourt
    function publishInput(RequestId requestId, bytes calldata input) external onlyGame {
        RequestState storage state = _requests[requestId];
        ModelShape memory shape = _models.shapeOf(state.modelId);
        bytes32 inputRoot = _rootOfInput(shape, input);
        require(inputRoot == state.inputRoot, HubInputMismatch(requestId, inputRoot, state.inputRoot));
        CommitmentState storage commitment = _commitmentOf(state);
        Instant windowEndsAt = currentTime().after_(Duration.wrap(state.windowSeconds));

        state.inputPublished = true;
        // The demand came within the first window, so this one ends later.
        commitment.windowEndsAt = windowEndsAt;
        emit IInferenceHub.InputPublished(requestId, input, Instant.unwrap(windowEndsAt));
    }

    /// @inheritdoc IInferenceCourt
    function closeGame(
        RequestId requestId,
        address challenger,
        Outcome outcome,
        uint256 defendedAnswers,
        uint256 defendedSteps
    ) external onlyGame returns (CommitmentId commitmentId, Status status, uint32 openGames, uint256 pool) {
        RequestState storage state = _requests[requestId];
        CommitmentState storage commitment = _commitmentOf(state);
        uint256 bond = _termsOf(state.profileId).bond();
        VerdictTerms terms = _verdictTerms[state.profileId];
        openGames = --commitment.openGames;

        if (outcome == Outcome.OperatorWins) {
            uint256 refunds = defendedAnswers * terms.answerRefund() + defendedSteps * terms.stepRefund();
            uint256 burned = Shares.shareDown(bond, terms.bondBurnBps());
            // INVARIANT: the profile was created only because the refunds of all moves fit into what is not burned. They stay in escrow until they are
            // claimed from the game.
            _vault.pay(state.operator, bond - burned - refunds, burned);
        } else if (outcome == Outcome.ChallengerWins || outcome == Outcome.BothLose) {
            if (outcome == Outcome.ChallengerWins) _vault.give(challenger, bond);
            else _vault.burn(bond);
            // INVARIANT: a commitment is slashed at most once, whatever the number of games that convict it.
            if (commitment.status == Status.Committed) pool = _slash(requestId, state, commitment, terms);
        } else if (outcome == Outcome.Undecided) {
            _vault.burn(bond);
            // INVARIANT: what nobody could have computed is never final.
            commitment.tainted = true;
        } else {
            _requireStatus(requestId, commitment.status, Status.Slashed);
            _vault.give(challenger, bond);
        }
        status = commitment.status;
        commitmentId = _commitmentIdOf(requestId, state);
    }

    // ---------------------------------------------------------------------------------------------------------
    // Views
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IInferenceCourt
    function dossierOf(RequestId requestId) external view returns (Dossier memory) {
        RequestState storage state = _requests[requestId];
        return
            Dossier({
                operator: state.operator,
                inputRoot: state.inputRoot,
                outputRoot: state.outputRoot,
                traceRoot: state.traceRoot,
                record: _models.recordOf(state.modelId)
            });
    }

    /// @inheritdoc IInferenceCourt
    function claimOf(RequestId requestId) external view returns (Claim memory) {
        RequestState storage state = _requests[requestId];
        ModelShape memory shape = _models.shapeOf(state.modelId);
        return
            Claim({
                operator: state.operator,
                outputRoot: state.outputRoot,
                traceRoot: state.traceRoot,
                stepDepth: shape.stepDepth,
                wordDepth: shape.wordDepth,
                stepCount: shape.stepCount
            });
    }

    /// @inheritdoc IInferenceCourt
    function operatorOf(RequestId requestId) external view returns (address) {
        return _requests[requestId].operator;
    }

    /// @inheritdoc IInferenceCourt
    function commitmentOf(RequestId requestId) external view returns (CommitmentId) {
        return _commitmentIdOf(requestId, _requests[requestId]);
    }

    /// @inheritdoc IInferenceCourt
    function traceRootOf(RequestId requestId) external view returns (bytes32) {
        return _requests[requestId].traceRoot;
    }

    /// @inheritdoc IInferenceCourt
    function profileOf(RequestId requestId) external view returns (Profile memory) {
        return _profileOf(_requests[requestId].profileId);
    }

    // ---------------------------------------------------------------------------------------------------------

    /// @dev Root of an input, which has to be of the length that the model takes.
    function _rootOfInput(ModelShape memory shape, bytes calldata input) internal pure returns (bytes32) {
        require(input.length == shape.inputBytes, HubInputLengthMismatch(input.length, shape.inputBytes));
        return WordTree.rootOf(input, shape.inputDepth);
    }

    function _requireCommitted(
        RequestId requestId,
        RequestState storage state
    ) private view returns (CommitmentState storage commitment) {
        _requireStatus(requestId, state.commitment.status, Status.Committed);
        commitment = _commitmentOf(state);
        _requireStatus(requestId, commitment.status, Status.Committed);
    }

    function _requireWindow(RequestId requestId, Instant endsAt) private view {
        require(currentTime() < endsAt, HubWindowClosed(requestId, Instant.unwrap(endsAt)));
    }

    function _countIn(
        CommitmentState storage commitment,
        Terms terms,
        address challenger
    ) private returns (uint32 sequence, uint32 clockSeconds) {
        sequence = commitment.gamesOpened;
        clockSeconds = terms.clockSeconds();

        commitment.gamesOpened = sequence + 1;
        ++commitment.openGames;
        _vault.take(challenger, terms.bond());
    }

    /// @dev Takes the whole lock: a share is burned, the requester has a share and its fee, the rest is the winners' pool. The lock of a batch is nobody's
    /// in particular, so the requester's share is burned as well; each fee is refunded when its own request is settled.
    function _slash(
        RequestId requestId,
        RequestState storage state,
        CommitmentState storage commitment,
        VerdictTerms terms
    ) private returns (uint256 pool) {
        uint256 amount = commitment.lock;
        uint256 burned = Shares.shareDown(amount, terms.lockBurnBps());
        uint256 compensation = Shares.shareDown(amount, terms.requesterBps());
        pool = amount - burned - compensation;

        commitment.status = Status.Slashed;
        if (state.inBatch) {
            _vault.slash(state.operator, amount, amount, burned + compensation, address(0), 0);
            emit IBatchHub.BatchEnded(state.batchId, Status.Slashed);
        } else {
            uint256 given = state.fee + compensation;
            _vault.slash(state.operator, amount, amount, burned, state.requester, given);
            emit IInferenceHub.RequestEnded(requestId, Status.Slashed);
        }
    }
}
