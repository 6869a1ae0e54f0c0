// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Profile} from "./Profile.sol";

/// @notice What the end of a game needs of a profile beside its {Terms}, in one word. A profile never changes, so neither does this. From the least
/// significant bit on:
///
///     bits        0 .. 95        96 .. 191    192 .. 207    208 .. 223     224 .. 239
///     field       answerRefund   stepRefund   lockBurnBps   requesterBps   bondBurnBps
type VerdictTerms is uint256;

using VerdictTermFields for VerdictTerms global;

/// @title Fields of packed terms of verdicts
library VerdictTermFields {
    /// @notice The terms of a profile.
    /// @param profile A sound profile.
    /// @return Its terms.
    function verdictTermsOf(Profile memory profile) internal pure returns (VerdictTerms) {
        return
            VerdictTerms.wrap(
                profile.answerRefund |
                    (uint256(profile.stepRefund) << 96) |
                    (uint256(profile.lockBurnBps) << 192) |
                    (uint256(profile.requesterBps) << 208) |
                    (uint256(profile.bondBurnBps) << 224)
            );
    }

    /// @notice Paid out of a lost bond to a third party for each answer it made for the operator.
    function answerRefund(VerdictTerms self) internal pure returns (uint256) {
        return uint96(VerdictTerms.unwrap(self));
    }

    /// @notice Paid out of a lost bond to a third party for the step that it made for the operator, or the demanded input that it published.
    function stepRefund(VerdictTerms self) internal pure returns (uint256) {
        return uint96(VerdictTerms.unwrap(self) >> 96);
    }

    /// @notice Share of the lock burned on a slash, in 1/10,000.
    function lockBurnBps(VerdictTerms self) internal pure returns (uint256) {
        return uint16(VerdictTerms.unwrap(self) >> 192);
    }

    /// @notice Share of the lock paid to the requester on a slash, in 1/10,000.
    function requesterBps(VerdictTerms self) internal pure returns (uint256) {
        return uint16(VerdictTerms.unwrap(self) >> 208);
    }

    /// @notice Share of a lost bond burned, in 1/10,000.
    function bondBurnBps(VerdictTerms self) internal pure returns (uint256) {
        return uint16(VerdictTerms.unwrap(self) >> 224);
    }
}
