// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title A plain token for local chains and tests
/// @notice All of it is created at deployment; nobody can create more. Real deployments use a token that exists already.
contract AssayToken is ERC20, ERC20Permit {
    /// @param holder Who gets all tokens.
    /// @param supply How many, in the smallest unit.
    constructor(address holder, uint256 supply) ERC20("Assay", "ASSAY") ERC20Permit("Assay") {
        _mint(holder, supply);
    }
}
