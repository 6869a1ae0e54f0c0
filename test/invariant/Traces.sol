// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ModelRecord} from "../../contracts/types/ModelRecord.sol";

/// @notice How a side departs from the truth.
enum Lie {
    None,
    /// @dev One word of the output.
    Word,
    /// @dev A word in the middle, and the output that follows.
    Suffix,
    /// @dev Every word.
    Garbage,
    /// @dev The very first leaf, and the output.
    First,
    /// @dev The output, and a node without preimage over the first leaves.
    Poison,
    /// @dev The very last leaf of the output's tensor, which is padding.
    Last
}

/// @notice A trace as one side shows it: a heap of nodes, of which 1 is the root and 32 .. 63 are the leaves.
struct Trace {
    bytes32[64] nodes;
    /// @dev A heap index below which the side can show nothing; zero if there is none.
    uint256 poisoned;
}

/// @title Traces of the machine of ToyReferee, for a model of depth 2 + 3: four tensors of eight words, the last of which is padding
library Traces {
    uint256 internal constant STEP_DEPTH = 2;
    uint256 internal constant WORD_DEPTH = 3;
    uint256 internal constant DEPTH = STEP_DEPTH + WORD_DEPTH;
    uint256 internal constant STEPS = 3;
    uint256 internal constant OUTPUT_BYTES = 40;
    uint256 private constant FIRST_LEAF = 1 << DEPTH;

    /// @notice The model.
    function record() internal pure returns (ModelRecord memory) {
        return
            ModelRecord({
                machineVersion: 1,
                programRoot: keccak256("program"),
                constantsRoot: keccak256("constants"),
                inputDepth: 1,
                constantsDepth: 3,
                stepDepth: uint8(STEP_DEPTH),
                wordDepth: uint8(WORD_DEPTH),
                stepCount: uint32(STEPS),
                inputBytes: 5,
                outputBytes: uint32(OUTPUT_BYTES)
            });
    }

    /// @notice A trace over an input; the seed decides what exactly the lie changes.
    function build(bytes32 inputRoot, Lie lie, uint256 seed) internal pure returns (Trace memory trace) {
        for (uint256 step = 0; step < STEPS; ++step) {
            for (uint256 word = 0; word < 2; ++word) {
                trace.nodes[_leaf(step, word)] = keccak256(abi.encode(inputRoot, step, word)) & _room(word);
            }
        }
        if (lie != Lie.None) {
            uint256 noise = uint256(keccak256(abi.encode(seed, "output")));
            _flip(trace, _leaf(STEPS - 1, noise % 2), noise >> 8);
        }
        if (lie == Lie.Suffix) {
            uint256 middle = uint256(keccak256(abi.encode(seed, "middle")));
            _flip(trace, _leaf(middle % (STEPS - 1), (middle >> 8) % 2), middle >> 16);
        } else if (lie == Lie.Garbage) {
            for (uint256 leaf = 0; leaf < FIRST_LEAF; ++leaf) {
                bytes32 noise = keccak256(abi.encode(seed, leaf));
                // What is committed as bytes has zeros behind its end.
                bool isOutput = leaf >> WORD_DEPTH == STEPS - 1;
                trace.nodes[FIRST_LEAF + leaf] = isOutput ? noise & _room(leaf & 7) : noise;
            }
        } else if (lie == Lie.First) {
            _flip(trace, FIRST_LEAF, seed);
        } else if (lie == Lie.Last) {
            trace.nodes[_leaf(STEPS - 1, 7)] = keccak256(abi.encode(seed, "padding"));
        }
        if (lie == Lie.Poison) trace.poisoned = FIRST_LEAF >> 1;
        for (uint256 node = FIRST_LEAF - 1; node > 0; --node) {
            trace.nodes[node] =
                node == trace.poisoned
                    ? keccak256(abi.encode(seed, "poison"))
                    : keccak256(abi.encode(trace.nodes[2 * node], trace.nodes[2 * node + 1]));
        }
    }

    /// @notice The row that stands below a node, and whether the side can show it.
    function row(
        Trace memory trace,
        uint256 level,
        uint256 index
    ) internal pure returns (bytes32[] memory nodes, bool isKnown) {
        uint256 height = DEPTH - level < 4 ? DEPTH - level : 4;
        if (height == 0) return (new bytes32[](0), true);
        nodes = new bytes32[](1 << height);
        uint256 first = ((1 << level) + index) << height;
        isKnown = true;
        for (uint256 i = 0; i < nodes.length; ++i) {
            nodes[i] = trace.nodes[first + i];
            if (trace.poisoned != 0 && (first + i) >> 1 == trace.poisoned) isKnown = false;
        }
    }

    /// @notice Siblings of the output's tensor.
    function outputProof(Trace memory trace) internal pure returns (bytes32[] memory proof) {
        proof = new bytes32[](STEP_DEPTH);
        uint256 node = outputNode();
        for (uint256 i = 0; i < STEP_DEPTH; ++i) {
            proof[i] = trace.nodes[node ^ 1];
            node >>= 1;
        }
    }

    /// @notice Siblings of a leaf.
    function path(Trace memory trace, uint256 leaf) internal pure returns (bytes32[] memory proof) {
        proof = new bytes32[](DEPTH);
        uint256 node = FIRST_LEAF + leaf;
        for (uint256 i = 0; i < DEPTH; ++i) {
            proof[i] = trace.nodes[node ^ 1];
            node >>= 1;
        }
    }

    /// @notice The output as bytes.
    function output(Trace memory trace) internal pure returns (bytes memory) {
        return abi.encodePacked(trace.nodes[_leaf(STEPS - 1, 0)], bytes8(trace.nodes[_leaf(STEPS - 1, 1)]));
    }

    /// @notice Heap index of the output's tensor.
    function outputNode() internal pure returns (uint256) {
        return (1 << STEP_DEPTH) + STEPS - 1;
    }

    /// @notice The first leaf in which two traces differ.
    function firstDifference(Trace memory a, Trace memory b) internal pure returns (uint256 leaf) {
        while (a.nodes[FIRST_LEAF + leaf] == b.nodes[FIRST_LEAF + leaf]) ++leaf;
    }

    /// @notice Which of two words has the true element where they differ first: by going through the bytes, as the rule says it.
    function compare(
        uint256 leaf,
        bytes32 mine,
        bytes32 theirs,
        bytes32 truth
    ) internal pure returns (bool mineIsTrue, bool theirsIsTrue) {
        uint256 size = (leaf >> WORD_DEPTH) % 2 == 0 || leaf >> WORD_DEPTH >= STEPS ? 4 : 1;
        uint256 shift = 0;
        while ((mine << shift) >> 248 == (theirs << shift) >> 248) shift += 8;
        shift -= shift % (8 * size);
        uint256 rest = 256 - 8 * size;
        mineIsTrue = (mine << shift) >> rest == (truth << shift) >> rest;
        theirsIsTrue = (theirs << shift) >> rest == (truth << shift) >> rest;
    }

    function _flip(Trace memory trace, uint256 node, uint256 noise) private pure {
        // Some byte of the first element, by something that is not zero: liars meet there.
        trace.nodes[node] ^= bytes32((1 + (noise % 255)) << (248 - 8 * ((noise >> 16) % 4)));
    }

    function _leaf(uint256 step, uint256 word) private pure returns (uint256) {
        return FIRST_LEAF + (step << WORD_DEPTH) + word;
    }

    /// @dev Ones where a word of a tensor has bytes.
    function _room(uint256 word) private pure returns (bytes32) {
        if (word == 0) return bytes32(type(uint256).max);
        return word == 1 ? bytes32(bytes8(type(uint64).max)) : bytes32(0);
    }
}
