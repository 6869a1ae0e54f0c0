// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

import { Contract, Interface, type ContractRunner } from "ethers";
  import type { ModelRegistry, ModelRegistryInterface } from "../ModelRegistry.ts";

  const _abi = [
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
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "address",
        "name": "publisher",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "ModelId",
        "name": "modelId",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "string",
        "name": "name",
        "type": "string"
      },
      {
        "indexed": false,
        "internalType": "string",
        "name": "version",
        "type": "string"
      },
      {
        "indexed": false,
        "internalType": "bool",
        "name": "deprecated",
        "type": "bool"
      }
    ],
    "name": "ModelDeprecated",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "address",
        "name": "publisher",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "ModelId",
        "name": "modelId",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "string",
        "name": "name",
        "type": "string"
      },
      {
        "indexed": false,
        "internalType": "string",
        "name": "version",
        "type": "string"
      },
      {
        "indexed": false,
        "internalType": "string",
        "name": "uri",
        "type": "string"
      },
      {
        "indexed": false,
        "internalType": "string",
        "name": "licence",
        "type": "string"
      }
    ],
    "name": "ModelPublished",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "ModelId",
        "name": "modelId",
        "type": "bytes32"
      },
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
        "indexed": false,
        "internalType": "struct ModelRecord",
        "name": "record",
        "type": "tuple"
      }
    ],
    "name": "ModelRegistered",
    "type": "event"
  },
  {
    "inputs": [
      {
        "internalType": "ModelId",
        "name": "modelId",
        "type": "bytes32"
      }
    ],
    "name": "isRegistered",
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
    "name": "listingOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "ModelId",
            "name": "modelId",
            "type": "bytes32"
          },
          {
            "internalType": "uint40",
            "name": "publishedAt",
            "type": "uint40"
          },
          {
            "internalType": "bool",
            "name": "deprecated",
            "type": "bool"
          },
          {
            "internalType": "string",
            "name": "uri",
            "type": "string"
          },
          {
            "internalType": "string",
            "name": "licence",
            "type": "string"
          }
        ],
        "internalType": "struct IModelRegistry.Listing",
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
        "internalType": "ModelId",
        "name": "modelId",
        "type": "bytes32"
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
      },
      {
        "internalType": "string",
        "name": "uri",
        "type": "string"
      },
      {
        "internalType": "string",
        "name": "licence",
        "type": "string"
      }
    ],
    "name": "publish",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "ModelId",
        "name": "modelId",
        "type": "bytes32"
      }
    ],
    "name": "recordOf",
    "outputs": [
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
      }
    ],
    "name": "register",
    "outputs": [
      {
        "internalType": "ModelId",
        "name": "modelId",
        "type": "bytes32"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "name",
        "type": "string"
      },
      {
        "internalType": "string",
        "name": "version",
        "type": "string"
      },
      {
        "internalType": "bool",
        "name": "deprecated",
        "type": "bool"
      }
    ],
    "name": "setDeprecated",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "ModelId",
        "name": "modelId",
        "type": "bytes32"
      }
    ],
    "name": "shapeOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "uint8",
            "name": "inputDepth",
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
        "internalType": "struct ModelShape",
        "name": "",
        "type": "tuple"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  }
] as const;

  export class ModelRegistry__factory {
    static readonly abi = _abi;
    static createInterface(): ModelRegistryInterface {
      return new Interface(_abi) as ModelRegistryInterface;
    }
    static connect(address: string, runner?: ContractRunner | null): ModelRegistry {
      return new Contract(address, _abi, runner) as unknown as ModelRegistry;
    }
  }
