// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice A place in a proof. All positions are offsets in the calldata of the call.
struct ProofReader {
    /// @dev The next byte that nobody has taken.
    uint256 position;
    /// @dev The proof's first byte.
    uint256 start;
    /// @dev The byte behind the proof.
    uint256 end;
}

using ProofReaders for ProofReader global;

/// @title Reading a proof from its first byte to its last
/// @notice Bytes are taken in order; what is taken is inside the proof, and in the end nothing may be left.
library ProofReaders {
    /// @notice The proof ends before something that it must hold.
    error ProofTruncated(uint256 position, uint256 size, uint256 length);
    /// @notice The proof goes on after its last part.
    error ProofTooLong(uint256 consumed, uint256 length);

    /// @notice A reader at the first byte.
    /// @param proof The proof.
    /// @return reader The reader.
    function open(bytes calldata proof) internal pure returns (ProofReader memory reader) {
        uint256 start;
        // SAFETY: only reads where the compiler put the proof.
        assembly ("memory-safe") {
            start := proof.offset
        }
        unchecked {
            // SAFETY: the sum was checked when the calldata was decoded.
            reader = ProofReader({position: start, start: start, end: start + proof.length});
        }
    }

    /// @notice Takes some bytes.
    /// @param self The reader.
    /// @param size Number of bytes, below 2^64.
    /// @return offset Where they stand in the calldata.
    function take(ProofReader memory self, uint256 size) internal pure returns (uint256 offset) {
        offset = self.position;
        unchecked {
            // SAFETY: offsets in calldata and sizes are below 2^64; positions never lie before the start.
            require(
                offset + size <= self.end,
                ProofTruncated(offset - self.start, size, self.end - self.start)
            );
            self.position = offset + size;
        }
    }

    /// @notice Takes a big-endian number of 16 bits.
    /// @param self The reader.
    /// @return value The number.
    function takeUint16(ProofReader memory self) internal pure returns (uint256 value) {
        uint256 offset = take(self, 2);
        // SAFETY: does not touch memory.
        assembly ("memory-safe") {
            value := shr(240, calldataload(offset))
        }
    }

    /// @notice Reverts unless every byte was taken.
    /// @param self The reader.
    function close(ProofReader memory self) internal pure {
        unchecked {
            // SAFETY: positions never lie before the start.
            require(
                self.position == self.end,
                ProofTooLong(self.position - self.start, self.end - self.start)
            );
        }
    }
}
