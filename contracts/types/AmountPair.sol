// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Two amounts of 128 bits in one slot, which is read once and written once whatever happens to them: the first one in the lower half.
type AmountPair is uint256;

using {split, withMore} for AmountPair global;

/// @notice No amount of the one token has more than 128 bits.
error AmountPairTooLarge(uint256 first, uint256 second);

/// @notice Makes a pair. Reverts if one of the amounts has more than 128 bits.
/// @param first The amount for the lower half.
/// @param second The amount for the upper half.
/// @return The pair.
function pairOf(uint256 first, uint256 second) pure returns (AmountPair) {
    require((first | second) >> 128 == 0, AmountPairTooLarge(first, second));
    return AmountPair.wrap(first | (second << 128));
}

/// @notice Both amounts of a pair.
/// @param self A pair.
/// @return first The amount in the lower half.
/// @return second The amount in the upper half.
function split(AmountPair self) pure returns (uint256 first, uint256 second) {
    return (uint128(AmountPair.unwrap(self)), AmountPair.unwrap(self) >> 128);
}

/// @notice A pair whose second amount is larger.
/// @param self A pair.
/// @param more What is added; the sum must have no more than 128 bits.
/// @return The pair.
function withMore(AmountPair self, uint256 more) pure returns (AmountPair) {
    unchecked {
        // SAFETY: the caller has compared the sum with an amount of 128 bits.
        return AmountPair.wrap(AmountPair.unwrap(self) + (more << 128));
    }
}
