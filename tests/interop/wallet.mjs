// A wallet made of the libraries that wallets are made of: signs what an exchange asks for, and prints it, as JSON.
// Input (stdin): {contexts: {url: context}, seed: hex, asked: {name: {challenge, domain?, suite, version}}}.
import {readFileSync} from 'node:fs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {Ed25519Signature2020} from '@digitalcredentials/ed25519-signature-2020';
import {Ed25519VerificationKey2020} from '@digitalcredentials/ed25519-verification-key-2020';
import {securityLoader} from '@digitalcredentials/security-document-loader';
import * as walletVc from '@digitalcredentials/vc';

const {seed, asked} = JSON.parse(readFileSync(0, 'utf8'));
const documentLoader = securityLoader().build();
const bytes = Uint8Array.from(Buffer.from(seed, 'hex'));

const older = await Ed25519VerificationKey2020.generate({seed: bytes});
older.controller = `did:key:${older.fingerprint()}`;
older.id = `${older.controller}#${older.fingerprint()}`;
const newer = await Ed25519Multikey.from(await older.export({publicKey: true, privateKey: true}));

const suites = {
  'Ed25519Signature2020': () => new Ed25519Signature2020({key: older}),
  'eddsa-rdfc-2022': () => new DataIntegrityProof({cryptosuite, signer: newer.signer()}),
};

const answers = {};
for(const [name, {challenge, domain, suite, version}] of Object.entries(asked)) {
  const library = suite === 'Ed25519Signature2020' ? walletVc : vc;
  const presentation = library.createPresentation({holder: older.controller, version});
  answers[name] = await library.signPresentation({
    presentation, challenge, domain, documentLoader, suite: suites[suite](),
  });
}
process.stdout.write(JSON.stringify({did: older.controller, answers}));
