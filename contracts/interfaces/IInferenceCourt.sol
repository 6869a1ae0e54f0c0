// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Outcome} from "../types/Game.sol";
import {CommitmentId, RequestId} from "../types/Ids.sol";
import {ModelRecord} from "../types/ModelRecord.sol";
import {Profile} from "../types/Profile.sol";
import {Status} from "../types/Request.sol";

/// @title What the hub offers to the game
/// @notice The game reports here how games begin and end; the hub alone knows what that means for a commitment and its money.
interface IInferenceCourt {
    /// @notice What a commitment claims, and about what.
    struct Dossier {
        address operator;
        bytes32 inputRoot;
        bytes32 outputRoot;
        /// @dev Zero while a lazy commitment's trace is unknown.
        bytes32 traceRoot;
        ModelRecord record;
    }

    /// @notice What a challenger's trace is compared with.
    struct Claim {
        address operator;
        bytes32 outputRoot;
        /// @dev Zero while a lazy commitment's trace is unknown.
        bytes32 traceRoot;
        /// @dev Of the model's record, as what follows.
        uint8 stepDepth;
        uint8 wordDepth;
        uint32 stepCount;
    }

    /// @notice Takes the bond from the challenger's free balance and counts the game in. Reverts unless the window is open. Game only.
    /// @return sequence Place of the game among those of the commitment, from 0 in order of opening.
    /// @return clockSeconds What each side may use up.
    function openGame(
        RequestId requestId,
        address challenger
    ) external returns (uint32 sequence, uint32 clockSeconds);

    /// @notice {openGame} for a game about nothing but the publication of the input. Reverts unless the input was given by its root alone, is not
    /// longer than the profile allows, was not demanded before, and the commitment was made less than a window ago. Game only.
    function openDemand(
        RequestId requestId,
        address challenger
    ) external returns (uint32 sequence, uint32 clockSeconds);

    /// @notice Marks the input as published and starts the window anew, so that whoever reads it now can challenge the result. Reverts unless it is
    /// the input. Game only.
    function publishInput(RequestId requestId, bytes calldata input) external;

    /// @notice Counts a game out, disposes of its bond, and slashes or taints the commitment if the outcome says so. Game only.
    /// @param challenger Who opened the game.
    /// @param outcome How it ended; {Outcome.Left} only when the commitment is slashed.
    /// @param defendedAnswers Answers that third parties made for the operator.
    /// @param defendedSteps Steps that third parties made for the operator, and inputs that they published for it.
    /// @return commitmentId The commitment: the request itself, or the batch that contains the result.
    /// @return status What the commitment is from now on.
    /// @return openGames Games about the commitment that are still open.
    /// @return pool What the challengers who win may share: nonzero in the call alone that slashes.
    function closeGame(
        RequestId requestId,
        address challenger,
        Outcome outcome,
        uint256 defendedAnswers,
        uint256 defendedSteps
    ) external returns (CommitmentId commitmentId, Status status, uint32 openGames, uint256 pool);

    /// @notice What one lock backs and its winners share: the request itself, or the batch that contains the result.
    function commitmentOf(RequestId requestId) external view returns (CommitmentId);

    /// @notice What the game about a commitment is about. Reverts if its model is unknown, hence if there is no such request.
    function dossierOf(RequestId requestId) external view returns (Dossier memory);

    /// @notice The part of {dossierOf} that a trace is compared with. Reverts as that does.
    function claimOf(RequestId requestId) external view returns (Claim memory);

    /// @notice The operator of a request; zero if nobody has accepted or is named.
    function operatorOf(RequestId requestId) external view returns (address);

    /// @notice The root of the operator's trace; zero while it is unknown.
    function traceRootOf(RequestId requestId) external view returns (bytes32);

    /// @notice The parameters of a request. Reverts if there is no such request.
    function profileOf(RequestId requestId) external view returns (Profile memory);
}
