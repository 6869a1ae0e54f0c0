// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IModelRegistry} from "../interfaces/IModelRegistry.sol";
import {IProfiles} from "../interfaces/IProfiles.sol";
import {IStakeVault} from "../interfaces/IStakeVault.sol";
import {BatchId, CommitmentId, ProfileId, RequestId} from "../types/Ids.sol";
import {Profile} from "../types/Profile.sol";
import {Status} from "../types/Request.sol";
import {TermFields, Terms} from "../types/Terms.sol";
import {currentTime, Instant} from "../types/Time.sol";
import {VerdictTermFields, VerdictTerms} from "../types/VerdictTerms.sol";
import {CommitmentState} from "./CommitmentState.sol";
import {RequestState} from "./RequestState.sol";

/// @title The record of all requests and batches: what is stored, and what a call may require of it
abstract contract HubBook {
    /// @notice The request is not in the status that the call needs.
    error HubStatusMismatch(RequestId requestId, Status actual, Status expected);
    /// @notice Another operator is meant, or the operator has another signer.
    error HubOperatorMismatch(RequestId requestId, address caller, address expected);
    /// @notice The result, or the batch, can still be challenged.
    error HubWindowOpen(CommitmentId commitmentId, uint40 windowEndsAt);
    /// @notice The result, or one of the batch, is being disputed.
    error HubGamesOpen(CommitmentId commitmentId, uint256 openGames);
    /// @notice The requester wants an operator with more stake.
    error HubStakeTooLow(address operator, uint256 stake, uint256 minimum);

    IStakeVault internal immutable _vault;
    address internal immutable _game;
    IModelRegistry internal immutable _models;
    IProfiles internal immutable _profiles;

    mapping(RequestId requestId => RequestState state) internal _requests;
    mapping(BatchId batchId => CommitmentState state) internal _batches;
    mapping(ProfileId profileId => Terms terms) private _terms;
    /// @dev INVARIANT: written whenever the terms are, so known of every profile that a request, a result or a batch was made under.
    mapping(ProfileId profileId => VerdictTerms terms) internal _verdictTerms;

    constructor(IStakeVault vault_, address game_, IModelRegistry models_, IProfiles profiles_) {
        _vault = vault_;
        _game = game_;
        _models = models_;
        _profiles = profiles_;
    }

    // ---------------------------------------------------------------------------------------------------------

    /// @dev What is locked for a result, and what its games count for: its own commitment, or that of its batch.
    function _commitmentOf(RequestState storage state) internal view returns (CommitmentState storage) {
        return state.inBatch ? _batches[state.batchId] : state.commitment;
    }

    function _commitmentIdOf(
        RequestId requestId,
        RequestState storage state
    ) internal view returns (CommitmentId) {
        bytes32 id = state.inBatch ? BatchId.unwrap(state.batchId) : RequestId.unwrap(requestId);
        return CommitmentId.wrap(id);
    }

    /// @dev The status at this moment, whether or not anybody has called for it to be stored.
    function _statusNow(RequestState storage state) internal view returns (Status status) {
        status = state.commitment.status;
        if (status == Status.Requested || status == Status.Accepted) {
            return currentTime() < state.deadline ? status : Status.Refunded;
        }
        return status == Status.Committed ? _commitmentOf(state).statusNow() : status;
    }

    function _finalAt(CommitmentState storage commitment) internal view returns (uint40) {
        Status status = commitment.statusNow();
        bool canBeFinal =
            status == Status.Final ||
                (status == Status.Committed && commitment.openGames == 0 && !commitment.tainted);
        return canBeFinal ? Instant.unwrap(commitment.windowEndsAt) : type(uint40).max;
    }

    /// @dev Reverts while something can still change a commitment.
    function _requireEnded(CommitmentId commitmentId, CommitmentState storage commitment) internal view {
        require(
            currentTime() >= commitment.windowEndsAt,
            HubWindowOpen(commitmentId, Instant.unwrap(commitment.windowEndsAt))
        );
        require(commitment.openGames == 0, HubGamesOpen(commitmentId, commitment.openGames));
    }

    function _termsOf(ProfileId profileId) internal returns (Terms terms) {
        terms = _terms[profileId];
        if (terms.exist()) return terms;
        Profile memory profile = _profileOf(profileId);
        terms = TermFields.termsOf(profile);
        _terms[profileId] = terms;
        _verdictTerms[profileId] = VerdictTermFields.verdictTermsOf(profile);
    }

    function _profileOf(ProfileId profileId) internal view returns (Profile memory) {
        return _profiles.profileOf(profileId);
    }

    function _requireStatus(RequestId requestId, Status actual, Status expected) internal pure {
        require(actual == expected, HubStatusMismatch(requestId, actual, expected));
    }

    /// @dev The operator acts by itself or by its signer. `requestId` is zero for a batch.
    function _requireActsFor(RequestId requestId, address operator) internal view {
        require(
            msg.sender == operator || msg.sender == _vault.signerOf(operator),
            HubOperatorMismatch(requestId, msg.sender, operator)
        );
    }

    function _requireStake(address operator, uint256 minimum) internal view {
        if (minimum == 0) return;
        (uint256 stake, ) = _vault.stakeOf(operator);
        require(stake >= minimum, HubStakeTooLow(operator, stake, minimum));
    }
}
