// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Batch, BatchInclusion, BatchResult, PublishedResult} from "../../contracts/types/Batch.sol";
import {BatchBook} from "../../contracts/inference/BatchBook.sol";
import {HubBook} from "../../contracts/inference/HubBook.sol";
import {BatchId, RequestId} from "../../contracts/types/Ids.sol";
import {Outcome} from "../../contracts/types/Game.sol";
import {Status} from "../../contracts/types/Request.sol";
import {Claim} from "./Book.sol";
import {Conduct} from "./Conduct.sol";
import {Lie, Trace, Traces} from "./Traces.sol";
import {VM} from "./Vm.sol";

/// @title Many results behind one lock: each that is shown is a claim of its own, whose games count for the batch
abstract contract Batches is Conduct {
    /// @dev Number of results of every batch. The tree has room for one more, a zero word.
    uint256 private constant COUNT = 3;

    /// @dev What was committed to, by the number of the batch among all claims.
    mapping(uint256 head => Batch batch) private _made;
    mapping(uint256 head => BatchResult[] results) private _results;

    /// @notice A batch, of which one or two results are shown, and some of them challenged.
    function commitBatch(uint256 seed) external counted {
        seed = _noise(seed);
        Lie lie = (seed >> 8) % 2 == 0 ? Lie.None : Lie((seed >> 16) % 7);
        bool isGuarded = (seed >> 24) % 5 < 2;
        uint256 head = _commitBatch(seed, lie, isGuarded);
        // The lie is in the first of those that are shown.
        if (isGuarded && lie != Lie.None) _open(head + 1, 0, Lie.None, 0);
        if ((seed >> 32) % 2 == 0)
            _open(head + 1 + ((seed >> 33) % 2), (seed >> 40) % CHALLENGERS, Lie.Suffix, seed >> 48);
    }

    /// @notice One lie, proven, and the whole batch is slashed, whatever else is in it.
    function convictBatch(uint256 seed) external counted {
        seed = _noise(seed);
        uint256 head = _commitBatch(seed, (seed >> 8) % 2 == 0 ? Lie.Word : Lie.Suffix, false);
        uint256 index = _plays.length;
        _open(head + 1, (seed >> 16) % CHALLENGERS, Lie.None, 0);
        // A game about another result of the same batch goes on, for the same lock, which is slashed once.
        if ((seed >> 24) % 2 == 0) _open(head + 2, (seed >> 32) % CHALLENGERS, Lie.Garbage, seed);
        for (uint256 moves = 0; moves < 4; ++moves) _move(index, address(this));
        assert(_plays[index].outcome == Outcome.ChallengerWins && _claims[head].status == Status.Slashed);
        for (uint256 i = head; i < _claims.length; ++i) assert(_statusNow(_claims[i]) == Status.Slashed);
    }

    /// @notice Nobody objects, or somebody does and nobody has the court compute; then the batch and its results are settled, in any order.
    function endBatch(uint256 seed) external counted {
        seed = _noise(seed);
        bool isVoid = (seed >> 8) % 3 != 0;
        uint256 head = _commitBatch(seed, Lie.None, false);
        _tryBatch(head);
        if (isVoid) {
            _open(head + 1, (seed >> 16) % CHALLENGERS, Lie.Suffix, seed);
            for (uint256 moves = 0; moves < 3; ++moves) _move(_plays.length - 1, address(this));
        }
        _pass(_profile().windowSeconds);
        if (isVoid) _timeout(_plays.length - 1);
        uint256 count = _claims.length - head;
        for (uint256 i = 0; i < count; ++i) {
            Claim storage claim = _claims[head + ((i + seed) % count)];
            assert(_statusNow(claim) == (isVoid ? Status.Void : Status.Final));
            _settle(claim);
        }
    }

    /// @dev What nobody may do with a batch that is not over.
    function _tryBatch(uint256 head) private {
        Batch memory batch = _made[head];
        BatchInclusion memory inclusion = _inclusion(head, 0);
        _refusedByHub(abi.encodeCall(hub.settleBatch, (batch)), HubBook.HubWindowOpen.selector);
        bytes memory again = abi.encodeCall(
            hub.commitBatch,
            (batch.operator, batch.profileId, batch.root, batch.count)
        );
        _refusedByHub(again, HubBook.HubOperatorMismatch.selector);
        inclusion.index = 1;
        bytes memory moved = abi.encodeCall(hub.showResult, (inclusion));
        _refusedByHub(moved, BatchBook.HubBatchProofMismatch.selector);
        inclusion.index = uint32(COUNT);
        bytes memory beyond = abi.encodeCall(hub.showResult, (inclusion));
        _refusedByHub(beyond, BatchBook.HubBatchIndexOutOfRange.selector);
        if (!batch.published) {
            bytes memory link = abi.encodeCall(hub.linkResult, (_inclusion(head, 0)));
            _refusedByHub(link, HubBook.HubStatusMismatch.selector);
        }
    }

    function _refusedByHub(bytes memory call, bytes4 reason) private {
        // solhint-disable-next-line avoid-low-level-calls
        (bool succeeded, bytes memory result) = address(hub).call(call);
        assert(!succeeded && bytes4(result) == reason);
        ++refusals;
    }

    /// @dev Commits to a batch and shows two of its results; if a lie is in it, it is in the first of them.
    /// @return head Number of the batch; the results follow it.
    function _commitBatch(uint256 seed, Lie lie, bool isGuarded) private returns (uint256 head) {
        uint256 operator = seed % OPERATORS;
        (uint256 amount, uint256 locked) = vault.stakeOf(_operator(operator));
        // One lock for the batch, and one for the request that it answers, until then.
        if (amount - locked < 2 * uint256(_profile().lock)) _stake(operator, 3000 ether);
        bool isPublished = (seed >> 64) % 2 == 0;
        // A published batch answers a request, which may have given its input by root alone.
        RequestId asked =
            isPublished
                ? _accepted(operator, (seed >> 65) % 2 == 0)
                : RequestId.wrap(keccak256(abi.encode(seed)));
        head = _claims.length;
        _fill(head, asked, lie, seed, isPublished);
        _commitTo(head, operator, isPublished);
        Claim storage batch = _book(
            head,
            RequestId.wrap(BatchId.unwrap(hub.batchIdOf(_made[head]))),
            operator,
            lie,
            seed
        );
        batch.isBatch = true;
        batch.isGuarded = isGuarded;

        uint256 index = (seed >> 72) % COUNT;
        Lie[COUNT] memory lies;
        lies[_lying(seed)] = lie;
        // The one with the lie comes first.
        bool isByRoot = !isPublished || (seed >> 65) % 2 == 0;
        _show(head, _lying(seed), lie, isByRoot);
        if (index == _lying(seed)) index = (index + 1) % COUNT;
        _show(head, index, lies[index], isByRoot);
        if (isPublished) _link(head, lies[0], isByRoot);
        ++done;
    }

    function _fill(uint256 head, RequestId asked, Lie lie, uint256 seed, bool isPublished) private {
        for (uint256 i = 0; i < COUNT; ++i) {
            Trace memory trace = Traces.build(_inputRoot, i == _lying(seed) ? lie : Lie.None, seed);
            bool isBound = !isPublished && (seed >> (80 + i)) % 2 == 0;
            _results[head].push(
                BatchResult({
                    requestId: i == 0 ? asked : RequestId.wrap(keccak256(abi.encode(seed, i))),
                    modelId: _model,
                    inputRoot: _inputRoot,
                    outputRoot: trace.nodes[Traces.outputNode()],
                    traceRoot: isBound ? trace.nodes[1] : bytes32(0)
                })
            );
        }
    }

    function _commitTo(uint256 head, uint256 operator, bool isPublished) private {
        (bytes32[] memory nodes) = _tree(head);
        address account = _operator(operator);
        _made[head] = Batch(account, _profileId, nodes[1], uint32(COUNT), isPublished);
        if (!isPublished) {
            VM.prank(account);
            hub.commitBatch(account, _profileId, nodes[1], uint32(COUNT));
            return;
        }
        PublishedResult[] memory published = new PublishedResult[](COUNT);
        for (uint256 i = 0; i < COUNT; ++i) {
            BatchResult storage result = _results[head][i];
            published[i] = PublishedResult(result.requestId, result.inputRoot, result.outputRoot);
        }
        VM.prank(account);
        hub.publishBatch(account, _profileId, _model, published);
    }

    /// @dev A result that can be challenged from now on, under an id of its own.
    function _show(uint256 head, uint256 index, Lie lie, bool isByRoot) private {
        RequestId id = hub.showResult(_inclusion(head, index));
        // To show it again changes nothing.
        assert(RequestId.unwrap(hub.showResult(_inclusion(head, index))) == RequestId.unwrap(id));
        Claim storage batch = _claims[head];
        Claim storage claim = _book(head, id, batch.operator, lie, batch.seed);
        // Nobody has published the input, except of a request that is answered.
        claim.isByRoot = isByRoot || index != 0;
        assert(hub.requestOf(id).inputPublished != claim.isByRoot);
    }

    /// @dev The request that the first result answers has its lock back, and stands and falls with the batch.
    function _link(uint256 head, Lie lie, bool isByRoot) private {
        hub.linkResult(_inclusion(head, 0));
        Claim storage batch = _claims[head];
        Claim storage claim = _book(head, _results[head][0].requestId, batch.operator, lie, batch.seed);
        claim.fee = FEE;
        claim.isByRoot = isByRoot;
        ++linked;
    }

    function _settle(Claim storage claim) internal override {
        if (claim.isBatch) {
            uint256 head = claim.head;
            _conclude(claim, _statusNow(claim));
            hub.settleBatch(_made[head]);
        } else if (_head(claim).isBatch) {
            claim.status = _statusNow(claim);
            _payFee(claim);
            hub.settle(claim.id);
        } else {
            return super._settle(claim);
        }
        ++done;
    }

    function _inclusion(uint256 head, uint256 index) private view returns (BatchInclusion memory) {
        bytes32[] memory nodes = _tree(head);
        bytes32[] memory proof = new bytes32[](2);
        proof[0] = nodes[(4 + index) ^ 1];
        proof[1] = nodes[((4 + index) >> 1) ^ 1];
        return BatchInclusion(_made[head], _results[head][index], uint32(index), proof);
    }

    /// @dev A heap of nodes, as the rule says it.
    function _tree(uint256 head) private view returns (bytes32[] memory nodes) {
        nodes = new bytes32[](8);
        for (uint256 i = 0; i < COUNT; ++i) {
            bytes32 tag = keccak256("Assay batch leaf");
            nodes[4 + i] = keccak256(abi.encode(tag, block.chainid, address(hub), _results[head][i]));
        }
        for (uint256 i = 3; i > 0; --i) nodes[i] = keccak256(abi.encode(nodes[2 * i], nodes[2 * i + 1]));
    }

    /// @dev Number of the result that the lie is in.
    function _lying(uint256 seed) private pure returns (uint256) {
        return (seed >> 88) % COUNT;
    }
}
