// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

import type { BaseContract, BigNumberish, BytesLike, FunctionFragment, Result, Interface, ContractRunner, ContractMethod, Listener } from "ethers"
import type { TypedContractEvent, TypedDeferredTopicFilter, TypedEventLog, TypedListener, TypedContractMethod } from "./common.ts"

    export type ModelRecordStruct = {machineVersion: BigNumberish, programRoot: BytesLike, constantsRoot: BytesLike, inputDepth: BigNumberish, constantsDepth: BigNumberish, stepDepth: BigNumberish, wordDepth: BigNumberish, stepCount: BigNumberish, inputBytes: BigNumberish, outputBytes: BigNumberish}

    export type ModelRecordStructOutput = [machineVersion: bigint, programRoot: string, constantsRoot: string, inputDepth: bigint, constantsDepth: bigint, stepDepth: bigint, wordDepth: bigint, stepCount: bigint, inputBytes: bigint, outputBytes: bigint] & {machineVersion: bigint, programRoot: string, constantsRoot: string, inputDepth: bigint, constantsDepth: bigint, stepDepth: bigint, wordDepth: bigint, stepCount: bigint, inputBytes: bigint, outputBytes: bigint }


  export interface RefereeInterface extends Interface {
    getFunction(nameOrSignature: "execute"): FunctionFragment;



    encodeFunctionData(functionFragment: 'execute', values: [ModelRecordStruct, BytesLike, BytesLike, BigNumberish, BigNumberish, BytesLike]): string;

    decodeFunctionResult(functionFragment: 'execute', data: BytesLike): Result;
  }



  export interface Referee extends BaseContract {

    connect(runner?: ContractRunner | null): Referee;
    waitForDeployment(): Promise<this>;

    interface: RefereeInterface;


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




    execute: TypedContractMethod<
      [record: ModelRecordStruct, inputRoot: BytesLike, traceRoot: BytesLike, step: BigNumberish, byteOffset: BigNumberish, proof: BytesLike, ],
      [[bigint, bigint] & {value: bigint, size: bigint }],
      'view'
    >



    getFunction<T extends ContractMethod = ContractMethod>(key: string | FunctionFragment): T;

    getFunction(nameOrSignature: 'execute'): TypedContractMethod<
      [record: ModelRecordStruct, inputRoot: BytesLike, traceRoot: BytesLike, step: BigNumberish, byteOffset: BigNumberish, proof: BytesLike, ],
      [[bigint, bigint] & {value: bigint, size: bigint }],
      'view'
    >;



    filters: {

    };
  }
