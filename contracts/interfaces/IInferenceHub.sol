// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RequestId} from "../types/Ids.sol";
import {Request, RequestParameters, Status} from "../types/Request.sol";

/// @title Requests, commitments and finality
/// @notice A requester escrows a fee; one operator accepts, locking stake, and commits to an output; after the challenge window it is final unless a game convicts it.
///
///     Requested -> Accepted -> Committed -> Final | Slashed | Void
///     Requested, Accepted -> Refunded, when the deadline has passed
///
/// All money moves between balances inside the vault; nothing here calls a requester, an operator or a consumer.
interface IInferenceHub {
    /// @notice A request was made. `input` is empty when only its root was given, and `inputUri` then says where the bytes are.
    event InferenceRequested(
        RequestId indexed requestId,
        address indexed requester,
        RequestParameters parameters,
        bytes32 inputRoot,
        bytes input,
        string inputUri
    );
    /// @notice `operator` locked its stake and is bound to commit.
    event RequestAccepted(RequestId indexed requestId, address indexed operator, uint256 lock);
    /// @notice A result was posted. `output` is empty when only its root was given. `traceRoot` is zero for a lazy commitment.
    event ResultCommitted(
        RequestId indexed requestId,
        address indexed operator,
        bytes32 outputRoot,
        bytes32 traceRoot,
        bytes output,
        uint40 windowEndsAt
    );
    /// @notice The result that is posted by its root alone is said to be found at `outputUri`.
    event OutputLocated(RequestId indexed requestId, string outputUri);
    /// @notice The operator of a lazy commitment bound its trace.
    event TracePosted(RequestId indexed requestId, bytes32 traceRoot);
    /// @notice The requester gave a request whose deadline had passed another one; a refund of `penalty` came from the operator that had accepted.
    event RequestReopened(RequestId indexed requestId, uint40 deadline, uint256 penalty);
    /// @notice A challenger had demanded the input's bytes, and here they are. Results can be challenged until `windowEndsAt`.
    event InputPublished(RequestId indexed requestId, bytes input, uint40 windowEndsAt);
    /// @notice A request reached a terminal status.
    event RequestEnded(RequestId indexed requestId, Status status);

    /// @notice Asks for an inference; the input's bytes are published with the transaction and hashed by the hub.
    /// @param input Exactly the model's inputBytes: its inputs, each padded to 32 bytes, little-endian.
    function request(
        RequestParameters calldata parameters,
        bytes calldata input
    ) external returns (RequestId requestId);

    /// @notice Asks for an inference on an input that only its root names. Marked as not published: only who holds the bytes can re-execute it.
    function requestByRoot(
        RequestParameters calldata parameters,
        bytes32 inputRoot,
        string calldata inputUri
    ) external returns (RequestId requestId);

    /// @notice Binds the caller to commit before the deadline, and locks its stake.
    function accept(RequestId requestId) external;

    /// @notice {accept} for `operator`, by its signer.
    function acceptFor(RequestId requestId, address operator) external;

    /// @notice Posts the result; by the operator or its signer. The window starts. An operator named by the request may commit without having
    /// accepted.
    /// @param output Exactly the model's outputBytes.
    /// @param traceRoot Root of the execution trace (eager: anybody can defend it), or zero (lazy: the caller posts it when challenged).
    /// A trace of a single tensor is its output, so with stepDepth 0 it is bound either way.
    /// @param outputProof Eager: stepDepth siblings from the last step's tensor to `traceRoot`, from the bottom upwards. Lazy: empty.
    function commit(
        RequestId requestId,
        bytes calldata output,
        bytes32 traceRoot,
        bytes32[] calldata outputProof
    ) external;

    /// @notice {commit} for an output that is too long for a transaction: more than 122,880 bytes. Marked as not published: whoever reads the result brings
    /// its bytes along, and {isResult} compares them with the root.
    /// @param outputRoot Root of exactly the model's outputBytes in a tree of depth wordDepth; a root of anything else is a wrong result like any other.
    /// @param outputUri Where the bytes are.
    function commitByRoot(
        RequestId requestId,
        bytes32 outputRoot,
        string calldata outputUri,
        bytes32 traceRoot,
        bytes32[] calldata outputProof
    ) external;

    /// @notice Binds the trace of a lazy commitment, once; by its operator or the operator's signer, or by anyone where a batch bound the root
    /// already. Possible after a slash too, since other games go on.
    function postTrace(RequestId requestId, bytes32 traceRoot, bytes32[] calldata outputProof) external;

    /// @notice Ends a commitment whose window is over and that no game is open against: Final, or Void if a game ended undecided. A request that a
    /// batch answers ends as the batch does, whether or not that was settled.
    function settle(RequestId requestId) external;

    /// @notice Refunds a request that nobody committed to in time. An operator that had accepted pays the profile's penalty to the requester.
    function expire(RequestId requestId) external;

    /// @notice Gives a request whose deadline has passed another one, and its operators another chance; the requester only. An operator that had
    /// accepted pays the profile's penalty to the requester.
    /// @param parameters As the request was made.
    /// @param deadline The new one. The id stays, and goes on to bind the first deadline.
    function reopen(RequestId requestId, RequestParameters calldata parameters, uint40 deadline) external;

    /// @notice A request as stored. Never reverts; unknown requests have status None.
    function requestOf(RequestId requestId) external view returns (Request memory);

    /// @notice What the request amounts to at this moment, settled or not: Final or Void as soon as nothing can change it any more, and
    /// Refunded as soon as nobody can commit any more. Never reverts.
    function statusOf(RequestId requestId) external view returns (Status);

    /// @notice Whether the result is irrevocable. Never reverts.
    function isFinal(RequestId requestId) external view returns (bool);

    /// @notice The second from which the result is irrevocable, unless a challenge is opened before; the largest number there is while a game is
    /// open, before a commitment, and for what will never be final. {isFinal} holds from this second on and not before. Never reverts.
    function finalAt(RequestId requestId) external view returns (uint40);

    /// @notice The stake that backs the result or, once it is final, backed it: what a conviction would have cost its operator, and how many results
    /// at most share it. Zeros before a commitment, and after one that ended otherwise. Never reverts.
    function securityOf(RequestId requestId) external view returns (uint256 lock, uint256 sharedBy);

    /// @notice The root of a final result; reverts otherwise.
    function finalOutputRoot(RequestId requestId) external view returns (bytes32 outputRoot);

    /// @notice Whether `output` is the final result of the request. Reverts when the result is not final.
    function isResult(RequestId requestId, bytes calldata output) external view returns (bool);

    /// @notice Custody of all money.
    function vault() external view returns (address);

    /// @notice Where results are challenged.
    function game() external view returns (address);

    /// @notice Which models can be requested.
    function registry() external view returns (address);

    /// @notice Which parameters can be chosen.
    function profiles() external view returns (address);

    /// @notice Id of the request that `requester` would make:
    /// hash(abi.encode(hash("Assay request"), chain id, hub, requester, the seven fields of `parameters`, inputRoot, inputPublished)).
    function requestIdOf(
        address requester,
        RequestParameters calldata parameters,
        bytes32 inputRoot,
        bool inputPublished
    ) external view returns (RequestId);
}
