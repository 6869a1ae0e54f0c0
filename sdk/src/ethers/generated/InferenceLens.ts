// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

import type { BaseContract, BigNumberish, BytesLike, FunctionFragment, Result, Interface, AddressLike, ContractRunner, ContractMethod, Listener } from "ethers"
import type { TypedContractEvent, TypedDeferredTopicFilter, TypedEventLog, TypedListener, TypedContractMethod } from "./common.ts"

export declare namespace InferenceLens {

    export type ReadingStruct = {status: BigNumberish, finalAt: BigNumberish, isPublic: boolean, outputPublished: boolean, lock: BigNumberish, sharedBy: BigNumberish, windowSeconds: BigNumberish, censorshipSeconds: BigNumberish, operator: AddressLike, modelId: BytesLike, inputRoot: BytesLike, outputRoot: BytesLike, batchId: BytesLike}

    export type ReadingStructOutput = [status: bigint, finalAt: bigint, isPublic: boolean, outputPublished: boolean, lock: bigint, sharedBy: bigint, windowSeconds: bigint, censorshipSeconds: bigint, operator: string, modelId: string, inputRoot: string, outputRoot: string, batchId: string] & {status: bigint, finalAt: bigint, isPublic: boolean, outputPublished: boolean, lock: bigint, sharedBy: bigint, windowSeconds: bigint, censorshipSeconds: bigint, operator: string, modelId: string, inputRoot: string, outputRoot: string, batchId: string }

    }

  export interface InferenceLensInterface extends Interface {
    getFunction(nameOrSignature: "hub" | "readingOf" | "readingsOf"): FunctionFragment;



    encodeFunctionData(functionFragment: 'hub', values?: undefined): string;
encodeFunctionData(functionFragment: 'readingOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'readingsOf', values: [BytesLike[]]): string;

    decodeFunctionResult(functionFragment: 'hub', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'readingOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'readingsOf', data: BytesLike): Result;
  }



  export interface InferenceLens extends BaseContract {

    connect(runner?: ContractRunner | null): InferenceLens;
    waitForDeployment(): Promise<this>;

    interface: InferenceLensInterface;


  queryFilter<TCEvent extends TypedContractEvent>(
    event: TCEvent,
    fromBlockOrBlockhash?: string | number | undefined,
    toBlock?: string | number | undefined,
  ): Promise<Array<TypedEventLog<TCEvent>>>
  queryFilter<TCEvent extends TypedContractEvent>(
    filter: TypedDeferredTopicFilter<TCEvent>,
    fromBlockOrBlockhash?: string | number | undefined,
    toBlock?: string | number | undefined
  ): Promise<Array<TypedEventLog<TCEvent>>>;

  on<TCEvent extends TypedContractEvent>(event: TCEvent, listener: TypedListener<TCEvent>): Promise<this>
  on<TCEvent extends TypedContractEvent>(filter: TypedDeferredTopicFilter<TCEvent>, listener: TypedListener<TCEvent>): Promise<this>

  once<TCEvent extends TypedContractEvent>(event: TCEvent, listener: TypedListener<TCEvent>): Promise<this>
  once<TCEvent extends TypedContractEvent>(filter: TypedDeferredTopicFilter<TCEvent>, listener: TypedListener<TCEvent>): Promise<this>

  listeners<TCEvent extends TypedContractEvent>(
    event: TCEvent
  ): Promise<Array<TypedListener<TCEvent>>>;
  listeners(eventName?: string): Promise<Array<Listener>>
  removeAllListeners<TCEvent extends TypedContractEvent>(event?: TCEvent): Promise<this>




    hub: TypedContractMethod<
      [],
      [string],
      'view'
    >



    readingOf: TypedContractMethod<
      [requestId: BytesLike, ],
      [InferenceLens.ReadingStructOutput],
      'view'
    >



    readingsOf: TypedContractMethod<
      [requestIds: BytesLike[], ],
      [InferenceLens.ReadingStructOutput[]],
      'view'
    >



    getFunction<T extends ContractMethod = ContractMethod>(key: string | FunctionFragment): T;

    getFunction(nameOrSignature: 'hub'): TypedContractMethod<
      [],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'readingOf'): TypedContractMethod<
      [requestId: BytesLike, ],
      [InferenceLens.ReadingStructOutput],
      'view'
    >;
getFunction(nameOrSignature: 'readingsOf'): TypedContractMethod<
      [requestIds: BytesLike[], ],
      [InferenceLens.ReadingStructOutput[]],
      'view'
    >;



    filters: {

    };
  }
