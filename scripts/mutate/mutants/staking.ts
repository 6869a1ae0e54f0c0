import type { Mutant } from "../mutant.ts";

const vault = { file: "staking/StakeVault.sol" } as const;
const vaultBook = { file: "staking/VaultBook.sol" } as const;
const pair = { file: "types/AmountPair.sol" } as const;
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
  {
    ...vault,
    bugClass: "double pay",
    find: "_heldAndBurned = pairOf(held, 0);",
    replace: "_heldAndBurned = pairOf(held, amount);",
  },
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
    find: "_requireUnlocked(operator, own, amount);\n        (uint256 staked",
    replace: "(uint256 staked",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "_requireUnlocked(operator, own, amount);\n        _stakes",
    replace: "_stakes",
  },
  {
    ...vaultBook,
    bugClass: "stake maths",
    find: "uint256 unlocked = staked - locked;",
    replace: "uint256 unlocked = locked <= staked ? staked : 0;",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "_stakes[operator] = pairOf(staked, locked - amount);",
    replace: "_stakes[operator] = pairOf(staked, 0);",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "pairOf(staked - taken, locked - amount)",
    replace: "pairOf(staked, locked - amount)",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "pairOf(staked - taken, locked - amount)",
    replace: "pairOf(staked - taken, locked)",
  },
  {
    ...pair,
    bugClass: "stake maths",
    find: "AmountPair.unwrap(self) + (more << 128)",
    replace: "uint128(AmountPair.unwrap(self)) + (more << 128)",
  },
  {
    ...pair,
    bugClass: "stake maths",
    find: "require((first | second) >> 128 == 0, AmountPairTooLarge(first, second));",
    replace: "",
  },
  {
    ...pair,
    bugClass: "stake maths",
    find: "(first | second) >> 128 == 0",
    replace: "first >> 128 == 0",
  },
  {
    ...pair,
    bugClass: "stake maths",
    find: "(first | second) >> 128 == 0",
    replace: "second >> 128 == 0",
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
    find: "held + taken - given - burnedNow",
    replace: "held + taken - given",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "held + taken - given - burnedNow",
    replace: "held + taken - burnedNow",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "held + taken - given - burnedNow",
    replace: "held - given - burnedNow",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "burned + burnedNow);",
    replace: "burned);",
  },
  {
    ...vault,
    bugClass: "stake maths",
    find: "_takeStake(msg.sender, amount);\n        _addStake(to",
    replace: "_addStake(to",
  },
  {
    ...vault,
    bugClass: "payee",
    find: "_balances[payoutOf(operator)] += amount;",
    replace: "_balances[operator] += amount;",
  },
  {
    ...vault,
    bugClass: "payee",
    find: "if (given != 0) _balances[account] += given;",
    replace: "if (given != 0) _balances[operator] += given;",
  },
  {
    ...vault,
    bugClass: "double pay",
    find: "if (given != 0) _balances[account] += given;",
    replace: "",
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
