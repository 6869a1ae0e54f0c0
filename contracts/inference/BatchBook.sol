// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IBatchHub} from "../interfaces/IBatchHub.sol";
import {WordTree} from "../libraries/WordTree.sol";
import {Batch, BatchIds, BatchInclusion, BatchResult, PublishedResult} from "../types/Batch.sol";
import {BatchId, CommitmentId, ProfileId, RequestId} from "../types/Ids.sol";
import {ModelId, ModelShape} from "../types/ModelRecord.sol";
import {Status} from "../types/Request.sol";
import {Terms} from "../types/Terms.sol";
import {currentTime, Duration, Instant} from "../types/Time.sol";
import {CommitmentState} from "./CommitmentState.sol";
import {HubBook} from "./HubBook.sol";
import {RequestState} from "./RequestState.sol";

/// @title Many results in one commitment
/// @dev The hub keeps one slot per batch. A result costs storage only when somebody shows or links it.
abstract contract BatchBook is HubBook, IBatchHub {
    /// @notice The very same batch was committed to before.
    error HubBatchExists(BatchId batchId);
    /// @notice The batch is not in the status that the call needs.
    error HubBatchStatusMismatch(BatchId batchId, Status actual, Status expected);
    /// @notice A batch has at least one result, and no more than the profile lets share a lock.
    error HubBatchCountOutOfRange(uint256 count, uint256 maximum);
    /// @notice The batch has no result of that number.
    error HubBatchIndexOutOfRange(uint256 index, uint256 count);
    /// @notice The proof has not one sibling per level of the batch's tree.
    error HubBatchProofLengthMismatch(uint256 actual, uint256 expected);
    /// @notice The result is not in the batch at this place.
    error HubBatchProofMismatch(bytes32 computedRoot, bytes32 root);
    /// @notice Nobody but its operator could have checked the batch, so it answers no request.
    error HubBatchNotPublished(BatchId batchId);
    /// @notice The batch was made under other parameters than the request.
    error HubBatchProfileMismatch(ProfileId actual, ProfileId expected);
    /// @notice The result is about another model or input than the request.
    error HubBatchResultMismatch(RequestId requestId);
    /// @notice The batch was committed to before the request was made: nobody could have known what to check.
    error HubBatchBeforeRequest(uint40 committedAt, uint40 requestedAt);

    // ---------------------------------------------------------------------------------------------------------
    // Operator
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IBatchHub
    function commitBatch(
        address operator,
        ProfileId profileId,
        bytes32 root,
        uint32 count
    ) external returns (BatchId batchId) {
        return _commitBatch(Batch(operator, profileId, root, count, false));
    }

    /// @inheritdoc IBatchHub
    function publishBatch(
        address operator,
        ProfileId profileId,
        ModelId modelId,
        PublishedResult[] calldata results
    ) external returns (BatchId batchId) {
        // INVARIANT: whoever reads a published batch can challenge it; so its model is known.
        _models.shapeOf(modelId);
        bytes32 root = _rootOf(modelId, results);
        // SAFETY: no transaction has room for 2^32 results.
        batchId = _commitBatch(Batch(operator, profileId, root, uint32(results.length), true));
        emit BatchPublished(batchId, modelId, results);
    }

    // ---------------------------------------------------------------------------------------------------------
    // Anyone
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IBatchHub
    function showResult(BatchInclusion calldata inclusion) external returns (RequestId resultId) {
        BatchId batchId = requireIncluded(inclusion);
        resultId = BatchIds.resultId(batchId, inclusion.index);
        RequestState storage state = _requests[resultId];
        if (state.inBatch) return resultId;
        BatchResult calldata result = inclusion.result;
        ModelShape memory shape = _models.shapeOf(result.modelId);
        RequestState storage request = _requests[result.requestId];

        state.commitment.status = Status.Committed;
        state.operator = inclusion.batch.operator;
        state.windowSeconds = _termsOf(inclusion.batch.profileId).windowSeconds();
        // INVARIANT: an input passes for published only where everybody could have re-executed the result for a whole window.
        state.inputPublished =
            inclusion.batch.published &&
            request.inputPublished &&
            request.inputRoot == result.inputRoot;
        state.modelId = result.modelId;
        state.profileId = inclusion.batch.profileId;
        state.inputRoot = result.inputRoot;
        _bind(state, batchId, result, shape);
        emit ResultShown(
            resultId,
            batchId,
            result.requestId,
            inclusion.index,
            result.modelId,
            result.inputRoot,
            result.outputRoot,
            result.traceRoot
        );
    }

    /// @inheritdoc IBatchHub
    function linkResult(BatchInclusion calldata inclusion) external {
        BatchId batchId = requireIncluded(inclusion);
        Batch calldata batch = inclusion.batch;
        BatchResult calldata result = inclusion.result;
        RequestId requestId = result.requestId;
        RequestState storage state = _requests[requestId];
        CommitmentState storage commitment = _batches[batchId];

        // INVARIANT: a request is answered by whom it may be answered, in time, about what was asked, under the parameters that were chosen.
        uint96 lock = _requireAnswerableBy(requestId, state, batch.operator);
        require(
            ProfileId.unwrap(batch.profileId) == ProfileId.unwrap(state.profileId),
            HubBatchProfileMismatch(batch.profileId, state.profileId)
        );
        require(
            result.modelId == state.modelId && result.inputRoot == state.inputRoot,
            HubBatchResultMismatch(requestId)
        );
        // INVARIANT: for a whole window, everybody could see the result and what it answers.
        require(batch.published, HubBatchNotPublished(batchId));
        require(
            commitment.committedAt >= state.commitment.committedAt,
            HubBatchBeforeRequest(
                Instant.unwrap(commitment.committedAt),
                Instant.unwrap(state.commitment.committedAt)
            )
        );
        Status status = commitment.statusNow();
        if (status != Status.Final) _requireBatchStatus(batchId, status, Status.Committed);

        state.commitment.status = Status.Committed;
        state.commitment.lock = 0;
        _bind(state, batchId, result, _models.shapeOf(result.modelId));
        if (lock != 0) _vault.unlock(batch.operator, lock);
        emit ResultLinked(requestId, batchId, inclusion.index, result.outputRoot);
    }

    /// @inheritdoc IBatchHub
    function settleBatch(Batch calldata batch) external {
        BatchId batchId = batchIdOf(batch);
        CommitmentState storage commitment = _batches[batchId];
        _requireBatchStatus(batchId, commitment.status, Status.Committed);
        _requireEnded(CommitmentId.wrap(BatchId.unwrap(batchId)), commitment);
        Status status = commitment.statusNow();

        commitment.status = status;
        _release(batch.operator, commitment.lock, batch.profileId, status);
        emit BatchEnded(batchId, status);
    }

    // ---------------------------------------------------------------------------------------------------------
    // Views
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IBatchHub
    function batchStatusOf(BatchId batchId) external view returns (Status) {
        return _batches[batchId].statusNow();
    }

    /// @inheritdoc IBatchHub
    function batchFinalAt(BatchId batchId) external view returns (uint40) {
        return _finalAt(_batches[batchId]);
    }

    /// @inheritdoc IBatchHub
    function batchIdOf(Batch memory batch) public view returns (BatchId) {
        return BatchIds.id(batch, address(this));
    }

    /// @inheritdoc IBatchHub
    function resultIdOf(BatchId batchId, uint32 index) external pure returns (RequestId) {
        return BatchIds.resultId(batchId, index);
    }

    /// @inheritdoc IBatchHub
    function requireIncluded(BatchInclusion calldata inclusion) public view returns (BatchId batchId) {
        Batch calldata batch = inclusion.batch;
        batchId = batchIdOf(batch);
        if (_batches[batchId].status == Status.None)
            _requireBatchStatus(batchId, Status.None, Status.Committed);
        require(inclusion.index < batch.count, HubBatchIndexOutOfRange(inclusion.index, batch.count));
        // INVARIANT: the length comes from the batch, never from the proof, so that no node can pass for a leaf.
        uint256 depth = BatchIds.depthOf(batch.count);
        require(inclusion.proof.length == depth, HubBatchProofLengthMismatch(inclusion.proof.length, depth));
        BatchResult calldata result = inclusion.result;
        bytes32 leaf = BatchIds.leafOf(
            address(this),
            result.requestId,
            result.modelId,
            result.inputRoot,
            result.outputRoot,
            result.traceRoot
        );
        bytes32 computed = WordTree.rootFrom(leaf, inclusion.index, inclusion.proof);
        require(computed == batch.root, HubBatchProofMismatch(computed, batch.root));
    }

    // ---------------------------------------------------------------------------------------------------------

    /// @dev Reverts unless the operator may answer the request now. Gives what it has locked for it.
    function _requireAnswerableBy(
        RequestId requestId,
        RequestState storage state,
        address operator
    ) internal view virtual returns (uint96 lock);

    /// @dev Ends a lock as the status says: with nothing lost, or with the penalty for a commitment that nobody could decide.
    function _release(address operator, uint96 lock, ProfileId profileId, Status status) internal virtual;

    function _commitBatch(Batch memory batch) private returns (BatchId batchId) {
        address operator = batch.operator;
        _requireActsFor(RequestId.wrap(0), operator);
        Terms terms = _termsOf(batch.profileId);
        uint256 count = batch.count;
        uint256 maximum = terms.maxBatchResults();
        unchecked {
            // SAFETY: one less than no result is more than any maximum.
            require(count - 1 < maximum, HubBatchCountOutOfRange(count, maximum));
        }
        batchId = BatchIds.id(batch, address(this));
        CommitmentState storage commitment = _batches[batchId];
        require(commitment.status == Status.None, HubBatchExists(batchId));
        Instant windowEndsAt = currentTime().after_(Duration.wrap(terms.windowSeconds()));

        uint96 lock = terms.lock();
        commitment.begin(Status.Committed, windowEndsAt, lock);
        _vault.lock(operator, lock);
        _emitCommitted(batchId, batch);
    }

    /// @dev Emits {BatchCommitted}.
    function _emitCommitted(BatchId batchId, Batch memory batch) private {
        bytes32 topic = BatchCommitted.selector;
        // SAFETY: reads memory alone. A batch in memory is its operator, and behind it what the event carries besides, in the same order.
        assembly ("memory-safe") {
            log3(add(batch, 0x20), 0x80, topic, batchId, mload(batch))
        }
    }

    /// @dev What a result in a batch has from the batch. Its trace is posted when it is challenged, with the proof that it ends in the output; so a root
    /// that the leaf bound falsely cannot be defended.
    function _bind(
        RequestState storage state,
        BatchId batchId,
        BatchResult calldata result,
        ModelShape memory shape
    ) private {
        state.inBatch = true;
        state.batchId = batchId;
        state.outputRoot = result.outputRoot;
        // A trace of a single tensor is its output.
        if (shape.stepDepth == 0) state.traceRoot = result.outputRoot;
        else if (result.traceRoot != 0) state.boundTraceRoot = result.traceRoot;
    }

    function _rootOf(ModelId modelId, PublishedResult[] calldata results) private view returns (bytes32) {
        uint256 depth = BatchIds.depthOf(results.length);
        bytes32[] memory nodes = new bytes32[](results.length);
        for (uint256 i = 0; i < results.length; ++i) {
            PublishedResult calldata result = results[i];
            nodes[i] = BatchIds.leafOf(
                address(this),
                result.requestId,
                modelId,
                result.inputRoot,
                result.outputRoot,
                0
            );
        }
        return WordTree.rootOfWords(nodes, depth);
    }

    function _requireBatchStatus(BatchId batchId, Status actual, Status expected) private pure {
        require(actual == expected, HubBatchStatusMismatch(batchId, actual, expected));
    }
}
