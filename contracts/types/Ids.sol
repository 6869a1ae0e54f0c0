// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Content address of a request: binds every field of it, the chain and the hub. A commitment has the id of the request it answers.
type RequestId is bytes32;

/// @notice Content address of a batch of results, see {BatchIds.id}.
type BatchId is bytes32;

/// @notice What one lock backs: the id of the request that was answered by itself, or that of the batch that contains the answer.
type CommitmentId is bytes32;

/// @notice Content address of a game: binds the chain, the contract, the request, the challenger and the opening.
type GameId is bytes32;

/// @notice Content address of a parameter set, see {IProfiles}.
type ProfileId is bytes32;
