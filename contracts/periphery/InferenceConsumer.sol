// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IInferenceHub} from "../interfaces/IInferenceHub.sol";
import {IProfiles} from "../interfaces/IProfiles.sol";
import {IStakeVault} from "../interfaces/IStakeVault.sol";
import {Shares} from "../libraries/Shares.sol";
import {BatchId, RequestId} from "../types/Ids.sol";
import {Profile} from "../types/Profile.sol";
import {Request, RequestParameters, Status} from "../types/Request.sol";

/// @title Base of contracts that ask for inferences and act upon their results
/// @notice A result is pulled: somebody brings the output's bytes, and the hub says whether they are the final result. Nothing calls the
/// consumer, so neither it nor its callers can hinder the other users of the hub.
/// @dev Warning: a request's id binds its model, its input and its requester. Accept only ids of requests that this contract has made, or
/// check these three in {IInferenceHub-requestOf}; the final result of another question is a final result too.
abstract contract InferenceConsumer {
    using SafeERC20 for IERC20;

    /// @notice The bytes are not the final result of the request.
    error ConsumerOutputMismatch(RequestId requestId);
    /// @notice The request has not ended without a result.
    error ConsumerNotRepaid(RequestId requestId, Status status);

    IInferenceHub internal immutable _hub;
    IStakeVault internal immutable _vault;

    /// @param hub_ Where requests are made.
    constructor(IInferenceHub hub_) {
        _hub = hub_;
        _vault = IStakeVault(hub_.vault());
    }

    /// @dev Moves tokens from a wallet, which has approved this contract, to this contract's free balance in the vault.
    function _fund(address payer, uint256 amount) internal {
        IERC20 token = IERC20(_vault.token());
        token.safeTransferFrom(payer, address(this), amount);
        token.forceApprove(address(_vault), amount);
        _vault.deposit(address(this), amount);
    }

    /// @dev Makes a request; the fee comes from this contract's free balance.
    function _request(
        RequestParameters memory parameters,
        bytes calldata input
    ) internal returns (RequestId requestId) {
        return _hub.request(parameters, input);
    }

    /// @dev Reverts unless the request is final and `output` is its result.
    function _requireResult(RequestId requestId, bytes calldata output) internal view {
        require(_hub.isResult(requestId, output), ConsumerOutputMismatch(requestId));
    }

    /// @dev What the hub has credited to this contract for a request that ended without a result: the fee, and what its operator forfeited.
    /// Warning: it says so for ever; remember what was passed on.
    function _repaymentOf(RequestId requestId) internal view returns (uint256 amount) {
        Request memory request_ = _hub.requestOf(requestId);
        Status status = request_.status;
        require(
            status == Status.Refunded || status == Status.Slashed || status == Status.Void,
            ConsumerNotRepaid(requestId, status)
        );
        amount = request_.fee;
        // The lock of a batch is shared: nobody has a claim to a part of it.
        bool isShared = BatchId.unwrap(request_.batchId) != 0;
        if (status == Status.Void || request_.lock == 0 || isShared) return amount;
        Profile memory profile = IProfiles(_hub.profiles()).profileOf(request_.profileId);
        amount +=
            status == Status.Slashed
                ? Shares.shareDown(request_.lock, profile.requesterBps)
                : profile.missedDeadlinePenalty;
    }

    /// @dev Moves tokens from this contract's free balance to a wallet.
    function _payOut(address to, uint256 amount) internal {
        _vault.withdraw(to, amount);
    }
}
