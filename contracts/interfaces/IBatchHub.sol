// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Batch, BatchInclusion, PublishedResult} from "../types/Batch.sol";
import {BatchId, ProfileId, RequestId} from "../types/Ids.sol";
import {ModelId} from "../types/ModelRecord.sol";
import {Status} from "../types/Request.sol";

/// @title Many results in one commitment
/// @notice One root, one lock, one window. A result is proven by inclusion; a lie that is proven in any of them convicts the whole batch, and none of its
/// results ever becomes final. How many results may share a lock is said by the profile, which a requester has chosen knowingly.
///
///     commitBatch, publishBatch -> Committed -> Final | Slashed | Void
///     showResult: one result becomes readable and can be challenged under an id of its own
///     linkResult: one result answers a request that was made on-chain
///
/// Nothing that is called later costs more in a larger batch, but for one sibling more in a proof when the number of results doubles.
interface IBatchHub {
    /// @notice A batch was committed to. What it contains is known to those alone whom its operator tells, unless {BatchPublished} follows. Its window is that
    /// of its profile, from the time of the block on; {batchFinalAt} says when it ends.
    event BatchCommitted(
        BatchId indexed batchId,
        address indexed operator,
        ProfileId profileId,
        bytes32 root,
        uint32 count,
        bool published
    );
    /// @notice What the batch contains: the hub computed its root from this.
    event BatchPublished(BatchId indexed batchId, ModelId indexed modelId, PublishedResult[] results);
    /// @notice A result in a batch can be read and challenged as `resultId` from now on.
    event ResultShown(
        RequestId indexed resultId,
        BatchId indexed batchId,
        RequestId indexed requestId,
        uint32 index,
        ModelId modelId,
        bytes32 inputRoot,
        bytes32 outputRoot,
        bytes32 traceRoot
    );
    /// @notice A result in a batch answers a request that was made on-chain.
    event ResultLinked(
        RequestId indexed requestId,
        BatchId indexed batchId,
        uint32 index,
        bytes32 outputRoot
    );
    /// @notice A batch reached a terminal status.
    event BatchEnded(BatchId indexed batchId, Status status);

    /// @notice Commits to results that are not published: those who have them can check and challenge them, and no request on-chain is answered.
    /// By the operator or its signer. The same batch cannot be committed to twice.
    /// @param root Root of the tree over the results, see {Batch}.
    /// @param count Number of results, at most the profile's maxBatchResults.
    function commitBatch(
        address operator,
        ProfileId profileId,
        bytes32 root,
        uint32 count
    ) external returns (BatchId batchId);

    /// @notice Commits to results of one model and publishes them. By the operator or its signer.
    function publishBatch(
        address operator,
        ProfileId profileId,
        ModelId modelId,
        PublishedResult[] calldata results
    ) external returns (BatchId batchId);

    /// @notice Makes one result of a batch readable, and open to challenges, under {resultIdOf}; anyone, idempotent. Its model has to be registered.
    function showResult(BatchInclusion calldata inclusion) external returns (RequestId resultId);

    /// @notice Has a result of a published batch answer its request, before the request's deadline; anyone. The operator of the batch is the one that
    /// accepted, whose lock is released, or the named one. The batch was committed to after the request was made, under the same profile.
    function linkResult(BatchInclusion calldata inclusion) external;

    /// @notice Ends a batch whose window is over and that no game is open against: Final, or Void if a game ended undecided.
    function settleBatch(Batch calldata batch) external;

    /// @notice What the batch amounts to at this moment, settled or not. Never reverts; None if it was not committed to.
    function batchStatusOf(BatchId batchId) external view returns (Status);

    /// @notice {IInferenceHub.finalAt} of every result in the batch. Never reverts.
    function batchFinalAt(BatchId batchId) external view returns (uint40);

    /// @notice The id of a batch. It binds the chain, this hub, and all of the batch.
    function batchIdOf(Batch calldata batch) external view returns (BatchId);

    /// @notice The id of a result that {showResult} shows.
    function resultIdOf(BatchId batchId, uint32 index) external pure returns (RequestId);

    /// @notice The batch that contains a result; reverts if it is not proven to.
    function requireIncluded(BatchInclusion calldata inclusion) external view returns (BatchId batchId);
}
