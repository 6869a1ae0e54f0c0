// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceHub} from "../../interfaces/IInferenceHub.sol";
import {IResultDelivery} from "../../interfaces/IResultDelivery.sol";
import {Scores} from "../../libraries/Scores.sol";
import {ProfileId, RequestId} from "../../types/Ids.sol";
import {ModelId} from "../../types/ModelRecord.sol";
import {RequestParameters} from "../../types/Request.sol";
import {InferenceReceiver} from "../InferenceReceiver.sol";

/// @title Releases an escrow on a classifier's verdict
/// @notice An example: a buyer pays in advance for a work that a model can judge. The seller delivers the work as the model's input, and pays for the judgement; if
/// the model finds it to be of the class that was ordered, the seller is paid. The seller may try until the time is up; then the buyer is.
/// @dev The verdict arrives by delivery, or by anyone who brings the result to {conclude}. A verdict that is still pending when the time is up is waited for: the
/// seller has delivered in time.
contract VerdictEscrow is InferenceReceiver {
    /// @notice A buyer ordered a work of class `category`.
    event EscrowOpened(
        uint256 indexed escrowId,
        address indexed buyer,
        address indexed seller,
        uint256 amount,
        uint256 category,
        uint40 endsAt
    );
    /// @notice The seller delivered a work; the model is asked for its verdict.
    event WorkDelivered(uint256 indexed escrowId, RequestId indexed requestId);
    /// @notice The model's verdict about the work is final.
    event VerdictReached(uint256 indexed escrowId, RequestId indexed requestId, uint256 category);
    /// @notice The amount went to `receiver`.
    event EscrowReleased(uint256 indexed escrowId, address indexed receiver, uint256 amount);

    /// @notice There is no such escrow, or it was paid out.
    error EscrowUnknown(uint256 escrowId);
    /// @notice Nothing is waited for under that request.
    error EscrowVerdictNotAwaited(RequestId requestId);
    /// @notice Only the seller delivers.
    error EscrowCallerNotSeller(uint256 escrowId, address caller, address seller);
    /// @notice A verdict is being waited for.
    error EscrowVerdictPending(uint256 escrowId, RequestId requestId);
    /// @notice The time is up.
    error EscrowOver(uint256 escrowId, uint40 endsAt);
    /// @notice The seller still has time.
    error EscrowNotOver(uint256 escrowId, uint40 endsAt);
    /// @notice The model knows no such class.
    error EscrowClassOutOfRange(uint256 category, uint256 classes);

    struct Escrow {
        address buyer;
        uint96 amount;
        address seller;
        uint40 endsAt;
        uint32 category;
        /// @dev The verdict that is waited for, or zero.
        RequestId pending;
    }

    /// @dev What {_onResult} takes, with room.
    uint32 private constant DELIVERY_GAS = 300_000;

    ModelId private immutable _modelId;
    ProfileId private immutable _profileId;
    uint256 private immutable _classes;
    uint256 private _count;
    mapping(uint256 escrowId => Escrow escrow) private _escrows;
    mapping(RequestId requestId => uint256 escrowId) private _escrowOf;

    /// @param hub_ Where verdicts are asked for.
    /// @param delivery_ Who may deliver them.
    /// @param modelId_ A model with `classes_` f32 scores as its output.
    /// @param profileId_ Parameters that every verdict lives under.
    /// @param classes_ Number of scores.
    constructor(
        IInferenceHub hub_,
        IResultDelivery delivery_,
        ModelId modelId_,
        ProfileId profileId_,
        uint256 classes_
    ) InferenceReceiver(hub_, delivery_) {
        _modelId = modelId_;
        _profileId = profileId_;
        _classes = classes_;
    }

    /// @notice Orders a work. The caller has approved this contract to spend the amount.
    /// @param seller Who may deliver, and is paid.
    /// @param amount Paid for a work of the class.
    /// @param category What the model has to find.
    /// @param endsAt Until when the seller may deliver.
    /// @return escrowId The escrow.
    function open(
        address seller,
        uint96 amount,
        uint32 category,
        uint40 endsAt
    ) external returns (uint256 escrowId) {
        require(category < _classes, EscrowClassOutOfRange(category, _classes));
        escrowId = ++_count;
        _escrows[escrowId] = Escrow(msg.sender, amount, seller, endsAt, category, RequestId.wrap(0));
        emit EscrowOpened(escrowId, msg.sender, seller, amount, category, endsAt);
        _fund(msg.sender, amount);
    }

    /// @notice Delivers a work, and asks for the verdict. The seller has approved this contract to spend the fee.
    /// @param work The model's input.
    /// @param fee What the operator gets.
    /// @param deadline When the verdict has to be there; if it is not, {withdrawRequest} gives the fee back.
    /// @return requestId Of the request made.
    function deliverWork(
        uint256 escrowId,
        bytes calldata work,
        uint96 fee,
        uint40 deadline
    ) external returns (RequestId requestId) {
        Escrow storage escrow = _escrowAt(escrowId);
        require(msg.sender == escrow.seller, EscrowCallerNotSeller(escrowId, msg.sender, escrow.seller));
        require(block.timestamp < escrow.endsAt, EscrowOver(escrowId, escrow.endsAt));
        _requireNothingPending(escrowId, escrow);
        _fund(msg.sender, fee);
        requestId = _request(
            RequestParameters({
                modelId: _modelId,
                profileId: _profileId,
                fee: fee,
                deadline: deadline,
                operator: address(0),
                minStake: 0,
                salt: ++_count
            }),
            work
        );
        escrow.pending = requestId;
        _escrowOf[requestId] = escrowId;
        emit WorkDelivered(escrowId, requestId);
        _subscribe(requestId, DELIVERY_GAS);
    }

    /// @notice Brings a final verdict. Anyone may call; needed only where nobody delivers.
    /// @param requestId Of a verdict that is waited for.
    /// @param output The result's bytes.
    function conclude(RequestId requestId, bytes calldata output) external {
        _requireResult(requestId, output);
        _onResult(requestId, output);
    }

    /// @notice Passes on to the seller what came back for a request that ended without a verdict, so that it can deliver again.
    /// @param requestId Of a verdict that is waited for.
    function withdrawRequest(RequestId requestId) external {
        uint256 escrowId = _endRequest(requestId);
        _payOut(_escrows[escrowId].seller, _repaymentOf(requestId));
    }

    /// @notice Pays the buyer back when the time is up and no verdict is waited for. Anyone may call.
    /// @param escrowId The escrow.
    function refund(uint256 escrowId) external {
        Escrow storage escrow = _escrowAt(escrowId);
        require(block.timestamp >= escrow.endsAt, EscrowNotOver(escrowId, escrow.endsAt));
        _requireNothingPending(escrowId, escrow);
        _release(escrowId, escrow.buyer, escrow.amount);
    }

    /// @notice An escrow; all zero if it was paid out.
    /// @param escrowId Its number.
    /// @return The escrow.
    function escrowOf(uint256 escrowId) external view returns (Escrow memory) {
        return _escrows[escrowId];
    }

    /// @dev The verdict of the work: the seller is paid, or may deliver another one.
    function _onResult(RequestId requestId, bytes calldata output) internal override {
        uint256 escrowId = _endRequest(requestId);
        Escrow storage escrow = _escrows[escrowId];
        uint256 category = Scores.highest(output, _classes);
        emit VerdictReached(escrowId, requestId, category);
        if (category == escrow.category) _release(escrowId, escrow.seller, escrow.amount);
    }

    function _endRequest(RequestId requestId) private returns (uint256 escrowId) {
        escrowId = _escrowOf[requestId];
        require(escrowId != 0, EscrowVerdictNotAwaited(requestId));
        delete _escrowOf[requestId];
        _escrows[escrowId].pending = RequestId.wrap(0);
    }

    function _release(uint256 escrowId, address receiver, uint256 amount) private {
        delete _escrows[escrowId];
        emit EscrowReleased(escrowId, receiver, amount);
        _payOut(receiver, amount);
    }

    function _escrowAt(uint256 escrowId) private view returns (Escrow storage escrow) {
        escrow = _escrows[escrowId];
        require(escrow.buyer != address(0), EscrowUnknown(escrowId));
    }

    function _requireNothingPending(uint256 escrowId, Escrow storage escrow) private view {
        require(RequestId.unwrap(escrow.pending) == 0, EscrowVerdictPending(escrowId, escrow.pending));
    }
}
