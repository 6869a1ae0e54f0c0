// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

import type { BaseContract, BigNumberish, BytesLike, FunctionFragment, Result, Interface, EventFragment, AddressLike, ContractRunner, ContractMethod, Listener } from "ethers"
import type { TypedContractEvent, TypedDeferredTopicFilter, TypedEventLog, TypedLogDescription, TypedListener, TypedContractMethod } from "./common.ts"

    export type ModelRecordStruct = {machineVersion: BigNumberish, programRoot: BytesLike, constantsRoot: BytesLike, inputDepth: BigNumberish, constantsDepth: BigNumberish, stepDepth: BigNumberish, wordDepth: BigNumberish, stepCount: BigNumberish, inputBytes: BigNumberish, outputBytes: BigNumberish}

    export type ModelRecordStructOutput = [machineVersion: bigint, programRoot: string, constantsRoot: string, inputDepth: bigint, constantsDepth: bigint, stepDepth: bigint, wordDepth: bigint, stepCount: bigint, inputBytes: bigint, outputBytes: bigint] & {machineVersion: bigint, programRoot: string, constantsRoot: string, inputDepth: bigint, constantsDepth: bigint, stepDepth: bigint, wordDepth: bigint, stepCount: bigint, inputBytes: bigint, outputBytes: bigint }


    export type ModelShapeStruct = {inputDepth: BigNumberish, stepDepth: BigNumberish, wordDepth: BigNumberish, stepCount: BigNumberish, inputBytes: BigNumberish, outputBytes: BigNumberish}

    export type ModelShapeStructOutput = [inputDepth: bigint, stepDepth: bigint, wordDepth: bigint, stepCount: bigint, inputBytes: bigint, outputBytes: bigint] & {inputDepth: bigint, stepDepth: bigint, wordDepth: bigint, stepCount: bigint, inputBytes: bigint, outputBytes: bigint }


export declare namespace IModelRegistry {

    export type ListingStruct = {modelId: BytesLike, publishedAt: BigNumberish, deprecated: boolean, uri: string, licence: string}

    export type ListingStructOutput = [modelId: string, publishedAt: bigint, deprecated: boolean, uri: string, licence: string] & {modelId: string, publishedAt: bigint, deprecated: boolean, uri: string, licence: string }

    }

  export interface ModelRegistryInterface extends Interface {
    getFunction(nameOrSignature: "isRegistered" | "listingOf" | "publish" | "recordOf" | "register" | "setDeprecated" | "shapeOf"): FunctionFragment;

    getEvent(nameOrSignatureOrTopic: "ModelDeprecated" | "ModelPublished" | "ModelRegistered"): EventFragment;

    encodeFunctionData(functionFragment: 'isRegistered', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'listingOf', values: [AddressLike, string, string]): string;
encodeFunctionData(functionFragment: 'publish', values: [BytesLike, string, string, string, string]): string;
encodeFunctionData(functionFragment: 'recordOf', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'register', values: [ModelRecordStruct]): string;
encodeFunctionData(functionFragment: 'setDeprecated', values: [string, string, boolean]): string;
encodeFunctionData(functionFragment: 'shapeOf', values: [BytesLike]): string;

    decodeFunctionResult(functionFragment: 'isRegistered', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'listingOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'publish', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'recordOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'register', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'setDeprecated', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'shapeOf', data: BytesLike): Result;
  }


    export declare namespace ModelDeprecatedEvent {
      export type InputTuple = [publisher: AddressLike, modelId: BytesLike, name: string, version: string, deprecated: boolean];
      export type OutputTuple = [publisher: string, modelId: string, name: string, version: string, deprecated: boolean];
      export interface OutputObject {publisher: string, modelId: string, name: string, version: string, deprecated: boolean }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace ModelPublishedEvent {
      export type InputTuple = [publisher: AddressLike, modelId: BytesLike, name: string, version: string, uri: string, licence: string];
      export type OutputTuple = [publisher: string, modelId: string, name: string, version: string, uri: string, licence: string];
      export interface OutputObject {publisher: string, modelId: string, name: string, version: string, uri: string, licence: string }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



    export declare namespace ModelRegisteredEvent {
      export type InputTuple = [modelId: BytesLike, record: ModelRecordStruct];
      export type OutputTuple = [modelId: string, record: ModelRecordStructOutput];
      export interface OutputObject {modelId: string, record: ModelRecordStructOutput }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



  export interface ModelRegistry extends BaseContract {

    connect(runner?: ContractRunner | null): ModelRegistry;
    waitForDeployment(): Promise<this>;

    interface: ModelRegistryInterface;


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




    isRegistered: TypedContractMethod<
      [modelId: BytesLike, ],
      [boolean],
      'view'
    >



    listingOf: TypedContractMethod<
      [publisher: AddressLike, name: string, version: string, ],
      [IModelRegistry.ListingStructOutput],
      'view'
    >



    publish: TypedContractMethod<
      [modelId: BytesLike, name: string, version: string, uri: string, licence: string, ],
      [void],
      'nonpayable'
    >



    recordOf: TypedContractMethod<
      [modelId: BytesLike, ],
      [ModelRecordStructOutput],
      'view'
    >



    register: TypedContractMethod<
      [record: ModelRecordStruct, ],
      [string],
      'nonpayable'
    >



    setDeprecated: TypedContractMethod<
      [name: string, version: string, deprecated: boolean, ],
      [void],
      'nonpayable'
    >



    shapeOf: TypedContractMethod<
      [modelId: BytesLike, ],
      [ModelShapeStructOutput],
      'view'
    >



    getFunction<T extends ContractMethod = ContractMethod>(key: string | FunctionFragment): T;

    getFunction(nameOrSignature: 'isRegistered'): TypedContractMethod<
      [modelId: BytesLike, ],
      [boolean],
      'view'
    >;
getFunction(nameOrSignature: 'listingOf'): TypedContractMethod<
      [publisher: AddressLike, name: string, version: string, ],
      [IModelRegistry.ListingStructOutput],
      'view'
    >;
getFunction(nameOrSignature: 'publish'): TypedContractMethod<
      [modelId: BytesLike, name: string, version: string, uri: string, licence: string, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'recordOf'): TypedContractMethod<
      [modelId: BytesLike, ],
      [ModelRecordStructOutput],
      'view'
    >;
getFunction(nameOrSignature: 'register'): TypedContractMethod<
      [record: ModelRecordStruct, ],
      [string],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'setDeprecated'): TypedContractMethod<
      [name: string, version: string, deprecated: boolean, ],
      [void],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'shapeOf'): TypedContractMethod<
      [modelId: BytesLike, ],
      [ModelShapeStructOutput],
      'view'
    >;

    getEvent(key: 'ModelDeprecated'): TypedContractEvent<ModelDeprecatedEvent.InputTuple, ModelDeprecatedEvent.OutputTuple, ModelDeprecatedEvent.OutputObject>;
getEvent(key: 'ModelPublished'): TypedContractEvent<ModelPublishedEvent.InputTuple, ModelPublishedEvent.OutputTuple, ModelPublishedEvent.OutputObject>;
getEvent(key: 'ModelRegistered'): TypedContractEvent<ModelRegisteredEvent.InputTuple, ModelRegisteredEvent.OutputTuple, ModelRegisteredEvent.OutputObject>;

    filters: {

      'ModelDeprecated(address,bytes32,string,string,bool)': TypedContractEvent<ModelDeprecatedEvent.InputTuple, ModelDeprecatedEvent.OutputTuple, ModelDeprecatedEvent.OutputObject>;
      ModelDeprecated: TypedContractEvent<ModelDeprecatedEvent.InputTuple, ModelDeprecatedEvent.OutputTuple, ModelDeprecatedEvent.OutputObject>;


      'ModelPublished(address,bytes32,string,string,string,string)': TypedContractEvent<ModelPublishedEvent.InputTuple, ModelPublishedEvent.OutputTuple, ModelPublishedEvent.OutputObject>;
      ModelPublished: TypedContractEvent<ModelPublishedEvent.InputTuple, ModelPublishedEvent.OutputTuple, ModelPublishedEvent.OutputObject>;


      'ModelRegistered(bytes32,tuple)': TypedContractEvent<ModelRegisteredEvent.InputTuple, ModelRegisteredEvent.OutputTuple, ModelRegisteredEvent.OutputObject>;
      ModelRegistered: TypedContractEvent<ModelRegisteredEvent.InputTuple, ModelRegisteredEvent.OutputTuple, ModelRegisteredEvent.OutputObject>;

    };
  }
