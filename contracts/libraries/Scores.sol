// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What a classifier's scores say
library Scores {
    /// @notice There are fewer bytes than so many scores take.
    error ScoresTooFew(uint256 length, uint256 needed);

    /// @dev Bytes of a score.
    uint256 private constant SCORE_BYTES = 4;

    /// @notice The first class with the highest score.
    /// @param output f32 scores, little-endian; further bytes are ignored. A NaN is lower than every number.
    /// @param classes Number of scores.
    /// @return best The class.
    function highest(bytes calldata output, uint256 classes) internal pure returns (uint256 best) {
        require(output.length >= classes * SCORE_BYTES, ScoresTooFew(output.length, classes * SCORE_BYTES));
        uint256 highestRank = 0;
        for (uint256 class = 0; class < classes; ++class) {
            uint32 bits = 0;
            for (uint256 i = SCORE_BYTES; i > 0; --i) {
                bits = (bits << 8) | uint8(output[class * SCORE_BYTES + i - 1]);
            }
            uint256 rank = _rankOf(bits);
            if (rank > highestRank) {
                highestRank = rank;
                best = class;
            }
        }
    }

    /// @dev A number that is the greater the greater the float is: the order of floats is that of their bits, reversed below zero.
    function _rankOf(uint32 bits) private pure returns (uint256) {
        uint32 magnitude = bits & 0x7fffffff;
        if (magnitude > 0x7f800000) return 0;
        bool isNegative = bits >> 31 == 1;
        // 2^31 stands for both zeros.
        return isNegative ? uint256(1 << 31) - magnitude : uint256(1 << 31) + magnitude;
    }
}
