// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BatchId, ProfileId} from "../types/Ids.sol";
import {ModelId} from "../types/ModelRecord.sol";
import {Instant} from "../types/Time.sol";
import {CommitmentState} from "./CommitmentState.sol";

/// @notice A request, or a result that was shown from a batch, as the hub stores it, in the order that fills slots: what a game touches, what a
/// commitment touches, money, then one slot each.
struct RequestState {
    /// @dev Of a result in a batch, the status alone is used, and stays Committed until it is settled; all else is the batch's.
    CommitmentState commitment;
    // ----- next slot
    address operator;
    Instant deadline;
    /// @dev INVARIANT: no sound profile has a window of more than 24 bits.
    uint24 windowSeconds;
    bool inputPublished;
    /// @dev Whether a challenger has demanded the input; that is possible once.
    bool inputDemanded;
    /// @dev Whether the operator gave the output by its root alone.
    bool outputByRoot;
    /// @dev Whether the lock, the window and the games are those of `batchId`.
    bool inBatch;
    // ----- next slot
    /// @dev Zero for a result that no request on-chain asked for.
    address requester;
    uint96 fee;
    // ----- next slots
    ModelId modelId;
    ProfileId profileId;
    bytes32 inputRoot;
    bytes32 outputRoot;
    bytes32 traceRoot;
    // ----- next slots, of results in batches only
    BatchId batchId;
    /// @dev The only trace that can be posted; zero if the leaf of the batch did not bind one.
    bytes32 boundTraceRoot;
}
