import { expect } from "chai";
import { pad, zeroHash } from "viem";
import {
  createProfile,
  parseCreateProfileReceipt,
  simulateCreateProfile,
} from "../../../sdk/src/actions/createProfile.ts";
import { deprecateModel, parseDeprecateModelReceipt } from "../../../sdk/src/actions/deprecateModel.ts";
import { getListing } from "../../../sdk/src/actions/getListing.ts";
import { getListings } from "../../../sdk/src/actions/getListings.ts";
import { getModel } from "../../../sdk/src/actions/getModel.ts";
import { getProfile } from "../../../sdk/src/actions/getProfile.ts";
import { parsePublishModelReceipt, publishModel } from "../../../sdk/src/actions/publishModel.ts";
import {
  parseRegisterModelReceipt,
  registerModel,
  simulateRegisterModel,
} from "../../../sdk/src/actions/registerModel.ts";
import { caughtRevert } from "../../support/caught.ts";
import { createProtocol, type Protocol, testProfile } from "../../support/sdk.ts";
import { makeSquaresModel } from "../../support/squares.ts";

describe("sdk/actions: models and profiles", () => {
  let protocol: Protocol;

  before(async () => {
    protocol = await createProtocol();
  });

  it("default: registers a model, which anyone can do again", async () => {
    const { deployment, client, publisher, stranger, mined } = protocol;
    const { record, modelId } = makeSquaresModel(4);
    expect(await simulateRegisterModel(publisher, { deployment, record })).to.equal(modelId);
    const receipt = await mined(await registerModel(publisher, { deployment, record }));
    expect(parseRegisterModelReceipt(receipt, { deployment })).to.deep.equal({ modelId, record });
    expect(await getModel(client, { deployment, modelId })).to.deep.equal(record);
    const again = await mined(await registerModel(stranger, { deployment, record }));
    expect(parseRegisterModelReceipt(again, { deployment })).to.equal(undefined);
  });

  it("default: publishes, finds and deprecates a listing", async () => {
    const { deployment, client, publisher, stranger, model, mined } = protocol;
    const { modelId } = model;
    const listing = { name: "squares", version: "1.0.0", uri: "ipfs://squares", licence: "MIT" };
    const { name, version } = listing;
    const receipt = await mined(await publishModel(publisher, { deployment, modelId, ...listing }));
    const owner = publisher.account.address;
    expect(parsePublishModelReceipt(receipt, { deployment })).to.deep.equal({
      publisher: owner,
      modelId,
      ...listing,
    });
    const found = await getListing(client, { deployment, publisher: owner, name, version });
    expect(found).to.include({ modelId, deprecated: false, uri: listing.uri, licence: "MIT" });

    await mined(await publishModel(stranger, { deployment, modelId, ...listing }));
    const all = await getListings(client, { deployment, modelId });
    expect(all.map((entry) => entry.publisher)).to.deep.equal([owner, stranger.account.address]);
    const own = await getListings(client, { deployment, publisher: owner, blockRange: 2n });
    expect(own.map(({ name: named, blockNumber }) => [named, blockNumber])).to.deep.equal([
      [name, receipt.blockNumber],
    ]);

    const flagged = await mined(
      await deprecateModel(publisher, { deployment, name, version, deprecated: true }),
    );
    expect(parseDeprecateModelReceipt(flagged, { deployment })).to.include({ deprecated: true, modelId });
    expect((await getListing(client, { deployment, publisher: owner, name, version }))?.deprecated).to.equal(
      true,
    );
    const twice = await caughtRevert(publishModel(publisher, { deployment, modelId, ...listing }));
    expect(twice.code).to.equal("REGISTRY_LISTING_EXISTS");
    expect(twice.context).to.include({ name, version });
  });

  it("behavior: a listing that does not exist is undefined", async () => {
    const { deployment, client, other } = protocol;
    const query = { deployment, publisher: other.account.address, name: "none", version: "1" };
    expect(await getListing(client, query)).to.equal(undefined);
    expect(await getListings(client, { deployment, publisher: other.account.address })).to.deep.equal([]);
  });

  it("default: creates a profile, which anyone can do again", async () => {
    const { deployment, client, stranger, mined } = protocol;
    const profile = { ...testProfile, windowSeconds: 2000 };
    const profileId = await simulateCreateProfile(stranger, { deployment, profile });
    const receipt = await mined(await createProfile(stranger, { deployment, profile }));
    expect(parseCreateProfileReceipt(receipt, { deployment })).to.deep.equal({ profileId, profile });
    expect(await getProfile(client, { deployment, profileId })).to.deep.equal(profile);
    const again = await mined(await createProfile(stranger, { deployment, profile }));
    expect(parseCreateProfileReceipt(again, { deployment })).to.equal(undefined);
  });

  it("error: unknown models and profiles, illegal records and unsound profiles", async () => {
    const { deployment, client, stranger, model } = protocol;
    const unknownModel = await caughtRevert(getModel(client, { deployment, modelId: pad("0x01") }));
    expect(unknownModel.code).to.equal("REGISTRY_MODEL_UNKNOWN");
    const unknownProfile = await caughtRevert(getProfile(client, { deployment, profileId: zeroHash }));
    expect(unknownProfile.code).to.equal("PROFILE_UNKNOWN");
    const record = { ...model.record, stepDepth: 21 };
    const deep = await caughtRevert(registerModel(stranger, { deployment, record }));
    expect(deep.context).to.include({ depth: 21n, maximum: 20n });
    const profile = { ...testProfile, clockSeconds: 1 };
    const short = await caughtRevert(createProfile(stranger, { deployment, profile }));
    expect(short.code).to.equal("PROFILE_CLOCK_TOO_SHORT");
  });
});
