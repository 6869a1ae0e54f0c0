// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ModelId} from "./ModelRecord.sol";
import {BatchId, ProfileId} from "./Ids.sol";

/// @notice Where a request and its commitment stand. Terminal: Final, Slashed, Void, Refunded.
enum Status {
    /// @dev No such request.
    None,
    /// @dev Fee escrowed, nobody has accepted.
    Requested,
    /// @dev An operator has locked its stake and has to commit before the deadline.
    Accepted,
    /// @dev A result is posted; it can be challenged, or is being disputed.
    Committed,
    /// @dev The window passed and nothing convicted the result. Irrevocable.
    Final,
    /// @dev The result, another one of the same batch, or the operator's silence, was convicted.
    Slashed,
    /// @dev A dispute ended undecided: never final, fee refunded.
    Void,
    /// @dev Nobody committed in time: fee refunded.
    Refunded
}

/// @notice What a requester asks for.
struct RequestParameters {
    /// @dev Model to run.
    ModelId modelId;
    /// @dev Parameters that the commitment will live under.
    ProfileId profileId;
    /// @dev Paid to the operator when the result is final, from the requester's free balance in the vault.
    uint96 fee;
    /// @dev A commitment must be included while t < deadline.
    uint40 deadline;
    /// @dev The only operator that may accept, or zero for anyone.
    address operator;
    /// @dev Smallest stake, in total, that the accepting operator must hold.
    uint96 minStake;
    /// @dev Chosen by the requester; makes equal requests distinct.
    uint256 salt;
}

/// @notice A request and what has become of it.
struct Request {
    address requester;
    /// @dev As stored; see {IInferenceHub.statusOf} for what it amounts to at this moment.
    Status status;
    /// @dev Whether everybody could re-execute the result for a whole window: the input's bytes are on-chain, and the result was from the beginning.
    /// If not, only who has the bytes can.
    bool inputPublished;
    /// @dev Whether the output's bytes are on-chain. If not, whoever needs them gets them elsewhere, and compares their root.
    bool outputPublished;
    /// @dev Whether a game ended undecided.
    bool tainted;
    uint40 deadline;
    address operator;
    uint40 committedAt;
    uint40 windowEndsAt;
    uint32 openGames;
    ModelId modelId;
    ProfileId profileId;
    bytes32 inputRoot;
    uint96 fee;
    /// @dev What the operator has locked, for this result or for the batch that contains it; zero if nothing.
    uint96 lock;
    /// @dev Root of the committed output: the subtree of the trace over the last step.
    bytes32 outputRoot;
    /// @dev Root of the operator's trace; zero while a lazy commitment has not been asked for it.
    bytes32 traceRoot;
    /// @dev The batch that contains the result; zero for a result with a lock of its own.
    BatchId batchId;
}
