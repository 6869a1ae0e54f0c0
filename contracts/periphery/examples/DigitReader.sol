// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceHub} from "../../interfaces/IInferenceHub.sol";
import {Scores} from "../../libraries/Scores.sol";
import {ProfileId, RequestId} from "../../types/Ids.sol";
import {ModelId} from "../../types/ModelRecord.sol";
import {RequestParameters} from "../../types/Request.sol";
import {InferenceConsumer} from "../InferenceConsumer.sol";

/// @title Reads handwritten digits
/// @notice An example: whoever pays the fee has a picture classified by a model with ten scores as its output, and the digit with the
/// highest score is stored here once the result is final.
contract DigitReader is InferenceConsumer {
    /// @notice The model that classifies is asked for `asker`'s picture.
    event DigitAsked(RequestId indexed requestId, address indexed asker);
    /// @notice The answer is final.
    event DigitRead(RequestId indexed requestId, uint8 digit);

    /// @notice This contract has not made that request, or has ended it by {refund}.
    error DigitNotAsked(RequestId requestId);
    /// @notice The digit is stored already.
    error DigitKnown(RequestId requestId, uint8 digit);
    /// @notice The digit is not stored yet.
    error DigitUnknown(RequestId requestId);

    /// @notice Scores in the output.
    uint256 private constant CLASSES = 10;

    struct Question {
        address asker;
        bool isRead;
        uint8 digit;
    }

    ModelId private immutable _modelId;
    ProfileId private immutable _profileId;
    mapping(RequestId requestId => Question question) private _questions;
    uint256 private _lastSalt;

    /// @param hub_ Where requests are made.
    /// @param modelId_ A model with ten f32 scores as its output.
    /// @param profileId_ Parameters that every answer lives under.
    constructor(IInferenceHub hub_, ModelId modelId_, ProfileId profileId_) InferenceConsumer(hub_) {
        _modelId = modelId_;
        _profileId = profileId_;
    }

    /// @notice Asks for the digit on a picture. The caller has approved this contract to spend the fee.
    /// @param picture The model's input.
    /// @param fee What the operator gets.
    /// @param deadline When an answer has to be there; if none is, {refund} gives the fee back.
    /// @return requestId Of the request made.
    function ask(bytes calldata picture, uint96 fee, uint40 deadline) external returns (RequestId requestId) {
        _fund(msg.sender, fee);
        requestId = _request(
            RequestParameters({
                modelId: _modelId,
                profileId: _profileId,
                fee: fee,
                deadline: deadline,
                operator: address(0),
                minStake: 0,
                salt: ++_lastSalt
            }),
            picture
        );
        _questions[requestId].asker = msg.sender;
        emit DigitAsked(requestId, msg.sender);
    }

    /// @notice Stores the digit of a final result. Anyone may call.
    /// @param requestId Of a request made here.
    /// @param output The result's bytes.
    /// @return digit The class with the highest score.
    function read(RequestId requestId, bytes calldata output) external returns (uint8 digit) {
        Question storage question = _questionOf(requestId);
        require(!question.isRead, DigitKnown(requestId, question.digit));
        _requireResult(requestId, output);

        digit = highestScore(output);
        question.isRead = true;
        question.digit = digit;
        emit DigitRead(requestId, digit);
    }

    /// @notice Passes on what came back for a request that ended without a result. Anyone may call.
    /// @param requestId Of a request made here.
    function refund(RequestId requestId) external {
        address asker = _questionOf(requestId).asker;
        uint256 amount = _repaymentOf(requestId);
        delete _questions[requestId];
        _payOut(asker, amount);
    }

    /// @notice A stored digit.
    /// @param requestId Of a request made here.
    /// @return The digit; reverts while it is not stored.
    function digitOf(RequestId requestId) external view returns (uint8) {
        Question storage question = _questions[requestId];
        require(question.isRead, DigitUnknown(requestId));
        return question.digit;
    }

    /// @notice The first class with the highest score.
    /// @param output Ten f32 scores, little-endian; further bytes are ignored. A NaN is lower than every number.
    /// @return digit The class.
    function highestScore(bytes calldata output) public pure returns (uint8 digit) {
        return uint8(Scores.highest(output, CLASSES));
    }

    function _questionOf(RequestId requestId) private view returns (Question storage question) {
        question = _questions[requestId];
        require(question.asker != address(0), DigitNotAsked(requestId));
    }
}
