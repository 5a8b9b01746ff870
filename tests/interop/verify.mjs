// Verifies credentials with two verifiers that are not ours, and prints what each says, as JSON.
// Input (stdin): {contexts: {url: context}, credentials: {name: credential}}. DID documents and status lists are
// fetched over HTTPS from where the credentials say they are.
import {readFileSync} from 'node:fs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {verifyCredential} from '@digitalcredentials/verifier-core';

const {contexts, credentials, schemas} = JSON.parse(readFileSync(0, 'utf8'));
const MULTIKEY = 'https://w3id.org/security/multikey/v1';

// The only addresses outside that verifier-core asks: 1EdTech's schemas and contexts, answered from the copies we ship.
const fetchOutside = globalThis.fetch;
globalThis.fetch = async (input, options) => {
  const url = typeof input === 'string' ? input : input.url;
  const shipped = schemas[url] ?? contexts[url];
  return shipped ? Response.json(shipped) : fetchOutside(input, options);
};

async function fetchJson(url) {
  const answer = await fetchOutside(url);
  if(!answer.ok) {
    throw new Error(`${url} answered ${answer.status}`);
  }
  return answer.json();
}

async function loadDid(url) {
  const [did, fragment] = url.split('#');
  const [host, ...path] = did.slice('did:web:'.length).split(':').map(decodeURIComponent);
  const folder = path.length ? path.join('/') : '.well-known';
  const document = await fetchJson(`https://${host}/${folder}/did.json`);
  if(!fragment) {
    return document;
  }
  const method = document.verificationMethod.find(({id}) => id === url);
  if(!method) {
    throw new Error(`${did} does not list ${fragment}`);
  }
  return {'@context': MULTIKEY, ...method};
}

async function documentLoader(url) {
  if(contexts[url]) {
    return {contextUrl: null, documentUrl: url, document: contexts[url]};
  }
  const document = url.startsWith('did:') ? await loadDid(url) : await fetchJson(url);
  return {contextUrl: null, documentUrl: url, document};
}

async function digitalBazaar(credential) {
  const suite = new DataIntegrityProof({cryptosuite});
  const result = await vc.verifyCredential({credential, suite, documentLoader, checkStatus});
  const errors = result.error ? [result.error, ...(result.error.errors ?? [])].map(({message}) => message) : [];
  // The library leaves it to its caller to read the bit: a status that was read is "verified", set or not.
  const revoked = (result.statusResult?.results ?? []).some(({status}) => status);
  return {verified: result.verified && !revoked, revoked, said: errors};
}

async function verifierCore(credential) {
  const result = await verifyCredential({credential, knownDIDRegistries: []});
  const log = Object.fromEntries((result.log ?? []).map(({id, valid, error}) => [id, valid ?? error?.name]));
  const schemaResults = (result.additionalInformation ?? []).flatMap(({results}) => results);
  return {log, said: (result.errors ?? []).map(({message}) => message), schemaResults};
}

const answers = {};
for(const [name, credential] of Object.entries(credentials)) {
  answers[name] = {
    digitalBazaar: await digitalBazaar(structuredClone(credential)),
    verifierCore: await verifierCore(structuredClone(credential)),
  };
}
process.stdout.write(JSON.stringify(answers));
