// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A token that keeps one per cent of every transfer.
contract FeeToken is ERC20 {
    constructor() ERC20("Fee", "FEE") {
        _mint(msg.sender, 1e30);
    }

    function _update(address from, address to, uint256 value) internal override {
        uint256 fee = from == address(0) ? 0 : value / 100;
        super._update(from, to, value - fee);
        if (fee != 0) super._update(from, address(this), fee);
    }
}

/// @notice A token that takes one per cent more from whoever sends it.
contract SenderFeeToken is ERC20 {
    constructor() ERC20("Sender fee", "SFEE") {
        _mint(msg.sender, 1e30);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (from != address(0)) super._update(from, address(this), value / 100);
    }
}

/// @notice A token whose balances change by themselves.
contract RebasingToken is ERC20 {
    constructor() ERC20("Rebasing", "REB") {
        _mint(msg.sender, 1e30);
    }

    function grow(address account, uint256 amount) external {
        _mint(account, amount);
    }

    function shrink(address account, uint256 amount) external {
        _burn(account, amount);
    }
}

/// @notice A token that lets its sender or receiver act in the middle of a transfer.
contract HookToken is ERC20 {
    address public target;
    bytes public call;
    bool public succeeded;
    bytes public result;

    constructor() ERC20("Hook", "HOOK") {
        _mint(msg.sender, 1e30);
    }

    function arm(address target_, bytes calldata call_) external {
        target = target_;
        call = call_;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        address target_ = target;
        if (target_ == address(0)) return;
        target = address(0);
        (succeeded, result) = target_.call(call);
    }
}

/// @notice A token whose transfers give no value, as some old ones do.
contract SilentToken {
    mapping(address account => uint256 amount) public balanceOf;
    mapping(address owner => mapping(address spender => uint256 amount)) public allowance;

    constructor() {
        balanceOf[msg.sender] = 1e30;
    }

    function approve(address spender, uint256 amount) external {
        allowance[msg.sender][spender] = amount;
    }

    function transfer(address to, uint256 amount) external {
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
    }

    function transferFrom(address from, address to, uint256 amount) external {
        allowance[from][msg.sender] -= amount;
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}
