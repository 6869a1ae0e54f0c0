import type { Mutant } from "../mutant.ts";

const vault = { file: "staking/StakeVault.sol" } as const;
const vaultBook = { file: "staking/VaultBook.sol" } as const;
const profiles = { file: "registry/Profiles.sol" } as const;

export const stakingMutants: readonly Mutant[] = [
  {
    ...vault,
    bugClass: "access",
    find: "require(msg.sender == _hub || msg.sender == _game, VaultCallerNotProtocol(msg.sender));",
    replace: "",
  },
  { ...vault, bugClass: "re-entry", find: "require(!_entered, VaultReentered(msg.sender));", replace: "" },
  { ...vault, bugClass: "re-entry", find: "_entered = true;", replace: "" },
  {
    ...vault,
    bugClass: "re-entry",
    find: "function deposit(address account, uint256 amount) external nonReentrant {",
    replace: "function deposit(address account, uint256 amount) external {",
  },
  {
    ...vault,
    bugClass: "re-entry",
    find: "function withdraw(address to, uint256 amount) external nonReentrant {",
    replace: "function withdraw(address to, uint256 amount) external {",
  },
  {
    ...vault,
    bugClass: "re-entry",
    find: "function sweepBurned() external nonReentrant returns",
    replace: "function sweepBurned() external returns",
  },
  {
    ...vault,
    bugClass: "double pay",
    find: "_debit(msg.sender, amount);\n        emit Withdrawn",
    replace: "emit Withdrawn",
  },
  { ...vault, bugClass: "double pay", find: "_escrow.burned = 0;", replace: "" },
  { ...vault, bugClass: "double pay", find: "delete _tickets[ticketId];", replace: "" },
  {
    ...vault,
    bugClass: "stake maths",
    find: "require(received == amount, VaultTokenAmountMismatch(received, amount));",
    replace: "",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "require(balance >= amount, VaultBalanceTooLow(account, balance, amount));",
    replace: "",
  },
  {
    ...vaultBook,
    bugClass: "stake maths",
    find: "require(unlocked >= amount, VaultUnlockedStakeTooLow(operator, unlocked, amount));",
    replace: "",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "_requireUnlocked(msg.sender, own, amount);\n        uint128 amount128 = amount.toUint128();\n        own.amount -= amount128;\n\n",
    replace: "uint128 amount128 = amount.toUint128();\n        own.amount -= amount128;\n\n",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "uint256 locked = _requireUnlocked(operator, of_, amount);",
    replace:
      "uint256 locked = of_.locked;\n        require(of_.amount >= amount, VaultUnlockedStakeTooLow(operator, of_.amount, amount));",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "_stakes[operator].locked -= amount.toUint128();",
    replace: "_stakes[operator].locked = 0;",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "of_.amount -= taken128;",
    replace: "",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "of_.locked = uint128(locked + amount);",
    replace: "of_.locked = uint128(amount);",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "            currentTime() >= ticket.readyAt,",
    replace: "            ticket.readyAt < currentTime(),",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "Instant readyAt = currentTime().after_(_unstakeDelay);",
    replace: "Instant readyAt = currentTime();",
  },
  {
    ...vault,
    bugClass: "access",
    find: "require(ticket.operator == msg.sender, VaultTicketNotOwned(ticketId, ticket.operator, msg.sender));",
    replace: "",
  },
  {
    ...vault,
    bugClass: "payee",
    find: "_balances[ticket.operator] += ticket.amount;",
    replace: "_balances[msg.sender] += ticket.amount;",
  },
  {
    ...vault,
    bugClass: "identity",
    find: "ticketId = ++_lastTicketId;",
    replace: "ticketId = uint160(msg.sender);",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "_escrow.held -= amount128;\n        _escrow.burned += amount128;",
    replace: "_escrow.burned += amount128;",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "_escrow.held -= amount.toUint128();",
    replace: "",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "_requireUnlocked(msg.sender, own, amount);\n        uint128 amount128 = amount.toUint128();\n        own.amount -= amount128;\n        _stakes[to]",
    replace: "uint128 amount128 = amount.toUint128();\n        own.amount -= amount128;\n        _stakes[to]",
  },
  {
    ...vault,
    bugClass: "payee",
    find: "_give(payoutOf(operator), amount);",
    replace: "_give(operator, amount);",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "require(rest + amount >= before, VaultTokenAmountMismatch(before - rest, amount));",
    replace: "",
  },
  // What a sound profile is
  {
    ...profiles,
    bugClass: "boundary",
    find: "profile.windowSeconds >= window,",
    replace: "profile.windowSeconds + 1 >= window,",
  },
  {
    ...profiles,
    bugClass: "boundary",
    find: "profile.clockSeconds >= clock,",
    replace: "profile.clockSeconds + 1 >= clock,",
  },
  {
    ...profiles,
    bugClass: "boundary",
    find: "profile.traceSeconds + MAX_MOVES * profile.inclusionSeconds;",
    replace: "profile.traceSeconds + profile.inclusionSeconds;",
  },
  {
    ...profiles,
    bugClass: "stake maths",
    find: "uint256 refunds = MAX_ANSWERS * profile.answerRefund + profile.stepRefund;",
    replace: "uint256 refunds = profile.answerRefund + profile.stepRefund;",
  },
  {
    ...profiles,
    bugClass: "stake maths",
    find: "uint256 available = profile.bond - Shares.shareDown(profile.bond, profile.bondBurnBps);",
    replace: "uint256 available = profile.bond;",
  },
  {
    ...profiles,
    bugClass: "stake maths",
    find: "require(profile.lock >= profile.bond, ProfileLockBelowBond(profile.lock, profile.bond));",
    replace: "",
  },
  {
    ...profiles,
    bugClass: "stake maths",
    find: "require(total <= Shares.WHOLE_BPS, ProfileLockSharesTooLarge(total, Shares.WHOLE_BPS));",
    replace: "",
  },
  {
    ...profiles,
    bugClass: "identity",
    find: "return ProfileId.wrap(keccak256(abi.encode(PROFILE_TAG, profile)));",
    replace: "return ProfileId.wrap(keccak256(abi.encode(PROFILE_TAG, profile.lock, profile.bond)));",
  },
];
