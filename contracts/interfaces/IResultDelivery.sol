// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RequestId} from "../types/Ids.sol";

/// @title Delivery of final results to contracts
/// @notice Nothing in the protocol calls a consumer. Whoever wants a result brought to a contract subscribes; whoever wants to, delivers it once it is final.
/// A receiver that reverts, runs out of gas or returns megabytes harms nobody: the failure is recorded, and the delivery can be tried again.
interface IResultDelivery {
    /// @notice Where a delivery stands.
    enum DeliveryStatus {
        /// @dev Nobody has subscribed.
        None,
        /// @dev Due as soon as the result is final.
        Subscribed,
        /// @dev The last attempt failed; another one is possible.
        Failed,
        /// @dev The receiver has it, once and for all.
        Delivered
    }

    /// @notice One subscription.
    struct Delivery {
        address receiver;
        /// @dev Gas that every attempt gives to the receiver, at least.
        uint32 gasLimit;
        uint32 attempts;
        DeliveryStatus status;
    }

    /// @notice The requester wants the result delivered to `receiver`, which gets at least `gasLimit`.
    event DeliverySubscribed(RequestId indexed requestId, address indexed receiver, uint32 gasLimit);
    /// @notice The receiver has accepted the result.
    event ResultDelivered(RequestId indexed requestId, address indexed receiver, address indexed deliverer);
    /// @notice The receiver has failed with exactly `gasLimit` gas. `reason` is the beginning of what it said.
    event DeliveryFailed(
        RequestId indexed requestId,
        address indexed receiver,
        uint256 gasLimit,
        bytes reason
    );

    /// @notice Asks for delivery; the requester only. Again, as long as it has not been delivered, to change where to or with how much gas.
    /// @param gasLimit At most {maxGasLimit}.
    function subscribe(RequestId requestId, address receiver, uint32 gasLimit) external;

    /// @notice Delivers a final result; anyone. Reverts for reasons of the caller's alone: a result that is not final, other bytes, too little gas.
    /// @param output Exactly the model's outputBytes.
    /// @param gasLimit What the receiver gets, exactly; at least what was subscribed, more if the first attempts failed for want of gas.
    /// @return delivered Whether the receiver has accepted it.
    function deliver(
        RequestId requestId,
        bytes calldata output,
        uint256 gasLimit
    ) external returns (bool delivered);

    /// @notice A delivery as it stands. Never reverts.
    function deliveryOf(RequestId requestId) external view returns (Delivery memory);

    /// @notice The most gas that can be subscribed, so that every delivery fits into a transaction.
    function maxGasLimit() external view returns (uint32);

    /// @notice The hub whose results are delivered.
    function hub() external view returns (address);
}
