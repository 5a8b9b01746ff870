// Verifies tokens with jose, by the key that did.json lists under their kid, and prints what it says, as JSON.
// Input (stdin): {did: did.json, tokens: {name: token}}.
import {readFileSync} from 'node:fs';
import {compactVerify, decodeProtectedHeader, importJWK, jwtVerify} from 'jose';

const {did, tokens} = JSON.parse(readFileSync(0, 'utf8'));

async function findKey(header) {
  const method = did.verificationMethod.find(({id}) => id === header.kid);
  if(!method?.publicKeyJwk || !did.assertionMethod.includes(header.kid)) {
    throw new Error(`${did.id} does not list ${header.kid}`);
  }
  return importJWK(method.publicKeyJwk, 'ES256');
}

async function verified(token) {
  try {
    await compactVerify(token, findKey, {algorithms: ['ES256']});
    const {payload} = await jwtVerify(token, findKey, {algorithms: ['ES256'], issuer: did.id});
    return {verified: true, header: decodeProtectedHeader(token), payload};
  } catch(error) {
    return {verified: false, said: error.message};
  }
}

const answers = {};
for(const [name, token] of Object.entries(tokens)) {
  answers[name] = await verified(token);
}
process.stdout.write(JSON.stringify(answers));
