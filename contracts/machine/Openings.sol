// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ProofReader} from "./ProofReader.sol";

/// @notice Words of one tree that a proof has shown, still in the calldata.
/// @dev The table has one word per run of neighbouring words, ascending. In a table word, bit 0 being the least significant:
/// bits 0 .. 63 are the calldata offset of the run's first word, bits 64 .. 127 the number behind the run's last word,
/// bits 128 .. 191 the number of its first word.
struct Opening {
    /// @dev Address in memory of the table; NO_RUN if it is empty.
    uint256 table;
    /// @dev Number of runs.
    uint256 runs;
}

/// @dev Address of memory that Solidity keeps zero: a run that holds no word.
uint256 constant NO_RUN = 0x60;

using Openings for Opening global;

/// @title Openings of many words of a tree at once
/// @notice Section 6 of the machine's specification: runs of words, then the siblings that are missing on the way to the root.
/// @dev Example, depth 3, words 2, 3 and 6 opened, so two runs, [2, 4) and [6, 7):
///
///     height 3              root
///     height 2        n0            n1          known: both                       nothing taken
///     height 1     s1    n01     s3    n11      known: n01 from 2 and 3, n11      takes s1, then s3
///     height 0    .  .   2  3   .  .   6  s0    known: 2, 3, 6                    takes s0, the word 7
///
/// The proof is: two runs, (2, 2) and (6, 1), words 2, 3, 6, siblings s0, s1, s3. A level is walked from left to right; runs that meet on the way up
/// become one, so two nodes that are known are always hashed with each other and never with the prover's word for it.
///
/// Why nothing else can be shown: the number of levels comes from the model's record, so the words stand at height 0 as {WordTree} explains,
/// and every word's number decides on which side it is hashed.
library Openings {
    /// @notice A run of no words.
    error OpeningRunEmpty(uint256 first);
    /// @notice A run that overlaps or touches the one before.
    error OpeningRunsNotAscending(uint256 first, uint256 previousEnd);
    /// @notice A run that leaves the tree.
    error OpeningRunOutOfRange(uint256 end, uint256 depth);
    /// @notice The words and siblings hash to another root.
    error OpeningRootMismatch(bytes32 actual, bytes32 expected);

    /// @dev Bytes of a run's head: 5 for the number of its first word, 3 for the number of words.
    uint256 private constant HEAD_BYTES = 8;

    /// @notice Takes an opening from a proof and hashes it up to the root.
    /// @param reader Where the opening starts; left behind it.
    /// @param depth Depth of the tree, below 64.
    /// @param root Root of the tree; not looked at if no word is opened.
    /// @return opening The words.
    function open(
        ProofReader memory reader,
        uint256 depth,
        bytes32 root
    ) internal pure returns (Opening memory opening) {
        uint256 runs = reader.takeUint16();
        opening.table = NO_RUN;
        if (runs == 0) return opening;
        unchecked {
            // SAFETY: 8 and 32 times numbers below 2^41.
            (uint256 table, uint256 words) = _readRuns(reader.take(runs * HEAD_BYTES), runs, depth);
            uint256 source = reader.take(words * 32);
            (uint256 bounds, uint256 nodes) = _prepare(table, runs, source, words);
            opening.table = table;
            opening.runs = runs;
            uint256 siblings = reader.position;
            for (uint256 height = 0; height < depth; ++height) {
                if (runs == 1) {
                    siblings = _rise(bounds, nodes, siblings, depth - height);
                    break;
                }
                (runs, siblings) = _lift(bounds, runs, nodes, siblings);
            }
            // What was read beyond the end of the proof was calldata or zeros, and counts for nothing if this reverts.
            reader.take(siblings - reader.position);
            bytes32 actual;
            // SAFETY: reads the first node; then releases what _prepare allocated, which nothing refers to from here on.
            assembly ("memory-safe") {
                actual := mload(nodes)
                mstore(0x40, bounds)
            }
            require(actual == root, OpeningRootMismatch(actual, root));
        }
    }

    /// @notice The run that holds a word.
    /// @param self The opening.
    /// @param cursor Address of the table's word that held the word before, whose neighbour is looked at first; NO_RUN if none did.
    /// @param word Number of the word.
    /// @return Address of the table's word; NO_RUN if the word is not opened.
    function locate(Opening memory self, uint256 cursor, uint256 word) internal pure returns (uint256) {
        uint256 low = self.table;
        uint256 size = self.runs << 5;
        // SAFETY: only reads the table, and the zero word at NO_RUN. The number of runs is below 2^16, words are below 2^64.
        assembly ("memory-safe") {
            // A run holds the word if word - first < end - first, the difference being a huge number for words before the first one.
            function holds(place, sought) -> result {
                let run := mload(place)
                let first := shr(128, run)
                result := lt(sub(sought, first), sub(and(shr(64, run), 0xffffffffffffffff), first))
            }
            cursor := add(cursor, 32)
            // The neighbour is inside the table, which it is not behind NO_RUN, since that lies below every table.
            if iszero(and(lt(sub(cursor, low), size), holds(cursor, word))) {
                // The last run that does not start behind the word, if there is one, is among the runs of the next `size` bytes from `low` on.
                let behind := shl(128, add(word, 1))
                for {
                    let half := and(shr(1, size), not(31))
                } half {
                    half := and(shr(1, size), not(31))
                } {
                    low := add(low, mul(half, lt(mload(add(low, half)), behind)))
                    size := sub(size, half)
                }
                cursor := NO_RUN
                if holds(low, word) {
                    cursor := low
                }
            }
        }
        return cursor;
    }

    /// @dev Makes the table, except for the places of the words, which depend on their number.
    function _readRuns(
        uint256 heads,
        uint256 runs,
        uint256 depth
    ) private pure returns (uint256 table, uint256 words) {
        uint256 previousEnd = 0;
        // SAFETY: allocates `runs` words.
        assembly ("memory-safe") {
            table := mload(0x40)
            mstore(0x40, add(table, shl(5, runs)))
        }
        unchecked {
            // SAFETY: sums of numbers below 2^41.
            for (uint256 i = 0; i < runs; ++i) {
                uint256 first;
                uint256 count;
                // SAFETY: does not touch memory.
                assembly ("memory-safe") {
                    let head := calldataload(add(heads, shl(3, i)))
                    first := shr(216, head)
                    count := and(shr(192, head), 0xffffff)
                }
                uint256 end = first + count;
                require(count != 0, OpeningRunEmpty(first));
                require(i == 0 || first > previousEnd, OpeningRunsNotAscending(first, previousEnd));
                require(end >> depth == 0 || end == 1 << depth, OpeningRunOutOfRange(end, depth));
                // The offset of the first word, counted in words from the first word of all.
                uint256 run = (first << 128) | (end << 64) | words;
                // SAFETY: writes entry i of the table allocated above.
                assembly ("memory-safe") {
                    mstore(add(table, shl(5, i)), run)
                }
                previousEnd = end;
                words += count;
            }
        }
    }

    /// @dev Turns the table's word counts into offsets, and lays out what {_lift} works on: the bounds of the runs, as in the table but without the
    /// lowest 64 bits, and the nodes of the level, which are the words at first.
    function _prepare(
        uint256 table,
        uint256 runs,
        uint256 source,
        uint256 words
    ) private pure returns (uint256 bounds, uint256 nodes) {
        // SAFETY: writes the table, and allocates one word per run and per opened word. The words are inside the proof, so their number is bounded by
        // the size of a transaction.
        assembly ("memory-safe") {
            bounds := mload(0x40)
            nodes := add(bounds, shl(5, runs))
            mstore(0x40, add(nodes, shl(5, words)))
            calldatacopy(nodes, source, shl(5, words))
            let target := bounds
            for {
                let entry := table
            } lt(target, nodes) {
                entry := add(entry, 32)
                target := add(target, 32)
            } {
                let run := mload(entry)
                mstore(target, shr(64, run))
                let place := and(run, 0xffffffffffffffff)
                mstore(entry, add(sub(run, place), add(source, shl(5, place))))
            }
        }
    }

    /// @dev Goes up to the root from where one run is all that is known: what {_lift} does level by level, without looking for neighbours. A sibling
    /// on the left takes the word before the nodes, which is that of the bounds and was read; one on the right takes the word behind them.
    /// @return next Where the siblings end.
    function _rise(
        uint256 bounds,
        uint256 nodes,
        uint256 siblings,
        uint256 levels
    ) private pure returns (uint256 next) {
        // SAFETY: works on what _prepare laid out, in one word behind it that is not allocated, and in the scratch space. Parents are written from the first
        // node on, never ahead of what was read.
        assembly ("memory-safe") {
            let start := mload(bounds)
            let end := and(start, 0xffffffffffffffff)
            start := shr(64, start)
            for {} and(gt(sub(end, start), 1), gt(levels, 0)) {
                levels := sub(levels, 1)
            } {
                let source := nodes
                let behind := add(nodes, shl(5, sub(end, start)))
                if and(start, 1) {
                    source := sub(nodes, 32)
                    mstore(source, calldataload(siblings))
                    siblings := add(siblings, 32)
                }
                if and(end, 1) {
                    mstore(behind, calldataload(siblings))
                    siblings := add(siblings, 32)
                    behind := add(behind, 32)
                }
                let target := nodes
                // Four pairs at a time, then what is left.
                for {
                    let last := sub(behind, 224)
                } lt(source, last) {
                    source := add(source, 0x100)
                    target := add(target, 0x80)
                } {
                    mstore(target, keccak256(source, 64))
                    mstore(add(target, 0x20), keccak256(add(source, 0x40), 64))
                    mstore(add(target, 0x40), keccak256(add(source, 0x80), 64))
                    mstore(add(target, 0x60), keccak256(add(source, 0xc0), 64))
                }
                for {} lt(source, behind) {
                    source := add(source, 64)
                    target := add(target, 32)
                } {
                    mstore(target, keccak256(source, 64))
                }
                start := shr(1, start)
                end := shr(1, add(end, 1))
            }
            let node := mload(nodes)
            next := add(siblings, shl(5, levels))
            for {} lt(siblings, next) {
                siblings := add(siblings, 32)
            } {
                // The node goes to 0x00 if it is a left one, else to 0x20; the sibling to the other place.
                let side := shl(5, and(start, 1))
                mstore(side, node)
                mstore(xor(side, 0x20), calldataload(siblings))
                node := keccak256(0x00, 64)
                start := shr(1, start)
            }
            mstore(nodes, node)
        }
    }

    /// @dev Goes up one level in place. A bound is a run's first number << 64 | its end. The nodes of all runs stand one after the other; a run
    /// of n nodes has at most n / 2 + 1 parents, which is not more than n, so what is written is never ahead of what was read.
    /// @return runsAbove Number of runs one level up.
    /// @return next Where the siblings of the next level stand.
    function _lift(
        uint256 bounds,
        uint256 runs,
        uint256 nodes,
        uint256 siblings
    ) private pure returns (uint256 runsAbove, uint256 next) {
        // SAFETY: works on what _prepare laid out, and in the scratch space.
        assembly ("memory-safe") {
            let target := nodes
            let above := bounds
            let lastEnd := not(0)
            for {
                let entry := bounds
                let behind := add(bounds, shl(5, runs))
            } lt(entry, behind) {
                entry := add(entry, 32)
            } {
                let start := mload(entry)
                let end := and(start, 0xffffffffffffffff)
                start := shr(64, start)
                let count := sub(end, start)
                if and(start, 1) {
                    mstore(0x00, calldataload(siblings))
                    mstore(0x20, mload(nodes))
                    siblings := add(siblings, 32)
                    nodes := add(nodes, 32)
                    mstore(target, keccak256(0x00, 64))
                    target := add(target, 32)
                    count := sub(count, 1)
                }
                // Four pairs at a time, then what is left.
                for {
                    let end8 := add(nodes, shl(8, shr(3, count)))
                } lt(nodes, end8) {
                    nodes := add(nodes, 0x100)
                    target := add(target, 0x80)
                } {
                    mstore(target, keccak256(nodes, 64))
                    mstore(add(target, 0x20), keccak256(add(nodes, 0x40), 64))
                    mstore(add(target, 0x40), keccak256(add(nodes, 0x80), 64))
                    mstore(add(target, 0x60), keccak256(add(nodes, 0xc0), 64))
                }
                count := and(count, 7)
                for {
                    let pairsEnd := add(nodes, shl(6, shr(1, count)))
                } lt(nodes, pairsEnd) {
                    nodes := add(nodes, 64)
                } {
                    mstore(target, keccak256(nodes, 64))
                    target := add(target, 32)
                }
                if and(count, 1) {
                    mstore(0x00, mload(nodes))
                    mstore(0x20, calldataload(siblings))
                    siblings := add(siblings, 32)
                    nodes := add(nodes, 32)
                    mstore(target, keccak256(0x00, 64))
                    target := add(target, 32)
                }
                start := shr(1, start)
                end := shr(1, add(end, 1))
                // A run that starts where the last one ends goes on with it.
                switch eq(start, lastEnd)
                case 0 {
                    mstore(above, or(shl(64, start), end))
                    above := add(above, 32)
                }
                default {
                    let joined := sub(above, 32)
                    mstore(joined, or(shl(64, shr(64, mload(joined))), end))
                }
                lastEnd := end
            }
            runsAbove := shr(5, sub(above, bounds))
            next := siblings
        }
    }
}
