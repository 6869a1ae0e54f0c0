// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

import { Contract, Interface, type ContractRunner } from "ethers";
  import type { Profiles, ProfilesInterface } from "../Profiles.ts";

  const _abi = [
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "bondBurnBps",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "minimum",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "ProfileBondBurnOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "bond",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "minimum",
        "type": "uint256"
      }
    ],
    "name": "ProfileBondTooSmall",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "ProfileBondZero",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "clockSeconds",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "minimum",
        "type": "uint256"
      }
    ],
    "name": "ProfileClockTooShort",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "maxDemandBytes",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "ProfileDemandTooLong",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "ProfileInclusionZero",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "lock",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "bond",
        "type": "uint256"
      }
    ],
    "name": "ProfileLockBelowBond",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "lockBurnBps",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "minimum",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "ProfileLockBurnOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "totalBps",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "ProfileLockSharesTooLarge",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "penalty",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "ProfileMissedDeadlinePenaltyTooLarge",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "refunds",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "available",
        "type": "uint256"
      }
    ],
    "name": "ProfileRefundsTooLarge",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "requesterBps",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "ProfileRequesterShareTooLarge",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "reward",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "minimum",
        "type": "uint256"
      }
    ],
    "name": "ProfileRewardTooSmall",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "duration",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "ProfileTimeTooLong",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "ProfileId",
        "name": "profileId",
        "type": "bytes32"
      }
    ],
    "name": "ProfileUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "penalty",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "ProfileVoidPenaltyTooLarge",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "windowSeconds",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "minimum",
        "type": "uint256"
      }
    ],
    "name": "ProfileWindowTooShort",
    "type": "error"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "ProfileId",
        "name": "profileId",
        "type": "bytes32"
      },
      {
        "components": [
          {
            "internalType": "uint32",
            "name": "windowSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "clockSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "censorshipSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "inclusionSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "traceSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint16",
            "name": "lockBurnBps",
            "type": "uint16"
          },
          {
            "internalType": "uint16",
            "name": "requesterBps",
            "type": "uint16"
          },
          {
            "internalType": "uint16",
            "name": "bondBurnBps",
            "type": "uint16"
          },
          {
            "internalType": "uint16",
            "name": "maxBatchResults",
            "type": "uint16"
          },
          {
            "internalType": "uint96",
            "name": "lock",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "bond",
            "type": "uint96"
          },
          {
            "internalType": "uint32",
            "name": "maxDemandBytes",
            "type": "uint32"
          },
          {
            "internalType": "uint96",
            "name": "missedDeadlinePenalty",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "voidPenalty",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "answerRefund",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "stepRefund",
            "type": "uint96"
          }
        ],
        "indexed": false,
        "internalType": "struct Profile",
        "name": "profile",
        "type": "tuple"
      }
    ],
    "name": "ProfileCreated",
    "type": "event"
  },
  {
    "inputs": [],
    "name": "MAX_ANSWERS",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "MAX_DEMAND_BYTES",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "MAX_MOVES",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "MAX_REQUESTER_BPS",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "MAX_SECONDS",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "MIN_BOND_BURN_BPS",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "MIN_GRIEFING_RATIO",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "MIN_LOCK_BURN_BPS",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "OPENING_MOVES",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "uint32",
            "name": "windowSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "clockSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "censorshipSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "inclusionSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "traceSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint16",
            "name": "lockBurnBps",
            "type": "uint16"
          },
          {
            "internalType": "uint16",
            "name": "requesterBps",
            "type": "uint16"
          },
          {
            "internalType": "uint16",
            "name": "bondBurnBps",
            "type": "uint16"
          },
          {
            "internalType": "uint16",
            "name": "maxBatchResults",
            "type": "uint16"
          },
          {
            "internalType": "uint96",
            "name": "lock",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "bond",
            "type": "uint96"
          },
          {
            "internalType": "uint32",
            "name": "maxDemandBytes",
            "type": "uint32"
          },
          {
            "internalType": "uint96",
            "name": "missedDeadlinePenalty",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "voidPenalty",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "answerRefund",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "stepRefund",
            "type": "uint96"
          }
        ],
        "internalType": "struct Profile",
        "name": "profile",
        "type": "tuple"
      }
    ],
    "name": "create",
    "outputs": [
      {
        "internalType": "ProfileId",
        "name": "profileId",
        "type": "bytes32"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "ProfileId",
        "name": "profileId",
        "type": "bytes32"
      }
    ],
    "name": "exists",
    "outputs": [
      {
        "internalType": "bool",
        "name": "",
        "type": "bool"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "uint32",
            "name": "windowSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "clockSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "censorshipSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "inclusionSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "traceSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint16",
            "name": "lockBurnBps",
            "type": "uint16"
          },
          {
            "internalType": "uint16",
            "name": "requesterBps",
            "type": "uint16"
          },
          {
            "internalType": "uint16",
            "name": "bondBurnBps",
            "type": "uint16"
          },
          {
            "internalType": "uint16",
            "name": "maxBatchResults",
            "type": "uint16"
          },
          {
            "internalType": "uint96",
            "name": "lock",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "bond",
            "type": "uint96"
          },
          {
            "internalType": "uint32",
            "name": "maxDemandBytes",
            "type": "uint32"
          },
          {
            "internalType": "uint96",
            "name": "missedDeadlinePenalty",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "voidPenalty",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "answerRefund",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "stepRefund",
            "type": "uint96"
          }
        ],
        "internalType": "struct Profile",
        "name": "profile",
        "type": "tuple"
      }
    ],
    "name": "idOf",
    "outputs": [
      {
        "internalType": "ProfileId",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "pure",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "ProfileId",
        "name": "profileId",
        "type": "bytes32"
      }
    ],
    "name": "profileOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "uint32",
            "name": "windowSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "clockSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "censorshipSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "inclusionSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "traceSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint16",
            "name": "lockBurnBps",
            "type": "uint16"
          },
          {
            "internalType": "uint16",
            "name": "requesterBps",
            "type": "uint16"
          },
          {
            "internalType": "uint16",
            "name": "bondBurnBps",
            "type": "uint16"
          },
          {
            "internalType": "uint16",
            "name": "maxBatchResults",
            "type": "uint16"
          },
          {
            "internalType": "uint96",
            "name": "lock",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "bond",
            "type": "uint96"
          },
          {
            "internalType": "uint32",
            "name": "maxDemandBytes",
            "type": "uint32"
          },
          {
            "internalType": "uint96",
            "name": "missedDeadlinePenalty",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "voidPenalty",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "answerRefund",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "stepRefund",
            "type": "uint96"
          }
        ],
        "internalType": "struct Profile",
        "name": "",
        "type": "tuple"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  }
] as const;

  export class Profiles__factory {
    static readonly abi = _abi;
    static createInterface(): ProfilesInterface {
      return new Interface(_abi) as ProfilesInterface;
    }
    static connect(address: string, runner?: ContractRunner | null): Profiles {
      return new Contract(address, _abi, runner) as unknown as Profiles;
    }
  }
