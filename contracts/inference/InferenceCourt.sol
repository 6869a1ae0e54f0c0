// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceCourt} from "../interfaces/IInferenceCourt.sol";
import {IInferenceHub} from "../interfaces/IInferenceHub.sol";
import {IModelRegistry} from "../interfaces/IModelRegistry.sol";
import {IProfiles} from "../interfaces/IProfiles.sol";
import {IStakeVault} from "../interfaces/IStakeVault.sol";
import {Shares} from "../libraries/Shares.sol";
import {Outcome} from "../types/Game.sol";
import {ProfileId, RequestId} from "../types/Ids.sol";
import {ModelId, ModelRecord} from "../types/ModelRecord.sol";
import {Profile} from "../types/Profile.sol";
import {Status} from "../types/Request.sol";
import {currentTime, Instant} from "../types/Time.sol";
import {RequestState} from "./RequestState.sol";

/// @title The part of the hub that games act upon
/// @dev Every function that changes anything does a bounded amount of work, calls the vault alone, and cannot be made to revert by a
/// participant: no game can be kept from ending.
abstract contract InferenceCourt is IInferenceCourt, IInferenceHub {
    /// @notice The request is not in the status that the call needs.
    error HubStatusMismatch(RequestId requestId, Status actual, Status expected);
    /// @notice Only the game reports about games.
    error HubCallerNotGame(address caller, address game);
    /// @notice The result can no longer be challenged.
    error HubWindowClosed(RequestId requestId, uint40 windowEndsAt);

    IStakeVault internal immutable _vault;
    address internal immutable _game;
    IModelRegistry internal immutable _models;
    IProfiles internal immutable _profiles;

    mapping(RequestId requestId => RequestState state) internal _requests;

    modifier onlyGame() {
        require(msg.sender == _game, HubCallerNotGame(msg.sender, _game));
        _;
    }

    constructor(IStakeVault vault_, address game_, IModelRegistry models_, IProfiles profiles_) {
        _vault = vault_;
        _game = game_;
        _models = models_;
        _profiles = profiles_;
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
        // INVARIANT: no game is opened against what has ended, nor at or after the end of the window.
        _requireStatus(requestId, state.status, Status.Committed);
        require(
            currentTime() < state.windowEndsAt,
            HubWindowClosed(requestId, Instant.unwrap(state.windowEndsAt))
        );
        Profile memory profile = _profileOf(state.profileId);
        sequence = state.gamesOpened;
        clockSeconds = profile.clockSeconds;

        state.gamesOpened = sequence + 1;
        ++state.openGames;
        _vault.take(challenger, profile.bond);
    }

    /// @inheritdoc IInferenceCourt
    function closeGame(
        RequestId requestId,
        address challenger,
        Outcome outcome,
        uint256 defendedAnswers,
        uint256 defendedSteps
    ) external onlyGame returns (Status status, uint32 openGames, uint256 pool) {
        RequestState storage state = _requests[requestId];
        Profile memory profile = _profileOf(state.profileId);
        openGames = --state.openGames;

        if (outcome == Outcome.OperatorWins) {
            uint256 refunds = defendedAnswers * profile.answerRefund + defendedSteps * profile.stepRefund;
            _splitLostBond(state.operator, profile, refunds);
        } else if (outcome == Outcome.ChallengerWins || outcome == Outcome.BothLose) {
            if (outcome == Outcome.ChallengerWins) _vault.give(challenger, profile.bond);
            else _vault.burn(profile.bond);
            // INVARIANT: a commitment is slashed at most once, whatever the number of games that convict it.
            if (state.status == Status.Committed) pool = _slash(requestId, state, profile);
        } else if (outcome == Outcome.Undecided) {
            _vault.burn(profile.bond);
            // INVARIANT: what nobody could have computed is never final.
            state.tainted = true;
        } else {
            _requireStatus(requestId, state.status, Status.Slashed);
            _vault.give(challenger, profile.bond);
        }
        status = state.status;
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
                record: _recordOf(state.modelId)
            });
    }

    /// @inheritdoc IInferenceCourt
    function operatorOf(RequestId requestId) external view returns (address) {
        return _requests[requestId].operator;
    }

    /// @inheritdoc IInferenceCourt
    function traceRootOf(RequestId requestId) external view returns (bytes32) {
        return _requests[requestId].traceRoot;
    }

    /// @inheritdoc IInferenceCourt
    function profileOf(RequestId requestId) external view returns (Profile memory) {
        return _profileOf(_requests[requestId].profileId);
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

    // ---------------------------------------------------------------------------------------------------------

    /// @dev The game that the operator won pays those who defended it, burns a share, and the operator has the rest.
    function _splitLostBond(address operator, Profile memory profile, uint256 refunds) private {
        uint256 burned = Shares.shareDown(profile.bond, profile.bondBurnBps);
        _vault.burn(burned);
        // INVARIANT: the profile was created only because the refunds of all moves fit into what is not burned.
        _vault.give(operator, profile.bond - burned - refunds);
        // The refunds stay in escrow until they are claimed from the game.
    }

    /// @dev Takes the whole lock: a share is burned, the requester has a share and its fee, the rest is the winners' pool.
    function _slash(
        RequestId requestId,
        RequestState storage state,
        Profile memory profile
    ) private returns (uint256 pool) {
        uint256 amount = state.minStakeOrLock;
        uint256 burned = Shares.shareDown(amount, profile.lockBurnBps);
        uint256 compensation = Shares.shareDown(amount, profile.requesterBps);
        pool = amount - burned - compensation;

        state.status = Status.Slashed;
        _vault.slash(state.operator, amount, amount);
        _vault.burn(burned);
        _vault.give(state.requester, state.fee + compensation);
        emit RequestEnded(requestId, Status.Slashed);
    }

    function _recordOf(ModelId modelId) internal view returns (ModelRecord memory) {
        return _models.recordOf(modelId);
    }

    function _profileOf(ProfileId profileId) internal view returns (Profile memory) {
        return _profiles.profileOf(profileId);
    }

    function _requireStatus(RequestId requestId, Status actual, Status expected) internal pure {
        require(actual == expected, HubStatusMismatch(requestId, actual, expected));
    }
}
