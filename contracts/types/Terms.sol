// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Profile} from "./Profile.sol";

/// @notice What every commitment under a profile needs of it, in one word. A profile never changes, so neither does this. From the least significant bit on:
///
///     bits        0 .. 95   96 .. 191   192 .. 215      216 .. 239     240 .. 255
///     field       lock      bond        windowSeconds   clockSeconds   maxBatchResults
type Terms is uint256;

using TermFields for Terms global;

/// @title Fields of packed terms
/// @dev A value and no storage: what is read once from its slot is not read from it again for every field.
library TermFields {
    /// @notice The terms of a profile.
    /// @param profile A sound profile.
    /// @return Its terms, which are not zero.
    function termsOf(Profile memory profile) internal pure returns (Terms) {
        // INVARIANT: no sound profile has a lock of 0, or a window or a clock of more than 24 bits.
        return
            Terms.wrap(
                profile.lock |
                    (uint256(profile.bond) << 96) |
                    (uint256(uint24(profile.windowSeconds)) << 192) |
                    (uint256(uint24(profile.clockSeconds)) << 216) |
                    (uint256(profile.maxBatchResults) << 240)
            );
    }

    /// @notice Whether the terms are those of a profile, and not of a slot that was never written.
    function exist(Terms self) internal pure returns (bool) {
        return Terms.unwrap(self) != 0;
    }

    /// @notice L: stake locked for one commitment.
    function lock(Terms self) internal pure returns (uint96) {
        return uint96(Terms.unwrap(self));
    }

    /// @notice B: what a challenger stakes on one game.
    function bond(Terms self) internal pure returns (uint96) {
        return uint96(Terms.unwrap(self) >> 96);
    }

    /// @notice W: how long a commitment can be challenged.
    function windowSeconds(Terms self) internal pure returns (uint24) {
        return uint24(Terms.unwrap(self) >> 192);
    }

    /// @notice C: what each side of a game may use up.
    function clockSeconds(Terms self) internal pure returns (uint24) {
        return uint24(Terms.unwrap(self) >> 216);
    }

    /// @notice How many results one lock may back together.
    function maxBatchResults(Terms self) internal pure returns (uint16) {
        return uint16(Terms.unwrap(self) >> 240);
    }
}
