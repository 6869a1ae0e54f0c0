// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A token that, in the middle of every transfer, calls back into whatever it was told to, with its own balance and stake in the vault.
/// @dev INVARIANT: I27. What it calls may succeed or be refused; the books have to hold either way.
contract HostileToken is ERC20 {
    address public target;
    bytes public call;
    uint256 public refused;
    uint256 public allowed;

    bool private transient _calling;

    constructor() ERC20("Hostile", "HOSTILE") {
        _mint(msg.sender, 1e36);
    }

    function arm(address target_, bytes calldata call_) external {
        target = target_;
        call = call_;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        address target_ = target;
        if (target_ == address(0) || _calling) return;
        target = address(0);
        _calling = true;
        // solhint-disable-next-line avoid-low-level-calls
        (bool succeeded, ) = target_.call(call);
        _calling = false;
        if (succeeded) ++allowed;
        else ++refused;
    }
}
