// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

import type { BaseContract, BigNumberish, BytesLike, FunctionFragment, Result, Interface, EventFragment, ContractRunner, ContractMethod, Listener } from "ethers"
import type { TypedContractEvent, TypedDeferredTopicFilter, TypedEventLog, TypedLogDescription, TypedListener, TypedContractMethod } from "./common.ts"

    export type ProfileStruct = {windowSeconds: BigNumberish, clockSeconds: BigNumberish, censorshipSeconds: BigNumberish, inclusionSeconds: BigNumberish, traceSeconds: BigNumberish, lockBurnBps: BigNumberish, requesterBps: BigNumberish, bondBurnBps: BigNumberish, maxBatchResults: BigNumberish, lock: BigNumberish, bond: BigNumberish, maxDemandBytes: BigNumberish, missedDeadlinePenalty: BigNumberish, voidPenalty: BigNumberish, answerRefund: BigNumberish, stepRefund: BigNumberish}

    export type ProfileStructOutput = [windowSeconds: bigint, clockSeconds: bigint, censorshipSeconds: bigint, inclusionSeconds: bigint, traceSeconds: bigint, lockBurnBps: bigint, requesterBps: bigint, bondBurnBps: bigint, maxBatchResults: bigint, lock: bigint, bond: bigint, maxDemandBytes: bigint, missedDeadlinePenalty: bigint, voidPenalty: bigint, answerRefund: bigint, stepRefund: bigint] & {windowSeconds: bigint, clockSeconds: bigint, censorshipSeconds: bigint, inclusionSeconds: bigint, traceSeconds: bigint, lockBurnBps: bigint, requesterBps: bigint, bondBurnBps: bigint, maxBatchResults: bigint, lock: bigint, bond: bigint, maxDemandBytes: bigint, missedDeadlinePenalty: bigint, voidPenalty: bigint, answerRefund: bigint, stepRefund: bigint }


  export interface ProfilesInterface extends Interface {
    getFunction(nameOrSignature: "MAX_ANSWERS" | "MAX_DEMAND_BYTES" | "MAX_MOVES" | "MAX_REQUESTER_BPS" | "MAX_SECONDS" | "MIN_BOND_BURN_BPS" | "MIN_GRIEFING_RATIO" | "MIN_LOCK_BURN_BPS" | "OPENING_MOVES" | "create" | "exists" | "idOf" | "profileOf"): FunctionFragment;

    getEvent(nameOrSignatureOrTopic: "ProfileCreated"): EventFragment;

    encodeFunctionData(functionFragment: 'MAX_ANSWERS', values?: undefined): string;
encodeFunctionData(functionFragment: 'MAX_DEMAND_BYTES', values?: undefined): string;
encodeFunctionData(functionFragment: 'MAX_MOVES', values?: undefined): string;
encodeFunctionData(functionFragment: 'MAX_REQUESTER_BPS', values?: undefined): string;
encodeFunctionData(functionFragment: 'MAX_SECONDS', values?: undefined): string;
encodeFunctionData(functionFragment: 'MIN_BOND_BURN_BPS', values?: undefined): string;
encodeFunctionData(functionFragment: 'MIN_GRIEFING_RATIO', values?: undefined): string;
encodeFunctionData(functionFragment: 'MIN_LOCK_BURN_BPS', values?: undefined): string;
encodeFunctionData(functionFragment: 'OPENING_MOVES', values?: undefined): string;
encodeFunctionData(functionFragment: 'create', values: [ProfileStruct]): string;
encodeFunctionData(functionFragment: 'exists', values: [BytesLike]): string;
encodeFunctionData(functionFragment: 'idOf', values: [ProfileStruct]): string;
encodeFunctionData(functionFragment: 'profileOf', values: [BytesLike]): string;

    decodeFunctionResult(functionFragment: 'MAX_ANSWERS', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'MAX_DEMAND_BYTES', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'MAX_MOVES', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'MAX_REQUESTER_BPS', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'MAX_SECONDS', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'MIN_BOND_BURN_BPS', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'MIN_GRIEFING_RATIO', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'MIN_LOCK_BURN_BPS', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'OPENING_MOVES', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'create', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'exists', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'idOf', data: BytesLike): Result;
decodeFunctionResult(functionFragment: 'profileOf', data: BytesLike): Result;
  }


    export declare namespace ProfileCreatedEvent {
      export type InputTuple = [profileId: BytesLike, profile: ProfileStruct];
      export type OutputTuple = [profileId: string, profile: ProfileStructOutput];
      export interface OutputObject {profileId: string, profile: ProfileStructOutput }
      export type Event = TypedContractEvent<InputTuple, OutputTuple, OutputObject>
      export type Filter = TypedDeferredTopicFilter<Event>
      export type Log = TypedEventLog<Event>
      export type LogDescription = TypedLogDescription<Event>
    }



  export interface Profiles extends BaseContract {

    connect(runner?: ContractRunner | null): Profiles;
    waitForDeployment(): Promise<this>;

    interface: ProfilesInterface;


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




    MAX_ANSWERS: TypedContractMethod<
      [],
      [bigint],
      'view'
    >



    MAX_DEMAND_BYTES: TypedContractMethod<
      [],
      [bigint],
      'view'
    >



    MAX_MOVES: TypedContractMethod<
      [],
      [bigint],
      'view'
    >



    MAX_REQUESTER_BPS: TypedContractMethod<
      [],
      [bigint],
      'view'
    >



    MAX_SECONDS: TypedContractMethod<
      [],
      [bigint],
      'view'
    >



    MIN_BOND_BURN_BPS: TypedContractMethod<
      [],
      [bigint],
      'view'
    >



    MIN_GRIEFING_RATIO: TypedContractMethod<
      [],
      [bigint],
      'view'
    >



    MIN_LOCK_BURN_BPS: TypedContractMethod<
      [],
      [bigint],
      'view'
    >



    OPENING_MOVES: TypedContractMethod<
      [],
      [bigint],
      'view'
    >



    create: TypedContractMethod<
      [profile: ProfileStruct, ],
      [string],
      'nonpayable'
    >



    exists: TypedContractMethod<
      [profileId: BytesLike, ],
      [boolean],
      'view'
    >



    idOf: TypedContractMethod<
      [profile: ProfileStruct, ],
      [string],
      'view'
    >



    profileOf: TypedContractMethod<
      [profileId: BytesLike, ],
      [ProfileStructOutput],
      'view'
    >



    getFunction<T extends ContractMethod = ContractMethod>(key: string | FunctionFragment): T;

    getFunction(nameOrSignature: 'MAX_ANSWERS'): TypedContractMethod<
      [],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'MAX_DEMAND_BYTES'): TypedContractMethod<
      [],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'MAX_MOVES'): TypedContractMethod<
      [],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'MAX_REQUESTER_BPS'): TypedContractMethod<
      [],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'MAX_SECONDS'): TypedContractMethod<
      [],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'MIN_BOND_BURN_BPS'): TypedContractMethod<
      [],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'MIN_GRIEFING_RATIO'): TypedContractMethod<
      [],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'MIN_LOCK_BURN_BPS'): TypedContractMethod<
      [],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'OPENING_MOVES'): TypedContractMethod<
      [],
      [bigint],
      'view'
    >;
getFunction(nameOrSignature: 'create'): TypedContractMethod<
      [profile: ProfileStruct, ],
      [string],
      'nonpayable'
    >;
getFunction(nameOrSignature: 'exists'): TypedContractMethod<
      [profileId: BytesLike, ],
      [boolean],
      'view'
    >;
getFunction(nameOrSignature: 'idOf'): TypedContractMethod<
      [profile: ProfileStruct, ],
      [string],
      'view'
    >;
getFunction(nameOrSignature: 'profileOf'): TypedContractMethod<
      [profileId: BytesLike, ],
      [ProfileStructOutput],
      'view'
    >;

    getEvent(key: 'ProfileCreated'): TypedContractEvent<ProfileCreatedEvent.InputTuple, ProfileCreatedEvent.OutputTuple, ProfileCreatedEvent.OutputObject>;

    filters: {

      'ProfileCreated(bytes32,tuple)': TypedContractEvent<ProfileCreatedEvent.InputTuple, ProfileCreatedEvent.OutputTuple, ProfileCreatedEvent.OutputObject>;
      ProfileCreated: TypedContractEvent<ProfileCreatedEvent.InputTuple, ProfileCreatedEvent.OutputTuple, ProfileCreatedEvent.OutputObject>;

    };
  }
