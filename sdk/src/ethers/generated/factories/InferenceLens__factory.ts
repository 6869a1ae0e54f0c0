// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

import { Contract, Interface, type ContractRunner } from "ethers";
  import type { InferenceLens, InferenceLensInterface } from "../InferenceLens.ts";

  const _abi = [
  {
    "inputs": [
      {
        "internalType": "contract IInferenceHub",
        "name": "hub_",
        "type": "address"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "constructor"
  },
  {
    "inputs": [],
    "name": "hub",
    "outputs": [
      {
        "internalType": "address",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "RequestId",
        "name": "requestId",
        "type": "bytes32"
      }
    ],
    "name": "readingOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "enum Status",
            "name": "status",
            "type": "uint8"
          },
          {
            "internalType": "uint40",
            "name": "finalAt",
            "type": "uint40"
          },
          {
            "internalType": "bool",
            "name": "isPublic",
            "type": "bool"
          },
          {
            "internalType": "bool",
            "name": "outputPublished",
            "type": "bool"
          },
          {
            "internalType": "uint256",
            "name": "lock",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "sharedBy",
            "type": "uint256"
          },
          {
            "internalType": "uint32",
            "name": "windowSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "censorshipSeconds",
            "type": "uint32"
          },
          {
            "internalType": "address",
            "name": "operator",
            "type": "address"
          },
          {
            "internalType": "ModelId",
            "name": "modelId",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "inputRoot",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "outputRoot",
            "type": "bytes32"
          },
          {
            "internalType": "BatchId",
            "name": "batchId",
            "type": "bytes32"
          }
        ],
        "internalType": "struct InferenceLens.Reading",
        "name": "",
        "type": "tuple"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "RequestId[]",
        "name": "requestIds",
        "type": "bytes32[]"
      }
    ],
    "name": "readingsOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "enum Status",
            "name": "status",
            "type": "uint8"
          },
          {
            "internalType": "uint40",
            "name": "finalAt",
            "type": "uint40"
          },
          {
            "internalType": "bool",
            "name": "isPublic",
            "type": "bool"
          },
          {
            "internalType": "bool",
            "name": "outputPublished",
            "type": "bool"
          },
          {
            "internalType": "uint256",
            "name": "lock",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "sharedBy",
            "type": "uint256"
          },
          {
            "internalType": "uint32",
            "name": "windowSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "censorshipSeconds",
            "type": "uint32"
          },
          {
            "internalType": "address",
            "name": "operator",
            "type": "address"
          },
          {
            "internalType": "ModelId",
            "name": "modelId",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "inputRoot",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "outputRoot",
            "type": "bytes32"
          },
          {
            "internalType": "BatchId",
            "name": "batchId",
            "type": "bytes32"
          }
        ],
        "internalType": "struct InferenceLens.Reading[]",
        "name": "readings",
        "type": "tuple[]"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "first",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "second",
        "type": "uint256"
      }
    ],
    "name": "AmountPairTooLarge",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "ECDSAInvalidSignature",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "length",
        "type": "uint256"
      }
    ],
    "name": "ECDSAInvalidSignatureLength",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "s",
        "type": "bytes32"
      }
    ],
    "name": "ECDSAInvalidSignatureS",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "spender",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "allowance",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "needed",
        "type": "uint256"
      }
    ],
    "name": "ERC20InsufficientAllowance",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "sender",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "balance",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "needed",
        "type": "uint256"
      }
    ],
    "name": "ERC20InsufficientBalance",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "approver",
        "type": "address"
      }
    ],
    "name": "ERC20InvalidApprover",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "receiver",
        "type": "address"
      }
    ],
    "name": "ERC20InvalidReceiver",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "sender",
        "type": "address"
      }
    ],
    "name": "ERC20InvalidSender",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "spender",
        "type": "address"
      }
    ],
    "name": "ERC20InvalidSpender",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "deadline",
        "type": "uint256"
      }
    ],
    "name": "ERC2612ExpiredSignature",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "signer",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "owner",
        "type": "address"
      }
    ],
    "name": "ERC2612InvalidSigner",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "GameId",
        "name": "gameId",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "challenger",
        "type": "address"
      }
    ],
    "name": "GameCallerNotChallenger",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "GameId",
        "name": "gameId",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "operatorSeconds",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "challengerSeconds",
        "type": "uint256"
      }
    ],
    "name": "GameClockRunning",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "GameId",
        "name": "gameId",
        "type": "bytes32"
      },
      {
        "internalType": "enum Side",
        "name": "turn",
        "type": "uint8"
      }
    ],
    "name": "GameClockUsedUp",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "GameId",
        "name": "gameId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "computed",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "actual",
        "type": "bytes32"
      }
    ],
    "name": "GameDefenceMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "GameId",
        "name": "gameId",
        "type": "bytes32"
      }
    ],
    "name": "GameExists",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "GameId",
        "name": "gameId",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "actual",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "expected",
        "type": "uint256"
      }
    ],
    "name": "GameMoverCountMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "GameId",
        "name": "gameId",
        "type": "bytes32"
      },
      {
        "internalType": "enum Phase",
        "name": "phase",
        "type": "uint8"
      }
    ],
    "name": "GameNotActive",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "GameId",
        "name": "gameId",
        "type": "bytes32"
      }
    ],
    "name": "GameNothingOwed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "GameId",
        "name": "gameId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "openingHash",
        "type": "bytes32"
      }
    ],
    "name": "GameOpeningMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "GameId",
        "name": "gameId",
        "type": "bytes32"
      },
      {
        "internalType": "enum Outcome",
        "name": "actual",
        "type": "uint8"
      },
      {
        "internalType": "enum Outcome",
        "name": "expected",
        "type": "uint8"
      }
    ],
    "name": "GameOutcomeMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "GameId",
        "name": "gameId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "outputRoot",
        "type": "bytes32"
      }
    ],
    "name": "GameOutputAgrees",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "GameId",
        "name": "gameId",
        "type": "bytes32"
      },
      {
        "internalType": "enum Phase",
        "name": "actual",
        "type": "uint8"
      },
      {
        "internalType": "enum Phase",
        "name": "expected",
        "type": "uint8"
      }
    ],
    "name": "GamePhaseMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "place",
        "type": "uint256"
      }
    ],
    "name": "GamePlaceOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "GameId",
        "name": "gameId",
        "type": "bytes32"
      }
    ],
    "name": "GameRewardPending",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "actual",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "expected",
        "type": "uint256"
      }
    ],
    "name": "GameRowLengthMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "computed",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "node",
        "type": "bytes32"
      }
    ],
    "name": "GameRowMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "GameId",
        "name": "gameId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "expectedState",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "actualState",
        "type": "bytes32"
      }
    ],
    "name": "GameStateMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "GameId",
        "name": "gameId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "traceRoot",
        "type": "bytes32"
      }
    ],
    "name": "GameTraceAgrees",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "GameId",
        "name": "gameId",
        "type": "bytes32"
      },
      {
        "internalType": "RequestId",
        "name": "requestId",
        "type": "bytes32"
      }
    ],
    "name": "GameTraceUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "GameId",
        "name": "gameId",
        "type": "bytes32"
      },
      {
        "internalType": "uint32",
        "name": "value",
        "type": "uint32"
      }
    ],
    "name": "GameWordAgrees",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "computedRoot",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "traceRoot",
        "type": "bytes32"
      }
    ],
    "name": "GameWordMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "actual",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "expected",
        "type": "uint256"
      }
    ],
    "name": "GameWordProofLengthMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint40",
        "name": "committedAt",
        "type": "uint40"
      },
      {
        "internalType": "uint40",
        "name": "requestedAt",
        "type": "uint40"
      }
    ],
    "name": "HubBatchBeforeRequest",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "count",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "HubBatchCountOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "BatchId",
        "name": "batchId",
        "type": "bytes32"
      }
    ],
    "name": "HubBatchExists",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "index",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "count",
        "type": "uint256"
      }
    ],
    "name": "HubBatchIndexOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "BatchId",
        "name": "batchId",
        "type": "bytes32"
      }
    ],
    "name": "HubBatchNotPublished",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "ProfileId",
        "name": "actual",
        "type": "bytes32"
      },
      {
        "internalType": "ProfileId",
        "name": "expected",
        "type": "bytes32"
      }
    ],
    "name": "HubBatchProfileMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "actual",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "expected",
        "type": "uint256"
      }
    ],
    "name": "HubBatchProofLengthMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "computedRoot",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "root",
        "type": "bytes32"
      }
    ],
    "name": "HubBatchProofMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "RequestId",
        "name": "requestId",
        "type": "bytes32"
      }
    ],
    "name": "HubBatchResultMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "BatchId",
        "name": "batchId",
        "type": "bytes32"
      },
      {
        "internalType": "enum Status",
        "name": "actual",
        "type": "uint8"
      },
      {
        "internalType": "enum Status",
        "name": "expected",
        "type": "uint8"
      }
    ],
    "name": "HubBatchStatusMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "game",
        "type": "address"
      }
    ],
    "name": "HubCallerNotGame",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint40",
        "name": "deadline",
        "type": "uint40"
      },
      {
        "internalType": "uint256",
        "name": "time",
        "type": "uint256"
      }
    ],
    "name": "HubDeadlineNotAhead",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "RequestId",
        "name": "requestId",
        "type": "bytes32"
      },
      {
        "internalType": "uint40",
        "name": "deadline",
        "type": "uint40"
      }
    ],
    "name": "HubDeadlineNotPassed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "RequestId",
        "name": "requestId",
        "type": "bytes32"
      },
      {
        "internalType": "uint40",
        "name": "deadline",
        "type": "uint40"
      }
    ],
    "name": "HubDeadlinePassed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "CommitmentId",
        "name": "commitmentId",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "openGames",
        "type": "uint256"
      }
    ],
    "name": "HubGamesOpen",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "RequestId",
        "name": "requestId",
        "type": "bytes32"
      }
    ],
    "name": "HubInputDemanded",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "RequestId",
        "name": "requestId",
        "type": "bytes32"
      }
    ],
    "name": "HubInputKnown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "actual",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "expected",
        "type": "uint256"
      }
    ],
    "name": "HubInputLengthMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "RequestId",
        "name": "requestId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "actualRoot",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "expectedRoot",
        "type": "bytes32"
      }
    ],
    "name": "HubInputMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "RequestId",
        "name": "requestId",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "inputBytes",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "HubInputTooLong",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "linker",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "actual",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "expected",
        "type": "address"
      }
    ],
    "name": "HubLinkMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "RequestId",
        "name": "requestId",
        "type": "bytes32"
      },
      {
        "internalType": "enum Status",
        "name": "status",
        "type": "uint8"
      }
    ],
    "name": "HubNotFinal",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "RequestId",
        "name": "requestId",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "expected",
        "type": "address"
      }
    ],
    "name": "HubOperatorMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "actual",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "expected",
        "type": "uint256"
      }
    ],
    "name": "HubOutputLengthMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "outputBytes",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "HubOutputNotPublished",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "length",
        "type": "uint256"
      }
    ],
    "name": "HubProofWithoutTrace",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "RequestId",
        "name": "requestId",
        "type": "bytes32"
      }
    ],
    "name": "HubRequestExists",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "RequestId",
        "name": "actual",
        "type": "bytes32"
      },
      {
        "internalType": "RequestId",
        "name": "expected",
        "type": "bytes32"
      }
    ],
    "name": "HubRequestMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "operator",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "stake",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "minimum",
        "type": "uint256"
      }
    ],
    "name": "HubStakeTooLow",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "RequestId",
        "name": "requestId",
        "type": "bytes32"
      },
      {
        "internalType": "enum Status",
        "name": "actual",
        "type": "uint8"
      },
      {
        "internalType": "enum Status",
        "name": "expected",
        "type": "uint8"
      }
    ],
    "name": "HubStatusMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "RequestId",
        "name": "requestId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "traceRoot",
        "type": "bytes32"
      }
    ],
    "name": "HubTraceKnown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "RequestId",
        "name": "requestId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "traceRoot",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "boundTraceRoot",
        "type": "bytes32"
      }
    ],
    "name": "HubTraceRootMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "RequestId",
        "name": "requestId",
        "type": "bytes32"
      }
    ],
    "name": "HubTraceRootZero",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "RequestId",
        "name": "requestId",
        "type": "bytes32"
      },
      {
        "internalType": "uint40",
        "name": "windowEndsAt",
        "type": "uint40"
      }
    ],
    "name": "HubWindowClosed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "CommitmentId",
        "name": "commitmentId",
        "type": "bytes32"
      },
      {
        "internalType": "uint40",
        "name": "windowEndsAt",
        "type": "uint40"
      }
    ],
    "name": "HubWindowOpen",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "account",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "currentNonce",
        "type": "uint256"
      }
    ],
    "name": "InvalidAccountNonce",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "InvalidShortString",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "depth",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "ModelConstantsDepthTooLarge",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "inputBytes",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "ModelInputBytesOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "depth",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "ModelInputDepthTooLarge",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "outputBytes",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "ModelOutputBytesOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "stepCount",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "ModelStepCountOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "depth",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "ModelStepDepthTooLarge",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "depth",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "ModelTraceDepthTooLarge",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint16",
        "name": "version",
        "type": "uint16"
      },
      {
        "internalType": "uint16",
        "name": "supported",
        "type": "uint16"
      }
    ],
    "name": "ModelVersionUnsupported",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "depth",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "ModelWordDepthTooLarge",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "actual",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "expected",
        "type": "bytes32"
      }
    ],
    "name": "OpeningRootMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "first",
        "type": "uint256"
      }
    ],
    "name": "OpeningRunEmpty",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "end",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "depth",
        "type": "uint256"
      }
    ],
    "name": "OpeningRunOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "first",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "previousEnd",
        "type": "uint256"
      }
    ],
    "name": "OpeningRunsNotAscending",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "space",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "word",
        "type": "uint256"
      }
    ],
    "name": "OperandWordMissing",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "actual",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "expected",
        "type": "uint256"
      }
    ],
    "name": "OutputProofLengthMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "computedRoot",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "traceRoot",
        "type": "bytes32"
      }
    ],
    "name": "OutputProofMismatch",
    "type": "error"
  },
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
    "inputs": [
      {
        "internalType": "uint256",
        "name": "consumed",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "length",
        "type": "uint256"
      }
    ],
    "name": "ProofTooLong",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "position",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "size",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "length",
        "type": "uint256"
      }
    ],
    "name": "ProofTruncated",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "actual",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "expected",
        "type": "bytes32"
      }
    ],
    "name": "RefereeProgramMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "publisher",
        "type": "address"
      },
      {
        "internalType": "string",
        "name": "name",
        "type": "string"
      },
      {
        "internalType": "string",
        "name": "version",
        "type": "string"
      }
    ],
    "name": "RegistryListingExists",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "publisher",
        "type": "address"
      },
      {
        "internalType": "string",
        "name": "name",
        "type": "string"
      },
      {
        "internalType": "string",
        "name": "version",
        "type": "string"
      }
    ],
    "name": "RegistryListingUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "ModelId",
        "name": "modelId",
        "type": "bytes32"
      }
    ],
    "name": "RegistryModelUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "token",
        "type": "address"
      }
    ],
    "name": "SafeERC20FailedOperation",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "str",
        "type": "string"
      }
    ],
    "name": "StringTooLong",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "account",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "balance",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
      }
    ],
    "name": "VaultBalanceTooLow",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      }
    ],
    "name": "VaultCallerNotProtocol",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "receiver",
        "type": "address"
      }
    ],
    "name": "VaultReceiverInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      }
    ],
    "name": "VaultReentered",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "ticketId",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "owner",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      }
    ],
    "name": "VaultTicketNotOwned",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "ticketId",
        "type": "uint256"
      },
      {
        "internalType": "uint40",
        "name": "readyAt",
        "type": "uint40"
      }
    ],
    "name": "VaultTicketNotReady",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "ticketId",
        "type": "uint256"
      }
    ],
    "name": "VaultTicketUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "received",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
      }
    ],
    "name": "VaultTokenAmountMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "balance",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "owed",
        "type": "uint256"
      }
    ],
    "name": "VaultTokenShrank",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "token",
        "type": "address"
      }
    ],
    "name": "VaultTokenWithoutCode",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "operator",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "unlocked",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
      }
    ],
    "name": "VaultUnlockedStakeTooLow",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "count",
        "type": "uint256"
      }
    ],
    "name": "WordTreeChildrenNotPowerOfTwo",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "length",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "WordTreeDataTooLong",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "depth",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "WordTreeDepthTooLarge",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "index",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "depth",
        "type": "uint256"
      }
    ],
    "name": "WordTreeIndexOutOfRange",
    "type": "error"
  }
] as const;

  export class InferenceLens__factory {
    static readonly abi = _abi;
    static createInterface(): InferenceLensInterface {
      return new Interface(_abi) as InferenceLensInterface;
    }
    static connect(address: string, runner?: ContractRunner | null): InferenceLens {
      return new Contract(address, _abi, runner) as unknown as InferenceLens;
    }
  }
