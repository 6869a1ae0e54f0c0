// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceHub} from "../interfaces/IInferenceHub.sol";
import {IInferenceReceiver} from "../interfaces/IInferenceReceiver.sol";
import {IResultDelivery} from "../interfaces/IResultDelivery.sol";
import {RequestId} from "../types/Ids.sol";

/// @title Delivery of final results to contracts
/// @dev No other contract of the protocol knows of this one, and it holds nothing; what a receiver does in its call it could do in any transaction.
contract ResultDelivery is IResultDelivery {
    /// @notice Only who made the request says where its result is delivered.
    error DeliveryCallerNotRequester(RequestId requestId, address caller, address requester);
    /// @notice A delivery that needs so much gas would not fit into a transaction.
    error DeliveryGasTooLarge(uint256 gasLimit, uint256 maximum);
    /// @notice Nobody has subscribed, or the result was delivered.
    error DeliveryNotDue(RequestId requestId, DeliveryStatus status);
    /// @notice The receiver was promised more gas.
    error DeliveryGasBelowSubscribed(uint256 gasLimit, uint256 subscribed);
    /// @notice The transaction has not enough gas left to give the receiver exactly what it is due, and to note what came of it.
    error DeliveryGasMissing(uint256 available, uint256 needed);
    /// @notice The bytes are not the final result of the request.
    error DeliveryOutputMismatch(RequestId requestId);

    uint32 private constant MAX_GAS_LIMIT = 10_000_000;
    /// @dev What noting a failure takes, with everything cold.
    uint256 private constant RESERVE = 60_000;
    /// @dev Longest reason that is read from a receiver.
    uint256 private constant MAX_REASON_BYTES = 256;

    IInferenceHub private immutable _hub;
    mapping(RequestId requestId => Delivery delivery) private _deliveries;

    /// @param hub_ The hub whose results are delivered.
    constructor(IInferenceHub hub_) {
        _hub = hub_;
    }

    /// @inheritdoc IResultDelivery
    function subscribe(RequestId requestId, address receiver, uint32 gasLimit) external {
        address requester = _hub.requestOf(requestId).requester;
        // SAFETY: nobody calls from the zero address, which is the requester of what nobody asked for.
        require(msg.sender == requester, DeliveryCallerNotRequester(requestId, msg.sender, requester));
        require(gasLimit <= MAX_GAS_LIMIT, DeliveryGasTooLarge(gasLimit, MAX_GAS_LIMIT));
        Delivery storage delivery = _deliveries[requestId];
        require(
            delivery.status != DeliveryStatus.Delivered,
            DeliveryNotDue(requestId, DeliveryStatus.Delivered)
        );

        delivery.receiver = receiver;
        delivery.gasLimit = gasLimit;
        delivery.status = DeliveryStatus.Subscribed;
        emit DeliverySubscribed(requestId, receiver, gasLimit);
    }

    /// @inheritdoc IResultDelivery
    function deliver(
        RequestId requestId,
        bytes calldata output,
        uint256 gasLimit
    ) external returns (bool delivered) {
        Delivery storage delivery = _deliveries[requestId];
        DeliveryStatus status = delivery.status;
        require(
            status == DeliveryStatus.Subscribed || status == DeliveryStatus.Failed,
            DeliveryNotDue(requestId, status)
        );
        require(gasLimit >= delivery.gasLimit, DeliveryGasBelowSubscribed(gasLimit, delivery.gasLimit));
        require(_hub.isResult(requestId, output), DeliveryOutputMismatch(requestId));
        address receiver = delivery.receiver;

        // INVARIANT: a receiver that calls back finds the delivery done, and cannot be given the result twice.
        delivery.status = DeliveryStatus.Delivered;
        ++delivery.attempts;
        bytes memory reason;
        (delivered, reason) = _call(
            receiver,
            gasLimit,
            abi.encodeCall(IInferenceReceiver.onInferenceResult, (requestId, output))
        );
        if (delivered) {
            emit ResultDelivered(requestId, receiver, msg.sender);
        } else {
            delivery.status = DeliveryStatus.Failed;
            emit DeliveryFailed(requestId, receiver, gasLimit, reason);
        }
    }

    /// @inheritdoc IResultDelivery
    function deliveryOf(RequestId requestId) external view returns (Delivery memory) {
        return _deliveries[requestId];
    }

    /// @inheritdoc IResultDelivery
    function maxGasLimit() external pure returns (uint32) {
        return MAX_GAS_LIMIT;
    }

    /// @inheritdoc IResultDelivery
    function hub() external view returns (address) {
        return address(_hub);
    }

    // ---------------------------------------------------------------------------------------------------------

    /// @dev Calls with exactly `gasLimit` gas, and reads no more of the answer than the reason has room for. An account without code fails.
    function _call(
        address receiver,
        uint256 gasLimit,
        bytes memory data
    ) private returns (bool succeeded, bytes memory reason) {
        if (receiver.code.length == 0) return (false, "");
        // INVARIANT: the receiver never gets less than it is due, whoever pays: of what is left a call gets 63/64 at most.
        uint256 needed = gasLimit + gasLimit / 63 + RESERVE;
        uint256 available = gasleft();
        require(available >= needed, DeliveryGasMissing(available, needed));
        reason = new bytes(MAX_REASON_BYTES);
        // SAFETY: the answer is copied as far as `reason` has room, which is then shortened to it.
        assembly ("memory-safe") {
            succeeded := call(gasLimit, receiver, 0, add(data, 32), mload(data), 0, 0)
            let size := returndatasize()
            if gt(size, MAX_REASON_BYTES) {
                size := MAX_REASON_BYTES
            }
            if succeeded {
                size := 0
            }
            returndatacopy(add(reason, 32), 0, size)
            mstore(reason, size)
        }
    }
}
