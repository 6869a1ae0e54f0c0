// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

import { Contract, Interface, type ContractRunner } from "ethers";
  import type { Referee, RefereeInterface } from "../Referee.ts";

  const _abi = [
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
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "uint16",
            "name": "machineVersion",
            "type": "uint16"
          },
          {
            "internalType": "bytes32",
            "name": "programRoot",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "constantsRoot",
            "type": "bytes32"
          },
          {
            "internalType": "uint8",
            "name": "inputDepth",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "constantsDepth",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "stepDepth",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "wordDepth",
            "type": "uint8"
          },
          {
            "internalType": "uint32",
            "name": "stepCount",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "inputBytes",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "outputBytes",
            "type": "uint32"
          }
        ],
        "internalType": "struct ModelRecord",
        "name": "record",
        "type": "tuple"
      },
      {
        "internalType": "bytes32",
        "name": "inputRoot",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "traceRoot",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "step",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "byteOffset",
        "type": "uint256"
      },
      {
        "internalType": "bytes",
        "name": "proof",
        "type": "bytes"
      }
    ],
    "name": "execute",
    "outputs": [
      {
        "internalType": "uint32",
        "name": "value",
        "type": "uint32"
      },
      {
        "internalType": "uint256",
        "name": "size",
        "type": "uint256"
      }
    ],
    "stateMutability": "pure",
    "type": "function"
  }
] as const;

  export class Referee__factory {
    static readonly abi = _abi;
    static createInterface(): RefereeInterface {
      return new Interface(_abi) as RefereeInterface;
    }
    static connect(address: string, runner?: ContractRunner | null): Referee {
      return new Contract(address, _abi, runner) as unknown as Referee;
    }
  }
