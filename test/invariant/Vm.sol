// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice The few cheat codes that campaigns use.
interface Vm {
    function envOr(string calldata name, string calldata otherwise) external view returns (string memory);
    function toString(uint256 value) external pure returns (string memory);
    function writeLine(string calldata path, string calldata line) external;
    function warp(uint256 timestamp) external;
    function prank(address sender) external;
    function getNonce(address account) external view returns (uint64 nonce);
    function computeCreateAddress(address deployer, uint256 nonce) external pure returns (address created);
}

/// @dev Where the test runner answers.
Vm constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
